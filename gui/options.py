"""The command line of the app, read before Qt is: ``--version`` and a wrong option answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Options(NamedTuple):
    """What the command line asked for."""

    file: str | None = None
    example: str | None = None
    lang: str | None = None
    theme: str = "auto"


def parse_options(arguments: Sequence[str]) -> Options:
    """Return what the command line asks for; a wrong one, ``--help`` and ``--version`` answer and exit."""
    if not arguments:
        return Options()
    import argparse

    from miniflow import __version__

    parser = argparse.ArgumentParser(
        prog="main.py", description="MiniFlow Studio: see how a neural network computes and learns."
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help="a .miniflow document to open")
    parser.add_argument("--example", metavar="NAME", help="open a bundled example, such as one-neuron")
    parser.add_argument("--lang", choices=["en", "zh_CN", "zh_TW"], help="the language of the window")
    parser.add_argument("--theme", choices=["auto", "light", "dark"], default="auto", help="the colours of the window")
    parser.add_argument("--version", action="version", version=f"MiniFlow Studio {__version__}")
    given = parser.parse_args(arguments)
    if given.file and given.example:
        parser.error("give a FILE or --example, not both")
    return Options(given.file, given.example, given.lang, given.theme)
