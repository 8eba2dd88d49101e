"""Wires by hand in a real window: taken away in every way there is, led elsewhere, and brought back by one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.hand import App, Point
from tests.e2e.test_gradient_example import wires

pytestmark = pytest.mark.e2e

ZOOMED_OUT = {1.0: ("ctrl+0",), 0.6: ("ctrl+0", "ctrl+minus", "ctrl+minus", "ctrl+minus")}
WIRE = ("f", "a", 0)


def between(app: App, part: float = 0.5) -> Point:
    """A place on the wire from f to a, which is level."""
    (x, y), (end, _) = app.port("f", "out"), app.port("a", 0)
    return round(x + (end - x) * part), y


def click_and_press(key: str) -> Callable[[App], None]:
    def take_away(app: App) -> None:
        app.hand.click(between(app))
        app.hand.press(key)

    return take_away


def drag_its_end_off(app: App) -> None:
    x, y = app.port("a", 0)
    app.hand.drag((x, y), (x - 20, y + 120))


def drag_the_wire_off(app: App) -> None:
    x, y = between(app, 0.7)
    app.hand.drag((x, y), (x, y + 120))


def by_its_menu(app: App) -> None:
    app.hand.click(between(app), button=3)
    app.wait_until("has a menu")
    app.hand.press("Down", "Return")


def cut_it(app: App) -> None:
    x, y = between(app)
    app.hand.drag((x - 6, y - 60), (x + 6, y + 60), holding="ctrl")


WAYS = {
    "Delete": click_and_press("Delete"),
    "Backspace": click_and_press("BackSpace"),
    "its end": drag_its_end_off,
    "the wire": drag_the_wire_off,
    "its menu": by_its_menu,
    "a cut": cut_it,
}


@pytest.mark.parametrize("zoom", ZOOMED_OUT)
def test_a_wire_is_taken_away_in_every_way_and_undo_brings_it_back(app: App, zoom: float) -> None:
    app.hand.press(*ZOOMED_OUT[zoom])
    before = wires(app)
    for way, take_away in WAYS.items():
        take_away(app)
        app.wait_until("number of wires", answer=len(before) - 1)
        assert before - wires(app) == {WIRE}, way
        app.hand.press("ctrl+z")
        app.wait_until("number of wires", answer=len(before))
        assert wires(app) == before, way


@pytest.mark.parametrize("zoom", ZOOMED_OUT)
def test_a_wire_to_a_port_that_has_one_replaces_it_and_either_end_can_be_led_elsewhere(app: App, zoom: float) -> None:
    app.hand.press(*ZOOMED_OUT[zoom])
    before = wires(app)
    x, y = app.port("a", 0)
    led_elsewhere = (app.port("cost", 0)[0] - 8, app.port("cost", 0)[1] - 5)
    replacing: list[tuple[Point, Point, set[tuple[str, str, int]]]] = [
        (app.port("X", "out"), (x - 9, y + 7), {WIRE}),
        ((x, y), led_elsewhere, {WIRE, ("y", "cost", 0)}),
        (between(app, 0.75), led_elsewhere, {WIRE, ("y", "cost", 0)}),
        (between(app, 0.25), app.port("b", "out"), {WIRE}),
    ]
    for start, end, gone in replacing:
        app.hand.drag(start, end)
        app.wait_until("enabled", "edit.undo")
        assert before - wires(app) == gone
        app.hand.press("ctrl+z")
        app.wait_until("enabled", "edit.undo", answer=False)
        assert wires(app) == before
