"""The chain rule along whole paths of arrays: how the factors are multiplied, their shapes, and their sum."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow.catalogue import node_classes
from miniflow.engine.trace import BackwardStep, Phase, Trace
from miniflow.explain.explaining import explain
from miniflow.explain.factors import product_along
from miniflow.explain.paths import count_paths, first_paths
from miniflow.explain.plain_text import as_text
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace
from miniflow.values import Shape
from tests.miniflow.own_nodes import Softmax
from tests.miniflow.random_records import given, graph, node, records

MANY = 64


def told_of(trace: Trace, id: str) -> str:
    step = trace.step_of(Phase.BACKWARD, id)
    assert step is not None
    return as_text(explain(trace, step))


class Size:
    """A shape that is multiplied as an array of it would be."""

    def __init__(self, *lengths: int) -> None:
        self.shape: Shape = lengths

    def __matmul__(self, other: Size) -> Size:
        assert len(self.shape) == len(other.shape) == 2, "only matrices are multiplied as such"
        assert self.shape[1] == other.shape[0]
        return Size(self.shape[0], other.shape[1])

    def __mul__(self, other: Size) -> Size:
        return Size(*np.broadcast_shapes(self.shape, other.shape))

    def __add__(self, other: Size) -> Size:
        assert self.shape == other.shape
        return self

    @property
    def turned(self) -> Size:
        return Size(*self.shape[::-1])


def multiplied(shapes: str) -> tuple[Shape, Shape]:
    """What the shapes on the left of such a line make together, and what its right side says."""
    left, right = shapes.split(" = ")
    python = re.sub(r"\((\d+(?: × \d+)*)\)", lambda each: f"Size({each[1].replace(' × ', ', ')})", left)
    python = re.sub(r"\)ᵀ", ").turned", python)
    python = re.sub(r"Size\([^)]*\)|\b1\b", lambda each: "Size()" if each[0] == "1" else each[0], python)
    python = python.replace("Size() ·", "Size() *")  # a single number multiplies whatever comes
    python = python.replace("⊙", "*").replace("·", "@")
    numbers = tuple(int(number) for number in re.findall(r"\d+", right)) if right != "1" else ()
    if "Σ" in python:
        return numbers, numbers
    return eval(python, {"Size": Size}).shape, numbers


@settings(max_examples=150, deadline=None)
@property_of(records())
def test_the_arrays_along_all_paths_multiply_together_and_add_up_to_the_gradient(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        if not isinstance(step, BackwardStep) or step.node == trace.output or not step.reaches_output:
            continue
        if count_paths(trace, step.node) > MANY:
            continue
        total = np.zeros_like(step.gradient)
        for path in first_paths(trace, step.node, MANY):
            product = product_along(trace, path)
            assert product is not None
            assert product.shape == np.shape(step.gradient)
            made, said = multiplied(product.in_shapes())
            assert said == product.shape
            assert int(np.prod(made)) == int(np.prod(said)), product.in_shapes()
            total = total + product.value
        np.testing.assert_allclose(total, step.gradient, rtol=1e-9, atol=1e-9)


def two_layers() -> GraphRecord:
    """X (2, 3), W1 (3, 4), b1 (4,); tanh; W2 (4, 1), b2 (1,); y (2,)."""
    rng = np.random.default_rng(0)

    def drawn(*shape: int):  # type: ignore[no-untyped-def]
        return tuple(tuple(row) for row in rng.normal(size=shape).round(2).tolist())

    return graph(
        given("X", drawn(2, 3)),
        given("W1", drawn(3, 4)),
        given("b1", (0.1, -0.2, 0.3, 0.4)),
        given("W2", drawn(4, 1)),
        given("b2", (0.5,)),
        given("y", (1.0, 2.0)),
        node("h", "Linear", "X", "W1", "b1"),
        node("t", "Tanh", "h"),
        node("o", "Linear", "t", "W2", "b2"),
        node("cost", "MSE", "y", "o"),
    )


@pytest.mark.parametrize(
    ("id", "arranged", "shapes"),
    [
        (
            "W1",
            "Xᵀ · ((∂cost/∂o · W2ᵀ) ⊙ ∂t/∂h)",
            "(3 × 2) · (((2 × 1) · (1 × 4)) ⊙ (2 × 4)) = (3 × 4)",
        ),
        (
            "X",
            "((∂cost/∂o · W2ᵀ) ⊙ ∂t/∂h) · W1ᵀ",
            "(((2 × 1) · (1 × 4)) ⊙ (2 × 4)) · (4 × 3) = (2 × 3)",
        ),
        (
            "b1",
            "Σ((∂cost/∂o · W2ᵀ) ⊙ ∂t/∂h ⊙ ∂h/∂b1)",
            "Σ(((2 × 1) · (1 × 4)) ⊙ (2 × 4) ⊙ (2 × 4)) = (4)",
        ),
    ],
)
def test_a_path_through_two_layers_is_written_as_it_is_multiplied_and_with_its_shapes(
    id: str, arranged: str, shapes: str
) -> None:
    text = told_of(record_trace(two_layers()), id)
    assert f"∂cost/∂o · ∂o/∂t · ∂t/∂h · ∂h/∂{id} = {arranged}\n   Shapes: {shapes}\n" in text


def test_each_of_several_paths_of_matrices_has_its_shapes_and_the_sum_has_its_own() -> None:
    fork = graph(
        given("X", ((1.0, 2.0), (3.0, 4.0))),
        given("W", ((0.5,), (-0.5,))),
        given("b", 0.25),
        given("y", ((1.0,), (2.0,))),
        node("f", "Linear", "X", "W", "b"),
        node("s", "Square", "f"),
        node("t", "Tanh", "f"),
        node("m", "Mul", "s", "t"),
        node("cost", "MSE", "y", "m"),
    )
    text = told_of(record_trace(fork), "W")
    chain = "∂cost/∂m · ∂m/∂{0} · ∂{0}/∂f · ∂f/∂W = Xᵀ · (∂cost/∂m ⊙ ∂m/∂{0} ⊙ ∂{0}/∂f)"
    for branch in "st":
        assert f"{chain.format(branch)}\n   Shapes: (2 × 2) · ((2 × 1) ⊙ (2 × 1) ⊙ (2 × 1)) = (2 × 1)" in text
    assert "The sum over all paths is the gradient, shape (2, 1) like W." in text
    assert "Σ((2 × 1) ⊙ (2 × 1) ⊙ (2 × 1) ⊙ (2 × 1)) = 1\n" in told_of(record_trace(fork), "b")


def test_a_list_is_read_as_a_row_or_a_column_where_a_matrix_is_multiplied() -> None:
    row = graph(
        given("x", (1.0, 2.0, 3.0)),
        given("W", ((1.0, 2.0), (0.0, 1.0), (0.5, 0.5))),
        given("b", 0.0),
        node("f", "Linear", "x", "W", "b"),
        node("t", "Tanh", "f"),
        node("cost", "Square", "t"),
    )
    assert "(3 × 1) · ((1 × 2) ⊙ (1 × 2)) = (3 × 2)" in told_of(record_trace(row), "W")
    column = graph(
        given("X", ((1.0, 2.0), (0.0, 1.0), (0.5, 0.5))),
        given("w", (1.0, 2.0)),
        given("b", 0.0),
        node("f", "Linear", "X", "w", "b"),
        node("t", "Tanh", "f"),
        node("cost", "Square", "t"),
    )
    assert "(2 × 3) · ((3 × 1) ⊙ (3 × 1)) = (2)" in told_of(record_trace(column), "w")


def test_a_row_that_is_multiplied_on_as_a_column_is_turned() -> None:
    turned = graph(
        given("X", ((1.0, 2.0), (0.0, 1.0), (0.5, 0.5))),
        given("p", (1.0, 2.0)),
        given("Q", ((1.0, 2.0), (0.0, 1.0))),
        given("b", 0.0),
        node("w", "Linear", "p", "Q", "b"),
        node("f", "Linear", "X", "w", "b"),
        node("t", "Tanh", "f"),
        node("cost", "Square", "t"),
    )
    text = told_of(record_trace(turned), "Q")
    assert "(2 × 1) · ((2 × 3) · ((3 × 1) ⊙ (3 × 1)))ᵀ = (2 × 2)" in text


def test_a_matrix_that_is_multiplied_by_itself_passes_back_two_products() -> None:
    square = graph(
        given("X", ((1.0, 2.0), (0.0, 1.0))),
        given("b", 0.0),
        node("f", "Linear", "X", "X", "b"),
        node("t", "Tanh", "f"),
        node("s", "Square", "t"),
        node("cost", "Tanh", "s"),
    )
    text = told_of(record_trace(square), "X")
    gradient = "(∂cost/∂s ⊙ ∂s/∂t ⊙ ∂t/∂f)"
    assert f"{gradient} · X⁽²⁾ᵀ + X⁽¹⁾ᵀ · {gradient}" in text


def test_the_first_step_back_from_several_numbers_begins_with_ones() -> None:
    several = graph(
        given("P", ((1.0, 2.0), (0.0, 1.0))),
        given("X", ((1.0, 2.0), (0.0, 1.0))),
        given("b", 0.0),
        node("q", "Tanh", "P"),
        node("r", "Square", "q"),
        node("f", "Linear", "r", "X", "b"),
    )
    text = told_of(record_trace(several), "P")
    assert "= (∂Σf/∂f · Xᵀ) ⊙ ∂r/∂q ⊙ ∂q/∂P\n   Shapes: ((2 × 2) · (2 × 2)) ⊙ (2 × 2) ⊙ (2 × 2) = (2 × 2)" in text


def test_the_whole_way_through_single_numbers_tells_no_shapes() -> None:
    nodes = [given("x", 0.5), node("a", "Tanh", "x"), node("b", "Square", "a"), node("f", "Tanh", "b")]
    trace = record_trace(graph(*nodes))
    assert "The whole way" in told_of(trace, "x")
    assert "shape" not in told_of(trace, "x").lower()


def test_a_node_that_mixes_its_numbers_has_a_slope_for_each_pair_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(node_classes(), "Softmax", Softmax)
    nodes = [given("x", (0.5, -1.0, 2.0)), node("s", "Softmax", "x"), node("q", "Square", "s")]
    trace = record_trace(graph(*nodes, node("f", "Tanh", "q")))
    assert "∂s/∂x: shape (3, 3), a row for each number of s, a column for each of x." in told_of(trace, "x")
