"""What made each number of the results that an explanation shows, where there is something to point at."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from miniflow.engine.steps import BackwardStep, ForwardStep, UpdateStep
from miniflow.engine.trace import Trace
from miniflow.explain.chain_rule import MOST_TERMS
from miniflow.explain.elements import AddedUpTo, Making, MeanOf, PlaceByPlace, RowTimesColumn, arrays_of
from miniflow.explain.explanation import Explanation, PortShare, TermExplanation
from miniflow.explain.formulas import Filling, Formula, rule_template
from miniflow.explain.headings import class_of, wired
from miniflow.explain.local import value_of
from miniflow.explain.products import product_of, share_product
from miniflow.operation import Elementwise
from miniflow.values import Value

_MEAN = re.compile(r"mean\((.*)\)$")
_CONSTANT = {"1": "{arrives}", "−1": "{arrives} · (−1)"}


def makings(trace: Trace, explanation: Explanation) -> list[Making]:
    """Return how the numbers of the results came about; none where they are single numbers, or nobody says."""
    step = trace.step_of(explanation.phase, explanation.node) if explanation.phase is not None else None
    match step:
        case ForwardStep():
            return list(_of_value(trace, step))
        case BackwardStep() if explanation.result is not None:
            return list(_of_gradient(trace, step, explanation.terms, explanation.result))
        case UpdateStep() if np.ndim(step.new):
            fields = {"old": step.old, "rate": np.float64(step.learning_rate), "gradient": step.gradient}
            return [PlaceByPlace(step.new, Formula("{old} − {rate} · {gradient}", fields))]
        case _:
            return []


def _of_value(trace: Trace, step: ForwardStep) -> Iterator[Making]:
    sources = wired(trace.record, step.node)
    values = [value_of(trace, source) for source in sources]
    cls = class_of(trace.record, step.node)
    product = product_of(trace, step)
    if product is not None:
        yield RowTimesColumn(step.value, product, values[0], values[1])
        return
    names = cls.port_names(len(sources))
    rule = rule_template(cls, len(sources)).removeprefix("{out} = ")
    if not arrays_of(values) or len(names) != len(values):
        return
    fields: dict[str, Filling] = dict(zip(names, values, strict=True))
    mean = _MEAN.fullmatch(rule)
    if issubclass(cls, Elementwise):
        yield PlaceByPlace(step.value, Formula(rule, fields))
    elif mean is not None and np.ndim(step.value) == 0:
        yield MeanOf(step.value, Formula(mean[1], fields), tuple(values))


def _of_gradient(
    trace: Trace, step: BackwardStep, terms: tuple[TermExplanation, ...], result: Value
) -> Iterator[Making]:
    ports = [(term, port) for term in terms for port in term.ports]
    if len(ports) == 1 and len(terms) == 1:
        yield from _of_share(trace, *ports[0], result)
    elif len(terms) == 1 and terms[0].acts_on_each_element and all(port.summed_from is None for _, port in ports):
        yield from _of_places(terms[0], result)
    elif len(terms) <= MOST_TERMS and np.ndim(result) and all(term.ports for term in terms):
        shares = [port.share for _, port in ports] if len(terms) == 1 else [term.by_rule for term in terms]
        for term, port in ports if len(terms) == 1 else ():
            yield from _of_share(trace, term, port, port.share)
        fields: dict[str, Filling] = {f"share{number}": share for number, share in enumerate(shares)}
        yield PlaceByPlace(result, Formula(" + ".join(f"{{{name}}}" for name in fields), fields))


def _of_share(trace: Trace, term: TermExplanation, port: PortShare, result: Value) -> Iterator[Making]:
    """How what a consumer passes back through one of its ports came about."""
    if port.is_matrix_product:
        product = share_product(port, term.arrives, result)
        if product is not None and port.local is not None:
            factors = (port.local, term.arrives)
            left, right = factors if port.factor_first else factors[::-1]
            yield RowTimesColumn(result, product, left, right)
        return
    if port.local is None or not arrays_of([term.arrives, port.local]):
        return
    is_handed_on = port.derivative is not None and port.derivative.template == "1"
    if port.summed_from is not None:
        yield AddedUpTo(result, term.arrives, None if is_handed_on else port.local, port.summed_from)
    else:
        yield PlaceByPlace(result, _derivative_at_a_place(trace, term, port), (port.local,))


def _derivative_at_a_place(trace: Trace, term: TermExplanation, port: PortShare) -> Formula:
    """What arrives, times the derivative with the numbers that it is worked out from."""
    assert port.local is not None
    if port.derivative is None:
        return Formula("{arrives} · {local}", {"arrives": term.arrives, "local": port.local})
    template = port.derivative.template
    if template in _CONSTANT:
        return Formula(_CONSTANT[template], {"arrives": term.arrives})
    sources = wired(trace.record, term.consumer)
    names = class_of(trace.record, term.consumer).port_names(len(sources))
    values: dict[str, Filling] = {name: value_of(trace, source) for name, source in zip(names, sources, strict=True)}
    values |= {"out": value_of(trace, term.consumer), "m": str(port.derivative.fields["m"]), "arrives": term.arrives}
    is_one_number = re.fullmatch(r"\{\w+\}", template)
    return Formula("{arrives} · " + (template if is_one_number else f"({template})"), values)


def _of_places(term: TermExplanation, result: Value) -> Iterator[Making]:
    """How a gradient came about where a consumer takes the node at several places, element by element."""
    locals_ = [port.local for port in term.ports if port.local is not None]
    if not arrays_of([term.arrives, *locals_]):
        return
    fields: dict[str, Filling] = {f"local{number}": local for number, local in enumerate(locals_)}
    together = " + ".join(f"{{{name}}}" for name in fields)
    yield PlaceByPlace(result, Formula("{arrives} · (" + together + ")", {"arrives": term.arrives, **fields}))
