"""Entry point: the window without arguments, the command line with them."""

from __future__ import annotations

import multiprocessing
import sys

from ncs_desktop.cli.main import run


def main() -> int:
    """Run the program and return its exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
