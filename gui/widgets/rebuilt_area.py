"""Scrolling columns that follow what they show only while they can be seen; a RebuiltArea is built anew each time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QScrollArea, QVBoxLayout, QWidget

from gui.presentation.theme import Theme
from gui.widgets.panel_parts import panel_stylesheet, styled
from miniflow.overriding import override

MARGIN = 12
SPACING = 6


class LazyArea(QScrollArea):
    """Has ``show_now`` called when what it shows has changed.

    A panel behind another tab counts as hidden: it catches up when it comes to the front.
    """

    def __init__(self, show_now: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_now = show_now
        self._out_of_date = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def restyle(self, theme: Theme, scale: float) -> None:
        """Take the colours of a theme, and type of this scale."""
        self.setStyleSheet(panel_stylesheet(theme, scale))

    def refresh(self) -> None:
        """Bring it up to date, or, where it cannot be seen, as soon as it can be."""
        self._out_of_date = not self._can_be_seen()
        if not self._out_of_date:
            self._show_now()

    def refresh_soon(self, *_: object) -> None:
        """Bring it up to date once for all that happens before the window gets its next turn."""
        self._soon.start()

    def put(self, fill: Callable[[QVBoxLayout], None]) -> None:
        """Have ``fill`` put widgets into a new column, in place of the old one; it stays scrolled to where it was."""
        bar = self.verticalScrollBar()
        scrolled_to = bar.value()
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        content = styled(QWidget(), "content")
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        fill(column)
        column.addStretch(1)
        self.setWidget(content)
        column.activate()
        bar.setValue(scrolled_to)

    def _can_be_seen(self) -> bool:
        """Whether it is shown, and not behind another tab: Qt keeps such docks outside of the window's rectangle."""
        window = self.window()
        place = QRect(self.mapTo(window, QPoint(0, 0)), self.size()) if window is not self else self.rect()
        return self.isVisible() and window.rect().intersects(place)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while it was hidden."""
        super().showEvent(event)
        dock = _dock_around(self)
        if dock is not None:
            dock.visibilityChanged.connect(self._catch_up_soon, Qt.ConnectionType.UniqueConnection)
        self._catch_up()

    def _catch_up_soon(self) -> None:
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        if self._out_of_date:
            self.refresh()


class RebuiltArea(LazyArea):
    """Asks ``fill`` for a new column of widgets each time."""

    def __init__(self, fill: Callable[[QVBoxLayout], None], parent: QWidget | None = None) -> None:
        super().__init__(self._put_anew, parent)
        self._fill = fill

    def _put_anew(self) -> None:
        self.put(self._fill)

    def rebuild(self) -> None:
        """Build the column anew, or, where it cannot be seen, as soon as it can be."""
        self.refresh()


def _dock_around(widget: QWidget) -> QDockWidget | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QDockWidget):
        parent = parent.parentWidget()
    return parent
