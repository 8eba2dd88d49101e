"""What lies over the canvas: a sentence at the mouse, the fit button, the map, and the hint on an empty canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.canvas.minimap import Minimap
from gui.controllers.appearance import Appearance
from gui.presentation.theme import Theme
from gui.widgets.sentences import say
from miniflow.errors import Sentence

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_WHILE_MS = 6000
_WIDTH = 300


class Notice(QLabel):
    """A sentence beside the place that it is about, gone after a while."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.setObjectName("canvas.notice")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clock = QTimer(self, singleShot=True, interval=_WHILE_MS)
        self._clock.timeout.connect(self.hide)
        self.hide()

    def take_theme(self, theme: Theme) -> None:
        """Look as the theme says."""
        self.setStyleSheet(
            f"background: {theme['meaning.problem_ground']}; color: {theme['meaning.problem']};"
            f"border: 1px solid {theme['meaning.problem']}; border-radius: 6px; padding: 6px 9px; font-weight: 600;"
        )

    def complain(self, sentence: Sentence, place: QPointF) -> None:
        """Say what is wrong beside ``place``, until told to hide."""
        self._clock.stop()
        self.setText(f"✗ {say(sentence)}")
        self.setFixedWidth(_WIDTH)
        self.adjustSize()
        self.setFixedHeight(self.heightForWidth(_WIDTH))
        area = self._viewport.rect()
        x = min(max(8, int(place.x()) + 18), area.width() - self.width() - 8)
        y = int(place.y()) + 18
        if y + self.height() > area.height() - 8:
            y = int(place.y()) - 18 - self.height()
        self.move(max(8, x), max(8, y))
        self.raise_()
        self.show()

    def complain_for_a_while(self, sentence: Sentence, place: QPointF) -> None:
        """Say what is wrong beside ``place``, and be gone after a while."""
        self.complain(sentence, place)
        self._clock.start()


class EmptyHint(QLabel):
    """What to do first, in the middle of an empty canvas."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setObjectName("canvas.hint")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setText(
            self.tr(
                "Drag a node here from the palette,\n"
                "or double-click (or press Tab) and type its name,\n"
                "or dense 10 sig for a whole layer.\n"
                "Then drag from port to port to wire them."
            )
        )

    def take_theme(self, theme: Theme, scale: float) -> None:
        """Look as the theme says."""
        self.setStyleSheet(f"color: {theme['text.faint']}; font-size: {round(16 * scale)}px; background: transparent;")

    def lay_out(self, size: QSize) -> None:
        """Stand in the middle."""
        self.adjustSize()
        self.move((size.width() - self.width()) // 2, (size.height() - self.height()) // 2)


class FitButton(QPushButton):
    """Brings the graph back where it is out of sight."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setObjectName("canvas.fit")
        self.setText(self.tr("⤢ Show the graph"))
        self.setAccessibleName(self.tr("Show the whole graph"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def lay_out(self, size: QSize) -> None:
        """Stand at the bottom, in the middle."""
        self.adjustSize()
        self.move((size.width() - self.width()) // 2, size.height() - self.height() - 18)


class Overlay(QObject):
    """All that lies over the canvas, kept in its place."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.notice = Notice(canvas.viewport())
        self._hint = EmptyHint(canvas.viewport())
        self._fit_button = FitButton(canvas.viewport())
        self._fit_button.clicked.connect(canvas.navigator.fit_all)
        self.minimap = Minimap(canvas, self.lay_out)
        canvas.navigator.moved.connect(self.lay_out)
        canvas.mirror.changed_extent.connect(self.lay_out)
        canvas.mirror.rebuilt.connect(self.lay_out)

    def take_look(self, appearance: Appearance) -> None:
        """Look as the theme says."""
        self.notice.take_theme(appearance.theme)
        self._hint.take_theme(appearance.theme, appearance.scale)
        self.minimap.draw_soon()
        self.lay_out()

    def covered(self) -> QRectF:
        """Return the part of the scene that the map lies on; empty where there is no map."""
        if not self.minimap.isVisible():
            return QRectF()
        return self._canvas.mapToScene(self.minimap.geometry()).boundingRect()

    def lay_out(self) -> None:
        """Show what belongs on the canvas as it looks now, where it belongs."""
        size, mirror = self._canvas.viewport().size(), self._canvas.mirror
        is_empty = not mirror.nodes and not mirror.notes.items
        self._hint.setVisible(is_empty)
        self._hint.lay_out(size)
        self._fit_button.setVisible(not is_empty and not self._canvas.navigator.sees_anything())
        self._fit_button.lay_out(size)
        self.minimap.lay_out(size)
