"""Notes on the canvas: written, moved, coloured, copied and removed with a real mouse and real keys."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QCursor, QFontInfo, QFontMetricsF, QKeySequence, QPainter, QTextCursor
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit

from gui.canvas.edge_item import EdgeItem
from gui.canvas.note_item import NoteItem
from gui.main_window import MainWindow
from miniflow.graph import annotating
from miniflow.graph.note_limits import MAX_NOTE_LENGTH
from miniflow.graph.records import NoteRecord, replace
from miniflow.io import files
from miniflow.io.schema import to_text
from tests.gui.mouse import LEFT, NO_KEY, SHIFT, click, drag, hold, let_go

FAR_UP = NoteRecord("why", "What is the gradient here?", (300.0, -300.0))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Show the first example and one note above it."""
    window.workspace.do("note", *annotating.add_note(window.workspace.document, FAR_UP))
    window.canvas.navigator.fit_all()
    return window


def notes(window: MainWindow) -> dict[str, NoteRecord]:
    return dict(window.workspace.document.notes)


def place_of(window: MainWindow, note: str = "why", across: float = 0.5) -> QPoint:
    """Return a point of a note, halfway down, in the viewport."""
    width = notes(window)[note].width * window.canvas.navigator.scale
    return window.canvas.note_position(note) + QPoint(round((across - 0.5) * width), 0)


def field(window: MainWindow) -> QPlainTextEdit:
    found = window.canvas.findChild(QPlainTextEdit, "note.text")
    assert isinstance(found, QPlainTextEdit)
    return found


def write(window: MainWindow, text: str) -> None:
    assert QApplication.focusWidget() is field(window)
    QTest.keyClicks(field(window), text)


def press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(window.canvas, QKeySequence(keys))


def empty_place(window: MainWindow) -> QPoint:
    """A place of the canvas where nothing stands when everything is fitted: near a corner."""
    return window.canvas.viewport().rect().bottomLeft() + QPoint(6, -6)


def open_menu(window: MainWindow, place: QPoint) -> QMenu:
    window.canvas.mouse.open_menu(QPointF(place))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


# --- writing ----------------------------------------------------------------------------------------------------------


def test_n_begins_a_note_and_a_click_elsewhere_keeps_it_as_one_step(window: MainWindow) -> None:
    press(window, "N")
    write(window, "Think first")
    click(window.canvas, QPoint(3, 3))
    assert [note.text for note in notes(window).values()] == [FAR_UP.text, "Think first"]
    assert not field(window).isVisible()
    window.workspace.undo()
    assert list(notes(window)) == ["why"]


@pytest.mark.parametrize("is_at_a_card", [False, True])
def test_a_new_note_hides_below_no_card_and_is_in_sight(is_at_a_card: bool, window: MainWindow) -> None:
    viewport = window.canvas.viewport()
    QCursor.setPos(viewport.mapToGlobal(window.canvas.node_position("f")))
    viewport.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_at_a_card)
    press(window, "N")
    write(window, "Here")
    QTest.keyClick(field(window), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = [item.sheet() for id, item in window.canvas.mirror.notes.items.items() if id != "why"]
    assert not any(sheet.intersects(card.card_rect()) for card in window.canvas.mirror.nodes.values())
    assert window.canvas.navigator.visible().contains(sheet)


def test_an_empty_note_says_in_one_line_how_to_end_it(window: MainWindow) -> None:
    press(window, "N")
    hint, room = field(window).placeholderText(), field(window).viewport().width()
    assert "Esc" in hint
    assert QFontMetricsF(field(window).document().defaultFont()).horizontalAdvance(hint) <= room
    QTest.keyClick(field(window), Qt.Key.Key_Escape)


def test_escape_ends_a_new_note_and_keeps_its_text_as_one_step(window: MainWindow) -> None:
    press(window, "N")
    write(window, "Think first")
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    assert [note.text for note in notes(window).values()] == [FAR_UP.text, "Think first"]
    assert not field(window).isVisible()
    assert window.canvas.hasFocus()
    press(window, "Ctrl+Z")
    assert notes(window) == {"why": FAR_UP}


def test_escape_keeps_the_new_text_of_a_note_and_undo_brings_the_old_one_back(window: MainWindow) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place_of(window))
    write(window, " Say why.")
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    assert notes(window) == {"why": replace(FAR_UP, text=FAR_UP.text + " Say why.")}
    press(window, "Ctrl+Z")
    assert notes(window) == {"why": FAR_UP}


