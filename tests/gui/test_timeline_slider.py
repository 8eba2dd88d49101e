"""The timeline: which phases are named, however narrow it is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.widgets.timeline_slider import PhaseMark, TimelineColours, TimelineSlider
from tests.gui.screen import on_screen

PHASES = {"Kahn": "#ff0000", "forward": "#00ff00", "backward": "#0000ff", "update": "#ff00ff"}
STEPS = 6


@pytest.fixture
def slider(qtbot: QtBot) -> TimelineSlider:
    """A timeline of four phases, each of six steps and a colour of its own."""
    slider = TimelineSlider(TimelineColours(QColor("#ffffff"), QColor("#000000"), QColor("#888888")))
    slider.setStyleSheet("background: #ffffff")
    slider.show_phases([PhaseMark((name,), STEPS, QColor(ink)) for name, ink in PHASES.items()])
    return on_screen(qtbot, slider)


def named(slider: TimelineSlider) -> dict[str, tuple[int, int]]:
    """From where to where each name reaches that is to be seen under the groove."""
    picture = slider.grab().toImage()
    ratio = picture.devicePixelRatio()
    found: dict[str, tuple[int, int]] = {}
    for name, ink in PHASES.items():
        hue = QColor(ink).hue()
        inked = [
            x
            for x in range(picture.width())
            for y in range(round(28 * ratio), picture.height())
            if (pixel := picture.pixelColor(x, y)).saturation() > 60 and abs(pixel.hue() - hue) < 20
        ]
        if inked:
            found[name] = min(inked), max(inked)
    return found


@pytest.mark.parametrize("width", [90, 140, 250])
@pytest.mark.parametrize("phase", PHASES)
def test_the_present_phase_is_named_first_and_no_name_runs_into_it(
    slider: TimelineSlider, width: int, phase: str
) -> None:
    slider.setFixedSize(width, slider.sizeHint().height())
    slider.setValue(list(PHASES).index(phase) * STEPS + 2)
    names = named(slider)
    start, end = names.pop(phase)
    assert 0 <= start < end < slider.grab().width()
    assert all(last < start or end < first for first, last in names.values())


def test_with_room_for_all_every_phase_is_named(slider: TimelineSlider) -> None:
    slider.setFixedSize(500, slider.sizeHint().height())
    assert named(slider).keys() == PHASES.keys()
