"""What a consumer passes back through each of its ports, and the local derivative that makes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from miniflow.catalogue import node_classes
from miniflow.engine.steps import BackwardStep, ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.explain.explanation import PortShare, TermExplanation
from miniflow.explain.formulas import Filling, Formula, Place, derivative_template, share_template
from miniflow.explain.symbols import is_told_apart, numerator
from miniflow.node import Node
from miniflow.operation import Elementwise
from miniflow.values import Value, sum_to_shape

LARGEST_JACOBIAN = 1024
"""The derivatives of a node that mixes elements are worked out one by one up to so many."""

_TRANSPOSED_PORT = re.compile(r"\{(\w+)\}ᵀ")


def value_of(trace: Trace, node: str) -> Value:
    """The value of a node in a run that has come past it."""
    step = trace.step_of(Phase.FORWARD, node)
    if not isinstance(step, ForwardStep):
        raise LookupError(f"{node} has no value in this run")
    return step.value


def gradient_of(trace: Trace, node: str) -> Value:
    """The gradient of a node in a run that has come past it."""
    step = trace.step_of(Phase.BACKWARD, node)
    if not isinstance(step, BackwardStep):
        raise LookupError(f"{node} has no gradient in this run")
    return step.gradient


def explain_terms(trace: Trace, step: BackwardStep) -> tuple[TermExplanation, ...]:
    """Return the terms of a gradient, one for each consumer."""
    return tuple(
        explain_term(trace, step.node, term.consumer, term.share) for term in step.terms if term.consumer is not None
    )


def explain_term(trace: Trace, node: str, consumer: str, share: Value) -> TermExplanation:
    """Return what one consumer passes back, port by port; ``share`` is the whole of it."""
    step = trace.step_of(Phase.BACKWARD, consumer)
    assert isinstance(step, BackwardStep)
    record = trace.record.nodes[consumer]
    if pure_operation(node_classes()[record.type]) is None:
        ports: tuple[PortShare, ...] = ()
    else:
        wires = [port for port, source in enumerate(record.inputs) if source == node]
        ports = tuple(_PortView(trace, consumer, port).share() for port in wires)
    return TermExplanation(consumer, step.gradient, share, ports, step.reaches_output)


def pure_operation(cls: type[Node]) -> Node | None:
    """Return a node of the class to ask for derivatives; None where the class has a backward() of its own."""
    if cls.backward is not Node.backward or cls.differentiate is Node.differentiate:
        return None
    operation = cls.__new__(cls)
    Node.__init__(operation)
    return operation


def _places(sources: Sequence[str]) -> list[Filling]:
    """Name what stands at each port: a node that stands at one alone by its name, else by the number of the place."""
    return [
        Place(source, sources[: port + 1].count(source)) if sources.count(source) > 1 else source
        for port, source in enumerate(sources)
    ]


class _PortView:
    """One wire, seen from its consumer during the backward pass."""

    def __init__(self, trace: Trace, consumer: str, port: int) -> None:
        record = trace.record.nodes[consumer]
        self._trace = trace
        self._consumer = consumer
        self._port = port
        self._cls = node_classes()[record.type]
        self._sources = [source for source in record.inputs if source is not None]
        self._names = self._cls.port_names(len(self._sources))
        self._named = _places(self._sources)
        if is_told_apart(trace, consumer, self._sources[port]) and isinstance(self._named[port], str):
            self._named[port] = Place(self._sources[port], 1)
        self._inputs = [value_of(trace, source) for source in self._sources]
        self._value = value_of(trace, consumer)
        self._operation = pure_operation(self._cls)

    def share(self) -> PortShare:
        x = self._inputs[self._port]
        wide = self._differentiate(gradient_of(self._trace, self._consumer))
        factor = self._matrix_factor()
        local = self._local() if factor is None else factor
        is_product = factor is not None or (local is None)
        if local is None:
            local = self._jacobian()
        derivative = self._derivative(factor is not None)
        return PortShare(
            port=self._names[self._port],
            source=self._named[self._port],
            rule=self._rule(derivative, factor is not None),
            derivative=derivative,
            local=local,
            is_matrix_product=is_product,
            factor_first=factor is not None and self._share_template.endswith("{d_out}"),
            share=sum_to_shape(wide, x.shape),
            summed_from=wide.shape if wide.size != x.size else None,
        )

    @property
    def _share_template(self) -> str:
        return share_template(self._cls, self._port) or ""

    def _differentiate(self, upstream: Value) -> Value:
        assert self._operation is not None
        with np.errstate(all="ignore"):
            return self._operation.differentiate(upstream, self._value, *self._inputs)[self._port]

    @property
    def _acts_on_each_element(self) -> bool:
        return issubclass(self._cls, Elementwise) or np.ndim(self._value) == 0

    def _local(self) -> Value | None:
        """∂consumer/∂port, where the share is its product with what arrives, element by element."""
        template = derivative_template(self._cls, self._port, len(self._sources))
        if self._acts_on_each_element or template == "1":
            return self._differentiate(np.ones_like(self._value)[()])
        return None

    def _matrix_factor(self) -> Value | None:
        """The transposed input that what arrives is multiplied by, where the share is a product of matrices."""
        match = _TRANSPOSED_PORT.fullmatch(derivative_template(self._cls, self._port, len(self._sources)) or "")
        if match is None or self._acts_on_each_element:
            return None
        other = self._inputs[self._names.index(match[1])]
        if np.ndim(other) >= 2:
            return np.transpose(other)
        is_row = self._port > self._names.index(match[1])
        return np.reshape(other, (-1, 1) if is_row else (1, -1))

    def _jacobian(self) -> Value | None:
        """How each element of the value follows each element of the input, a row for each of the value's."""
        size = np.size(self._value)
        if size * np.size(self._inputs[self._port]) > LARGEST_JACOBIAN:
            return None
        units = np.eye(size, dtype=self._value.dtype).reshape(size, *self._value.shape)
        return np.stack([np.ravel(self._differentiate(unit)) for unit in units])

    def _fields(self) -> dict[str, Filling]:
        names: dict[str, Filling] = dict(zip(self._names, self._named, strict=True))
        return {**names, "out": self._consumer, "m": str(np.size(self._inputs[self._port]))}

    def _derivative(self, is_product: bool) -> Formula | None:
        template = derivative_template(self._cls, self._port, len(self._sources))
        if template is None:
            return None
        return Formula(template if is_product else template.replace("ᵀ", ""), self._fields())

    def _rule(self, derivative: Formula | None, is_product: bool) -> Formula:
        """What this port passes back in symbols: ∂cost/∂a · ∂a/∂f, or ∂cost/∂f · Wᵀ."""
        fields = {**self._fields(), "cost": str(self._trace.output), "node": self._named[self._port]}
        symbol = numerator(self._trace) + "/∂{out}"
        if is_product:
            return Formula(self._share_template.replace("{d_out}", symbol), fields)
        if derivative is not None and derivative.template == "1" and self._share_template == "{d_out}":
            return Formula(symbol, fields)
        return Formula(symbol + " · ∂{out}/∂{node}", fields)
