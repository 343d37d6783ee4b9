"""Make the README's short film of the interface: `python -m tests.support.take_recording`.

It is one SVG: the screens of a walk, of which style rules show one at a time, for ever. No program
has to play it, and it is made anew by anyone, without a camera.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from search.archive import update_at
from search.wording.language import use
from tests.support.places import ROOT, SEEDS
from tests.support.screen import StillArchive, running, settled

TARGET = ROOT / "tui" / "recording.svg"
SIZE = 100, 28
WALK: tuple[tuple[list[str], float], ...] = (
    ([], 0.8),
    ([*"missi"], 0.4),
    ([*"les"], 0.6),
    (["space", *"longue"], 0.5),
    (["space", *"portee"], 1.6),
    (["enter"], 1.2),
    (["down"], 1.6),
    (["enter"], 2.2),
    (["n"], 1.2),
    (["J"], 2.0),
    (["escape"], 1.6),
)
"""Keys, and for how many seconds one looks at what they do."""

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


class Frame(NamedTuple):
    """A screen, as SVG, and for how many seconds it is shown."""

    picture: str
    seconds: float


async def frames(index: str) -> list[Frame]:
    """The screens of the walk."""
    found: list[Frame] = []
    async with running(None, archive=StillArchive(index), size=SIZE) as pilot:
        for keys, seconds in WALK:
            await pilot.press(*keys)
            await settled(pilot)
            picture = pilot.app.export_screenshot(title="depeche")
            # The fonts are those of whoever looks at it: no picture should fetch any.
            picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
            found.append(Frame(picture, seconds))
    return found


def film(shown: Sequence[Frame]) -> str:
    """One picture of all frames, each of which is seen in its turn."""
    size = _SIZE.search(shown[0].picture)
    assert size
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[1]} {size[2]}">',
            "<style>",
            *_rules(shown),
            "</style>",
            *(f'<g class="f{n}">{frame.picture}</g>' for n, frame in enumerate(shown)),
            "</svg>\n",
        )
    )


def _rules(shown: Sequence[Frame]) -> Iterator[str]:
    """What makes each frame visible for its time, and the first one where nothing moves."""
    total = sum(frame.seconds for frame in shown)
    at = 0.0
    for number, frame in enumerate(shown):
        start, end = 100 * at / total, 100 * (at + frame.seconds) / total
        at += frame.seconds
        seen = "hidden" if number else "visible"
        animation = f"animation: s{number} {total:.2f}s step-end infinite;"
        yield f".f{number} {{ visibility: {seen}; {animation} }}"
        before = "" if start < 0.01 else "0% { visibility: hidden; } "
        yield (
            f"@keyframes s{number} {{ {before}{start:.3f}% {{ visibility: visible; }} "
            f"{end:.3f}% {{ visibility: hidden; }} }}"
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        index = str(Path(folder, "index"))
        update_at(index, [SEEDS])
        use("en")
        TARGET.write_text(film(asyncio.run(frames(index))), encoding="utf-8")


if __name__ == "__main__":
    main()
