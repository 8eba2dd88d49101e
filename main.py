"""MiniFlow Studio: see how a neural network computes and learns. Run it with ``python main.py [FILE]``."""

from __future__ import annotations

import sys

from gui.options import parse_options


def main() -> int:
    """Open the window, and return the exit status once it is closed."""
    options = parse_options(sys.argv[1:])
    from gui.app import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
