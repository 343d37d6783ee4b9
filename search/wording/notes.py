"""Notes in words: how a request was read where it does not say so itself. One line for them all."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Note
from .language import _
from .values import source

_MOST = 3  # notes that are told: more would be no line any more
_MOST_NAMES = 10


def notes_line(notes: Sequence[Note]) -> str | None:
    """What to tell a person of `notes`; None when there is nothing. Make it safe to print."""
    if not notes:
        return None
    told = [_in_words(note) for note in notes[:_MOST]]
    line = _("; ").join([*told, *["…"] * (len(notes) > _MOST)])
    return line[0].upper() + line[1:]


def _in_words(note: Note) -> str:
    what = note.what
    at = _(" at {place}").format(place=note.place[0] + 1) if note.place else ""
    match note.kind:
        case "apostrophe":
            said = _("the quote{at} was read as an apostrophe: {what}")
        case "unclosed quote":
            said = _("the quote{at} is not closed: a phrase to the end of these words")
        case "stray quote":
            said = _("the quote{at} has no other half and was left out")
        case "unclosed parenthesis":
            said = _("the parenthesis{at} is not closed: it goes to the end")
        case "stray parenthesis":
            said = _("the parenthesis{at} closes nothing and was left out")
        case "operator":
            said = _("{what}{at} lacks a word on one side and was left out")
        case "sign":
            said = _("“{what}”{at} is not at the end of a word and was left out")
        case "empty field":
            said = _("{what}{at} has no value and was left out")
        case "unknown field":
            return _unknown_field(note)
        case "no date":
            said = _("“{what}” is no date: read as words")
        case "quotes":
            said = _("the quotes of this long query were left out: its words were looked for")
        case "long":
            said = _("only the first {what} words were read")
        case "expansions":
            said = _("only the first {what} words with * or ~ were expanded")
        case "unknown source":
            return _unknown_source(note)
    return said.format(what=what, at=at)


def _unknown_field(note: Note) -> str:
    names = [f"{name}:" for name in note.near]
    if note.sure:
        fields = _(" or ").join(names)
        return _("no field “{name}”: {fields}?").format(name=note.what, fields=fields)
    fields = ", ".join(names)
    return _("no field “{name}” (there are {fields}): read as words").format(
        name=note.what, fields=fields
    )


def _unknown_source(note: Note) -> str:
    if note.sure:
        sources = _(" or ").join(map(source, note.near))
        return _("no source “{name}” here: did you mean {sources}?").format(
            name=note.what, sources=sources
        )
    if not note.near:
        return _("no source “{name}” here: the index is empty").format(name=note.what)
    sources = ", ".join(map(source, note.near[:_MOST_NAMES]))
    sources += ", …" * (len(note.near) > _MOST_NAMES)
    return _("no source “{name}” here: there are {sources}").format(name=note.what, sources=sources)
