"""What arranging promises, measured on the curves that the canvas draws."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gui.presentation.layout import Arrangement, arrange
from tests.presentation.drawn import Box, Network, boxes, crossings, dot_crossings, ends, overlaps, wires_through_cards
from tests.presentation.networks_to_draw import arranged, cases, layers, one_neuron, random_layered, scalar_two_two_one

ROOT = Path(__file__).parents[2]
CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_no_wire_runs_through_a_card(name: str) -> None:
    assert wires_through_cards(CASES[name], arranged(name)) == []


@pytest.mark.parametrize("name", CASES)
def test_no_card_overlaps_another(name: str) -> None:
    assert overlaps(CASES[name], arranged(name)) == []


@pytest.mark.parametrize("name", CASES)
def test_every_wire_leads_to_the_right(name: str) -> None:
    for wire in CASES[name].wires:
        start, end = ends(CASES[name], arranged(name), wire)
        line = [start, *arranged(name).way_points.get(wire, ()), end]
        assert [x for x, _ in line] == sorted(x for x, _ in line)


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
@pytest.mark.parametrize("name", CASES)
def test_wires_cross_hardly_more_often_than_in_a_drawing_by_graphviz(name: str) -> None:
    assert crossings(CASES[name], arranged(name)) <= 1.3 * dot_crossings(CASES[name])


def levels(network: Network, *line: str) -> set[float]:
    found = network.arranged()
    wires = [wire for wire in network.wires if wire[:2] in pairwise(line)]
    assert len(wires) == len(line) - 1
    return {y for wire in wires for _, y in ends(network, found, wire)}


def test_the_main_line_of_the_lesson_is_one_straight_line() -> None:
    assert len(levels(one_neuron(), "X", "f", "a", "cost")) == 1


def test_ten_layers_are_one_straight_line_too() -> None:
    line = [f"{kind}{layer}" for layer in range(1, 11) for kind in "ls"]
    assert len(levels(layers(10), "X", *line, "cost")) == 1


def test_a_branch_beside_the_main_line_is_straight_as_well() -> None:
    network = scalar_two_two_one()
    assert len(levels(network, "z h1", "h1", "h1 times out")) == 1
    assert len(levels(network, "z h2", "h2", "h2 times out")) == 1


def test_a_long_wire_runs_level_past_the_cards_between_its_ends() -> None:
    network = layers(4, skip_every=4)
    points = network.arranged().way_points["X", "add4", 1]
    assert len({y for _, y in points}) == 1


def share_a_column(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2]


def test_each_parameter_stands_in_the_column_before_its_linear() -> None:
    network = layers(5)
    area = boxes(network, network.arranged())
    for layer in range(1, 6):
        column = "X" if layer == 1 else f"s{layer - 1}"
        for parameter in (f"W{layer}", f"b{layer}"):
            assert share_a_column(area[parameter], area[column])
            assert area[parameter][2] < area[f"l{layer}"][0]


def test_the_target_stands_in_the_column_before_the_cost_however_deep_the_network_is() -> None:
    network = layers(5)
    area = boxes(network, network.arranged())
    assert share_a_column(area["y"], area["s5"])


def test_a_node_taken_twice_keeps_both_wires() -> None:
    network = Network({"x": (), "square": ("x", "x")})
    found = network.arranged()
    assert wires_through_cards(network, found) == []
    assert found.positions["x"][0] < found.positions["square"][0]


CYCLIC = Network({"X": (), "a": ("X", "d"), "b": ("a",), "c": ("b", "c"), "d": ("c",)})


def test_a_cycle_is_arranged_and_the_wire_that_closes_it_goes_around_the_cards() -> None:
    found = CYCLIC.arranged()
    assert overlaps(CYCLIC, found) == []
    assert wires_through_cards(CYCLIC, found) == []
    assert set(found.way_points) >= {("d", "a", 1), ("c", "c", 1)}


def test_parts_without_a_wire_between_them_stand_apart() -> None:
    network = Network({"a": (), "p": (), "b": ("a",), "q": ("p",), **{f"alone{k}": () for k in range(9)}})
    found = network.arranged()
    area = boxes(network, found)
    assert overlaps(network, found) == []
    assert max(area["a"][3], area["b"][3]) < min(area["p"][1], area["q"][1])


def test_an_empty_graph_is_arranged_too() -> None:
    assert Network({}).arranged() == Arrangement()


def test_arranging_a_selection_keeps_its_middle_and_leaves_the_others_alone() -> None:
    network = one_neuron()
    before = {node: (37.0 * index, 900.0 - 50 * index) for index, node in enumerate(network.nodes)}
    before |= dict.fromkeys(("a", "y", "cost"), (5000.0, 5000.0))
    chosen = ["X", "W", "b", "f"]
    found = network.arranged(chosen, before)
    assert set(found.positions) == set(chosen)

    def middle(positions: dict[str, tuple[float, float]]) -> tuple[float, float]:
        area = boxes(network, Arrangement({node: positions[node] for node in chosen})).values()
        return (
            (min(a[0] for a in area) + max(a[2] for a in area)) / 2,
            (min(a[1] for a in area) + max(a[3] for a in area)) / 2,
        )

    assert middle(dict(found.positions)) == pytest.approx(middle(before), abs=1)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_arranged_selection_covers_none_of_the_nodes_that_stay(data: st.DataObject) -> None:
    network = scalar_two_two_one()
    spot = st.tuples(st.integers(-800, 800), st.integers(-800, 800))
    before = {node: data.draw(spot) for node in network.nodes}
    chosen = data.draw(st.sets(st.sampled_from(list(network.nodes)), min_size=2))
    found = network.arranged(chosen, before)
    assert set(found.positions) == chosen
    area = boxes(network, Arrangement({**before, **found.positions}))
    for node in chosen:
        for other in area.keys() - {node}:
            one, two = area[node], area[other]
            assert not (one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]), (node, other)


@st.composite
def graphs(draw: st.DrawFn) -> Network:
    names = [f"n{index}" for index in range(draw(st.integers(1, 14)))]
    inputs = st.lists(st.sampled_from(names), max_size=4).map(tuple)
    nodes = {name: draw(inputs) for name in names}
    parameters = frozenset(draw(st.sets(st.sampled_from(names))))
    return Network(nodes, parameters, widths=tuple(draw(st.lists(st.integers(120, 400), min_size=1, max_size=4))))


@given(graphs())
@example(Network({"n0": ("n2", "n4"), "n1": (), "n2": (), "n3": (), "n4": ("n1",)}, widths=(120, 191, 190)))
@settings(max_examples=100, deadline=None)
def test_any_graph_at_all_is_arranged_without_overlaps_and_without_wires_through_cards(network: Network) -> None:
    found = network.arranged()
    assert set(found.positions) == set(network.nodes)
    assert overlaps(network, found) == []
    assert wires_through_cards(network, found) == []


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_wires_were_drawn_does_not_matter(network: Network, chance: random.Random) -> None:
    wires = network.wires
    chance.shuffle(wires)
    assert arrange(list(network.nodes), wires, network.cards, network.parameters) == network.arranged()


PRINT_ONE = "from tests.presentation.networks_to_draw import random_layered; print(random_layered(3, 40, 6).arranged())"


def test_the_same_graph_is_arranged_alike_whatever_the_hash_seed() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_ONE],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert printed == {f"{random_layered(3, 40, 6).arranged()}\n"}


def test_the_layout_is_imported_without_numpy_and_networkx() -> None:
    code = "import sys, gui.presentation.layout; sys.exit(bool({'numpy', 'networkx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
