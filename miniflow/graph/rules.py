"""What is wrong with a graph, or missing: one sentence for each problem, and a fix where there is an obvious one.

What mends a problem, and the edits that it is made of, are imported where there is one: training starts sooner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from miniflow.catalogue import dataset, datasets, node_classes
from miniflow.errors import DatasetError, Sentence, counted, walk_round
from miniflow.graph.kahn import KahnStep
from miniflow.graph.problem import Fix, Problem, ProblemKind
from miniflow.graph.records import DatasetPart, GraphRecord, NodeRecord, Shape, TrainingRecord
from miniflow.graph.signatures import is_input
from miniflow.graph.survey import Survey, Surveyed, free_ports, value_shape

__all__ = [
    "Fix",
    "Problem",
    "ProblemKind",
    "blocking_problem",
    "cycle_problem",
    "kahn_order",
    "output_of",
    "problems",
    "shapes",
    "training_problem",
]


def kahn_order(record: GraphRecord) -> list[KahnStep[str]]:
    """Return the turns of Kahn's algorithm on the whole graph, finished or not, sources in the order of the file."""
    return Survey(record).steps


def shapes(record: GraphRecord) -> dict[str, Shape | None]:
    """Return the shape of every node's value, before anything runs; None where it is not known yet."""
    return Survey(record).shapes


def output_of(record: GraphRecord) -> str | None:
    """Return the node to differentiate, or None where there is none or several could be meant."""
    return output_in(Survey(record))


def problems(record: GraphRecord) -> list[Problem]:
    """Return everything that is wrong or missing: first what is about the whole graph, then node by node."""
    survey = Survey(record)
    return collected(survey, (problem for id in record.nodes for problem in node_problems(survey, id)))


def collected(survey: Surveyed, of_nodes: Iterable[Problem]) -> list[Problem]:
    """Return all problems in the order in which they are told, given those of the single nodes."""
    found = [*_output_problems(survey)]
    if survey.cycle:
        found.append(_cycle_problem(survey, survey.cycle))
    return [*found, *of_nodes, *_training_problems(survey, survey.record.nodes), *_unused(survey)]


def blocking_problem(record: GraphRecord) -> Problem | None:
    """Return what keeps the output from being computed, first things first; None where nothing does."""
    survey = Survey(record)
    output = output_in(survey)
    if output is None:
        if survey.cycle and not _candidates(survey) and record.output is None:
            return _cycle_problem(survey, survey.cycle)
        return next(_output_problems(survey))
    needed = survey.ancestors(output)
    if needed <= survey.computable:
        return None
    for id in survey.order:
        if id in needed and id not in survey.computable and (found := node_problems(survey, id)):
            return found[0]
    if cycle := survey.cycle_among(needed):
        return _cycle_problem(survey, cycle)
    return next(problem for id in record.nodes if id in needed for problem in node_problems(survey, id))


def cycle_problem(record: GraphRecord) -> Problem | None:
    """Return the cycle that keeps the graph from being ordered whole; None where there is none."""
    survey = Survey(record)
    return _cycle_problem(survey, survey.cycle) if survey.cycle else None


def training_problem(record: GraphRecord) -> Problem | None:
    """Return what keeps the graph from being trained; None where nothing does."""
    blocking = blocking_problem(record)
    if blocking is not None:
        return blocking
    settings = record.training or TrainingRecord()
    survey = Survey(record, settings.batch_size)
    needed = set() if (output := output_in(survey)) is None else survey.ancestors(output)
    kinds = (ProblemKind.BATCH_SIZE, ProblemKind.DIFFERENT_ROWS)
    ordered = [id for id in record.nodes if id in needed]
    about_data = (problem for problem in _training_problems(survey, ordered) if problem.kind in kinds)
    misfits = (Problem(ProblemKind.MISMATCH, survey.misfits[id], id) for id in ordered if id in survey.misfits)
    return next(chain(about_data, misfits), None)


def output_in(survey: Surveyed) -> str | None:
    """Return the node to differentiate, or None where there is none or several could be meant."""
    nodes, named = survey.record.nodes, survey.record.output
    if named is not None:
        return named if named in nodes else None
    candidates = _candidates(survey)
    return candidates[0] if len(candidates) == 1 else None


def _candidates(survey: Surveyed) -> list[str]:
    """Return the nodes that nothing consumes; Inputs only where there is nothing else at all."""
    nodes = survey.record.nodes
    computing = [id for id in survey.ends if not is_input(nodes[id].type)]
    has_only_inputs = not computing and all(is_input(node.type) for node in nodes.values())
    return list(survey.ends) if has_only_inputs else computing


def _output_problems(survey: Surveyed) -> Iterator[Problem]:
    record = survey.record
    candidates = _candidates(survey)
    if record.output is not None:
        if record.output not in record.nodes:
            from miniflow.graph import fixes

            yield Problem(
                ProblemKind.UNKNOWN_OUTPUT,
                Sentence("The output {output} does not exist: choose another.", {"output": record.output}),
                mending=fixes.output(record, candidates),
                choices=fixes.outputs(record, candidates),
            )
    elif not record.nodes:
        yield Problem(ProblemKind.NO_OUTPUT, Sentence("The graph is empty: add a node."))
    elif not candidates:
        yield Problem(
            ProblemKind.NO_OUTPUT,
            Sentence("Every node feeds another, so that none is the output: choose one, or remove a wire."),
        )
    elif len(candidates) > 1:
        from miniflow.graph import fixes

        yield Problem(
            ProblemKind.SEVERAL_OUTPUTS,
            Sentence("Several nodes could be the output: choose one of {nodes}.", {"nodes": _listed(candidates)}),
            mending=fixes.output(record, candidates),
            choices=fixes.outputs(record, candidates),
        )


