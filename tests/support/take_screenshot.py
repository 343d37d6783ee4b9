"""Take the README's screenshot of the interface: `python -m tests.support.take_screenshot`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from search.archive import update_at
from search.wording.language import use
from tests.support.places import ROOT, SEEDS
from tests.support.screen import StillArchive, enter_query, running, settled

TARGETS = {"en": ROOT / "tui" / "screenshot.svg", "fr": ROOT / "tui" / "screenshot.fr.svg"}


async def take(index: str) -> str:
    async with running(None, archive=StillArchive(index), size=(160, 36)) as pilot:
        await enter_query(pilot, "missiles longue portee")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("down")
        await settled(pilot)
        return pilot.app.export_screenshot(title="depeche")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        index = str(Path(folder, "index"))
        update_at(index, [SEEDS])
        for language, target in TARGETS.items():
            use(language)
            picture = asyncio.run(take(index))
            # The fonts are those of whoever looks at it: no picture should fetch any.
            picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
            target.write_text(picture + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
