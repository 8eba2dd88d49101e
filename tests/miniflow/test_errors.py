"""Each error is one sentence that names the node, what was expected, what came, and what to do."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import miniflow
from miniflow import (
    MSE,
    Add,
    ArityError,
    CycleError,
    DivergenceError,
    FileAccessError,
    GraphError,
    Input,
    Linear,
    MiniFlowError,
    MissingGradientError,
    MissingMethodError,
    MissingValueError,
    Mul,
    Node,
    ShapeError,
    Sigmoid,
    ValueTypeError,
    first_non_finite,
    first_non_finite_gradient,
    forward_and_backward,
    forward_pass,
    gradcheck,
    topological_sort,
    train,
)
from miniflow.operation import Elementwise


def named(**values: Any) -> list[Node]:
    """Inputs with these names and values."""
    nodes: list[Node] = []
    for name, value in values.items():
        node = Input()
        node.name, node.value = name, value
        nodes.append(node)
    return nodes


def ones(**shapes: tuple[int, ...]) -> list[Node]:
    """Inputs with these names and shapes."""
    return named(**{name: np.ones(shape) for name, shape in shapes.items()})


class WithoutBackward(Node):
    """A student's node that has a forward alone."""

    def forward(self) -> None:
        self.value = self.inbound_nodes[0].value * 2


class ForgetsItsInput(Node):
    """A student's node whose backward fills nothing."""

    def forward(self) -> None:
        self.value = self.inbound_nodes[0].value * 2

    def backward(self) -> None:
        self.gradients = {}


class SendsAnotherShape(ForgetsItsInput):
    """A student's node that passes back a gradient of a shape that does not fit."""

    def backward(self) -> None:
        self.gradients = {self.inbound_nodes[0]: np.ones((2, 2))}


class Returns(ForgetsItsInput):
    """A student's node whose forward returns what it should keep."""

    def forward(self) -> None:
        return self.inbound_nodes[0].value * 2.5  # type: ignore[no-any-return]


class Nothing(ForgetsItsInput):
    """A student's node whose forward does nothing."""

    def forward(self) -> None:
        pass


class KeepsAList(WithoutBackward):
    """A student's node whose gradients are a list."""

    def backward(self) -> None:
        self.gradients = [1.0]  # type: ignore[assignment]


class PureHalf(Elementwise):
    """A pure node without a derivative."""

    ports = ("x",)

    def compute(self, *inputs: Any) -> Any:
        return inputs[0]


def with_graph(node: Node) -> tuple[Node, list[Node]]:
    """A node, and the sorted graph that ends at it."""
    start = node
    while start.inbound_nodes:
        start = start.inbound_nodes[0]
    return node, topological_sort({start: start.value})


def run(kind: type[Node], *nodes: Node) -> None:
    """Build a node, name it, and run both passes."""
    node = kind(list(nodes)) if not kind.ports else kind(*nodes)  # type: ignore[arg-type]
    node.name = "n"
    forward_and_backward(topological_sort({each: each.value for each in nodes}))