def test_escape_leaves_nothing_of_a_note_in_which_nothing_was_written(window: MainWindow) -> None:
    before = to_text(window.workspace.document.record())
    press(window, "N")
    write(window, "  ")
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place_of(window))
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    assert to_text(window.workspace.document.record()) == before
    assert window.workspace.history.undo_text == "note"


def test_escape_gives_up_a_text_that_cannot_be_kept(window: MainWindow) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place_of(window))
    field(window).setPlainText("x" * (MAX_NOTE_LENGTH + 1))
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    assert not field(window).isVisible()
    assert notes(window) == {"why": FAR_UP}


def test_a_double_click_edits_a_note_in_place(window: MainWindow) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place_of(window))
    assert field(window).toPlainText() == FAR_UP.text
    field(window).selectAll()
    write(window, "<b>W</b>")
    QTest.keyClick(field(window), Qt.Key.Key_Return)
    write(window, "two")
    click(window.canvas, QPoint(3, 3))
    assert notes(window)["why"] == replace(FAR_UP, text="<b>W</b>\ntwo")


@pytest.mark.parametrize("key", ["F2", "Return"])
def test_a_selected_note_is_edited_by_the_keyboard(window: MainWindow, key: str) -> None:
    click(window.canvas, place_of(window))
    press(window, key)
    write(window, "!")
    QTest.keyClick(field(window), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notes(window)["why"].text == FAR_UP.text + "!"


def test_a_note_that_is_emptied_is_removed(window: MainWindow) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place_of(window))
    field(window).selectAll()
    QTest.keyClick(field(window), Qt.Key.Key_Delete)
    click(window.canvas, QPoint(3, 3))
    assert notes(window) == {}
    window.workspace.undo()
    assert notes(window) == {"why": FAR_UP}


def test_a_text_that_is_too_long_stays_in_the_field_with_a_sentence(window: MainWindow) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place_of(window))
    field(window).setPlainText("x" * (MAX_NOTE_LENGTH + 1))
    click(window.canvas, QPoint(3, 3))
    message = window.canvas.findChild(QLabel, "note.message")
    assert isinstance(message, QLabel)
    assert "4001 characters" in message.text()
    press(window, "N")
    assert field(window).isVisible()
    assert len(field(window).toPlainText()) == MAX_NOTE_LENGTH + 1
    assert notes(window) == {"why": FAR_UP}


def test_what_is_being_written_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    press(window, "N")
    write(window, "in time")
    window.workspace.files.save(tmp_path / "a.miniflow")
    assert [note.text for note in files.read(tmp_path / "a.miniflow").notes.values()] == [FAR_UP.text, "in time"]
    assert not window.workspace.files.modified


def test_note_can_be_typed_into_the_list_of_nodes(window: MainWindow) -> None:
    there = window.canvas.mapToScene(empty_place(window))
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, empty_place(window))
    entry = QApplication.focusWidget()
    QTest.keyClicks(entry, "note")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    write(window, "typed")
    click(window.canvas, QPoint(3, 3))
    (note,) = [note for note in notes(window).values() if note.text == "typed"]
    assert note.position == pytest.approx(there.toTuple(), abs=0.01)


# --- moving, sizing, removing -----------------------------------------------------------------------------------------


def test_a_note_moves_with_the_selected_nodes_as_one_step(window: MainWindow) -> None:
    before = to_text(window.workspace.document.record())
    start, node = place_of(window), window.workspace.document.nodes["W"].position
    click(window.canvas, window.canvas.node_position("W"))
    click(window.canvas, start, SHIFT)
    drag(window.canvas, start, start + QPoint(30, -10))
    moved, moved_node = notes(window)["why"].position, window.workspace.document.nodes["W"].position
    shift = (moved[0] - 300, moved[1] + 300)
    assert shift[0] > 0 > shift[1]
    assert (moved_node[0] - node[0], moved_node[1] - node[1]) == pytest.approx(shift, abs=0.02)
    window.workspace.undo()
    assert to_text(window.workspace.document.record()) == before
    assert window.canvas.mirror.notes.items["why"].pos() == QPointF(300, -300)


def test_escape_calls_a_move_off(window: MainWindow) -> None:
    start = place_of(window)
    hold(window.canvas, start, start + QPoint(40, 40))
    assert window.canvas.mirror.notes.items["why"].pos() != QPointF(300, -300)
    press(window, "Esc")
    let_go(window.canvas, start + QPoint(40, 40))
    assert window.canvas.mirror.notes.items["why"].pos() == QPointF(300, -300)
    assert notes(window) == {"why": FAR_UP}


