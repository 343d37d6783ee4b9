"""Do the forms of a word find each other? Compare the analyzer with a lexicon.

    python -m tests.benchmarks.evaluate_inflection lexicon.tsv [--families 2500] [--errors 40]

The lexicon has a line for each form of each word: form, lemma, category and frequency, with tabs
between them and no heading; a form of several words comes once for each. The forms of a lemma in
a category are a family; the most used ones are looked at. A form finds another when one of the
keys that a query asks for is one that the other is indexed under.

- Joined: somebody searches a form, each as often as it is used. How many of the uses of the
  word's other forms are found?
- Right: how many of the uses of other forms that are found are forms of a same word, by the
  lexicon?

Both are also given by pairs, whatever their use.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from pathlib import Path
from typing import NamedTuple

from index.analysis import analyze, query_stems


class Family(NamedTuple):
    """The forms of one word, each with its use."""

    lemma: str
    category: str
    uses: dict[str, float]


class Pair(NamedTuple):
    """A form that is searched and another one, and how much it matters that they meet or not."""

    weight: float
    searched: str
    other: str


def read_lexicon(path: Path) -> list[Family]:
    """The families of a lexicon, the most used first. What is not one word is left out."""
    families: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        form, lemma, category, frequency = line.split("\t")
        if float(frequency) > 0 and form.isalpha():
            uses = families[lemma, category]
            uses[form] = uses.get(form, 0.0) + float(frequency)
    found = [Family(lemma, category, uses) for (lemma, category), uses in families.items()]
    return sorted(found, key=lambda family: (-sum(family.uses.values()), family))


class Meetings:
    """Which of some forms find each other."""

    def __init__(self, forms: Iterable[str]) -> None:
        self.asked = {form: query_stems(form) for form in forms}
        self._having: dict[str, set[str]] = defaultdict(set)
        for form in self.asked:
            for token in analyze(form):
                self._having[token.stem].add(form)

    def found_by(self, form: str) -> set[str]:
        """The other forms that a query for `form` finds."""
        return set().union(*(self._having[key] for key in self.asked[form])) - {form}


def joined(families: Sequence[Family], meetings: Meetings) -> tuple[list[Pair], list[Pair]]:
    """The pairs of forms of one family: those that meet and those that do not."""
    good: list[Pair] = []
    bad: list[Pair] = []
    for family in families:
        everything = sum(family.uses.values())
        for form, use in family.uses.items():
            found = meetings.found_by(form)
            for other, its_use in family.uses.items():
                if other != form:
                    pair = Pair(use * its_use / (everything - use), form, other)
                    (good if other in found else bad).append(pair)
    return good, bad


def right(families: Sequence[Family], meetings: Meetings) -> tuple[list[Pair], list[Pair]]:
    """The pairs of forms that meet: those that have a word in common and those that do not."""
    words: dict[str, set[str]] = defaultdict(set)
    uses: dict[str, float] = defaultdict(float)
    for family in families:
        for form, use in family.uses.items():
            words[form].add(family.lemma)
            uses[form] += use
    good: list[Pair] = []
    bad: list[Pair] = []
    for form, use in uses.items():
        found = [other for other in meetings.found_by(form) if other in uses]
        everything = sum(uses[other] for other in found)
        for other in found:
            pair = Pair(use * uses[other] / everything, form, other)
            (good if words[form] & words[other] else bad).append(pair)
    return good, bad


def share(good: Sequence[Pair], bad: Sequence[Pair]) -> str:
    """What part of the pairs is good, by weight and by number."""
    weight = sum(pair.weight for pair in good)
    everything = weight + sum(pair.weight for pair in bad)
    number = len(good) + len(bad)
    return f"{weight / everything:.4f}   by pairs {len(good) / number:.4f} of {number:,}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("lexicon", type=Path, help="form, lemma, category, frequency")
    arguments.add_argument("--families", type=int, default=2500, metavar="N")
    arguments.add_argument("--errors", type=int, default=0, metavar="N", help="show the worst")
    options = arguments.parse_args()
    lexicon = read_lexicon(options.lexicon)
    families = [family for family in lexicon if len(family.uses) > 1][: options.families]
    meetings = Meetings({form for family in lexicon for form in family.uses})
    together = joined(families, meetings)
    categories = sorted({family.category for family in families})
    print(f"{len(families):,} families of several forms")
    print(f"joined  {share(*together)}")
    for category in categories:
        of_it = [family for family in families if family.category == category]
        print(f"  {category:5} {share(*joined(of_it, meetings))}   {len(of_it):,} families")
    chosen = {form for family in families for form in family.uses}
    shown = [
        Family(family.lemma, family.category, uses)
        for family in lexicon
        if (uses := {form: use for form, use in family.uses.items() if form in chosen})
    ]
    apart = right(shown, meetings)
    print(f"right   {share(*apart)}")
    for name, (_, bad) in {"not joined": together, "not one word": apart}.items():
        for pair in nlargest(options.errors, bad):
            print(f"{name}: {pair.searched} {pair.other} ({pair.weight:.1f})")


if __name__ == "__main__":
    main()
