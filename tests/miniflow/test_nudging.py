"""What if: all that was moved counts in what is foretold, and small moves come true."""

from __future__ import annotations

import numpy as np
from hypothesis import given as property_of
from hypothesis import settings
from hypothesis import strategies as st

from miniflow.engine.trace import Trial
from miniflow.explain.nudging import nudge
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace, with_trial
from tests.miniflow.random_records import given, graph, node, records


@settings(max_examples=100, deadline=None)
@property_of(records(), st.data())
def test_the_sum_of_gradient_times_h_foretells_any_small_move(record: GraphRecord, data: st.DataObject) -> None:
    before = record_trace(record)
    moment = before.at(len(before))
    inputs = sorted(id for id, each in record.nodes.items() if each.type == "Input")
    chosen = data.draw(st.lists(st.sampled_from(inputs), min_size=1, max_size=3, unique=True))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    moved = {id: moment.value(id) + rng.uniform(-1e-6, 1e-6, np.shape(moment.value(id))) for id in chosen}
    found = nudge(before, with_trial(before, Trial(0, moved)), chosen)
    assert found is not None
    assert len(found.moves) == sum(np.size(value) for value in moved.values())
    if not any(each.type == "ReLU" for each in record.nodes.values()):
        scale = max(1.0, abs(found.before), *(abs(move.gradient) for move in found.moves))
        assert abs(found.moved - found.foretold) <= 1e-8 * scale**2


def test_two_elements_of_one_input_are_named_and_added_up() -> None:
    before = record_trace(
        graph(given("W", ((1.0, 2.0), (3.0, 4.0))), node("s", "Square", "W"), node("f", "Add", "s", "s"))
    )
    after = with_trial(before, Trial(0, {"W": np.array([[1.0, 2.5], [3.0, 3.5]])}))
    found = nudge(before, after, ["W"])
    assert found is not None
    said = str(found.sentence("W", (0, 1)))
    assert said.startswith("Moved: W (1, 2), W (2, 2). The sum of the numbers in f should move by about")
    assert "8.0 · 0.5 + 16.0 · (-0.5) = -4.0; it moves by -3.0." in said


def test_of_many_numbers_the_first_few_are_written_out() -> None:
    before = record_trace(graph(given("x", (1.0,) * 6), node("s", "Square", "x")))
    found = nudge(before, with_trial(before, Trial(0, {"x": np.full(6, 2.0)})), ["x"])
    assert found is not None
    assert found.foretold == 12
    assert "2.0 · 1.0 + … = 12.0; it moves by 18.0." in str(found.sentence("x", (0,)))


def test_what_was_not_moved_foretells_nothing() -> None:
    before = record_trace(graph(given("x", 1.0), node("s", "Square", "x")))
    assert nudge(before, before, ["x"]) is None