def test_the_right_edge_of_a_selected_note_changes_its_width_and_its_height_follows(window: MainWindow) -> None:
    item = window.canvas.mirror.notes.items["why"]
    high = item.sheet().height()
    click(window.canvas, place_of(window))
    edge = place_of(window, across=1.0)
    drag(window.canvas, edge, edge - QPoint(60, 0))
    narrow = notes(window)["why"]
    assert narrow.width < FAR_UP.width
    assert replace(narrow, width=FAR_UP.width) == FAR_UP
    assert item.sheet().height() > high
    drag(window.canvas, place_of(window, across=1.0), QPoint(0, place_of(window).y()))
    assert notes(window)["why"].width == 80
    window.workspace.undo()
    window.workspace.undo()
    assert (notes(window)["why"], item.sheet().height()) == (FAR_UP, high)


def test_arrow_keys_nudge_a_note(window: MainWindow) -> None:
    click(window.canvas, place_of(window))
    press(window, "Ctrl+Left")
    assert notes(window)["why"].position == (288.0, -300.0)


def test_delete_removes_notes_and_nodes_together(window: MainWindow) -> None:
    click(window.canvas, place_of(window))
    click(window.canvas, window.canvas.node_position("W"), SHIFT)
    press(window, "Del")
    assert notes(window) == {}
    assert "W" not in window.workspace.document.nodes
    assert window.workspace.selection.is_empty
    window.workspace.undo()
    assert notes(window) == {"why": FAR_UP}


def test_cut_copy_paste_and_duplicate_take_notes_along(window: MainWindow) -> None:
    click(window.canvas, place_of(window))
    click(window.canvas, window.canvas.node_position("W"), SHIFT)
    press(window, "Ctrl+C")
    press(window, "Ctrl+V")
    assert list(notes(window)) == ["why", "why2"]
    assert window.workspace.selection.notes == ("why2",)
    assert window.workspace.selection.nodes == ("W2",)
    press(window, "Ctrl+X")
    assert list(notes(window)) == ["why"]
    click(window.canvas, place_of(window))
    press(window, "Ctrl+D")
    copied = notes(window)["why2"]
    assert copied.text == FAR_UP.text
    sheets = window.canvas.mirror.notes.items
    assert not sheets["why2"].sheet().intersects(sheets["why"].sheet())


def test_select_all_and_a_marquee_take_notes(window: MainWindow) -> None:
    press(window, "Ctrl+A")
    assert window.workspace.selection.notes == ("why",)
    assert len(window.workspace.selection.nodes) == len(window.workspace.document.nodes)
    click(window.canvas, QPoint(3, 3))
    assert window.workspace.selection.is_empty
    drag(window.canvas, QPoint(3, 3), place_of(window))
    assert window.workspace.selection.notes == ("why",)


# --- colours and menus ------------------------------------------------------------------------------------------------


def test_a_note_is_coloured_from_its_context_menu_by_the_name_of_the_colour(window: MainWindow) -> None:
    menu = open_menu(window, place_of(window))
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[:6] == ["Edit te&xt", "Yellow", "Green", "Blue", "Pink", "Grey"]
    next(action for action in menu.actions() if action.text() == "Blue").trigger()
    menu.close()
    assert notes(window)["why"].colour == "blue"
    chosen = window.findChild(QAction, "graph.note_blue")
    assert chosen is not None
    assert chosen.isChecked()
    chosen.trigger()
    assert chosen.isChecked()


def test_a_note_is_added_from_the_canvas_menu_at_that_point(window: MainWindow) -> None:
    there = window.canvas.mapToScene(empty_place(window))
    menu = open_menu(window, empty_place(window))
    next(action for action in menu.actions() if action.text() == "Add a note").trigger()
    menu.close()
    write(window, "here")
    click(window.canvas, QPoint(3, 3))
    (note,) = [note for note in notes(window).values() if note.text == "here"]
    assert note.position == pytest.approx(there.toTuple(), abs=0.01)


# --- how it is shown --------------------------------------------------------------------------------------------------


def test_a_note_lies_below_every_wire_and_card(window: MainWindow) -> None:
    middle = window.canvas.mirror.nodes["f"].card_rect().center()
    behind = NoteRecord("behind", "x " * 300, (middle.x() - 300, middle.y() - 100), 600)
    window.workspace.do("note", *annotating.add_note(window.workspace.document, behind))
    top, *_, bottom = window.canvas.mirror.items(middle)
    assert isinstance(bottom, NoteItem)
    assert not isinstance(top, NoteItem)
    wires = [item for item in window.canvas.mirror.items() if isinstance(item, EdgeItem)]
    assert all(item.zValue() < wire.zValue() for item in window.canvas.mirror.notes.items.values() for wire in wires)
    click(window.canvas, window.canvas.node_position("f"))
    assert window.workspace.selection.nodes == ("f",)
    assert window.workspace.selection.notes == ()


