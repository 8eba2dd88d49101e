"""How the command line is used: what can be written after ``python -m miniflow``, and wrong usage told in one line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from miniflow.overriding import override

DONE, PROBLEM, WRONG_USAGE, UNREADABLE = range(4)
"""The exit statuses: 1 where the graph or the data has a problem, 3 where the file cannot be read or is malformed."""

Command = Callable[[argparse.Namespace], None]


def told(sentence: str, status: int) -> int:
    """Tell a sentence in one line on standard error; return the status."""
    if sys.stderr is not None:
        print(f"miniflow: {' '.join(sentence.split())}", file=sys.stderr)
    return status


class _Help(argparse.HelpFormatter):
    """Help as wide as the screen, without the tools for archives that Python's own way of asking for it brings."""

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
        except (ValueError, OSError):
            width = 80
        super().__init__(prog, width=width - 2)


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        sys.exit(told(f"{message} (see {self.prog} --help)", WRONG_USAGE))


def parser_of(*commands: Command) -> argparse.ArgumentParser:
    """Return what reads a command, named as its function is, and its options."""
    prog, description = "python -m miniflow", "Order, run, train or check a graph."
    parser = _Parser(prog=prog, description=description, formatter_class=_Help, allow_abbrev=False)
    names = [command.__name__ for command in commands]
    parsers = parser.add_subparsers(prog=prog, required=True, metavar=" | ".join(names))
    for name, command in zip(names, commands, strict=True):
        summary = (command.__doc__ or "").rstrip(".")
        each = parsers.add_parser(name, help=summary, description=summary, formatter_class=_Help, allow_abbrev=False)
        each.set_defaults(command=command)
        each.add_argument("file", metavar="FILE", help="a .miniflow file")
        if name != "order":
            each.add_argument("--json", action="store_true", help="print one JSON object")
        if name == "train":
            each.add_argument("--epochs", type=_setting("epochs", int), metavar="N")
            each.add_argument("--batch-size", type=_setting("batch_size", int), metavar="N")
            each.add_argument("--learning-rate", type=_setting("learning_rate", float), metavar="X")
            each.add_argument("--seed", type=_setting("seed", int), metavar="N", help="governs the batches")
    return parser


def _setting(name: str, kind: type[int] | type[float]) -> Callable[[str], int | float]:
    """Return what reads one training setting from the command line."""

    def read(text: str) -> int | float:
        import re

        from miniflow.graph.limits import training_fault
        from miniflow.graph.records import TrainingRecord

        if not re.fullmatch(r"[+-]?[0-9]{1,20}" if kind is int else r"[+-]?[0-9.]{1,40}([eE][+-]?[0-9]{1,3})?", text):
            raise argparse.ArgumentTypeError(f"{text!r} is not a number that fits here")
        try:
            number = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number that fits here") from None
        setting: dict[str, Any] = {name: number}
        fault = training_fault(TrainingRecord(**setting))
        if fault is not None:
            raise argparse.ArgumentTypeError(str(fault))
        return number

    return read
