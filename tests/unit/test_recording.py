"""The README's film: every frame in its turn."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.support.take_recording import TARGET, WALK, Frame, film


def test_each_frame_is_seen_for_its_time() -> None:
    frames = [Frame(f'<svg viewBox="0 0 8 4"><text>{n}</text></svg>', n + 1.0) for n in range(3)]
    picture = film(frames)
    assert len(ElementTree.fromstring(picture)) == 1 + len(frames)
    assert ".f1 { visibility: hidden; animation: s1 6.00s step-end infinite; }" in picture
    assert (
        "@keyframes s1 { 0% { visibility: hidden; } 16.667% { visibility: visible; }"
        " 50.000% { visibility: hidden; } }"
    ) in picture


def test_the_film_that_is_shown_has_the_whole_walk() -> None:
    assert len(ElementTree.parse(TARGET).getroot()) == 1 + len(WALK)
