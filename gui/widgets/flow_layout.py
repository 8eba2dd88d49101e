"""FlowLayout: widgets side by side as words in a line, and on the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from miniflow.overriding import override


class FlowLayout(QLayout):
    """Lays its widgets out as text is laid out; the items of a line share their middle."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6, line_gap: int = 4) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = line_gap

    @override
    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item at the end."""
        self._items.append(item)

    @override
    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        """Narrow, it needs more lines."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """How high it is in so much room."""
        if width not in self._heights:
            self._heights[width] = self._flow(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    @override
    def invalidate(self) -> None:
        """Forget what was measured: an item has changed."""
        self._heights.clear()
        super().invalidate()

    @override
    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets in their places."""
        super().setGeometry(rect)
        self._flow(rect, place=True)

    @override
    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        """As wide as the widest of them may be at least."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _flow(self, rect: QRect, place: bool) -> int:
        top = rect.top()
        for line in self._lines(rect.width()):
            height = max(size.height() for _, size in line)
            left = rect.left()
            for item, size in line:
                if place:
                    item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self._gap
            top += height + self._line_gap
        return max(0, top - rect.top() - self._line_gap)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = width + 1
        for item in self._items:
            size = self._size_in(item, width)
            if left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self._gap
        return lines

    @staticmethod
    def _size_in(item: QLayoutItem, width: int) -> QSize:
        size = item.sizeHint()
        if size.width() <= width:
            return size
        return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else size.height())
