"""How the command line is used: what can be written after ``python -m miniflow``, and wrong usage told in one line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from miniflow.overriding import override

DONE, PROBLEM, WRONG_USAGE, UNREADABLE = range(4)
"""The exit statuses: 1 where the graph or the data has a problem, 3 where the file cannot be read or is malformed."""

PROGRAM = "python -m miniflow"

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


_MANNERS: dict[str, Any] = {"formatter_class": _Help, "allow_abbrev": False}


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        sys.exit(told(f"{message} (see {self.prog} --help)", WRONG_USAGE))


def options_of(arguments: Sequence[str], *commands: Command) -> argparse.Namespace:
    """Read what stands after ``python -m miniflow``: a command, named as its function is, and its options.

    The parser of all commands is made where no command is named: for help, and to tell wrong usage.
    """
    for command in commands:
        if [command.__name__] == list(arguments[:1]):
            parser = _with_options(_Parser(prog=f"{PROGRAM} {command.__name__}", **_told_of(command)), command)
            return parser.parse_args(arguments[1:])
    return _parser_of_all(commands).parse_args(arguments)


def _parser_of_all(commands: Sequence[Command]) -> argparse.ArgumentParser:
    parser = _Parser(prog=PROGRAM, description="Order, run, train or check a graph.", **_MANNERS)
    names = [command.__name__ for command in commands]
    parsers = parser.add_subparsers(prog=PROGRAM, required=True, metavar=" | ".join(names))
    for name, command in zip(names, commands, strict=True):
        about = _told_of(command)
        _with_options(parsers.add_parser(name, help=about["description"], **about), command)
    return parser


def _told_of(command: Command) -> dict[str, Any]:
    return {"description": (command.__doc__ or "").rstrip("."), **_MANNERS}


def _with_options(parser: argparse.ArgumentParser, command: Command) -> argparse.ArgumentParser:
    parser.set_defaults(command=command)
    parser.add_argument("file", metavar="FILE", help="a .miniflow file")
    if command.__name__ != "order":
        parser.add_argument("--json", action="store_true", help="print one JSON object")
    if command.__name__ == "train":
        parser.add_argument("--epochs", type=_setting("epochs", int), metavar="N")
        parser.add_argument("--batch-size", type=_setting("batch_size", int), metavar="N")
        parser.add_argument("--learning-rate", type=_setting("learning_rate", float), metavar="X")
        parser.add_argument("--seed", type=_setting("seed", int), metavar="N", help="governs the batches")
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
