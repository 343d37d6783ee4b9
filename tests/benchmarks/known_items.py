"""Sets of questions of which the right article is known, for `evaluate_ranking.py`.

From a SQuAD-format file (PIAF): what people asked about a paragraph. From a .jsonl file of articles
(`title` and `body`), with what is asked for withheld from them:

- headlines: the headline; only the bodies are indexed, without the headline if they repeat it;
- leads: the first sentence, which the bodies lack; the headlines are there;
- headlines in other words: each word of the headline in another of its forms: of those that
  simplemma's French dictionary has for the same lemma, the one most used in the bodies.

Headlines of fewer than four words are left out, and sentences that are no lead by their length.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from index.analysis import is_stop_word

_SHORTEST_HEADLINE = 4  # words
_LEAD = range(8, 61)  # words: the median is 25; shorter ones are captions, longer ones lists
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-ZÀ-Þ]\.)\s+(?=[«“\"A-ZÀ-Þ])|\n")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Article = dict[str, str]


@dataclass(frozen=True, slots=True)
class KnownItems:
    """Questions to articles; the right answers of each are given by their places, from 0."""

    name: str
    articles: Sequence[Article]
    asked: Sequence[tuple[str, frozenset[int]]]


def read_known_items(path: Path) -> Iterator[KnownItems]:
    """The sets of a SQuAD file (.json) or of an archive (.jsonl)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        yield of_squad(path.stem, json.loads(text))
        return
    articles = [json.loads(line) for line in text.split("\n") if line]
    titles = [" ".join((article.get("title") or "").split()) for article in articles]
    bodies = [article["body"] for article in articles]
    by_headline = list(map(withheld, bodies, titles))
    asked = [title if len(title.split()) >= _SHORTEST_HEADLINE else "" for title in titles]
    yield of_texts("headlines", [{"body": body} for body in by_headline], asked)
    leads = list(map(lead, bodies))
    without_lead = [
        {"title": title, "body": withheld(body, first)}
        for title, body, first in zip(titles, bodies, leads, strict=True)
    ]
    yield of_texts("leads", without_lead, leads)
    in_other_words = OtherForms(bodies)
    others = [in_other_words.of(title) for title in asked]
    yield of_texts("headlines in other words", [{"body": body} for body in by_headline], others)


def of_squad(name: str, squad: Mapping[str, Any]) -> KnownItems:
    """The questions of a SQuAD file, each to its paragraph; those of equal ones go together."""
    numbers: dict[str, int] = {}
    asked = []
    for subject in squad["data"]:
        for paragraph in subject["paragraphs"]:
            number = numbers.setdefault(paragraph["context"], len(numbers))
            asked += [(each["question"], frozenset([number])) for each in paragraph["qas"]]
    return KnownItems(name, [{"body": text} for text in numbers], asked)


def of_texts(name: str, articles: Sequence[Article], texts: Sequence[str]) -> KnownItems:
    """Each of `texts` that is not empty as a question to the articles at its places."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        if text:
            places[text].add(number)
    return KnownItems(name, articles, [(text, frozenset(here)) for text, here in places.items()])


def lead(body: str) -> str:
    """The first sentence that is long enough; nothing when it is too long for one."""
    sentences = (" ".join(each.split()) for each in _SENTENCE_END.split(body))
    first = next((s for s in sentences if len(s.split()) >= _LEAD.start), "")
    return first if len(first.split()) in _LEAD else ""


def withheld(body: str, sentence: str) -> str:
    """`body` without `sentence`, wherever it stands."""
    words = r"\W+".join(re.findall(r"\w+", sentence))
    return re.sub(rf"\b{words}\b", "", body, flags=re.IGNORECASE) if words else body


class OtherForms:
    """Writes a headline with other forms of its words."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self._written = Counter(word for body in bodies for word in _WORD.findall(body))
        dictionary = DefaultDictionaryFactory().get_dictionary("fr")
        self._lemmas = dict(dictionary.items())
        self._forms: defaultdict[str, list[str]] = defaultdict(list)
        for form, lemma in self._lemmas.items():
            self._forms[lemma].append(form)

    def of(self, headline: str) -> str:
        """`headline` in other words; nothing when none of them has another form."""
        others = _WORD.sub(lambda match: self._other(match.group()), headline)
        return others if others != headline else ""

    def _other(self, word: str) -> str:
        """The most used other form of `word`; itself if it has none, is a name or a stop word."""
        lower = word.lower()
        if is_stop_word(lower) or self._written[lower] < self._written[word]:
            return word
        forms = set(self._forms[self._lemmas.get(lower, lower)]) - {lower}
        used = sorted(form for form in forms if self._written[form])
        return max(used, key=self._written.__getitem__, default=word)
