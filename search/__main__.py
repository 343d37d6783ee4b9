"""The `depeche` command, and `python -m search`."""

import gc
import sys


def main() -> int:
    """Run the command of the process; the exit status."""
    # Most of what a command makes, it keeps to its end: to look for garbage every 700 objects, as
    # Python does, is a twentieth of the time of a search.
    gc.set_threshold(50_000)
    from .cli.app import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
