"""From bytes to text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.formats import decoding
from index.formats.decoding import Unreadable, decode, normalise

PHRASE = "L’été à Œting : « déjà 20 € »…"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(PHRASE.encode(), PHRASE, id="utf-8"),
        pytest.param(PHRASE.encode("utf-8-sig"), PHRASE, id="utf-8 with BOM"),
        pytest.param(PHRASE.encode("utf-16"), PHRASE, id="utf-16 with BOM"),
        pytest.param(b"\xff\xfe" + PHRASE.encode("utf-16-le"), PHRASE, id="utf-16-le"),
        pytest.param(b"\xfe\xff" + PHRASE.encode("utf-16-be"), PHRASE, id="utf-16-be"),
        pytest.param(b"\xff\xfe" + "été".encode("utf-16-le")[:-1], "ét\ufffd", id="utf-16 cut"),
        pytest.param(PHRASE.encode("cp1252"), PHRASE, id="windows-1252"),
        pytest.param("« Un bel été »".encode("latin-1"), "« Un bel été »", id="latin-1"),
        # E9 A0 BB, é and a no-break space before », would be one character of UTF-8.
        pytest.param("l’été\xa0»".encode("cp1252"), "l’été\xa0»", id="windows-1252 like utf-8"),
        pytest.param("Il a gagné".encode("cp1252"), "Il a gagné", id="é at the end"),
        pytest.param(b"Il a d\xe9j\xe0 gagn\xe9\x81\x8d\x8f\x90\x9d", "Il a déjà gagné",
                     id="undefined bytes"),
        pytest.param("Déjà l’été".encode()[:-1], "Déjà l’ét", id="cut in é"),
        pytest.param("Déjà l’".encode()[:-1], "Déjà l", id="cut in ’"),
        pytest.param("À l’\ufffdt\ufffd".encode(), "À l’\ufffdt\ufffd", id="damaged before"),
        pytest.param("Été, déjà ".encode() + b"\xff!", "Été, déjà \ufffd!", id="one bad byte"),
        pytest.param("e\u0301te\u0301".encode(), "été", id="NFC"),
        pytest.param(b"un\r\ndeux\rtrois\n", "un\ndeux\ntrois\n", id="line ends"),
        pytest.param("un\u2028deux\u2029trois\fquatre".encode(), "un\ndeux\ntrois\nquatre",
                     id="line separator"),
        pytest.param("au\xadjourd’hui, au\u200bjourd’hui".encode(), "aujourd’hui, aujourd’hui",
                     id="invisible"),
        pytest.param(b"Un \x1b[31mgros\x1b[0m titre, \x07enfin\tlisible",
                     "Un [31mgros[0m titre, enfin\tlisible", id="controls"),
    ],
)  # fmt: skip
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \r\n\t ", "empty file"),
        (b"\xef\xbb\xbf", "empty file"),
        (b"\xff\xfe", "empty file"),
        ("\u200b\n\xa0".encode(), "empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary file"),
        (b"texte\0texte", "binary file"),
        (bytes(range(1, 32)) * 3, "binary file"),
    ],
)
def test_what_is_not_a_text_is_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        decode(data)
    assert raised.value.reason == reason


def test_a_flood_of_accents_is_cut() -> None:
    assert decode(("a" + "\u0323\u0307" * 200_000 + "b…").encode()) == "ạ" + "\u0323" * 14 + (
        "\u0307" * 15 + "b…"
    )


MARKS = st.integers(0, 70).map(lambda n: "\u0323" * n) | st.integers(0, 70).map(lambda n: "…" * n)


@given(st.lists(st.text("aé \n", max_size=12) | MARKS, max_size=8).map("".join))
@example("\u0323" * 31)
@example("a" * 9 + "…" * 31 + "\u0323")
def test_samples_tell_where_there_may_be_many_marks(text: str) -> None:
    """To look at every tenth character first changes nothing."""
    if decoding._MANY_MARKS.search(text):
        assert decoding._may_have_many_marks(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "_may_have_many_marks", lambda _: True)
        expected = normalise(text)
    assert normalise(text) == expected


@given(st.binary())
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\xd8\x41\x00")
def test_any_bytes_give_printable_lines_or_are_unreadable(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable:
        return
    assert unicodedata.is_normalized("NFC", text)
    assert {c for c in text if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert text.strip()


@given(st.text(st.characters(codec="cp1252", categories=["L", "N", "P", "S", "Zs"]), min_size=1))
def test_text_survives_utf8_and_utf16(text: str) -> None:
    if not text.strip() or "\xad" in text:
        return
    text = unicodedata.normalize("NFC", text)
    assert decode(text.encode()) == decode(text.encode("utf-16")) == text
