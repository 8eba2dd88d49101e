"""PopupList: a field to type into, and below it what can be meant. The keys in the field steer the list."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.widgets.popup import Popup
from miniflow.overriding import override

_STEERING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class PopupList(Popup):
    """What is common to the lists that answer to typing; each says what it offers, and what a choice does."""

    def __init__(self, parent: QWidget, name: str, rows: int) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.room = parent
        self._rows_shown, self._most_height = rows, 0
        self.field = QLineEdit(self)
        self.field.setObjectName(f"{name}.text")
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName(f"{name}.list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemClicked.connect(self.choose)
        self.nothing = QLabel(self)
        self.nothing.setObjectName(f"{name}.nothing")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(6)
        for widget in (self.field, self.list, self.nothing):
            self.column.addWidget(widget)
        self.hide()

    def offer(self, text: str) -> None:
        """Fill the list with what ``text`` can mean, the likeliest first."""
        raise NotImplementedError

    def choose(self, item: QListWidgetItem | None) -> None:
        """Take what a row stands for."""
        raise NotImplementedError

    def close_list(self) -> None:
        """Close, choosing nothing."""
        self.hide()

    def search(self, text: str) -> None:
        """Show what ``text`` can mean; where it means nothing, say so."""
        self.list.clear()
        self.offer(text)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(self.list.count() == 0)
        self._fit_height()

    def begin(self, width: int, most_height: int) -> None:
        """Take a size that fits, with an empty field; what inherits puts it in its place and calls ``appear``."""
        self.setFixedWidth(width)
        self._most_height = most_height
        self.field.clear()
        self.search("")

    def _fit_height(self) -> None:
        """Be as high as what is found, up to some rows; its top stays where it is."""
        row = max(1, self.list.sizeHintForRow(0))
        shown = min(self._rows_shown, self.list.count())
        self.list.setFixedHeight(min(row * shown + 8, max(row, self._most_height)))
        self.adjustSize()

    def stand_at(self, place: QPoint) -> None:
        """Stand at a place of the parent, or as near as there is room."""
        area = self.room.rect()
        left = min(place.x(), area.width() - self.width() - 8)
        top = min(place.y(), area.height() - self.height() - 8)
        self.move(max(8, left), max(8, top))

    def appear(self) -> None:
        """Come to the front and take what is typed."""
        self.raise_()
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list by the keys pressed in the field, and close when something else is used."""
        if isinstance(event, QKeyEvent) and self.takes(Qt.Key(event.key())):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.press(Qt.Key(event.key()), event.modifiers())
            return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.leave()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Close because something else is used now."""
        self.close_list()

    def takes(self, key: Qt.Key) -> bool:
        """Tell whether a key steers the list, and is not typed."""
        return key in _STEERING or key in _ENDING

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Do what a steering key means."""
        if key == Qt.Key.Key_Escape:
            self.close_list()
        elif key in _STEERING:
            far = self._rows_shown if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) else 1
            step = far if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -far
            self._go_by(step)
        else:
            self.choose(self.list.currentItem())

    def _go_by(self, step: int) -> None:
        """Go so many of the rows that can be chosen down, or up where negative, as far as there are any."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).flags()]
        if rows:
            here = bisect_right(rows, self.list.currentRow()) - 1
            self.list.setCurrentRow(rows[max(0, min(len(rows) - 1, here + step))])
