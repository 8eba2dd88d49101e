"""What every node class must do; a new file in ``nodes/`` joins by existing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import (
    Input,
    Linear,
    Mul,
    Node,
    ShapeError,
    forward_and_backward,
    forward_pass,
    gradcheck,
    topological_sort,
)
from miniflow.catalogue import node_classes
from miniflow.node import Labels
from miniflow.values import Shape, sum_to_shape
from tests.miniflow.random_graphs import operation_classes, random_shapes, shapes_for, values_for

CASES = [(kind, shapes) for kind in operation_classes() for shapes in shapes_for(kind)]
every_case = pytest.mark.parametrize(("kind", "shapes"), CASES, ids=lambda each: getattr(each, "__name__", str(each)))


def built(kind: type[Node], values: list[Any]) -> tuple[list[Node], Node, list[Node]]:
    """The sorted graph of one node, the node and its inputs."""
    inputs: list[Node] = [Input() for _ in values]
    node = kind(*inputs)  # type: ignore[arg-type]
    return topological_sort(dict(zip(inputs, values, strict=True))), node, inputs


@every_case
def test_the_shape_is_known_before_anything_runs(kind: type[Node], shapes: tuple[Shape, ...]) -> None:
    graph, node, _ = built(kind, values_for(kind, shapes, np.random.default_rng(0)))
    assert forward_pass(node, graph).shape == kind.infer_shape(shapes, Labels("n", tuple("abc")[: len(shapes)]))


@every_case
def test_gradients_are_those_that_are_measured(kind: type[Node], shapes: tuple[Shape, ...]) -> None:
    graph, _, _ = built(kind, values_for(kind, shapes, np.random.default_rng(1)))
    report = gradcheck(graph)
    assert report.first_wrong is None
    assert report.max_relative_error < 1e-7


@every_case
def test_gradients_are_those_of_a_complex_step_to_the_last_digits(kind: type[Node], shapes: tuple[Shape, ...]) -> None:
    assert_gradients_of_a_complex_step(kind, shapes, np.random.default_rng(2))


@pytest.mark.parametrize("kind", operation_classes())
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_gradients_are_right_for_shapes_at_random(kind: type[Node], seed: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = random_shapes(kind, rng)
    assert_gradients_of_a_complex_step(kind, shapes, rng)
    graph, _, _ = built(kind, values_for(kind, shapes, rng))
    assert gradcheck(graph).passed
    forward_and_backward(graph)
    assert all(node.gradients[node].shape == node.value.shape for node in graph)


def assert_gradients_of_a_complex_step(kind: type[Node], shapes: tuple[Shape, ...], rng: np.random.Generator) -> None:
    """Squire and Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review, 1998."""
    values = values_for(kind, shapes, rng)
    node = kind(*(Input() for _ in values))  # type: ignore[arg-type]
    result = node.compute(*values)
    upstream = rng.normal(size=result.shape)[()]
    shares = node.differentiate(upstream, result, *values)
    for place, (value, share) in enumerate(zip(values, shares, strict=True)):
        analytic = np.asarray(sum_to_shape(share, value.shape))
        for index in np.ndindex(value.shape):
            moved = [np.asarray(each, dtype=complex) for each in values]
            moved[place][index] += 1e-30j
            slope = np.sum(upstream * node.compute(*moved)).imag / 1e-30  # type: ignore[arg-type]
            assert analytic[index] == pytest.approx(slope, rel=1e-12, abs=1e-13)


@every_case
def test_float32_stays_float32(kind: type[Node], shapes: tuple[Shape, ...]) -> None:
    values = [np.float32(each) for each in values_for(kind, shapes, np.random.default_rng(3))]
    graph, node, inputs = built(kind, values)
    forward_and_backward(graph)
    assert node.value.dtype == np.float32
    assert {each.gradients[each].dtype for each in inputs} == {np.dtype(np.float32)}


@pytest.mark.parametrize("kind", operation_classes())
def test_any_memory_layout_gives_the_same_and_is_left_alone(kind: type[Node]) -> None:
    shapes = max(shapes_for(kind), key=lambda each: sum(map(len, each)))
    values = values_for(kind, shapes, np.random.default_rng(4))
    plain, _, plain_inputs = built(kind, values)
    forward_and_backward(plain)
    for disguise in (np.asfortranarray, _every_second, _read_only):
        given = [disguise(each) for each in values]
        before = [each.copy() for each in given]
        graph, node, inputs = built(kind, given)
        forward_and_backward(graph)
        np.testing.assert_allclose(node.value, plain[-1].value, rtol=1e-14)
        for one, other, kept, old in zip(inputs, plain_inputs, given, before, strict=True):
            np.testing.assert_allclose(one.gradients[one], other.gradients[other], rtol=1e-13)
            np.testing.assert_array_equal(kept, old)


def _every_second(array: Any) -> Any:
    return np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array


def _read_only(array: Any) -> Any:
    view = array.view()
    view.flags.writeable = False
    return view


def test_a_broadcast_view_is_a_value() -> None:
    graph, node, (_, y) = built(Mul, [np.broadcast_to(np.float64(2.0), (3, 2)), np.ones((3, 2))])
    forward_and_backward(graph)
    assert node.value.tolist() == [[2, 2]] * 3
    assert y.gradients[y].tolist() == [[2, 2]] * 3


@pytest.mark.parametrize("kind", operation_classes())
def test_an_empty_batch_is_refused_in_a_sentence(kind: type[Node]) -> None:
    shapes = [(0, 3) if len(shape) else shape for shape in max(shapes_for(kind), key=lambda each: sum(map(len, each)))]
    with pytest.raises(ShapeError, match=r"\(0, 3\)"):
        kind.infer_shape(shapes, Labels("n", tuple("abc")[: len(shapes)]))


@pytest.mark.parametrize("kind", node_classes().values())
def test_every_class_says_what_the_palette_and_the_explanations_show(kind: type[Node]) -> None:
    assert kind.symbol not in ("", "?")
    assert kind.group != Node.group
    assert kind.summary.endswith(".")
    assert kind.__doc__
    assert "{out}" in kind.rule


@pytest.mark.parametrize("bias", [(), (1,), (2,), (3, 1), (1, 2), (3, 2)])
def test_a_bias_of_any_shape_that_fits_gets_a_gradient_of_that_shape(bias: Shape) -> None:
    graph, node, inputs = built(Linear, [np.ones((3, 4)), np.ones((4, 2)), np.zeros(bias)])
    forward_and_backward(graph)
    assert node.value.shape == (3, 2)
    assert inputs[2].gradients[inputs[2]].shape == bias
    assert np.sum(inputs[2].gradients[inputs[2]]) == 6


def test_a_bias_that_would_enlarge_the_product_is_refused() -> None:
    graph, node, _ = built(Linear, [np.ones((1, 4)), np.ones((4, 2)), np.zeros((3, 2))])
    with pytest.raises(ShapeError, match=r"\(3, 2\).*\(1, 2\)"):
        forward_pass(node, graph)


def test_the_product_of_zeros_has_exact_gradients() -> None:
    graph, _, inputs = built(Mul, [np.float64(0), np.float64(0), np.float64(5)])
    forward_and_backward(graph)
    assert [float(each.gradients[each]) for each in inputs] == [0, 0, 0]
