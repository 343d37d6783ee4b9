"""Notes in words: how a request was read where it does not say so itself. One line for them all."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Note

_MOST = 3  # notes that are told: more would be no line any more
_MOST_NAMES = 10


def notes_line(notes: Sequence[Note]) -> str | None:
    """What to tell a person of `notes`; None when there is nothing. Make it safe to print."""
    if not notes:
        return None
    told = [_in_words(note) for note in notes[:_MOST]]
    line = "; ".join(told) + "; …" * (len(notes) > _MOST)
    return line[0].upper() + line[1:]


def _in_words(note: Note) -> str:
    what, at = note.what, f" at {note.place[0] + 1}" if note.place else ""
    match note.kind:
        case "apostrophe":
            return f"the quote{at} was read as an apostrophe: {what}"
        case "unclosed quote":
            return f"the quote{at} is not closed: a phrase to the end of these words"
        case "stray quote":
            return f"the quote{at} has no other half and was left out"
        case "unclosed parenthesis":
            return f"the parenthesis{at} is not closed: it goes to the end"
        case "stray parenthesis":
            return f"the parenthesis{at} closes nothing and was left out"
        case "operator":
            return f"{what}{at} lacks a word on one side and was left out"
        case "sign":
            return f"“{what}”{at} is not at the end of a word and was left out"
        case "empty field":
            return f"{what}{at} has no value and was left out"
        case "unknown field":
            return _unknown_field(note)
        case "no date":
            return f"“{what}” is no date: read as words"
        case "quotes":
            return "the quotes of this long query were left out: its words were looked for"
        case "long":
            return f"only the first {what} words were read"
        case "expansions":
            return f"only the first {what} words with * or ~ were expanded"
        case "unknown source":
            return _unknown_source(note)


def _unknown_field(note: Note) -> str:
    names = [f"{name}:" for name in note.near]
    if note.sure:
        return f"no field “{note.what}”: {' or '.join(names)}?"
    return f"no field “{note.what}” (there are {', '.join(names)}): read as words"


def _unknown_source(note: Note) -> str:
    if note.sure:
        return f"no source “{note.what}” here: did you mean {' or '.join(note.near)}?"
    if not note.near:
        return f"no source “{note.what}” here: the index is empty"
    listed = ", ".join(note.near[:_MOST_NAMES]) + ", …" * (len(note.near) > _MOST_NAMES)
    return f"no source “{note.what}” here: there are {listed}"
