"""The command line: ``python -m miniflow order | run | train | check FILE``.

Exit status 0: done. 1: the graph or the data has a problem. 2: wrong usage. 3: the file cannot be read or is malformed.
Each tells itself in one line on standard error. The same file and seed print the same bytes everywhere.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

from miniflow.errors import FileAccessError, FileFormatError, GraphError, MiniFlowError
from miniflow.usage import DONE, PROBLEM, UNREADABLE, options_of, told

if TYPE_CHECKING:
    from argparse import Namespace

    from miniflow.graph.build import BuiltGraph
    from miniflow.graph.problem import Problem
    from miniflow.graph.records import GraphRecord, TrainingRecord
    from miniflow.usage import Command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    _write_utf8()
    try:
        options = options_of(sys.argv[1:] if arguments is None else arguments, order, run, train, check)
        status = _answered(options.command, options)
        _flush()
    except BrokenPipeError:
        _close_quietly()
        return DONE
    except OSError as error:
        _close_quietly()
        return told(f"The output cannot be written: {error.strerror or error}.", PROBLEM)
    except KeyboardInterrupt:
        return 130
    return status


def _answered(command: Command, options: Namespace) -> int:
    """Carry out a command, and turn what goes wrong into one line and an exit status."""
    try:
        command(options)
        _flush()
    except (FileAccessError, FileFormatError) as error:
        return told(str(error), UNREADABLE)
    except MiniFlowError as error:
        return told(str(error), PROBLEM)
    except MemoryError:
        return told("The values of this graph need more memory than there is: make them smaller.", PROBLEM)
    except OSError:  # of the output: those of files have a sentence of their own
        raise
    except Exception as error:  # such as one that a node class of the student's own raises
        return told(f"The graph cannot be computed: {type(error).__name__}: {error}", PROBLEM)
    return DONE


# --- the commands -----------------------------------------------------------------------------------------------------


def order(options: Namespace) -> None:
    """Print the Kahn order of the whole graph, one id a line."""
    from miniflow.graph.rules import cycle_problem, kahn_order

    record = _read(options)
    _print("".join(f"{step.node}\n" for step in kahn_order(record)), end="")
    _raise(cycle_problem(record))


def run(options: Namespace) -> None:
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


def train(options: Namespace) -> None:
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


def check(options: Namespace) -> None:
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

    from miniflow.engine.finite import first_non_finite
    from miniflow.engine.forward import compute_values

    with np.errstate(all="ignore"):
        compute_values(graph.order)
    if (node := first_non_finite(graph.order)) is not None:
        raise GraphError(
            "{node} is the first to hold inf or nan, where no slope can be measured: change the values behind it.",
            node=node._label,
        )


def _read(options: Namespace) -> GraphRecord:
    from miniflow.io import files

    return files.read(options.file)


def _runnable(record: GraphRecord) -> BuiltGraph:
    from miniflow.graph.build import build
    from miniflow.graph.rules import blocking_problem

    _raise(blocking_problem(record))
    return build(record)


def _trainable(record: GraphRecord, settings: TrainingRecord) -> BuiltGraph:
    from miniflow.graph.build import build_for_training
    from miniflow.graph.records import replace
    from miniflow.graph.rules import training_problem

    record = replace(record, training=settings)
    _raise(training_problem(record))
    return build_for_training(record)


def _raise(problem: Problem | None) -> None:
    if problem is not None:
        raise GraphError(problem.sentence.template, **problem.sentence.fields)


def _settings(options: Namespace, record: GraphRecord) -> TrainingRecord:
    from miniflow.graph.records import TrainingRecord, replace

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


def _program() -> NoReturn:
    """Run as a program, whose memory the system takes back whole: nothing is searched for garbage or freed before."""
    gc.disable()
    status = main()
    if _is_watched():
        sys.exit(status)
    with suppress(OSError):  # after an interruption; in every other case all is written
        _flush()
    os._exit(status)


def _is_watched() -> bool:
    """Tell whether a debugger or a profiler looks on, which has something to say at the end."""
    monitoring = getattr(sys, "monitoring", None)  # where both have their place from Python 3.12 on
    is_monitored = monitoring is not None and any(monitoring.get_tool(number) for number in range(6))
    return is_monitored or sys.gettrace() is not None or sys.getprofile() is not None


if __name__ == "__main__":
    _program()