def _cycle_problem(survey: Surveyed, cycle: Sequence[str]) -> Problem:
    from miniflow.graph import fixes

    return Problem(
        ProblemKind.CYCLE,
        Sentence(
            "There is a cycle, {cycle}: none of these nodes can go first, so remove one of the wires.",
            {"cycle": walk_round(cycle)},
        ),
        node=cycle[0],
        mending=fixes.cycle(survey.record, cycle),
    )


def node_problems(survey: Surveyed, id: str) -> list[Problem]:
    """Return what is wrong with one node, or missing."""
    if id in survey.computable:
        return []
    from miniflow.graph import fixes

    node = survey.record.nodes[id]
    if is_input(node.type):
        lack = _value_problem(survey, node)
        return [] if lack is None else [lack]
    misfit = survey.misfits.get(id)
    found = [] if misfit is None else [Problem(ProblemKind.MISMATCH, misfit, id, mending=fixes.misfit(survey, node))]
    free = free_ports(survey.record.nodes, id)
    names = node_classes()[node.type].port_names(len(node.inputs)) if free else ()
    mending = fixes.parameters(survey, node)
    for port in free:
        sentence = Sentence("{port} of {node} is free: draw a wire to it.", {"port": names[port], "node": id})
        found.append(Problem(ProblemKind.FREE_PORT, sentence, id, port, mending if port else None))
    return found


def _value_problem(survey: Surveyed, node: NodeRecord) -> Problem | None:
    if node.value is None:
        sentence = Sentence("{node} has no value yet: give it a number or an array.", {"node": node.id})
        from miniflow.graph import fixes

        return Problem(ProblemKind.MISSING_VALUE, sentence, node.id, mending=fixes.missing_value(survey, node))
    shape = value_shape(node)
    if shape is None and isinstance(node.value, DatasetPart):
        return Problem(ProblemKind.UNKNOWN_DATASET, _missing_data(node.id, node.value), node.id)
    if shape is not None and 0 in shape:
        sentence = Sentence(
            "{node} holds no numbers, its shape is {shape}: give it at least one row.",
            {"node": node.id, "shape": shape},
        )
        return Problem(ProblemKind.EMPTY_VALUE, sentence, node.id)
    return None


def _missing_data(id: str, value: DatasetPart) -> Sentence:
    try:
        title = dataset(value.dataset).title
    except DatasetError:
        return Sentence(
            "The data set {dataset} of {node} does not exist here: choose one of {known}.",
            {"dataset": value.dataset, "node": id, "known": _listed(list(datasets()))},
        )
    return Sentence("The file of {dataset}, the data set of {node}, cannot be read.", {"dataset": title, "node": id})


def _training_problems(survey: Surveyed, ids: Iterable[str]) -> Iterator[Problem]:
    record = survey.record
    settings = record.training or TrainingRecord()
    first: tuple[str, int] | None = None
    for id in ids:
        node = record.nodes[id]
        shape = value_shape(node) if isinstance(node.value, DatasetPart) else None
        if shape is None:
            continue
        if node.trainable:
            sentence = Sentence(
                "{node} receives batches of data, so it is not trained: only a value of its own can be.", {"node": id}
            )
            from miniflow.graph import fixes

            yield Problem(ProblemKind.TRAINABLE_DATA, sentence, id, mending=fixes.not_trainable(node))
        if first is None:
            first = (id, shape[0])
            if settings.batch_size > shape[0]:
                yield _batch_problem(record, id, settings.batch_size, shape[0])
        elif shape[0] != first[1]:
            sentence = Sentence(
                "{node} has {came}, but {first} has {expected}: take both from the same data set.",
                {
                    "node": id,
                    "came": counted(shape[0], "1 row", "{count} rows"),
                    "first": first[0],
                    "expected": first[1],
                },
            )
            yield Problem(ProblemKind.DIFFERENT_ROWS, sentence, id)


def _batch_problem(record: GraphRecord, id: str, batch_size: int, rows: int) -> Problem:
    from miniflow.graph import fixes

    return Problem(
        ProblemKind.BATCH_SIZE,
        Sentence(
            "A batch of {batch} rows is larger than the data set of {node}, which has {rows}: make it smaller.",
            {"batch": batch_size, "node": id, "rows": rows},
        ),
        id,
        mending=fixes.batch_size(record, rows),
    )


def _unused(survey: Surveyed) -> Iterator[Problem]:
    output = output_in(survey)
    if output is None:
        return
    for id in survey.ends:
        if id != output:
            sentence = Sentence("Nothing uses {node}: draw a wire from it, or remove it.", {"node": id})
            from miniflow.graph import fixes

            yield Problem(ProblemKind.UNUSED, sentence, id, mending=fixes.removal(survey.drawing, id))


def _listed(names: list[str]) -> str:
    return ", ".join(names if len(names) <= 6 else [*names[:6], "…"])
