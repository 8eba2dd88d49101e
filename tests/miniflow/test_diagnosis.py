"""Whatever a node of somebody's own does wrong, the error says in which node, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from miniflow import (
    GraphError,
    Input,
    MiniFlowError,
    MissingValueError,
    Mul,
    Node,
    ShapeError,
    Sigmoid,
    ValueTypeError,
    forward_and_backward,
    forward_pass,
    topological_sort,
)
from miniflow.operation import Elementwise
from tests.miniflow.own_nodes import OwnInput


class Double(Node):
    """A student's node as it should be."""

    def __init__(self, x: Node) -> None:
        Node.__init__(self, [x])

    def forward(self) -> None:
        self.value = 2 * self.inbound_nodes[0].value

    def backward(self) -> None:
        self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
        for n in self.outbound_nodes:
            self.gradients[self.inbound_nodes[0]] += 2 * n.gradients[self]


class ForgetsItsInputs(Double):
    def __init__(self, x: Node) -> None:
        Node.__init__(self)


class UnpacksWhatItForgot(ForgetsItsInputs):
    def forward(self) -> None:
        (x,) = self.inbound_nodes
        self.value = 2 * x.value


class Source(Node):
    """A student's node that needs no inputs, and has a mistake of another kind."""

    def forward(self) -> None:
        self.value = np.arange(3.0).reshape(2, 2)


class RunsOut(Node):
    """A student's node that needs no inputs, and has come to the end of its numbers."""

    def forward(self) -> None:
        self.value = [1.0, 2.0][2]


class ForgetsThemInAHelper(ForgetsItsInputs):
    def forward(self) -> None:
        self.value = 2 * self.taken(0)

    def taken(self, port: int) -> Any:
        return self.inbound_nodes[port].value


class Counts(Double):
    """A student's node that gives its value back instead of keeping it, and counts how often it is asked."""

    asked = 0

    def forward(self) -> Any:
        self.asked += 1
        return 2 * self.inbound_nodes[0].value


class AddsToNothing(Double):
    def backward(self) -> None:
        for n in self.outbound_nodes:
            self.gradients[self.inbound_nodes[0]] += 2 * n.gradients[self]


class PassesNone(Double):
    def backward(self) -> None:
        self.gradients = {self.inbound_nodes[0]: None}


class ComputesWithNodes(Double):
    def forward(self) -> None:
        self.value = 2 * self.inbound_nodes[0]  # type: ignore[operator]


class FailsOnTheWayBack(Double):
    def backward(self) -> None:
        raise ZeroDivisionError


class FindsNoKey(Double):
    def backward(self) -> None:
        raise KeyError


class Pure(Elementwise):
    """A pure node whose rules are given to it."""

    ports = ("x",)
    computed: Any = None
    shares: Any = None

    def compute(self, *inputs: Any) -> Any:
        return self.computed(*inputs)

    def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> Any:
        return self.shares(upstream, *inputs)


def pure(shares: Callable[..., Any], computed: Callable[..., Any] = lambda x: 2 * x) -> type[Node]:
    return type("P", (Pure,), {"computed": staticmethod(computed), "shares": staticmethod(shares)})


def run(kind: type[Node], value: Any = (1.0, 2.0), then: type[Node] | None = None) -> None:
    """Run both passes over x and a node named n, that comes from its class, and perhaps has a consumer."""
    x = Input()
    x.name = "x"
    node = kind(x)  # type: ignore[arg-type]
    node.name = "n"
    if then is not None:
        then(node, x)  # type: ignore[arg-type]
    forward_and_backward(topological_sort({x: value}))


@pytest.mark.parametrize(
    ("error", "words", "cause"),
    [
        (GraphError, "n knows of no inputs: the __init__ of ForgetsIts", lambda: run(ForgetsItsInputs, then=Mul)),
        (GraphError, "n knows of no inputs: the __init__ of Unpacks", lambda: run(UnpacksWhatItForgot, then=Mul)),
        (GraphError, "n knows of no inputs: the __init__ of ForgetsThem", lambda: run(ForgetsThemInAHelper, then=Mul)),
        (MissingValueError, r"n adds to its gradient for x .* \{n: np.zeros", lambda: run(AddsToNothing)),
        (MissingValueError, "n adds to its gradient for x", lambda: run(AddsToNothing, then=Mul)),
        (ValueTypeError, "n passes back None to x: a gradient is", lambda: run(PassesNone)),
        (MissingValueError, r"n has no value: the compute\(\) of P must", lambda: run(pure(len, lambda x: None))),
        (MissingValueError, r"compute\(\) of P", lambda: run(pure(len, lambda x: None), then=Mul)),
        (ValueTypeError, r"P returns an array for n, where a tuple of 1 g", lambda: run(pure(lambda up, x: 2 * up))),
        (ValueTypeError, "P returns None for n", lambda: run(pure(lambda up, x: None))),
        (ValueTypeError, "P returns 2 gradients for n", lambda: run(pure(lambda up, x: (up, up)))),
        (ValueTypeError, "n passes back a float to x", lambda: run(pure(lambda up, x: (2.0,)))),
        (ShapeError, r"n .*shape \(\) to x, .*shape \(2,\)", lambda: run(pure(lambda up, x: (up.sum(),)))),
        (ShapeError, r"\(1, 2\) to x, .*shape \(3, 2\)",
         lambda: run(pure(lambda up, x: (up[:1],)), np.ones((3, 2)))),
    ],
)  # fmt: skip
def test_a_node_of_ones_own_that_is_wrong_is_told(
    error: type[MiniFlowError], words: str, cause: Callable[[], None]
) -> None:
    with pytest.raises(error, match=words):
        cause()