@pytest.mark.parametrize(
    ("error", "words", "cause"),
    [
        (ShapeError, ["n", "X", "(2, 3)", "W", "(4, 1)", "rows"], lambda: run(Linear, *ones(X=(2, 3), W=(4, 1), b=()))),
        (ShapeError, ["n", "(2, 3, 4)", "(4, 5)", "no more"], lambda: run(Linear, *ones(X=(2, 3, 4), W=(4, 5), b=()))),
        (ShapeError, ["n", "()", "(3,)", "plain number"], lambda: run(Linear, *ones(X=(), W=(3,), b=()))),
        (ShapeError, ["n", "b", "(5,)", "(2, 1)"], lambda: run(Linear, *ones(X=(2, 3), W=(3, 1), b=(5,)))),
        (ShapeError, ["n", "p", "(2, 3)", "q", "(2,)"], lambda: run(Add, *ones(p=(2, 3), q=(2,)))),
        (ShapeError, ["n", "y", "(3,)", "a", "(4,)", "target"], lambda: run(MSE, *ones(y=(3,), a=(4,)))),
        (ShapeError, ["x", "(0, 2)", "row"], lambda: run(Sigmoid, *ones(x=(0, 2)))),
        (ShapeError, ["n", "x", "(2, 2)", "(3,)"], lambda: run(SendsAnotherShape, *ones(x=(3,)))),
        (MissingValueError, ["x", "no value yet", "feed it"], lambda: Mul(*named(x=None, y=1)).forward()),
        (MissingValueError, ["n", "no gradient", "x", "self.gradients"], lambda: run(ForgetsItsInput, *named(x=1))),
        (MissingMethodError, ["n", "WithoutBackward", "backward()"], lambda: run(WithoutBackward, *named(x=1))),
        (MissingMethodError, ["n", "PureHalf", "differentiate()"], lambda: run(PureHalf, *named(x=1))),
        (MissingMethodError, ["n", "Node", "forward() that sets self.value"], lambda: run(Node, *named(x=1))),
        (MissingValueError, ["n has no value: the forward() of Returns", "a float"], lambda: run(Returns, *named(x=1))),
        (MissingValueError, ["forward() of Nothing must set self.value"], lambda: run(Nothing, *named(x=1))),
        (MissingValueError, ["forward() of Returns"], lambda: forward_pass(*with_graph(Returns(named(x=1))))),
        (MissingValueError, ["forward() of Returns"], lambda: forward_pass(*with_graph(Sigmoid(Returns(named(x=1)))))),
        (MissingValueError, ["x has no value yet", "feed it"], lambda: forward_and_backward(named(x=None))),
        (ValueTypeError, ["n", "dict", "list"], lambda: run(KeepsAList, *named(x=1))),
        (ValueTypeError, ["Node takes a list of nodes, not an Input"], lambda: Node(Input())),  # type: ignore[arg-type]
        (ArityError, ["Input()", "feed_dict"], lambda: Input(*named(x=1))),
        (ArityError, ["x = Input()", "x.name"], lambda: Input(name="x", value=1)),
        (ArityError, ["Linear has no input named w:", "Linear(X, W, b)"], lambda: Linear(*named(X=1, b=1), w=Input())),
        (ArityError, ["Linear", "3 inputs", "2 came", "Linear(X, W, b)"], lambda: Linear(*named(X=1, W=1))),
        (ArityError, ["Sigmoid", "1 input,", "2 came", "Sigmoid(x)"], lambda: Sigmoid(*named(x=1, y=1))),
        (ArityError, ["Add", "2 inputs or more", "1 came"], lambda: Add(*named(x=1))),
        (ValueTypeError, ["Mul", "Input"], lambda: Mul(*named(x=1), 3)),  # type: ignore[arg-type]
        (ValueTypeError, ["x", "same length"], lambda: named(x=[[1, 2], [3]])),
        (ValueTypeError, ["x", "text"], lambda: named(x="twelve")),
        (ValueTypeError, ["x", "complex numbers"], lambda: named(x=1j)),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_sentence(
    error: type[MiniFlowError], words: list[str], cause: Callable[[], Any]
) -> None:
    with pytest.raises(error) as told:
        cause()
    sentence = str(told.value)
    assert all(word in sentence for word in words), sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0] in "npxyXW"
    assert "\n" not in sentence


def test_a_node_without_a_name_and_a_place_is_told_by_its_consumer() -> None:
    first, second, third = Input(), Input(), Input()
    first.value = second.value = 1
    total = Linear(first, second, third)
    total.name = "total"
    with pytest.raises(MissingValueError, match=r"^The Input that is input 3 of total has no value yet: feed it"):
        total.forward()
    with pytest.raises(MissingValueError, match=r"^The Mul that is input 1 of the Sigmoid has no value yet: run"):
        Sigmoid(Mul(first, second)).forward()


def test_a_node_without_a_name_is_told_by_its_type_and_place() -> None:
    x = Input()
    Sigmoid(Mul(x, x))
    graph = topological_sort({x: 1})
    x.value = np.ones((0, 3))
    with pytest.raises(ShapeError, match=r"^The value of the Input at place 1 holds no numbers"):
        forward_and_backward(graph)
    with pytest.raises(ShapeError, match=r"^The Mul at place 2 gets no numbers from the Input at place 1"):
        graph[1].forward()


@pytest.mark.parametrize("runs", [1, 2, 5])
def test_a_gradient_that_is_not_there_says_what_to_do(runs: int) -> None:
    W = Input()
    W.name = "W"
    square = Mul(W, W)
    cost = Sigmoid(square)
    cost.name = "cost"
    graph = topological_sort({W: 3})
    forward_pass(cost, graph)
    for node in (W, square):
        with pytest.raises(MissingGradientError, match=r"^(W|The Mul at place 2) has no gradient yet: run forward_and"):
            node.gradients[node]
    with pytest.raises(MissingGradientError, match="Mul at place 2 has no gradient for W yet: run forward_"):
        square.gradients[W]
    for _ in range(runs):
        forward_and_backward(graph)
    with pytest.raises(KeyError, match=r"^cost has no gradient for W, .* none of its inputs: .* W.gradients\[W\]\.$"):
        cost.gradients[W]
    with pytest.raises(MissingGradientError, match="cost has no gradient for text"):
        cost.gradients["W"]  # type: ignore[index]
    with pytest.raises(MissingGradientError, match="cost has no gradient for a type"):
        cost.gradients[Input]  # type: ignore[index]
    assert W.gradients.get(cost) is None
    for twin in (copy.deepcopy(graph), *(pickle.loads(pickle.dumps(graph, number)) for number in (0, 2, 5))):
        assert twin[0].gradients[twin[0]] == W.gradients[W]
        with pytest.raises(MissingGradientError, match="cost has no gradient for W"):
            twin[2].gradients[twin[0]]


def test_a_backward_before_that_of_its_consumer_says_what_to_run() -> None:
    x = Input()
    square = Mul(x, x)
    Sigmoid(square)
    graph = topological_sort({x: 1})
    forward_pass(square, graph)
    with pytest.raises(MissingValueError, match=r"Sigmoid at place 3 has passed no gradient back to .* yet: run "):
        square.backward()


X = Input()
X.value = 2.0
SQUARE = Mul(X, X)
GRAPH = topological_sort({X: 2})
ELSEWHERE = Sigmoid(*named(elsewhere=1.0))
forward_pass(ELSEWHERE, [*ELSEWHERE.inbound_nodes, ELSEWHERE])


class HalfANode(Node):
    def __init__(self, source: Node) -> None:
        self.source = source


HALF = HalfANode(X)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("The output is a node, not a list", lambda: forward_pass(GRAPH, SQUARE)),  # type: ignore[arg-type]
        ("A graph is a list of nodes.*, not a Mul", lambda: forward_pass(SQUARE, SQUARE)),  # type: ignore[arg-type]
        ("not a list with an int in it", lambda: forward_pass(SQUARE, [3])),  # type: ignore[list-item]
        ("not a dict", lambda: forward_pass(SQUARE, {X: 2})),  # type: ignore[arg-type]
        ("not None", lambda: forward_pass(SQUARE, None)),  # type: ignore[arg-type]
        ("not a Mul", lambda: forward_and_backward(SQUARE)),  # type: ignore[arg-type]
        ("not a dict", lambda: forward_and_backward({X: 2})),  # type: ignore[arg-type]
        ("not None", lambda: forward_and_backward(None)),  # type: ignore[arg-type]
        ("not a list with text in it", lambda: forward_and_backward([X, "x"])),  # type: ignore[list-item]
        ("The output is a node, not an int", lambda: forward_and_backward(GRAPH, 3)),  # type: ignore[arg-type]
        ("not in the graph", lambda: forward_and_backward(GRAPH, ELSEWHERE)),
        ("not in the graph", lambda: forward_pass(ELSEWHERE, GRAPH)),
        ("not in the graph", lambda: gradcheck(GRAPH, ELSEWHERE)),
        ("The output is a node, not text", lambda: gradcheck(GRAPH, "cost")),  # type: ignore[arg-type]
        ("A graph is a list of nodes.*, not a Mul", lambda: gradcheck(SQUARE)),  # type: ignore[arg-type]
        ("not a dict", lambda: gradcheck({X: 2})),  # type: ignore[arg-type]
        ("not a dict", lambda: first_non_finite({X: 2})),
        ("not a Mul", lambda: first_non_finite(SQUARE)),  # type: ignore[arg-type]
        ("not an MSE:", lambda: first_non_finite(MSE(*named(y=1, a=1)))),  # type: ignore[arg-type]
        ("not None", lambda: first_non_finite_gradient(None)),  # type: ignore[arg-type]
        ("not a list with an int in it", lambda: gradcheck([3])),  # type: ignore[list-item]
        ("not a generator with an int in it", lambda: forward_and_backward(3 for _ in GRAPH)),  # type: ignore[misc]
        ("Mul at place 2 must come after the Input at place 1", lambda: forward_and_backward(GRAPH[::-1])),
        ("must come after .*: sort it", lambda: forward_pass(SQUARE, GRAPH[::-1])),
        ("must come after", lambda: gradcheck(GRAPH[::-1])),
        ("must come after", lambda: train(GRAPH[::-1], SQUARE, [X], {})),
        ("Input at place 1 is there twice", lambda: forward_and_backward(GRAPH + GRAPH)),
        ("HalfANode knows of no inputs: the __init__", lambda: forward_pass(HALF, GRAPH)),
        ("__init__ of HalfANode must call Node.__init__", lambda: forward_and_backward([*GRAPH, HALF])),
        ("HalfANode knows of no inputs", lambda: forward_and_backward(GRAPH, HALF)),
        ("HalfANode knows of no inputs", lambda: topological_sort({HALF: 1})),
        ("HalfANode knows of no inputs", lambda: Mul(X, HALF)),
    ],
)  # fmt: skip
def test_what_no_pass_can_work_with_is_told(words: str, cause: Callable[[], Any]) -> None:
    with pytest.raises(MiniFlowError, match=words):
        cause()


