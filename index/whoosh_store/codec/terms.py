"""The terms of a segment: a dictionary of entries, which tell where the postings of each are.

What Whoosh does in `W3FieldWriter`, `W3TermsReader` and `OrderedHashReader`: a key is the number of
its field and the term, pairs stand in the order of their keys, and 256 hash tables at the end of
the file tell where each is.

The entry of a term that only one document has, as half of all terms, holds its one posting.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from pickle import dumps
from struct import Struct, error, unpack
from typing import Any, NamedTuple

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.system import pack_ushort

from . import flat, positions, private
from .blocks import Block, Postings, encoded, read_selected, read_whole
from .flat import Flat
from .member import Member
from .pickles import Damage, plain
from .positions import NOWHERE, Places
from .private import ENTRY, SIZES, SLOT, DictionaryWriter
from .sealed import PART, SHIFT, WITHIN

Entry = bytes
"""What the dictionary says of a term: how many documents have it, and where that is read."""

_EXTENT = Struct("!qi")  # how an entry goes on: where the postings begin, and their length
FORM = "form"
"""The field of the words as they are written."""

FORMS_EXT = ".lex"
"""Of a file that Whoosh does not know: the terms of this field and nothing else, one a line."""

_WITH_FLAT = ENTRY.size + _EXTENT.size + flat.WIDTHS.size  # bytes of an entry of ours
FIELD = 2
"""Bytes of a key that tell its field."""
_DOCUMENTS = 2  # the number of documents, among what ENTRY has
_INLINE_PROTOCOL = 4  # Whoosh's 2 writes bytes as a call of a function
_LAST_SLOT = PART - SLOT.size  # where one may begin in a part
_USUAL = 80  # bytes that an entry seldom has more of
_STRETCH = 1 << 20  # bytes of the dictionary that are in memory when all of it is read


class Stretch(NamedTuple):
    """Terms that follow each other in the dictionary."""

    data: bytes
    """Their pairs: the length of the key and of the entry, the key, the entry."""
    start: int
    """Where in the file they begin."""
    positions: bytes
    """Where in the file each of them begins, as numbers of a …"""
    type: str
    """… type, as `struct` names them, the most significant byte first."""


class TermsWriter:
    """Writes the terms of a segment, in the order of fields and terms, with their postings."""

    def __init__(self, storage: FileStorage, segment: Segment) -> None:
        self._entries = DictionaryWriter(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._fields: dict[str, int] = {}
        self._entries.extras["fieldmap"] = self._fields
        self._blocks = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._forms_file = segment.create_file(storage, FORMS_EXT)
        self._forms: list[bytes] = []
        self._position = 0  # in the file of blocks: to ask for it is a system call

    def start_field(self, name: str, field: Any, lengths: bytes | None) -> None:
        """Go on with a field.

        `lengths` are those of its texts in each document, as Whoosh keeps them: a byte; None
        for a field that has none.
        """
        number = self._fields.setdefault(name, len(self._fields))
        self._prefix = pack_ushort(number)
        self._is_form = name == FORM
        self._has_values = field.format.fixed_value_size() != 0
        self._lengths = lengths

    def add(self, term: bytes, postings: Postings) -> None:
        """Write a term of the field and all of its postings."""
        if self._is_form:
            self._forms.append(term)
        numbers, frequencies, values, places = postings
        lengths = self._lengths
        if len(numbers) == 1:
            (number,), (frequency,), (value,) = numbers, frequencies, values
            length = lengths[number] if lengths is not None else 0
            entry = ENTRY.pack(True, frequency, 1, length, length, frequency, number, number)
            entry += dumps(((number,), (frequency,), (value,)), _INLINE_PROTOCOL)
        else:
            shortest = longest = 0
            if lengths is not None:
                # Most are the same: a set has the fewest to compare.
                here = set(itemgetter(*numbers)(lengths))
                shortest, longest = min(here), max(here)
            data = encoded(postings, self._has_values, shortest, longest)
            before, widths = flat.encoded(numbers, frequencies)
            self._blocks.write(places.data + before + data)
            self._position += len(places.data) + len(before)
            total, most = sum(frequencies), max(set(frequencies))
            ends = numbers[0], numbers[-1]
            entry = ENTRY.pack(False, total, len(numbers), shortest, longest, most, *ends)
            entry += _EXTENT.pack(self._position, len(data)) + flat.WIDTHS.pack(
                *widths, places.width
            )
            self._position += len(data)
        self._entries.add(self._prefix + term, entry)

    def close(self) -> None:
        """Finish the files."""
        self._forms_file.write(b"\n".join(self._forms))
        self._forms_file.close()
        self._entries.close()
        self._blocks.close()


class Terms:
    """The terms of one segment, to be looked up. Its documents are numbered from `base` on."""

    def __init__(self, reader: SegmentReader, base: int) -> None:
        self._base = base
        self._documents: int = reader.doc_count_all()
        self._dictionary = private.dictionary(reader)
        self._key = private.key_of(reader)
        self._entries = Member(private.dictionary_file(reader))
        self._blocks = Member(private.blocks_file(reader))
        self._forms = private.other_file(reader, FORMS_EXT)

    def forms(self) -> list[bytes]:
        """Every form that occurs in the documents, which is more than their dictionary tells fast:
        there they stand among all that is known of them."""
        if self._forms is None:  # another program wrote the segment
            return [term for term, _ in self.entries(FORM, b"")]
        return Member(self._forms).read_all().split(b"\n")

    def entry(self, field: str, term: bytes) -> Entry | None:
        """The entry of `term`; None when no document has it."""
        key = self._key(field, term)
        dictionary, look = self._dictionary, self._entries.look
        parts, base = self._entries.parts, self._entries.start
        hashed = dictionary.hashfn(key)
        start, slots = dictionary.tables[hashed & 255]
        try:
            for slot in range(hashed >> 8, (hashed >> 8) + slots):  # its own, or one after it
                at = start + slot % slots * SLOT.size
                # What `look` does, without a call: nothing is done as often as this.
                part, within = parts.get((base + at) >> SHIFT), (base + at) & WITHIN
                if part is None or within > _LAST_SLOT:
                    part, within = look(at, SLOT.size)
                its_hash, at = SLOT.unpack_from(part, within)
                if not at:
                    return None
                if its_hash == hashed:
                    data, here = look(at, SIZES.size + len(key) + _USUAL)
                    its_key, size = SIZES.unpack_from(data, here)
                    here += SIZES.size
                    if its_key == len(key) and data.startswith(key, here):
                        if size <= _USUAL:
                            return data[here + its_key : here + its_key + size]
                        return self._entries.read(at + SIZES.size + its_key, size)
        except error as wrong:
            raise Damage("no entry where one should be") from wrong
        return None

    def entries(self, field: str, prefix: bytes) -> Iterator[tuple[bytes, Entry]]:
        """The terms that begin with `prefix`, in order, each with its entry."""
        _, _, start, end = self._begun(field, prefix)
        return _pairs(self._entries.read(start, end - start), 0, end - start, FIELD)

    def stretch(self, field: str, prefix: bytes) -> Stretch:
        """The terms that begin with `prefix`, as they are on the disk."""
        low, high, start, end = self._begun(field, prefix)
        size, type_ = self._dictionary.indexsize, self._dictionary.extras["indextype"]
        at = self._dictionary.indexbase + size * low
        positions = self._entries.read(at, size * (high - low))
        return Stretch(self._entries.read(start, end - start), start, positions, type_)

    def _begun(self, field: str, prefix: bytes) -> tuple[int, int, int, int]:
        """The first and the last place of the terms that begin with `prefix` in the order of the
        dictionary, and where in its file they begin and end."""
        first = self._key(field, prefix)
        try:
            low = high = self._place(first)
            if low < self._dictionary.indexlen:  # after the key of a field it lacks there is none
                high = self._place(_following(first))
            return low, high, self._begin(low), self._begin(high)
        except (error, TypeError, IndexError) as wrong:
            raise Damage("no terms where they should be") from wrong

    def _place(self, key: bytes) -> int:
        """How many keys of the dictionary come before this one."""
        key_at, begin = self._dictionary.key_at, self._begin
        return bisect_left(range(self._dictionary.indexlen), key, key=lambda n: key_at(begin(n)))

    def _begin(self, place: int) -> int:
        """Where the pair at this place in the order of the dictionary begins."""
        dictionary = self._dictionary
        if place == dictionary.indexlen:
            return int(dictionary.endofdata)
        data = self._entries.read(
            dictionary.indexbase + place * dictionary.indexsize, dictionary.indexsize
        )
        return int(unpack(f"!{dictionary.extras['indextype']}", data)[0])

    def flat(self, entry: Entry) -> Flat:
        """The documents of the term that has this entry, and how often each has it."""
        base, end = self._base, self._base + self._documents
        try:
            count = document_frequency(entry)
            if entry[0] or len(entry) != _WITH_FLAT:  # another program writes blocks alone
                found = [*self.blocks(entry)]
                numbers = [number - base for block in found for number in block.numbers]
                weights = [weight for block in found for weight in block.weights]
                return Flat(*flat.encoded(numbers, weights), len(numbers), base, end)
            of_number, of_frequency, _ = _widths(entry)
            position, _ = _EXTENT.unpack_from(entry, ENTRY.size)
            widths = of_number, of_frequency
            size = sum(widths) * count
            return Flat(self._blocks.read(position - size, size), widths, count, base, end)
        except (ValueError, TypeError, KeyError, IndexError, OverflowError, error) as wrong:
            raise Damage("no postings of a term") from wrong

    def places(self, entry: Entry, total: int, spans: Iterable[tuple[int, int]]) -> Places:
        """Positions of the term that has this entry, of which there are so many in `total`.

        The positions of all its documents stand one after the other: a span is from where, and up
        to where, they are wanted. Raises Damage.
        """
        try:
            if entry[0] or len(entry) != _WITH_FLAT:
                values = (block.values for block in self.blocks(entry))
                return positions.of(chain.from_iterable(values)).cut(spans)
            *widths, width = _widths(entry)
            if not width:
                raise Damage("a field without positions")
            blocks_at, _ = _EXTENT.unpack_from(entry, ENTRY.size)
            start = blocks_at - sum(widths) * document_frequency(entry) - width * total
            read = self._blocks.read
            found = b"".join([read(start + width * a, width * (b - a)) for a, b in spans])
            return Places(found, width)
        except (ValueError, TypeError, IndexError, error) as wrong:
            raise Damage("no positions of a term") from wrong

    def blocks(self, entry: Entry, wanted: Sequence[int] | None = None) -> Iterator[Block]:
        """The postings of the term that has this entry, with positions.

        Blocks that hold none of the `wanted` documents (in order) are passed over.
        """
        try:
            if entry[0]:
                (number,), weights, values = plain(entry[ENTRY.size :])
                if not 0 <= number < self._documents:
                    raise Damage("a posting of a document that there is not")
                return iter((Block((self._base + number,), weights, values),))
            data = self._blocks.read(*_EXTENT.unpack_from(entry, ENTRY.size))
        except (ValueError, TypeError, IndexError, error) as wrong:
            raise Damage("no postings of a term") from wrong
        return read_selected(data, self._base, self._base + self._documents, wanted)


def _widths(entry: Entry) -> tuple[int, int, int]:
    """Bytes of a difference, a frequency and a position: see `flat.WIDTHS`."""
    widths: tuple[int, int, int] = flat.WIDTHS.unpack_from(entry, _WITH_FLAT - flat.WIDTHS.size)
    if widths not in flat.KINDS:
        raise Damage("no postings of a term")
    return widths


def document_frequency(entry: Entry) -> int:
    """How many documents have the term that has this entry, deleted ones included."""
    try:
        frequency: int = ENTRY.unpack_from(entry)[_DOCUMENTS]
    except error as wrong:
        raise Damage("an entry is too short") from wrong
    return frequency


def read_terms(reader: SegmentReader) -> Iterator[tuple[str, bytes, Postings]]:
    """All terms of a segment in order, each with its field and all of its postings."""
    dictionary, term_of = private.dictionary(reader), private.term_of(reader)
    entries = Member(private.dictionary_file(reader))
    blocks = Member(private.blocks_file(reader))
    for key, entry in _all_pairs(entries, dictionary.startofdata, dictionary.endofdata):
        try:
            if entry[0]:
                postings = Postings(*plain(entry[ENTRY.size :]))
            else:
                start, size = _EXTENT.unpack_from(entry, ENTRY.size)
                postings = read_whole(blocks.read(start, size))
            if len(entry) == _WITH_FLAT and not entry[0]:
                *widths, width = _widths(entry)
                size = width * int(sum(postings.frequencies))
                start -= sum(widths) * len(postings.numbers) + size
                places = Places(blocks.read(start, size), width)
            else:
                places = positions.of(postings.values) if postings.values[0] else NOWHERE
            term = term_of(key)
            if not 0 <= min(postings[0]) <= max(postings[0]) < reader.doc_count_all():
                raise Damage("postings of documents that there are not")
        except (TypeError, ValueError, IndexError, error) as wrong:
            raise Damage("no postings of a term") from wrong
        yield *term, postings._replace(places=places)


def _all_pairs(member: Member, at: int, end: int) -> Iterator[tuple[bytes, Entry]]:
    """The pairs between two positions in the file of a dictionary, some of which are in memory."""
    while at < end:
        data = member.read(at, min(_STRETCH, end - at))
        read = 0
        while read + SIZES.size <= len(data):
            start = read + SIZES.size
            key, value = _sizes(data, read)
            if start + key + value > len(data):  # it goes on in the next stretch
                break
            read = start + key + value
            yield data[start : start + key], data[start + key : read]
        if not read:  # longer than a stretch
            sizes = _sizes(data, 0)
            data = member.read(at, SIZES.size + sum(sizes))
            if len(data) < SIZES.size + sum(sizes):
                raise Damage("an entry goes on beyond its file")
            read = len(data)
            yield next(_pairs(data, 0, len(data)))
        at += read


def _pairs(data: bytes, at: int, end: int, omitted: int = 0) -> Iterator[tuple[bytes, Entry]]:
    """The pairs of a dictionary, which stand one after the other; of keys so much is `omitted`."""
    while at < end:
        key, value = _sizes(data, at)
        start = at + SIZES.size
        entry = start + key
        at = entry + value
        yield data[start + omitted : entry], data[entry:at]


def _sizes(data: bytes, at: int) -> tuple[int, int]:
    try:
        key, value = SIZES.unpack_from(data, at)
    except error as wrong:
        raise Damage("an entry is missing") from wrong
    if key < 0 or value < 0:
        raise Damage("an entry of no size")
    return key, value


def _following(prefix: bytes) -> bytes:
    """The first key after all those that begin with `prefix`."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1])