def test_fit_all_shows_the_notes_too(window: MainWindow) -> None:
    press(window, "F")
    assert window.canvas.navigator.visible().contains(window.canvas.mirror.notes.items["why"].sheet())


def words_at(window: MainWindow, note: str) -> str:
    """Return what is written on a note as near as it is seen now."""
    written = QBuffer()
    drawing = QSvgGenerator()
    drawing.setOutputDevice(written)
    painter = QPainter(drawing)
    window.canvas.mirror.notes.items[note].paint_at(painter, window.canvas.navigator.scale, is_selected=False)
    painter.end()
    lines = re.findall(r">([^<>]*)</text>", bytes(written.data().data()).decode())
    return html.unescape(" ".join(lines)).replace("\xa0", " ").strip()


def test_from_afar_a_note_is_written_whole_if_small_or_ends_with_a_mark_or_is_a_patch(window: MainWindow) -> None:
    seen = set()
    for _ in range(15):
        press(window, "Ctrl+-")
        words, scale = words_at(window, "why"), window.canvas.navigator.scale
        is_whole = "".join(words.split()) == "".join(FAR_UP.text.split())
        is_marked = words.endswith("…") and FAR_UP.text.startswith(words[:-1].split()[0])
        assert is_whole or is_marked or not words, words
        assert is_whole or scale < 0.35
        assert bool(words) == (scale > 0.116)
        seen.add((is_whole, bool(words)))
    assert seen == {(True, True), (False, True), (False, False)}


def test_hovering_tells_the_colour_and_the_text(window: MainWindow) -> None:
    from gui.canvas.hits import hit
    from gui.canvas.tips import tip

    mirror = window.canvas.mirror
    found = hit(mirror, mirror.notes.items["why"].sheet().center(), 1.0)
    assert tip(mirror, found) == "Note, yellow: What is the gradient here?"


def test_pictures_hold_notes_as_plain_text_and_never_their_marks(window: MainWindow) -> None:
    from gui.canvas.picture_formats import picture
    from gui.presentation.picture import PictureWish

    document = window.workspace.document
    tag = replace(FAR_UP, text='<img src="file:///etc/passwd"> <b>bold</b>')
    window.workspace.do("note", *annotating.change_note(document, tag))
    unselected = picture(window.canvas.mirror, PictureWish("svg"), "")
    assert b"&lt;b&gt;bold&lt;/b&gt;" in unselected
    window.workspace.selection.select((), (), ("why",))
    assert picture(window.canvas.mirror, PictureWish("svg"), "") == unselected


def test_notes_follow_the_theme(window: MainWindow) -> None:
    def ground() -> str:
        return window.canvas.grab().toImage().pixelColor(place_of(window, across=0.97)).name()

    light = ground()
    window.workspace.appearance.choose("dark")
    assert (light, ground()) == ("#fff4c9", "#3a3316")


def test_a_note_makes_no_number_stale(window: MainWindow) -> None:
    window.workspace.stepping.go_to(9)
    press(window, "N")
    write(window, "still true")
    click(window.canvas, QPoint(3, 3))
    assert len(notes(window)) == 2
    assert not window.workspace.stepping.stale


@pytest.mark.parametrize("scale", [1.3, 1.0, 0.75, 0.4])
def test_the_editor_of_a_note_looks_like_the_note(window: MainWindow, scale: float) -> None:
    canvas, navigator = window.canvas, window.canvas.navigator
    sheet = canvas.mirror.notes.items["why"].sheet()
    navigator.look_at(sheet.center())
    navigator.zoom_at(canvas.to_viewport(sheet.center()), scale / navigator.scale)
    window.workspace.viewport.edit_note.emit("why")
    seen, shown = max(scale, 13 / 18), field(window).geometry().translated(field(window).parentWidget().pos())
    corner = canvas.to_viewport(sheet.topLeft())
    assert (QPointF(shown.topLeft()) - corner).manhattanLength() < 2
    assert shown.width() == pytest.approx(sheet.width() * seen, abs=1)
    assert shown.height() == pytest.approx(sheet.height() * seen, abs=6)
    assert QFontInfo(field(window).document().defaultFont()).pixelSize() == pytest.approx(18 * seen, abs=0.6)
    text = field(window).cursorRect(QTextCursor(field(window).document())).topLeft()
    place = field(window).viewport().mapTo(canvas.viewport(), text)
    assert (QPointF(place) - corner - QPointF(32, 11) * seen).manhattanLength() < 3
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
