"""A person who does anything at all in the window, with real mouse and key events, chosen by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.canvas.ports import ports_of
from gui.main_window import MainWindow
from miniflow.graph import composing
from miniflow.graph.edits import Edit, SetOutput, SetTitle, SetTrainable, SetTraining, SetValue
from miniflow.graph.records import DatasetPart, Literal, NodeRecord, Normal, TrainingRecord, Zeros

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
KINDS = ("Input", "Input", "Add", "Mul", "Linear", "Sigmoid", "MSE")
TYPED = ("add", "+", "lin", "sig", "inp", "dense 3 sig", "mse", "*", "nothing like it")
TABLE = Literal(((1.0, 2.0), (3.0, 4.0)))
VALUES = (None, TABLE, Zeros((2, 3)), Literal(1.0), Normal((40, 7)), DatasetPart("xor", "target"))
TEXTS = ("2", "[[1, 2], [3, 4]]", "-0.5", "not a number", "")
SHORTCUTS = (
    *("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Y", "Ctrl+Y", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+V", "Ctrl+D", "Ctrl+A"),
    *("Ctrl+Shift+A", "Del", "Backspace", "U", "D", "F", "Esc", "Right", "Left", "End", "Home", "Space"),
    *("Ctrl+Left", "Ctrl+Up", "Ctrl+Shift+Right", "Alt+Left", "Alt+Right", "Alt+Down", "Alt+Up"),
)


class Wanderer:
    """Does one thing after the other; the same for the same seed."""

    def __init__(self, window: MainWindow, seed: int, path: Path) -> None:
        self.path = path
        self.window, self.canvas, self.workspace = window, window.canvas, window.workspace
        self.chance = random.Random(seed)
        self.done: list[str] = []
        """What has been done, for the message of a test that fails."""
        self._doings: list[Callable[[], None]] = [
            *[self.press_a_shortcut] * 8,
            *[self.make_an_edit] * 4,
            *[self.drag_a_wire] * 4,
            *[self.click, self.drag_a_card, self.add_by_typing, self.place_from_the_palette] * 2,
            *[self.rename_by_typing, self.edit_a_value_by_typing, self.drag_anywhere, self.cut_wires],
            *[self.double_click, self.open_a_menu, self.turn_the_wheel, self.arrange, self.save],
        ]

    def do_something(self) -> None:
        """Do any one thing, and let the window show it."""
        doing = self.chance.choice(self._doings)
        self.done.append(doing.__name__)
        doing()
        QApplication.processEvents()
        assert QApplication.activeWindow() is self.window, (
            self.done[-5:],
            [(w, w.isVisible()) for w in QApplication.topLevelWidgets() if w.isVisible()],
            QApplication.focusWidget(),
            self.window.isActiveWindow(),
        )

    # --- with the mouse -------------------------------------------------------------------------------------------

    def click(self) -> None:
        modifier = self.chance.choice((NO_KEY, NO_KEY, SHIFT, CTRL))
        QTest.mouseClick(self.canvas.viewport(), LEFT, modifier, self._place())

    def double_click(self) -> None:
        QTest.mouseDClick(self.canvas.viewport(), LEFT, NO_KEY, self._place())
        self._type_and_end("sig")

    def drag_a_card(self) -> None:
        node = self._node()
        if node is not None:
            start = self.canvas.node_position(node.id)
            self._drag(start, start + QPoint(self.chance.randint(-200, 200), self.chance.randint(-150, 150)))

    def drag_a_wire(self) -> None:
        source, target = self._node(), self._node()
        if source is not None and target is not None:
            ends = [self._port_place(source), self._port_place(target) if self.chance.random() < 0.9 else self._place()]
            self._drag(*ends)
            self._type_and_end("add")

    def drag_anywhere(self) -> None:
        self._drag(self._place(), self._place(), self.chance.choice((NO_KEY, SHIFT)))
        self._type_and_end("mse")

    def cut_wires(self) -> None:
        self._drag(self._place(), self._place(), CTRL)

    def place_from_the_palette(self) -> None:
        self.canvas.placing.arm(self.chance.choice(KINDS))
        QTest.mouseClick(self.canvas.viewport(), LEFT, self.chance.choice((NO_KEY, SHIFT)), self._place())
        self.canvas.placing.disarm()

    def open_a_menu(self) -> None:
        place = self._place()
        where = self.canvas.viewport().mapToGlobal(place)
        QApplication.sendEvent(
            self.canvas.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where, NO_KEY)
        )
        menu = QApplication.activePopupWidget()
        if menu is not None:
            QTest.keyClick(menu, Qt.Key.Key_Escape)
        self.window.activateWindow()  # a screen gives the keyboard back by itself; the one of the tests does not
        self.canvas.setFocus()

    def turn_the_wheel(self) -> None:
        place, turn = self._place(), QPoint(0, self.chance.choice((-240, -120, 120, 240)))
        where = QPointF(self.canvas.viewport().mapToGlobal(place))
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(QPointF(place), where, QPoint(), turn, none, NO_KEY, phase, False)
        QApplication.sendEvent(self.canvas.viewport(), event)

    # --- with the keyboard ----------------------------------------------------------------------------------------

    def press_a_shortcut(self) -> None:
        keys = self.chance.choice(SHORTCUTS)
        self.done[-1] = keys
        QTest.keySequence(self.canvas, QKeySequence(keys))
        self.workspace.stepping.pause()

    def add_by_typing(self) -> None:
        QTest.keyClick(self.canvas, Qt.Key.Key_Tab)
        self._type_and_end(self.chance.choice(TYPED))

    def rename_by_typing(self) -> None:
        QTest.keyClick(self.canvas, Qt.Key.Key_F2)
        self._type_and_end(self.chance.choice(("x", "W1", "q", "a b", "", "n" * 300, "<b>", f"n{self._number()}")))

    def edit_a_value_by_typing(self) -> None:
        node = self._node()
        if node is not None and node.type == "Input":
            self.workspace.selection.select([node.id])
            QTest.keyClick(self.canvas, Qt.Key.Key_Return)
            self._type_and_end(self.chance.choice(TEXTS))

    # --- by the edits themselves ----------------------------------------------------------------------------------

    def make_an_edit(self) -> None:
        node, other, document = self._node(), self._node(), self.workspace.document
        if node is None or other is None:
            return
        port = self.chance.randrange(max(1, len(ports_of(node))))
        learning_rate = self.chance.choice((0.1, 0.01))
        choices: list[tuple[Edit, ...]] = [
            composing.connect(document, other.id, node.id, port) if ports_of(node) else (),
            composing.remove(document, {node.id}),
            composing.duplicate(document, {node.id, other.id}, (30.0, 30.0)),
            composing.move(document, {node.id: (float(self._number()), float(self._number()))}),
            (SetOutput(document.output, self.chance.choice((None, node.id))),),
            (SetTitle(document.title, f"Title {self._number()}"),),
            (SetTraining(document.training, TrainingRecord(learning_rate)),),
        ]
        if node.type == "Input":
            choices.append((SetValue(node.id, node.value, self.chance.choice(VALUES)),))
            choices.append((SetTrainable(node.id, node.trainable, not node.trainable),))
        self.workspace.do("edit", *self.chance.choice(choices))

    def arrange(self) -> None:
        self.workspace.viewport.arrange.emit()
        self.canvas.arranger.finish()

    def save(self) -> None:
        self.workspace.files.save(self.path)

    # --- where, and what ------------------------------------------------------------------------------------------

    def _number(self) -> int:
        return self.chance.randrange(1000)

    def _node(self) -> NodeRecord | None:
        nodes = list(self.workspace.document.nodes.values())
        return self.chance.choice(nodes) if nodes else None

    def _place(self) -> QPoint:
        """Return a place of the viewport, often on a card."""
        size, node = self.canvas.viewport().size(), self._node()
        if node is not None and self.chance.random() < 0.6:
            return self.canvas.node_position(node.id)
        return QPoint(self.chance.randrange(size.width()), self.chance.randrange(size.height()))

    def _port_place(self, node: NodeRecord) -> QPoint:
        ports = [*range(len(ports_of(node))), "out"]
        return self.canvas.port_position(node.id, self.chance.choice(ports))  # type: ignore[arg-type]

    def _drag(self, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        viewport = self.canvas.viewport()
        QTest.mousePress(viewport, LEFT, modifier, start)
        QTest.mouseMove(viewport, start + (end - start) / 2)
        if self.chance.random() < 0.1:
            QTest.keyClick(self.canvas, Qt.Key.Key_Escape)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, LEFT, modifier, end)

    def _type_and_end(self, text: str) -> None:
        """Type into what has opened on the canvas, if anything has, and accept it, or not."""
        field = self._field()
        if field is None:
            return
        QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.SelectAll))
        if text.isascii():
            QTest.keyClicks(field, text)
        else:  # keys of QTest are those of an English keyboard
            QApplication.clipboard().setText(text)
            QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Paste))
        QTest.keyClick(field, Qt.Key.Key_Return if self.chance.random() < 0.8 else Qt.Key.Key_Escape)
        field = self._field()
        if field is not None:  # what was typed was refused
            QTest.keyClick(field, Qt.Key.Key_Escape)
        self.canvas.setFocus()

    def _field(self) -> QWidget | None:
        field = QApplication.focusWidget()
        is_inside = field is not None and field is not self.canvas and self.canvas.isAncestorOf(field)
        return field if is_inside else None
