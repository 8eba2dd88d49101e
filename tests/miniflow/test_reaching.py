"""What lies before and behind a node."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow.graph.reaching import downstream, upstream
from miniflow.graph.records import GraphRecord, NodeRecord
from tests.miniflow.drawings import records


def test_a_chain_is_reached_from_both_ends_and_a_cycle_ends() -> None:
    nodes = [
        NodeRecord("a", "Sigmoid", None, ("b",)),
        NodeRecord("b", "Add", None, ("a", "x")),
        NodeRecord("x", "Input"),
        NodeRecord("alone", "Input"),
    ]
    record = GraphRecord({node.id: node for node in nodes})
    assert upstream(record, ["a"]) == ("a", "b", "x")
    assert downstream(record, ["x"]) == ("a", "b", "x")
    assert upstream(record, ["x", "alone", "gone"]) == ("x", "alone")


@settings(deadline=None)
@given(records(), st.data())
def test_what_feeds_a_node_is_what_it_depends_on(record: GraphRecord, data: st.DataObject) -> None:
    if record.nodes:
        node = data.draw(st.sampled_from(sorted(record.nodes)))
        assert all(node in downstream(record, [each]) for each in upstream(record, [node]))
        assert all(node in upstream(record, [each]) for each in downstream(record, [node]))
