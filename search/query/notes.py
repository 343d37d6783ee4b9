"""Notes: what a query was taken to mean where it does not say so itself."""

from __future__ import annotations

from ..model import Note, NoteKind


class Notes:
    """The notes on one query, each thing said once; `typing`, nothing is said of its end."""

    def __init__(self, text: str, typing: bool) -> None:
        self._end = len(text.rstrip())
        self._typing = typing
        self._found: dict[tuple[NoteKind, str], Note] = {}

    def add(self, note: Note) -> None:
        """Say so, unless it stands where the query is being typed."""
        if not (self._typing and note.place and note.place[1] >= self._end):
            self._found.setdefault((note.kind, note.what), note)

    def unfinished(self, note: Note) -> None:
        """Say so, unless the query is being typed and may yet be finished."""
        if not self._typing:
            self.add(note)

    def in_order(self) -> tuple[Note, ...]:
        """All of them, as they stand in the query."""
        return tuple(sorted(self._found.values(), key=lambda note: note.place or (0, 0)))
