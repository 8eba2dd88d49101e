"""What is kept up with the edits of a document is what a look at the whole of it would find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow.errors import EditError
from miniflow.graph import structure as structures
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Connect, Edit, SetValue
from miniflow.graph.history import History
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Zeros
from miniflow.graph.rules import output_of, problems
from miniflow.graph.structure import Structure
from miniflow.graph.survey import Survey, finding
from tests.miniflow.drawings import batch, records


def followed(record: GraphRecord) -> tuple[GraphDocument, Structure]:
    document = GraphDocument(record)
    structure = Structure(document)
    document.subscribe(structure.hear)
    return document, structure


def assert_is_what_a_survey_finds(structure: Structure) -> None:
    survey = Survey(structure.record)
    assert (structure.shapes, structure.misfits) == (survey.shapes, survey.misfits)
    assert structure.computable == survey.computable
    assert structure.cycle == survey.cycle
    assert structure.ends == survey.ends
    assert structure.output == output_of(structure.record)
    assert structure.problems() == problems(structure.record)


@settings(max_examples=150, deadline=None)
@given(records(), st.data())
def test_any_edits_leave_it_what_a_look_at_everything_finds(record: GraphRecord, data: st.DataObject) -> None:
    document, structure = followed(record)
    history = History(document)
    for number in range(data.draw(st.integers(1, 12))):
        before = {id: structure._known(id) for id in document.nodes}
        try:
            history.do(str(number), batch(data.draw, document))
        except EditError:
            continue
        if data.draw(st.booleans()):
            history.undo()
        else:
            assert {id for id, known in before.items() if known != structure._known(id)} <= set(structure.changed)
        assert_is_what_a_survey_finds(structure)


def diamonds(count: int) -> GraphRecord:
    """Sums of a product with itself, stacked: 2 ** count ways from the top to the end."""
    nodes = [NodeRecord("n0", "Input", value=Literal((1.0, 2.0)))]
    for level in range(count):
        top = f"n{3 * level}"
        nodes += [NodeRecord(f"n{3 * level + side}", "Square", inputs=(top,)) for side in (1, 2)]
        nodes.append(NodeRecord(f"n{3 * level + 3}", "Add", inputs=(f"n{3 * level + 1}", f"n{3 * level + 2}")))
    return GraphRecord({node.id: node for node in nodes})


def count_findings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def counted(nodes: dict[str, NodeRecord], id: str, *known: object) -> object:
        found.append(id)
        return finding(nodes, id, *known)  # type: ignore[arg-type]

    monkeypatch.setattr(structures, "finding", counted)
    return found


def edit_costs(monkeypatch: pytest.MonkeyPatch, edit: Callable[[GraphDocument], Edit]) -> int:
    document, structure = followed(diamonds(60))
    found = count_findings(monkeypatch)
    document.apply(edit(document))
    assert structure.shapes == Survey(document.record()).shapes
    return len(found)


def test_a_shape_that_changes_at_the_top_is_followed_once_through_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = edit_costs(monkeypatch, lambda document: SetValue("n0", document.nodes["n0"].value, Zeros((3,))))
    assert costs <= len(diamonds(60).nodes) + 1


def test_a_value_of_the_same_shape_is_looked_at_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edit_costs(monkeypatch, lambda document: SetValue("n0", document.nodes["n0"].value, Zeros((2,)))) == 1


def test_a_wire_that_changes_no_shape_is_looked_at_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edit_costs(monkeypatch, lambda _: Connect("n93", 1, "n92", "n91")) <= 3
