"""The command line: ``python -m miniflow order | run | train | check FILE``.

Exit status 0: done. 1: the graph or the data has a problem. 2: wrong usage. 3: the file cannot be read or is malformed.
Each tells itself in one line on standard error. The same file and seed print the same bytes everywhere.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from typing_extensions import override

from miniflow.errors import FileAccessError, FileFormatError, GraphError, MiniFlowError

if TYPE_CHECKING:
    from miniflow.graph.build import BuiltGraph
    from miniflow.graph.problem import Problem
    from miniflow.graph.records import GraphRecord, TrainingRecord

DONE, PROBLEM, WRONG_USAGE, UNREADABLE = range(4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    _write_utf8()
    try:
        options = _parser().parse_args(arguments)
        status = _answered(options.command, options)
        _flush()
    except BrokenPipeError:
        _close_quietly()
        return DONE
    except OSError as error:
        _close_quietly()
        return _told(f"The output cannot be written: {error.strerror or error}.", PROBLEM)
    except KeyboardInterrupt:
        return 130
    return status


def _answered(command: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> int:
    """Carry out a command, and turn what goes wrong into one line and an exit status."""
    try:
        command(options)
        _flush()
    except (FileAccessError, FileFormatError) as error:
        return _told(str(error), UNREADABLE)
    except MiniFlowError as error:
        return _told(str(error), PROBLEM)
    except MemoryError:
        return _told("The values of this graph need more memory than there is: make them smaller.", PROBLEM)
    except OSError:  # of the output: those of files have a sentence of their own
        raise
    except Exception as error:  # such as one that a node class of the student's own raises
        return _told(f"The graph cannot be computed: {type(error).__name__}: {error}", PROBLEM)
    return DONE


# --- the commands -----------------------------------------------------------------------------------------------------


def order(options: argparse.Namespace) -> None:
    """Print the Kahn order of the whole graph, one id a line."""
    from miniflow.graph.rules import cycle_problem, kahn_order

    record = _read(options)
    _print("".join(f"{step.node}\n" for step in kahn_order(record)), end="")
    _raise(cycle_problem(record))


def run(options: argparse.Namespace) -> None:
    """Print every value and every gradient that can be computed."""
    import numpy as np

    from miniflow.engine.passes import forward_and_backward
    from miniflow.io.plain import as_text

    graph = _runnable(_read(options))
    with np.errstate(all="ignore"):
        forward_and_backward(graph.order, graph.output)
    values = {str(node.name): node.value for node in graph.order}
    gradients = {str(node.name): node.gradients[node] for node in graph.order}
    output = str(graph.output.name) if graph.output else None
    if options.json:
        _print_json({"order": list(values), "output": output, "values": values, "gradients": gradients})
        return
    for id, value in values.items():
        _print(f"{id} = {as_text(value)}")
    for id in reversed(values):
        _print(f"d {output} / d {id} = {as_text(gradients[id])}")


def train(options: argparse.Namespace) -> None:
    """Train as the lesson does, and print its lines."""
    from miniflow.graph.build import build
    from miniflow.training.history import TrainingHistory
    from miniflow.training.loop import train as training_steps

    record = _read(options)
    settings = _settings(options, record)
    graph = _trainable(record, settings)
    assert graph.output is not None
    steps = training_steps(
        graph.order,
        graph.output,
        graph.trainables,
        graph.batches_from,
        learning_rate=settings.learning_rate,
        epochs=settings.epochs,
        batch_size=settings.batch_size,
        seed=settings.seed,
    )
    if not options.json:
        _print(f"Total number of examples = {graph.examples}")
    history = TrainingHistory()
    for step in steps:
        history.append(step)
        if step.step == step.steps_per_epoch and not options.json:
            _print(f"Epoch: {step.epoch}, Loss: {history.epoch_losses[-1]:.3f}")
    if options.json:
        values = {str(node.name): node.value for node in build(record).trainables}
        values |= {str(node.name): node.value for node in graph.trainables}
        _print_json({"losses": list(history.epoch_losses), "values": values, "seed": settings.seed})


def check(options: argparse.Namespace) -> None:
    """Compare every gradient with slopes measured by forward passes."""
    from miniflow.engine.gradcheck import gradcheck

    graph = _runnable(_read(options))
    _refuse_what_is_not_finite(graph)
    report = gradcheck(graph.order, graph.output)
    errors = {str(each.node.name): each.max_relative_error for each in report.nodes}
    if options.json:
        _print_json({"max_relative_error": report.max_relative_error, "nodes": errors})
    else:
        for each in report.nodes:
            _print(each.verdict)
        if report.first_unmeasured is None:
            _print(f"largest relative error: {report.max_relative_error:.1e}")
    report.insist()


def _refuse_what_is_not_finite(graph: BuiltGraph) -> None:
    import numpy as np

    from miniflow.engine.forward import compute_values
    from miniflow.engine.passes import first_non_finite

    with np.errstate(all="ignore"):
        compute_values(graph.order)
    if (node := first_non_finite(graph.order)) is not None:
        raise GraphError(
            "{node} is the first to hold inf or nan, where no slope can be measured: change the values behind it.",
            node=node._label,
        )


def _read(options: argparse.Namespace) -> GraphRecord:
    from miniflow.io import files

    return files.read(options.file)


def _runnable(record: GraphRecord) -> BuiltGraph:
    from miniflow.graph.build import build
    from miniflow.graph.rules import blocking_problem

    _raise(blocking_problem(record))
    return build(record)


def _trainable(record: GraphRecord, settings: TrainingRecord) -> BuiltGraph:
    from dataclasses import replace

    from miniflow.graph.build import build_for_training
    from miniflow.graph.rules import training_problem

    record = replace(record, training=settings)
    _raise(training_problem(record))
    return build_for_training(record)


def _raise(problem: Problem | None) -> None:
    if problem is not None:
        raise GraphError(problem.sentence.template, **problem.sentence.fields)


def _settings(options: argparse.Namespace, record: GraphRecord) -> TrainingRecord:
    from dataclasses import replace

    from miniflow.graph.records import TrainingRecord

    given = {key: getattr(options, key) for key in ("epochs", "batch_size", "learning_rate", "seed")}
    return replace(
        record.training or TrainingRecord(), **{key: value for key, value in given.items() if value is not None}
    )


# --- output -----------------------------------------------------------------------------------------------------------


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _flush() -> None:
    if sys.stdout is not None:  # as it is where a shell has closed it
        sys.stdout.flush()


def _close_quietly() -> None:
    """Have Python find nothing left to write when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _print(text: str, end: str = "\n") -> None:
    print(text, end=end)


def _print_json(thing: Any) -> None:
    import json

    from miniflow.io.plain import plain

    _print(json.dumps(plain(thing), ensure_ascii=False, allow_nan=False))


def _told(sentence: str, status: int) -> int:
    if sys.stderr is not None:
        print(f"miniflow: {' '.join(sentence.split())}", file=sys.stderr)
    return status


# --- usage ------------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        sys.exit(_told(f"{message} (see {self.prog} --help)", WRONG_USAGE))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m miniflow", description="Order, run, train or check a graph.", allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="order | run | train | check")
    for command, has_json in ((order, False), (run, True), (train, True), (check, True)):
        summary = (command.__doc__ or "").rstrip(".")
        each = commands.add_parser(command.__name__, help=summary, description=summary, allow_abbrev=False)
        each.set_defaults(command=command)
        each.add_argument("file", metavar="FILE", help="a .miniflow file")
        if has_json:
            each.add_argument("--json", action="store_true", help="print one JSON object")
        if command is train:
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


if __name__ == "__main__":
    sys.exit(main())
