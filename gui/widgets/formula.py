"""FormulaView: a formula as outlines, sharp at every size, over several lines where there is no room for one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.typesetting import EM, Piece, UnknownLatexError, empty_path, pieces_of
from miniflow.overriding import override

INDENT = 1.1 * EM
"""How far in the second line of a formula begins, and all further ones."""
LINE_GAP = 0.3 * EM
LEAST_HEIGHT, LEAST_DEPTH = 0.7 * EM, 0.2 * EM
"""What a line of one small sign reaches above and below its base line."""
MARGIN = 3


@dataclass(frozen=True, eq=False)
class Setting:
    """A formula set into lines: one path, its top left at (0, 0)."""

    path: QPainterPath
    width: float
    height: float
    lines: int


@lru_cache(maxsize=512)
def set_into(latex: str, width: float) -> Setting | None:
    """Set a formula into lines of this width, in units of the outlines; None where nothing can write it."""
    try:
        pieces = pieces_of(latex)
    except UnknownLatexError:
        return None
    result, y, widest = empty_path(), 0.0, 0.0
    lines = _broken(pieces, width)
    for number, line in enumerate(lines):
        path, x = empty_path(), INDENT if number else 0.0
        for piece in line:
            path.addPath(piece.outline.path.translated(x, 0))
            x += piece.outline.width
        box = path.boundingRect()
        above, below = max(-box.top(), LEAST_HEIGHT), max(box.bottom(), LEAST_DEPTH)
        y += LINE_GAP if number else 0.0
        result.addPath(path.translated(0, y + above))
        y += above + below
        widest = max(widest, x, box.right())
    return Setting(result, widest, y, len(lines))


def _broken(pieces: tuple[Piece, ...], width: float) -> list[tuple[Piece, ...]]:
    """Break into lines: where it is wanted most, and there as late as can be, but no line is left half empty for it."""
    lines: list[tuple[Piece, ...]] = []
    start = 0
    while start < len(pieces):
        room = width - (INDENT if lines else 0.0)
        end = start + _how_many_fit(pieces[start:], room)
        if end < len(pieces):
            half = start + _how_many_fit(pieces[start:], room / 2)
            end = min(range(min(half, end), end + 1), key=lambda place: (pieces[place].rank, -place))
        lines.append(pieces[start:end])
        start = end
    return lines


def _how_many_fit(pieces: tuple[Piece, ...], room: float) -> int:
    """How many of the pieces find room in one line; one at least."""
    x = 0.0
    for number, piece in enumerate(pieces):
        x += piece.outline.width
        if number and x > room:
            return number
    return len(pieces)


class FormulaView(QWidget):
    """One formula in the size of the text around it, as wide as there is room for."""

    def __init__(self, text: str, latex: str, colour: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._latex = latex
        self._colour = colour
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """The formula as plain text."""
        return self._text

    @property
    def scale(self) -> float:
        """How large it is drawn: so large that its letters are as high as those of the text around it."""
        return QFontMetricsF(self.font()).height() * 1.02 / EM

    def setting(self, width: float) -> Setting | None:
        """Return how it is set where it has so much room; None where it is written as text."""
        return set_into(self._latex, width / self.scale)

    def _text_height(self, width: int) -> int:
        return (
            self.fontMetrics().boundingRect(0, 0, max(width, 1), 10_000, Qt.TextFlag.TextWordWrap, self._text).height()
        )

    @override
    def hasHeightForWidth(self) -> bool:
        """Narrow, it may need more lines."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """How high it is in so much room."""
        setting = self.setting(width)
        if setting is None:
            return self._text_height(width) + 2
        return round(setting.height * self._drawn_at(setting, width)) + 2 * MARGIN

    def _drawn_at(self, setting: Setting, width: float) -> float:
        """The scale it is drawn at: smaller only where one name alone is wider than there is room."""
        return min(self.scale, width / setting.width) if setting.width > 0 else self.scale

    @override
    def sizeHint(self) -> QSize:
        """Its natural size, in one line."""
        setting = set_into(self._latex, float("inf"))
        if setting is None:
            return QSize(self.fontMetrics().horizontalAdvance(self._text), self._text_height(10_000))
        return QSize(int(setting.width * self.scale) + 2, round(setting.height * self.scale) + 2 * MARGIN)

    @override
    def minimumSizeHint(self) -> QSize:
        """It is broken into lines where it must be."""
        hint = self.sizeHint()
        return QSize(min(60, hint.width()), hint.height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outlines, or the text in their place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        setting = self.setting(self.width())
        if setting is None:
            painter.setPen(self._colour)
            painter.drawText(QRectF(self.rect()), Qt.TextFlag.TextWordWrap, self._text)
        else:
            scale = self._drawn_at(setting, self.width())
            painter.translate(0, MARGIN)
            painter.scale(scale, scale)
            painter.fillPath(setting.path, self._colour)
        painter.end()