def test_inputs_of_ones_own_that_nobody_feeds_are_told() -> None:
    x, y = OwnInput(), OwnInput()
    x.name, y.name = "x", "y"
    Mul(x, y)
    with pytest.raises(MissingValueError, match="y has no value: feed it"):
        forward_and_backward(topological_sort({x: 1}))


def test_an_output_that_was_not_sorted_says_what_to_feed() -> None:
    x, lost = Input(), ForgetsItsInputs(Input())
    lost.name = "lost"
    graph = topological_sort({x: 1})
    with pytest.raises(GraphError, match="feed lost, which it needs and which has no inputs"):
        forward_pass(Sigmoid(lost), graph)
    with pytest.raises(GraphError, match="lost knows of no inputs"):
        forward_pass(lost, graph)


@pytest.mark.parametrize(
    ("kind", "error", "method"),
    [
        (ComputesWithNodes, TypeError, "forward"),
        (FailsOnTheWayBack, ZeroDivisionError, "backward"),
        (FindsNoKey, KeyError, "backward"),
    ],
)
def test_an_error_of_pythons_own_has_a_note_that_names_the_node(
    kind: type[Node], error: type[Exception], method: str
) -> None:
    with pytest.raises(error) as told:
        run(kind)
    assert told.value.__notes__[0] == f"This happened in the {method}() of n, whose inputs are: x of shape (2,)."
    assert told.value.__context__ is None


@pytest.mark.parametrize(
    "forward",
    [
        lambda node: 2 * node.inbound_nodes[0],
        lambda node: np.exp(node.inbound_nodes[0]),
        lambda node: node.inbound_nodes[0].sum(),
        lambda node: sum(node.inbound_nodes),
    ],
)
def test_a_node_taken_for_its_value_is_told_by_a_note(forward: Callable[[Node], Any]) -> None:
    with pytest.raises((TypeError, AttributeError)) as told:
        run(type("Own", (Double,), {"forward": forward}))
    assert told.value.__notes__[1:] == [
        "A node is not its value: write .value behind it, as in self.inbound_nodes[0].value."
    ]


@pytest.mark.parametrize("forward", [lambda node, x: x, lambda node: node.wieghts, lambda node: 1 + "1"])
def test_another_mistake_is_not_told_as_a_node_taken_for_its_value(forward: Callable[..., Any]) -> None:
    with pytest.raises((TypeError, AttributeError)) as told:
        run(lambda x: type("Double", (Double,), {"forward": forward})(Double(x)))  # type: ignore[arg-type]
    assert len(told.value.__notes__) == 1


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [(Source, ValueError, "cannot reshape"), (RunsOut, IndexError, "list index out of range")],
)
def test_a_source_that_fails_by_itself_is_not_told_that_it_has_no_inputs(
    kind: type[Node], error: type[Exception], words: str
) -> None:
    source = kind()
    source.name = "s"
    with pytest.raises(error, match=words) as told:
        forward_pass(source, [source])
    assert told.value.__notes__ == ["This happened in the forward() of s, whose inputs are: none."]


def test_a_pure_node_that_forgot_its_inputs_is_told_so() -> None:
    class Forgets(Pure):
        def __init__(self) -> None:
            Node.__init__(self)

        def compute(self, *inputs: Any) -> Any:
            (x,) = inputs
            return x

    lost = Forgets()
    lost.name = "lost"
    with pytest.raises(GraphError, match="lost knows of no inputs"):
        forward_pass(lost, [lost])


def test_a_forward_that_gives_its_value_back_is_told_so_and_runs_once() -> None:
    x = Input()
    counts = Counts(x)
    Sigmoid(counts)
    with pytest.raises(MissingValueError, match=r"must set self\.value; it returned a float64 instead"):
        forward_and_backward(topological_sort({x: 1.0}))
    assert counts.asked == 1


def test_an_output_without_inputs_that_was_not_sorted_is_computed() -> None:
    class Constant(Node):
        def forward(self) -> None:
            self.value = 3

    x = Input()
    assert forward_pass(Constant(), topological_sort({x: 1})) == 3


def test_a_rule_that_returns_nothing_runs_once() -> None:
    asked: list[Any] = []
    with pytest.raises(MissingValueError, match=r"the compute\(\) of P must return it"):
        run(pure(len, asked.append), then=Mul)
    assert len(asked) == 1


def test_a_consumer_outside_the_graph_is_none_for_a_node_of_ones_own() -> None:
    x = Input()
    double = Double(x)
    graph = topological_sort({x: 3})
    Sigmoid(double)
    for _ in range(3):
        forward_and_backward(graph)
        assert x.gradients[x] == 2


def test_a_node_that_fails_on_the_way_back_keeps_its_consumers() -> None:
    x = Input()
    node = FailsOnTheWayBack(x)
    graph = topological_sort({x: 3})
    outside = Sigmoid(node)
    with pytest.raises(ZeroDivisionError):
        forward_and_backward(graph)
    assert node.outbound_nodes == [outside]


@pytest.mark.parametrize("computed", [lambda x: x > 1, lambda x: float(x.sum()), lambda x: [4, 5]])
def test_whatever_numbers_a_rule_returns_become_a_value(computed: Callable[..., Any]) -> None:
    x = Input()
    node = pure(lambda upstream, x: (upstream * np.ones_like(x),), computed)(x)
    forward_and_backward(topological_sort({x: [1.0, 2.0]}))
    assert node.value.dtype == x.gradients[x].dtype == np.float64
    np.testing.assert_array_equal(node.value, computed(np.array([1.0, 2.0])))


def test_a_rule_that_returns_text_is_told() -> None:
    with pytest.raises(ValueTypeError, match="n cannot take text as its value"):
        run(pure(len, lambda x: "two"))
