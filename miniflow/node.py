"""Node: the contract that every file in ``nodes/`` signs, and the lesson's base class.

A built-in node is pure maths: ``infer_shape``, ``compute`` and ``differentiate`` take arrays and return arrays. The
plumbing (reading the inputs, adding up what the consumers send back, shape errors) is here, once. A student's own
subclass may instead override ``forward`` and ``backward``, as the lesson teaches:

>>> from miniflow import Input, Node, forward_and_backward, topological_sort
>>> class Double(Node):
...     def __init__(self, x):
...         Node.__init__(self, [x])
...     def forward(self):
...         self.value = 2 * self.inbound_nodes[0].value
...     def backward(self):
...         self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
...         for n in self.outbound_nodes:
...             self.gradients[self.inbound_nodes[0]] += 2 * n.gradients[self]
>>> x = Input()
>>> double = Double(x)
>>> forward_and_backward(topological_sort({x: [1, 2]}))
>>> print(double.value, x.gradients[x])
[2. 4.] [2. 2.]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

import numpy as np

from miniflow import copying, mistakes
from miniflow.keeper import Keeper
from miniflow.overriding import override
from miniflow.tickets import place_of
from miniflow.values import Shape, Value, as_value, is_column_of, is_value, own, sum_to_shape


class Labels(NamedTuple):
    """What to call a node and its inputs in a message: their names in a script, their ids in a document."""

    node: str
    inputs: tuple[str, ...]


OF_EVERY_NODE = ("inbound_nodes", "outbound_nodes", "_ticket", "_keeper")
OWN_ATTRIBUTES = {*OF_EVERY_NODE, "name", "_passes", "_trained", "_value", "_gradients", "_passed_back"}


def _known_from_the_start(kind: type[Node], /, **given: Any) -> None:
    """Show Python what every node of a library class has: it then makes no dict for each node of a large graph."""
    super(Node, kind).__init_subclass__(**given)
    if kind.__module__.startswith("miniflow.nodes."):
        first = object.__new__(kind)
        for name in OF_EVERY_NODE:
            setattr(first, name, None)


class Node:
    """One operation or value in a graph; a subclass of your own has a ``forward`` and a ``backward`` (see above).

    Attributes:
        inbound_nodes: the nodes whose values it takes, in the order of its ports.
        outbound_nodes: its consumers, each once, even one that takes it twice.
        value: its value after a forward pass: an array, or a NumPy scalar where the shape is ``()``.
        gradients: after a backward pass, ``gradients[self]`` is d(output)/d(self) in the shape of ``value``, and
            ``gradients[n]`` is the share of it that this node passes back to its input ``n``.
        name: what messages call it; free to set. A subclass may have attributes of any other name.
    """

    symbol: ClassVar[str] = "?"
    group: ClassVar[str] = "Your own"
    summary: ClassVar[str] = ""
    ports: ClassVar[tuple[str, ...]] = ()
    repeats_last_port: ClassVar[bool] = False
    rule: ClassVar[str] = ""
    derivatives: ClassVar[tuple[str, ...]] = ()
    """∂out/∂(port) in symbols, port by port, the last for all further ones; ``{others}``: the other inputs' product."""
    shares: ClassVar[tuple[str, ...]] = ()
    """What the node passes back to each port in symbols, where that is not ``{d_out} · derivative``."""
    reads_lists_as_columns: ClassVar[bool] = False
    """Whether an input of shape (n,) is read as (n, 1) where another has that shape."""
    broadcast_ports: ClassVar[tuple[str, ...]] = ()  # where a plain number fits, whatever the others take

    name: str | None = None
    _ticket: int | None = None
    """What the last ``topological_sort`` has given it, and no other node; it tells its place in the order."""
    _keeper: Keeper | None = None
    """What holds its value and gradients between two readings, if something does."""
    _passes = 0
    """How often the passes ended at it, and in ``_trained`` its place among the trainables: what to plan for."""
    _trained = 0
    _value: Value | None = None
    _gradients: dict[Node, Any] | None = None
    _passed_back: tuple[Value, Sequence[Value]] | None = None

    def __init__(self, inbound_nodes: Iterable[Node] = ()) -> None:
        try:
            inputs = self.inbound_nodes = [*inbound_nodes]
        except TypeError:
            raise mistakes.no_list_of_nodes(self, inbound_nodes) from None
        self.outbound_nodes: list[Node] = []
        try:
            for node in inputs:
                consumers = node.outbound_nodes
                if not consumers or consumers[-1] is not self:
                    consumers.append(self)
        except AttributeError:
            _unwire_and_refuse(self)
            raise

    @property
    def value(self) -> Any:
        """The value, or None before it is computed. Lists and whole numbers become float64 when assigned."""
        if self._keeper is not None:
            self._keeper.bring_value(self)
        return self._value

    @value.setter
    def value(self, given: Any) -> None:
        self._value = given if given is None or is_value(given) else as_value(given, self._label)
        if self._keeper is not None:
            self._keeper.value_is_outside(self)

    @property
    def gradients(self) -> dict[Node, Any]:
        """What the last backward pass left, by node; ``[...]`` of what is not there raises MissingGradientError."""
        if self._keeper is not None:
            self._keeper.bring_gradients(self)
        if self._passed_back is not None:
            self._gradients = self._by_node(*self._passed_back)
            self._passed_back = None
        if self._gradients is None:
            self._gradients = mistakes.Gradients(self)
        return self._gradients

    @gradients.setter
    def gradients(self, given: dict[Node, Any]) -> None:
        if not isinstance(given, dict):
            raise mistakes.no_gradients(self, given)
        self._gradients, self._passed_back = given, None
        if self._keeper is not None:
            self._keeper.gradients_are_outside(self)

    def _by_node(self, gradient: Value, shares: Sequence[Value]) -> dict[Node, Any]:
        gradients = mistakes.Gradients(self, {self: gradient if shares else own(gradient)})
        for node, share in zip(self.inbound_nodes, shares, strict=True):
            gradients[node] = gradients[node] + share if node in gradients else share
        return gradients

    @property
    def _label(self) -> str:
        """The name, else the type and the place in the order: what a message calls this node."""
        if self.name:
            return str(self.name)
        place = "" if self._ticket is None else f" at place {place_of(self._ticket)}"
        return f"the {type(self).__name__}{place}"

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>" if self.name else f"<{type(self).__name__}>"

    __getstate__ = copying.what_a_copy_is_made_of
    __copy__ = copying.copied_alone
    __deepcopy__ = copying.copied_with_all_that_hangs_together
    __reduce_ex__ = copying.pickled_with_all_that_hangs_together
    __init_subclass__ = classmethod(_known_from_the_start)

    def forward(self) -> None:
        """Compute ``value`` from the values of the inputs."""
        inputs = self._input_values()
        kind, shapes = type(self), tuple([value.shape for value in inputs])
        if (kind, shapes) not in _KNOWN_TO_FIT and kind.compute is not Node.compute:
            self.infer_shape(shapes, self._labels())
            remember_that_they_fit(kind, shapes)
        value = self.compute(*inputs)
        self._value = value if is_value(value) else _returned_by(self, value)
        if self._keeper is not None:
            self._keeper.value_is_outside(self)

    def backward(self) -> None:
        """Add up what the consumers send back, and work out each input's share of it."""
        self.pass_back(self.arriving_gradient())

    def pass_back(self, gradient: Value) -> Sequence[Value]:
        """Return each input's share of this node's gradient, in the input's shape, and keep both for ``gradients``."""
        inputs = self._input_values()
        shares: Sequence[Value] = self.differentiate(gradient, self.known_value(), *inputs)
        for share, value in zip(shares, inputs, strict=True):
            if share.shape != value.shape:
                shares = [sum_to_shape(each, whole.shape) for each, whole in zip(shares, inputs, strict=True)]
                break
        self._passed_back = gradient, shares
        if self._keeper is not None:
            self._keeper.gradients_are_outside(self)
        return shares

    def arriving_gradient(self) -> Value:
        """d(output)/d(self): the consumers' shares added up; without consumers ones, but zeros for an Input."""
        if not self.outbound_nodes:
            return (np.ones_like if self.inbound_nodes else np.zeros_like)(self.known_value())[()]
        first, *others = (self.share_from(consumer) for consumer in reversed(self.outbound_nodes))
        return sum(others, first)

    def known_value(self) -> Value:
        """Return the value, or raise MissingValueError where there is none yet."""
        value = self._value if self._keeper is None else self.value
        if value is None:
            raise mistakes.no_value(self)
        return value

    def share_from(self, consumer: Node) -> Value:
        """Return what a consumer passes back to this node, in the shape of this node's value."""
        shape = self.known_value().shape
        if self not in consumer.gradients:
            raise mistakes.no_share_yet(consumer, self)
        share = as_value(consumer.gradients[self], consumer._label)
        if share.shape == shape:
            return share
        if is_column_of(share.shape, shape):
            return np.reshape(share, shape)
        if share.shape == ():  # such as the 0 that the lesson's Input starts from: one number counts for every element
            return np.full_like(self.known_value(), share)
        raise mistakes.share_of_another_shape(consumer, self, share.shape, shape)

    def _input_values(self) -> list[Value]:
        """Return the values of the inputs, or raise MissingValueError where one has none yet."""
        return [
            node._value if node._keeper is None and node._value is not None else node.known_value()
            for node in self.inbound_nodes
        ]

    def _labels(self) -> Labels:
        return Labels(self._label, tuple(node._label for node in self.inbound_nodes))

    # --- what a file in nodes/ provides ---------------------------------------------------------------------------

    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        """Return the shape of the value for inputs of these shapes, or raise ShapeError, before anything runs."""
        raise mistakes.no_method(labels.node, cls, "tell its shape", "an infer_shape()")

    def compute(self, *inputs: Value) -> Value:
        """Return the value for these inputs: the forward rule, pure."""
        raise mistakes.no_method(self._label, type(self), "compute its value", "a forward() that sets self.value")

    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        """Return each input's share of ``upstream``, by the chain rule, pure; broadcasting is undone by the caller."""
        is_pure = type(self).compute is not Node.compute
        method = "differentiate() beside its compute()" if is_pure else "backward() that fills self.gradients"
        raise mistakes.no_method(self._label, type(self), "pass its gradient back", f"a {method}")

    @classmethod
    def port_names(cls, wired: int = 0) -> tuple[str, ...]:
        """Return the names of the input ports of a node that has ``wired`` wires."""
        if not cls.repeats_last_port:
            return cls.ports
        return tuple(f"{cls.ports[0]}{number}" for number in range(1, max(len(cls.ports), wired) + 1))


