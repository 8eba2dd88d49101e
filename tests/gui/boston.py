"""The lesson's training network, small or whole, for tests of training and of the panels."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from gui.controllers.appearance import Appearance
from gui.controllers.training import TrainingState
from gui.workspace import Workspace
from miniflow.graph.records import (
    DatasetPart,
    GraphRecord,
    Literal,
    NodeRecord,
    Normal,
    TrainingRecord,
    ValueRecord,
    Zeros,
)

FOREVER = 1_000_000


def given(id: str, value: ValueRecord | None, trainable: bool = False) -> NodeRecord:
    return NodeRecord(id, "Input", (0.0, 0.0), (), value, trainable)


def lesson_network(**settings: float) -> GraphRecord:
    """The lesson's 13-10-1 network on Boston housing."""
    nodes = (
        given("X", DatasetPart("boston", "features")),
        given("y", DatasetPart("boston", "target")),
        given("W1", Normal((13, 10), 1), trainable=True),
        given("b1", Zeros((10,)), trainable=True),
        given("W2", Normal((10, 1), 2), trainable=True),
        given("b2", Zeros((1,)), trainable=True),
        NodeRecord("l1", "Linear", (0.0, 0.0), ("X", "W1", "b1")),
        NodeRecord("s1", "Sigmoid", (0.0, 0.0), ("l1",)),
        NodeRecord("l2", "Linear", (0.0, 0.0), ("s1", "W2", "b2")),
        NodeRecord("cost", "MSE", (0.0, 0.0), ("y", "l2")),
    )
    training = TrainingRecord(**settings) if settings else None  # type: ignore[arg-type]
    return GraphRecord({node.id: node for node in nodes}, "Boston", None, training)


def one_weight(**settings: float) -> GraphRecord:
    """(w · 2 - 6)²: one weight that should become 3, without a data set, so that an epoch is one step."""
    nodes = (
        given("w", Literal(1.0), trainable=True),
        given("two", Literal(2.0)),
        given("six", Literal(6.0)),
        NodeRecord("product", "Mul", (0.0, 0.0), ("w", "two")),
        NodeRecord("error", "Sub", (0.0, 0.0), ("product", "six")),
        NodeRecord("cost", "Square", (0.0, 0.0), ("error",)),
    )
    training = TrainingRecord(**settings) if settings else None  # type: ignore[arg-type]
    return GraphRecord({node.id: node for node in nodes}, "", None, training)


def workspace_with(record: GraphRecord) -> Workspace:
    workspace = Workspace(Appearance("light"))
    workspace.show_record(record)
    return workspace


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    """Let the event loop run until ``condition`` holds."""
    qtbot.waitUntil(condition, timeout=20_000)


def weights(workspace: Workspace) -> dict[str, object]:
    return {id: node.value for id, node in workspace.document.nodes.items() if node.trainable}


def finish(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.training.start()
    until(qtbot, lambda: workspace.training.state is TrainingState.IDLE)


def told(workspace: Workspace) -> list[str]:
    said: list[str] = []
    workspace.told.connect(lambda sentence: said.append(str(sentence)))
    return said
