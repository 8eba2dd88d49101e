"""The outlines of characters as mathtext draws them, made once for each; of those it has no glyph for, as Qt does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font
    from matplotlib.path import Path

EM = 100.0
"""The size that outlines are made at; they are scaled to the type around them."""

SPACE = 0.25 * EM

_FAMILY = "STIXGeneral"
_CODE_MOVE, _CODE_LINE, _CODE_QUADRATIC, _CODE_CUBIC, _CODE_CLOSE = 1, 2, 3, 4, 79


class Slant(Enum):
    """How a character stands: a name of one letter leans, as in a book."""

    UPRIGHT = "normal"
    ITALIC = "italic"


@dataclass(frozen=True, eq=False)
class Outline:
    """What is drawn from the base line at (0, 0) on, and how far it is from there to what follows."""

    path: QPainterPath
    width: float


def empty_path() -> QPainterPath:
    """Return a path whose strokes may lie on each other."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def side_by_side(outlines: Sequence[Outline]) -> Outline:
    """Return outlines one after the other."""
    path, width = empty_path(), 0.0
    for outline in outlines:
        path.addPath(outline.path.translated(width, 0))
        width += outline.width
    return Outline(path, width)


@lru_cache(maxsize=4096)
def of_text(text: str, slant: Slant) -> Outline:
    """Return the outline of a name, a number or a sign."""
    return side_by_side([_of_character(character, slant) for character in text])


@lru_cache(maxsize=4096)
def _of_character(character: str, slant: Slant) -> Outline:
    if character == " ":
        return Outline(empty_path(), SPACE)
    slants = (slant, Slant.UPRIGHT)
    font = next((_font(each) for each in slants if _has_glyph(character, each)), None)
    return _drawn_by_qt(character) if font is None else _drawn_by_matplotlib(character, font)


def _drawn_by_matplotlib(character: str, font: FontProperties) -> Outline:
    from matplotlib.textpath import TextPath, text_to_path

    path = TextPath((0, 0), character, size=EM, prop=font)
    width, _, _ = text_to_path.get_text_width_height_descent(character, font, False)
    return Outline(as_painter_path(path), float(width))


def _drawn_by_qt(character: str) -> Outline:
    font = QFont()
    font.setPixelSize(round(EM))
    path = empty_path()
    path.addText(QPointF(0, 0), font, character)
    return Outline(path, QFontMetricsF(font).horizontalAdvance(character))


@cache
def _font(slant: Slant) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=_FAMILY, style=slant.value, size=EM)


def _has_glyph(character: str, slant: Slant) -> bool:
    return _face(slant).get_char_index(ord(character)) > 0


@cache
def _face(slant: Slant) -> FT2Font:
    from matplotlib.font_manager import findfont, get_font

    return get_font(findfont(_font(slant)))


def as_painter_path(path: Path) -> QPainterPath:
    """Return a path of matplotlib's as one of Qt's."""
    result = empty_path()
    for points, code in path.iter_segments(curves=True, simplify=False):
        _add(result, [float(number) for number in points], int(code))
    return result


def _add(path: QPainterPath, numbers: list[float], code: int) -> None:
    points = [QPointF(x, -y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    if code == _CODE_MOVE:
        path.moveTo(points[0])
    elif code == _CODE_LINE:
        path.lineTo(points[0])
    elif code == _CODE_QUADRATIC:
        path.quadTo(points[0], points[1])
    elif code == _CODE_CUBIC:
        path.cubicTo(points[0], points[1], points[2])
    elif code == _CODE_CLOSE:
        path.closeSubpath()