def _returned_by(node: Node, value: Any) -> Value:
    """Return what a node's ``compute`` returned as a value, or raise MissingValueError where that is nothing."""
    if value is None:
        raise mistakes.no_value_returned(node)
    return as_value(value, node._label)


def _unwire_and_refuse(consumer: Node) -> None:
    """Take a node's wires back, and raise ValueTypeError where an input is no node, GraphError where it lacks wires."""
    for given in consumer.inbound_nodes:
        if isinstance(given, Node) and consumer in getattr(given, "outbound_nodes", ()):
            given.outbound_nodes.remove(consumer)
    for given in consumer.inbound_nodes:
        if not isinstance(given, Node):
            raise mistakes.no_node(consumer, given)
        if not hasattr(given, "outbound_nodes"):
            raise mistakes.no_init(given)


_KNOWN_TO_FIT: set[tuple[type[Node], tuple[Shape, ...]]] = set()


def remember_that_they_fit(kind: type[Node], shapes: tuple[Shape, ...]) -> None:
    """Note that a node class takes inputs of these shapes, so that it need not be asked again."""
    if len(_KNOWN_TO_FIT) >= 4096:
        _KNOWN_TO_FIT.clear()
    _KNOWN_TO_FIT.add((kind, shapes))


def refuse_no_numbers(value: Value, node: Node) -> None:
    """Raise ShapeError for a node's value that holds no numbers, such as an empty batch."""
    if 0 in value.shape:
        raise mistakes.no_numbers(node, value.shape)


def refuse_empty(shape: Shape, source: str, node: str) -> None:
    """Raise ShapeError for a shape that holds no numbers, such as an empty batch."""
    if 0 in shape:
        raise mistakes.no_numbers_from(source, node, shape)
