"""Pictures of the graph: as a file in three formats, and on the clipboard, from the menus of the whole window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

from gui.main_window import MainWindow
from miniflow.graph.edits import Move, Rename, SetTitle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Show the first example, run to its end."""
    QTest.keyClick(window.canvas, Qt.Key.Key_End)
    return window


class Desk:
    """A window and a place for what it exports."""

    def __init__(self, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self.folder = folder
        self._monkeypatch = monkeypatch

    def click(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton), name
        place = button.rect().center()
        place.setX(10)
        QTest.mouseClick(button, LEFT, Qt.KeyboardModifier.NoModifier, place)

    def export(self, format: str, *changes: str, to: str = "picture") -> Path:
        """Export through the menu and its dialog, changing these of its choices."""
        target = self.folder / to
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        action = self.window.findChild(QAction, f"file.export_{format}")
        assert isinstance(action, QAction)
        action.trigger()
        for name in (*changes, "picture.export"):
            self.click(name)
        QGuiApplication.processEvents()
        return target.with_suffix(f".{format}")

    def message(self) -> str:
        label = self.window.findChild(QLabel, "status.message")
        assert isinstance(label, QLabel)
        return label.text()


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(window, tmp_path, monkeypatch)


def texts(svg: bytes) -> set[str]:
    return set(re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode()))


def test_an_svg_has_text_as_text_and_can_be_opened(desk: Desk) -> None:
    svg = desk.export("svg").read_bytes()
    assert {"X", "W", "cost", "Linear", "gradient", "(2, 2)"} <= texts(svg)
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    graph = desk.window.canvas.mirror.bounds()
    assert graph.width() < renderer.viewBoxF().width() < graph.width() + 80
    assert "picture.svg" in desk.message()
    assert b"<title>One neuron</title>" in svg


def test_a_name_that_looks_like_markup_stays_a_name(desk: Desk) -> None:
    workspace = desk.window.workspace
    workspace.do("Rename", SetTitle("One neuron", "a < b & c"), Rename("X", "<image & co>"))
    svg = desk.export("svg").read_bytes()
    assert QSvgRenderer(QByteArray(svg)).isValid()
    assert "&lt;image &amp; co&gt;" in texts(svg)


def test_a_picture_is_the_same_whatever_is_selected_pointed_at_or_zoomed(desk: Desk) -> None:
    before = desk.export("svg", to="before").read_bytes()
    canvas = desk.window.canvas
    QTest.mouseClick(canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, canvas.node_position("f"))
    QTest.mouseMove(canvas.viewport(), canvas.port_position("f", 0))
    zoom_out = desk.window.findChild(QAction, "view.zoom_out")
    assert isinstance(zoom_out, QAction)
    for _ in range(12):
        zoom_out.trigger()
    assert canvas.navigator.scale < 0.3
    assert desk.export("svg", to="after").read_bytes() == before
    wire = canvas.mirror.wires["f", 1]
    desk.window.workspace.selection.select((), [("W", "f", 1)])
    assert wire.state.is_selected
    assert desk.export("svg", to="wire").read_bytes() == before
    assert wire.state.is_selected


def test_without_values_it_is_a_sheet_to_fill_in(desk: Desk) -> None:
    shown = texts(desk.export("svg", to="with").read_bytes())
    blank = texts(desk.export("svg", "picture.values", to="without").read_bytes())
    numbers = re.compile(r"[−0-9][0-9.e−]*")
    assert any(numbers.fullmatch(text) for text in shown)
    assert not any(numbers.fullmatch(text) for text in blank)
    assert {"X", "cost", "(2, 2)", "—"} <= blank


def test_a_png_is_twice_as_large_and_transparent_where_that_is_wished(desk: Desk) -> None:
    whole = QImage(str(desk.export("png")))
    graph = desk.window.canvas.mirror.bounds()
    assert 2 * graph.width() < whole.width() < 2 * (graph.width() + 80)
    assert whole.pixelColor(0, 0).alpha() == 255
    clear = QImage(str(desk.export("png", "picture.background", to="clear")))
    assert clear.size() == whole.size()
    assert clear.pixelColor(0, 0).alpha() == 0
    middle = clear.size().width() // 2
    assert any(clear.pixelColor(middle, y).alpha() for y in range(clear.height()))


@pytest.mark.parametrize("shift", [0.1, 0.2, 0.3, 0.4])
def test_the_background_reaches_every_edge(shift: float, desk: Desk) -> None:
    node = desk.window.workspace.document.nodes["cost"]
    assert node.position is not None
    across, down = node.position
    desk.window.workspace.do("Move", Move("cost", node.position, (across + shift, down + 500 + shift)))
    picture = QImage(str(desk.export("png")))
    assert picture.pixelColor(picture.width() - 1, picture.height() - 1).alpha() == 255


def test_a_pdf_is_one_page_of_the_size_of_the_graph_with_its_fonts(desk: Desk) -> None:
    pdf = desk.export("pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"/Count 1" in pdf
    assert b"/FontFile2" in pdf
    assert b"/Subtype /Image" not in pdf
    box = re.search(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    assert box is not None
    graph = desk.window.canvas.mirror.bounds()
    assert 0.75 * graph.width() < float(box[1]) < 0.75 * (graph.width() + 80)


def test_a_copied_picture_can_be_pasted_as_pixels_and_as_lines(desk: Desk) -> None:
    QTest.keySequence(desk.window.canvas, QKeySequence("Ctrl+Shift+C"))
    data = QGuiApplication.clipboard().mimeData()
    assert QGuiApplication.clipboard().image().width() > 2 * desk.window.canvas.mirror.bounds().width()
    assert "cost" in texts(bytes(data.data("image/svg+xml").data()))


def test_a_heat_map_in_an_svg_keeps_its_cells_apart_in_every_program(desk: Desk) -> None:
    desk.window.workspace.files.open_example("boston")
    svg = desk.export("svg").read_bytes()
    assert QSvgRenderer(QByteArray(svg)).isValid()
    image = re.search(rb"base64,([^\"]+)", svg)
    assert image is not None
    cells = QImage.fromData(QByteArray.fromBase64(image[1]))
    assert cells.pixelColor(0, 0) == cells.pixelColor(11, 11) != cells.pixelColor(12, 0)


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left_there(desk: Desk) -> None:
    target = desk.export("png", to="nowhere/picture")
    assert "cannot be written" in desk.message()
    assert not target.parent.exists()


def test_there_is_no_picture_of_nothing(desk: Desk) -> None:
    desk.window.workspace.files.new()
    assert not desk.export("svg").exists()
    assert "nothing to make a picture of" in desk.message()


def test_cancelling_writes_nothing(desk: Desk) -> None:
    action = desk.window.findChild(QAction, "file.export_svg")
    assert isinstance(action, QAction)
    action.trigger()
    desk.click("picture.cancel")
    assert list(desk.folder.glob("*.svg")) == []
