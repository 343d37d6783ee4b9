"""Lookup: what one snapshot has of the terms of one query. Each term is looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from math import log
from operator import or_

from index.analysis import folded

from .. import errors
from ..archive import Cancelled, never
from ..query import Compound, Fuzzy, Node, Prefix, Term, Word, keys, terms
from .counting import Documents, Frequencies, Places, articles_with
from .lexicon import MOST_FORMS, MOST_POSTINGS, forms_with_prefix, forms_within, most_frequent
from .snapshot import Snapshot

NO_DOCUMENTS: Documents = frozenset()
NOWHERE: Places = frozenset()


def among(documents: Documents, chosen: Documents | None) -> Documents:
    """Those of `documents` that were chosen; all of them when nothing was."""
    return documents if chosen is None else documents & chosen


def in_all(chosen: Iterable[Documents | None]) -> Documents | None:
    """What was chosen each time; None when nothing ever was."""
    found: Documents | None = None
    for each in chosen:
        if each is not None:
            found = among(each, found)
    return found


class Lookup:
    """The terms of one query in one snapshot."""

    def __init__(self, snapshot: Snapshot, cancelled: Cancelled = never) -> None:
        self.snapshot = snapshot
        self.compounds: dict[tuple[Compound, str], Documents] = {}
        """The articles that have each hyphenated word, by field: see `phrases`."""
        self._cancelled = cancelled
        self._frequencies: dict[tuple[Term, str], Frequencies] = {}

    def check(self) -> None:
        """Raise Cancelled if the question was taken back."""
        if self._cancelled():
            raise errors.Cancelled

    def frequencies(
        self, term: Term, field: str = "text", within: Documents | None = None
    ) -> Frequencies:
        """How often `term` occurs in each article, in any of its forms.

        Only the articles `within` some matter to who gives them; there may be others.
        """
        if isinstance(term, Word) and not term.unfinished:
            self.check()
            return self.snapshot.postings(field, *sorted(keys(term)), within=within)
        known = self._frequencies.get((term, field))
        if known is None:
            self.check()
            known = self._frequencies[term, field] = self._expanded(term, field)
        return known

    def _expanded(self, term: Term, field: str) -> Frequencies:
        if isinstance(term, Word):
            found = self.any_of(field, keys(term))
            return self._with_begun(found, term.token.form, field)
        if isinstance(term, Prefix):
            forms = forms_with_prefix(self.snapshot, term.prefix)
            return self._in_field(self.snapshot.counting.total(forms.values()), forms, field)
        near = self.forms(term)
        return self._in_field(self.any_of("form", near), near, field)

    def any_of(self, field: str, keys: Iterable[str]) -> Frequencies:
        """How often any of the index keys occurs in each article: they count as one."""
        return self.snapshot.postings(field, *sorted(keys))

    def _with_begun(self, found: Frequencies, form: str, field: str) -> Frequencies:
        """`found`, and what has the words that begin with `form`, which is being typed."""
        forms = forms_with_prefix(self.snapshot, form, MOST_POSTINGS)
        begun = self._in_field(self.snapshot.counting.total(forms.values()), forms, field)
        return self.snapshot.counting.sum([found, begun])

    def _in_field(self, found: Frequencies, forms: Iterable[str], field: str) -> Frequencies:
        """Those `found` to have `forms` that have one in `field`, the text or the title."""
        if field == "text":
            return found
        wanted, title = set(forms), self.snapshot.title_key
        return {n: f for n, f in found.items() if not wanted.isdisjoint(title(n).decode().split())}

    def forms(self, term: Fuzzy) -> list[str]:
        """The written forms that `term` stands for."""
        near = list(forms_within(self.snapshot, term.form, 1))
        return most_frequent(self.snapshot, near, MOST_FORMS)

    def is_by_one(
        self, document: int, names: Iterable[str], last: str, unfinished: bool = False
    ) -> bool:
        """Whether all of the folded `names` are those of one of its authors, and the `last` as
        well, or how one of them begins."""
        wanted = {*names, *([] if unfinished else [last])}
        written = (folded(author).split() for author in self.snapshot.article(document).authors)
        return any(
            wanted <= set(words) and any(word.startswith(last) for word in words)
            for words in written
        )

    def places(self, word: Word, wanted: Documents, field: str = "text") -> Places:
        """Where `word` stands in each of the `wanted` articles that have it."""
        return self.places_of(keys(word), wanted, field)

    def places_of(self, keys: Iterable[str], wanted: Documents, field: str) -> Places:
        """Where any of the index keys stands in each of the `wanted` articles that have one."""
        every = [self.snapshot.places(field, key, wanted) for key in keys]
        return reduce(or_, every) if every else NOWHERE

    def postings_of(self, query: Node) -> int:
        """How many postings its words have together, of stems and forms."""
        words = [term for term in terms(query) if isinstance(term, Word)]
        found = [("text", key) for word in words for key in keys(word)]
        found += [("form", word.token.form) for word in words]
        entries = (self.snapshot.entries(field, term) for field, term in found)
        return sum(map(articles_with, entries))

    def rarity(self, having: int) -> float:
        """Inverse document frequency of what so many articles have, as BM25 has it."""
        articles = self.snapshot.size
        return log(1 + (articles - having + 0.5) / (having + 0.5))
