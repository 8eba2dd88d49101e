"""Look: a theme as the canvas paints with it. Colours, pens and fonts, each made once."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TypeVar, cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPen, QStaticText
from PySide6.QtWidgets import QApplication

from gui.presentation.theme import Theme
from gui.widgets.style import colour

T = TypeVar("T")

TITLE, KIND, SYMBOL, PLACE, PORT = "title", "kind", "symbol", "place", "port"
LABEL, SHAPE, CELL, TIGHT_CELL, SCALAR = "label", "shape", "cell", "tight cell", "scalar"
WIRE, AFAR, NOTE = "wire", "afar", "note"
FAR_VALUE = "far value"

_PIXELS = {
    TITLE: 15, KIND: 11, SYMBOL: 12, PLACE: 12, PORT: 12,
    LABEL: 11, SHAPE: 11, CELL: 14, TIGHT_CELL: 11, SCALAR: 19, WIRE: 11, AFAR: 40, FAR_VALUE: 30, NOTE: 18,
}  # fmt: skip
_MONOSPACED = {SHAPE, CELL, TIGHT_CELL, SCALAR, WIRE}
_BOLD = {TITLE, SYMBOL, PLACE, PORT, LABEL, CELL, TIGHT_CELL, SCALAR, AFAR, FAR_VALUE}
_MOST_ELIDED = 4096
_MOST_SHARED = 128


class Look:
    """Everything that painting needs to know of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._elided: dict[tuple[str, str, int], str] = {}
        self._laid_out: dict[tuple[str, str], QStaticText] = {}
        self._widths: dict[tuple[str, str], float] = {}
        self._baselines: dict[str, float] = {}
        self._pens: dict[tuple[str, float, Qt.PenStyle], QPen] = {}
        self._shared: dict[Hashable, object] = {}

    def colour(self, key: str) -> QColor:
        """Return the colour of a key such as ``meaning.value``."""
        if key not in self._colours:
            self._colours[key] = colour(self.theme[key])
        return self._colours[key]

    def faded(self, key: str, opacity: float) -> QColor:
        """Return a colour, made translucent."""
        result = QColor(self.colour(key))
        result.setAlphaF(result.alphaF() * opacity)
        return result

    def group(self, name: str) -> QColor:
        """Return the colour of a group of nodes."""
        key = f"group.{name}"
        if key not in self._colours:
            self._colours[key] = colour(self.theme.group(name))
        return self._colours[key]

    def font(self, role: str) -> QFont:
        """Return the font of a role: sizes are in units of the scene."""
        if role not in self._fonts:
            self._fonts[role] = _font(role)
        return self._fonts[role]

    def metrics(self, role: str) -> QFontMetricsF:
        """Return how large text in the font of a role is."""
        if role not in self._metrics:
            self._metrics[role] = QFontMetricsF(self.font(role))
        return self._metrics[role]

    def width(self, role: str, text: str) -> float:
        """Return how wide a text is in the font of a role."""
        key = (role, text)
        if key not in self._widths:
            if len(self._widths) >= _MOST_ELIDED:
                self._widths.clear()
            self._widths[key] = self.metrics(role).horizontalAdvance(text)
        return self._widths[key]

    def baseline(self, role: str) -> float:
        """Return how far below the middle of a line of text its letters stand, in the font of a role."""
        if role not in self._baselines:
            metrics = self.metrics(role)
            self._baselines[role] = (metrics.ascent() - metrics.descent()) / 2
        return self._baselines[role]

    def centred(self, role: str, text: str, x: float, y: float) -> QPointF:
        """Return where a text begins whose middle is there: drawing it from a point costs half of fitting it in."""
        return QPointF(x - self.width(role, text) / 2, y + self.baseline(role))

    def laid_out(self, role: str, text: str) -> QStaticText:
        """Return a text whose letters have their places already, to be drawn again and again."""
        key = (role, text)
        if key not in self._laid_out:
            if len(self._laid_out) >= _MOST_ELIDED:
                self._laid_out.clear()
            made = self._laid_out[key] = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(font=self.font(role))
        return self._laid_out[key]

    def elided(self, role: str, text: str, width: float) -> str:
        """Return as much of ``text`` as fits into ``width``, with an ellipsis where it does not fit whole."""
        room = math.ceil(width)
        key = (role, text, room)
        if key not in self._elided:
            if len(self._elided) >= _MOST_ELIDED:
                self._elided.clear()
            self._elided[key] = self.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, room)
        return self._elided[key]

    def pen(self, key: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Return a pen with round ends."""
        found = self._pens.get((key, width, style))
        if found is None:
            found = QPen(self.colour(key), width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            self._pens[key, width, style] = found
        return found

    def shared(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return something that many paintings share, such as a picture, made when it is first asked for."""
        if key not in self._shared:
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            self._shared[key] = make()
        return cast(T, self._shared[key])

    @cached_property
    def no_pen(self) -> QPen:
        """The pen that draws nothing."""
        return QPen(Qt.PenStyle.NoPen)


def _font(role: str) -> QFont:
    if role in _MONOSPACED:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
    else:
        font = QFont(QApplication.font())
    font.setPixelSize(_PIXELS[role])
    font.setBold(role in _BOLD)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