@pytest.mark.parametrize("runs_before", [0, 1, 2, 5])
def test_a_graph_out_of_order_is_told_however_often_it_ran_in_order(runs_before: int) -> None:
    x = Input()
    square = Mul(x, x)
    graph = topological_sort({x: 3})
    for _ in range(runs_before):
        forward_and_backward(graph)
    with pytest.raises(GraphError, match="must come after"):
        forward_and_backward(graph[::-1], square)
    with pytest.raises(GraphError, match="twice"):
        forward_and_backward([*graph, square])
    forward_and_backward(node for node in graph)
    assert x.gradients[x] == 6


def test_an_error_comes_whole_from_another_process() -> None:
    x = Input()
    x.name = "x"
    total = Add(x, x)
    errors: list[MiniFlowError] = [
        ShapeError("{node} is empty.", node="x"),
        CycleError([x, total]),
        DivergenceError(x, 2, 3, {x: 1.0}),
        MissingGradientError("{node} has no gradient yet.", x, total),
        FileAccessError("There is no file {name}.", name="a"),
    ]
    for error in errors:
        error.add_note("n")
        twin = pickle.loads(pickle.dumps(error))
        assert (type(twin), str(twin), twin.args) == (type(error), str(error), error.args)
        assert (str(twin.sentence), twin.__notes__) == (str(error.sentence), ["n"])
        assert vars(twin).keys() == vars(error).keys()
    assert pickle.loads(pickle.dumps(errors[1])).cycle[0].name == "x"


def test_every_error_class_is_imported_from_the_library_itself() -> None:
    from miniflow import errors

    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, MiniFlowError)]
    assert len(kinds) >= 10
    for kind in kinds:
        assert getattr(miniflow, kind.__name__) is kind
        assert kind.__name__ in miniflow.__all__


def test_every_public_name_can_be_imported() -> None:
    assert all(getattr(miniflow, name) for name in miniflow.__all__)
