"""What the list of results says when there are none, and what would find some."""

from __future__ import annotations

from textual.content import Content

from search.model import FacetCount, Results
from search.wording.dates import month
from search.wording.language import _, figures
from search.wording.safe import safe
from search.wording.values import source

from ..marking import MUTED, inserted, plain
from ..session.asked import Ticked
from .chips import in_words

_LONGEST_ECHO = 60  # cells of a query that are repeated
_MOST_ELSEWHERE = 6  # values with matches that are named


def nothing(results: Results, ticked: Ticked) -> list[Content]:
    """The sentences to say instead of hits; none when there are hits."""
    if results.hits:
        return []
    if ticked:
        return [_nothing_there(results, ticked), *_elsewhere(results, ticked)]
    if not results.query.strip():
        return [plain(_("There are no articles here yet."))]
    said = [inserted(_("Nothing for “{query}”."), query=_echo(results))]
    if not results.suggestion:
        advice = _("Fewer words find more; so does a part of a word: {example}")
        said.append(plain(advice.format(example="ukrain*"), MUTED))
    return said


def offer_everything() -> Content:
    """What to choose to see all there is, whatever is ticked."""
    return plain(_("Look everywhere"), "bold $accent") + plain("  " + _("(Enter)"), MUTED)


def _echo(results: Results) -> Content:
    return plain(results.query).truncate(_LONGEST_ECHO, ellipsis=True)


def _nothing_there(results: Results, ticked: Ticked) -> Content:
    """`Nothing for “missile” in Le Monde, Nov 2024.`"""
    names = (in_words(tick, tick.facet in ticked.excluded) for tick in ticked.ticks)
    places = plain(", ".join(map(safe, names)), "bold")
    if not results.query.strip():
        return inserted(_("Nothing in {places}."), places=places)
    sentence = _("Nothing for “{query}” in {places}.")
    return inserted(sentence, query=_echo(results), places=places)


def _elsewhere(results: Results, ticked: Ticked) -> list[Content]:
    """`Elsewhere: AFP 12, Libération 3`; nothing when there is none there either."""
    counts: list[FacetCount] = []
    if ticked.sources:
        counts = list(results.facets.sources)
    elif ticked.authors:
        counts = list(results.facets.authors or ())
    elif results.facets.months:
        counts = [FacetCount(month(c.value), c.count) for c in results.facets.months]
    if not counts:
        return []
    shown = ", ".join(
        f"{safe(source(c.value))} {figures(c.count)}" for c in counts[:_MOST_ELSEWHERE]
    )
    shown += ", …" * (len(counts) > _MOST_ELSEWHERE)
    return [inserted(_("Elsewhere: {counts}"), MUTED, counts=plain(shown))]
