"""The bundled examples: whole, tidy, and with the numbers that were published."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from miniflow.engine.gradcheck import gradcheck
from miniflow.engine.passes import forward_and_backward
from miniflow.graph.build import BuiltGraph, build
from miniflow.graph.records import Literal
from miniflow.graph.rules import problems, training_problem
from miniflow.io import files
from miniflow.io.schema import to_text

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "examples"
EXAMPLES = sorted(FOLDER.glob("*.miniflow"))
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def run(name: str) -> BuiltGraph:
    graph = build(files.read(FOLDER / f"{name}.miniflow"))
    forward_and_backward(graph.order, graph.output)
    return graph


def gradient(graph: BuiltGraph, id: str):
    return graph.nodes[id].gradients[graph.nodes[id]]


def digits(numbers, places: int) -> list[str]:
    return [f"{number:.{places}f}" for number in np.ravel(numbers)]


@every_example
def test_an_example_is_finished_titled_and_written_as_the_app_writes(path: Path) -> None:
    record = files.read(path)
    assert problems(record) == []
    assert training_problem(record) is None
    assert record.title
    assert record.output in record.nodes
    assert to_text(record) == path.read_text(encoding="utf-8")


@every_example
def test_an_example_is_placed_by_hand_without_overlaps_and_flows_to_the_right(path: Path) -> None:
    nodes = files.read(path).nodes
    values = (node.value for node in nodes.values() if node.type == "Input")
    least = 135 if all(isinstance(value, Literal) and isinstance(value.data, float) for value in values) else 175
    for one, other in itertools.combinations(nodes.values(), 2):
        across, down = (abs(a - b) for a, b in zip(one.position, other.position, strict=True))
        assert across >= 200 or down >= least, f"{one.id} lies on {other.id}"
    for each in nodes.values():
        assert all(nodes[source].position[0] < each.position[0] for source in each.inputs)


@every_example
def test_an_example_says_where_it_comes_from(path: Path) -> None:
    assert f"`{path.stem}`" in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES if path.stem not in ("boston", "diabetes")])
def test_the_gradients_of_an_example_are_those_that_can_be_measured(name: str) -> None:
    graph = run(name)
    assert gradcheck(graph.order, graph.output).passed


def test_the_lessons_product_is_200() -> None:
    assert run("product").output.value == 200.0


def test_the_lessons_linear_is_16() -> None:
    assert run("linear").output.value == 16.0
    assert run("linear").output.value.shape == ()


def test_the_lessons_sigmoid_of_a_linear() -> None:
    np.testing.assert_allclose(run("sigmoid").output.value, [[1.23394576e-04, 9.82013790e-01]] * 2, rtol=1e-8)


def test_the_lessons_gradients() -> None:
    graph = run("one-neuron")
    expected = {
        "X": [[-3.34017280e-05, -5.01025919e-05], [-6.68040138e-05, -1.00206021e-04]],
        "W": [[5.01028709e-05], [1.00205742e-04]],
        "b": [-5.01028709e-05],
        "y": [0.9999833, 1.9999833],
    }
    for id, numbers in expected.items():
        np.testing.assert_allclose(gradient(graph, id), numbers, rtol=1e-7)
        assert gradient(graph, id).shape == np.shape(numbers)


def test_the_lessons_network_on_boston_is_13_10_1() -> None:
    graph = build(files.read(FOLDER / "boston.miniflow"))
    assert [node.value.shape for node in graph.trainables] == [(13, 10), (10,), (10, 1), (1,)]
    assert set(graph.nodes) == {"X", "y", "W1", "b1", "W2", "b2", "l1", "s1", "l2", "cost"}


def test_the_circuit_of_cs231n_has_the_published_numbers() -> None:
    graph = run("circuit")
    assert [graph.nodes[id].value for id in ("q", "f")] == [3, -12]
    assert [gradient(graph, id) for id in ("x", "y", "z", "q", "f")] == [-4, -4, 3, -4, 1]


def test_the_neuron_of_cs231n_has_the_published_digits() -> None:
    graph = run("sigmoid-neuron")
    assert [graph.nodes[id].value for id in ("p0", "p1", "dot")] == [-2, 6, 1]
    assert digits(graph.output.value, 2) == ["0.73"]
    published = {"w0": "-0.20", "x0": "0.39", "w1": "-0.39", "x1": "-0.59", "w2": "0.20", "dot": "0.20"}
    assert {id: digits(gradient(graph, id), 2)[0] for id in published} == published


def test_olahs_fork_adds_up_both_ways_to_b() -> None:
    graph = run("fork")
    assert [graph.nodes[id].value for id in ("c", "d", "e")] == [3, 2, 6]
    assert [gradient(graph, id) for id in ("a", "b", "c", "d")] == [2, 5, 2, 3]
    b = graph.nodes["b"]
    assert [consumer.gradients[b] for consumer in b.outbound_nodes] == [2, 3]


def test_mazurs_network_has_the_published_digits() -> None:
    graph = run("step-by-step")
    assert digits(graph.nodes["net_h"].value[0, 0], 4) == ["0.3775"]
    assert digits(graph.nodes["out_h"].value, 9) == ["0.593269992", "0.596884378"]
    assert digits(graph.nodes["net_o"].value[0, 0], 9) == ["1.105905967"]
    assert digits(graph.nodes["out_o"].value, 9) == ["0.751365070", "0.772928465"]
    assert digits(graph.output.value, 9) == ["0.298371109"]
    assert digits(gradient(graph, "out_h")[0, 0], 9) == ["0.036350306"]
    assert digits(gradient(graph, "W2")[0, 0], 9) == ["0.082167041"]
    assert digits(gradient(graph, "W1")[0, 0], 9) == ["0.000438568"]
    updated = [graph.nodes[id].value - 0.5 * gradient(graph, id) for id in ("W1", "W2")]
    assert digits(updated[0].T, 8) == ["0.14978072", "0.19956143", "0.24975114", "0.29950229"]
    assert digits(updated[1].T, 8) == ["0.35891648", "0.40866619", "0.51130127", "0.56137012"]
