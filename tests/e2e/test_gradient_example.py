"""The lesson's gradient example, drawn by mouse and keys on an empty canvas, stepped to its end, and read off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.hand import App

pytestmark = pytest.mark.e2e

NODES = [
    ("X", "input", (110, 215), "[[-1, -2], [-1, -2]]"),
    ("W", "input", (110, 110), "[[2], [3]]"),
    ("b", "input", (110, 320), "[-3]"),
    ("y", "input", (440, 320), "[1, 2]"),
    ("f", "lin", (280, 215), None),
    ("a", "sig", (440, 215), None),
    ("cost", "mse", (610, 260), None),
]
WIRES = [("X", "f", 0), ("W", "f", 1), ("b", "f", 2), ("f", "a", 0), ("y", "cost", 0), ("a", "cost", 1)]
GRADIENTS = {
    "X": [[-3.34017280e-05, -5.01025919e-05], [-6.68040138e-05, -1.00206021e-04]],
    "W": [[5.01028709e-05], [1.00205742e-04]],
    "b": [[-5.01028709e-05]],
    "y": [[0.9999833, 1.9999833]],
}


def add(app: App, name: str, typed: str, place: tuple[int, int], value: str | None) -> None:
    """Add a node by typing at a place, name it, and give it its value."""
    before = node_names(app)
    app.hand.click(app.ask("canvas", *place), times=2)
    app.wait_until("focus", answer="add.text")
    app.hand.write(typed)
    app.hand.press("Return")
    app.wait_until("focus", answer="canvas")
    assert len(node_names(app)) == len(before) + 1
    app.hand.press("F2")
    app.wait_until("focus", answer="name.text")
    app.hand.write(name)
    app.hand.press("Return")
    app.wait_until("focus", answer="canvas")
    assert node_names(app) == [*before, name]
    if value is not None:
        app.hand.press("Return")
        app.wait_until("focus", answer="value.text")
        app.hand.write(value)
        app.hand.press("Return")
        app.wait_until("focus", answer="canvas")


def node_names(app: App) -> list[str]:
    return [node["id"] for node in app.ask("document")["nodes"]]


def wires(app: App) -> set[tuple[str, str, int]]:
    nodes = app.ask("document")["nodes"]
    return {
        (source, node["id"], port)
        for node in nodes
        for port, source in enumerate(node.get("inputs", []))
        if source is not None
    }


def draw_the_example(app: App) -> None:
    app.hand.press("ctrl+n")
    app.wait_until("document", answer={"format": "miniflow-graph", "version": 1, "nodes": []})
    app.hand.press("ctrl+minus", "ctrl+minus")
    for name, typed, place, value in NODES:
        add(app, name, typed, place, value)
    for number, (source, consumer, port) in enumerate(WIRES, start=1):
        app.hand.drag(app.port(source, "out"), app.port(consumer, port))
        app.wait_until("number of wires", answer=number)


def step_to_the_end(app: App) -> int:
    steps = 0
    while app.ask("enabled", "run.step"):
        steps += 1
        app.hand.press("Right")
        app.wait_until("position", answer=steps)
    return steps


def shown(app: App, node: str, what: str) -> Any:
    """The numbers that the inspector shows of a node, all digits."""
    app.hand.click(app.node(node))
    app.wait_until("text", "inspector.name", answer=node)
    return app.ask("numbers", f"inspector.{what}.grid")


def test_the_gradient_example_is_drawn_stepped_and_read_off(app: App) -> None:
    draw_the_example(app)
    assert wires(app) == set(WIRES)
    assert step_to_the_end(app) == 3 * len(NODES)
    app.click_on("tab", "Inspector")
    shown(app, "cost", "value")
    for what in ("value", "gradient"):
        app.click_on("widget", f"inspector.{what}.all_digits")
    assert shown(app, "cost", "value") == [[pytest.approx(2.4999498960133932, rel=1e-9)]]
    for node, gradient in GRADIENTS.items():
        assert shown(app, node, "gradient") == [pytest.approx(row, rel=1e-6) for row in gradient]
