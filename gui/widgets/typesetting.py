"""A formula in LaTeX as outlines: mathtext draws each name, number and sign once; they are set side by side.

A line may break only between them, which is why a formula is not drawn as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainterPath, QTransform

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font
    from numpy.typing import ArrayLike

EM = 100.0
"""The size that outlines are made at; they are scaled to the type around them."""

_FAMILY = "STIXGeneral"
_STAND_IN = "■"
"""Keeps the place of a character that the formula font has not, a Chinese one, say: it is about as wide."""

_RELATIONS = {"=", "<", ">", r"\to", r"\leftarrow"}
_SUMS = {"+", "-"}
_PRODUCTS = {r"\cdot", r"\odot"}
_OPENINGS, _CLOSINGS, _COMMA = {"(", "["}, {")", "]"}, ","

_GROUP = r"\{(?:[^{}\\]|\\.)*\}"
for _depth in range(3):
    _GROUP = rf"\{{(?:[^{{}}\\]|\\.|{_GROUP})*\}}"
_BASE = rf"\\d?frac{_GROUP}{_GROUP}|\\mathrm{_GROUP}|\\[A-Za-z]+|\\.|{_GROUP}|[0-9][0-9.]*|."
_ATOM = re.compile(rf"(?:{_BASE})(?:[_^](?:{_GROUP}|.))*", re.DOTALL)
"""What is never broken: a name, a number, a sign or a fraction, with what is raised or lowered at its end."""


class UnknownLatexError(ValueError):
    """A formula says something that mathtext does not know."""


@dataclass(frozen=True, eq=False)
class Outline:
    """What is drawn from the base line at (0, 0) on, and how far it is from there to what follows."""

    path: QPainterPath
    width: float


@dataclass(frozen=True, eq=False)
class Piece:
    """What stands between two places where a line may break."""

    outline: Outline
    rank: int
    """How little a line wants to break before it: in parentheses less than outside, at a product less than at a sum."""


@lru_cache(maxsize=1024)
def pieces_of(latex: str) -> tuple[Piece, ...]:
    """Return the pieces of a formula.

    Raises:
        UnknownLatexError: mathtext cannot draw it.
    """
    pieces: list[Piece] = []
    group: list[Outline] = []
    rank = depth = 0
    for atom, before, strength in _atoms(latex):
        if group and (strength is not None or before == _COMMA):
            pieces.append(Piece(side_by_side(group), rank))
            group, rank = [], 3 * depth + (1 if strength is None else strength)
        group.append(_outline(_with_room(atom, strength)))
        depth += (atom in _OPENINGS) - (atom[0] in _CLOSINGS)
    return (*pieces, Piece(side_by_side(group), rank)) if group else ()


def drawn_bit_by_bit(latex: str) -> Iterator[None]:
    """Draw what a formula is made of, and yield after each part, so that a key press need not wait for the whole."""
    with suppress(UnknownLatexError):
        for atom, _, strength in _atoms(latex):
            _outline(_with_room(atom, strength))
            yield
        pieces_of(latex)


def _atoms(latex: str) -> Iterator[tuple[str, str, int | None]]:
    """Yield each atom, the one before it, and how strongly it binds what stands at its sides."""
    before = ""
    for atom in _ATOM.findall(latex):
        if not atom.isspace():
            yield atom, before, _strength(atom, before)
            before = atom


def _with_room(atom: str, strength: int | None) -> str:
    """Return a sign as it stands between two terms; all else as it is."""
    return atom if strength is None else f"{{}}{atom}{{}}"


def _strength(atom: str, before: str) -> int | None:
    """How strongly a sign binds what stands at its sides; None for all else, and for the minus of a number."""
    if atom in _RELATIONS:
        return 0
    if atom in _PRODUCTS:
        return 2
    has_left = before not in {"", _COMMA, *_OPENINGS, *_RELATIONS, *_SUMS, *_PRODUCTS}
    return 1 if atom in _SUMS and has_left else None


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
def _outline(latex: str) -> Outline:
    """Draw an atom; digits alone as the text that they are, which is quick: there is no end of new numbers."""
    from matplotlib.textpath import text_to_path

    if re.fullmatch(r"[0-9.]+", latex):
        vertices, codes = text_to_path.get_text_path(_font(), latex)
        path = _shape(vertices, [int(code) for code in codes])
        width, _, _ = text_to_path.get_text_width_height_descent(latex, _font(), False)
        return Outline(path, float(width))
    strange = [character for character in latex if not _has_glyph(character)]
    known = "".join(character if _has_glyph(character) else _STAND_IN for character in latex)
    try:
        return _by_mathtext(f"${known}$", strange)
    except ValueError:
        raise UnknownLatexError(latex) from None


def _by_mathtext(text: str, strange: Sequence[str]) -> Outline:
    """Draw a formula, with the strange characters in the places that are kept for them."""
    from matplotlib.textpath import text_to_path

    glyphs, shapes, bars = text_to_path.get_glyphs_mathtext(_font(), text)
    path, strangers = empty_path(), iter(strange)
    for glyph, x, y, scale in glyphs:
        vertices, codes = shapes[glyph]
        shape = _shape(vertices, codes.tolist())
        if strange and glyph == _stand_in_glyph():
            shape = _by_qt(next(strangers), shape.boundingRect())
        path.addPath(QTransform.fromTranslate(x, -y).scale(scale, scale).map(shape))
    for bar in bars:
        path.addPath(_shape(*bar))
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(), True)
    return Outline(path, float(width))


def _by_qt(character: str, place: QRectF) -> QPainterPath:
    """Draw a character in a font of the system, as wide as the place that is kept for it."""
    font = QFont()
    font.setPixelSize(round(EM))
    path = empty_path()
    path.addText(QPointF(0, 0), font, character)
    scale = place.width() / max(path.boundingRect().width(), place.width())
    return QTransform.fromTranslate(place.left(), 0).scale(scale, scale).map(path)


@cache
def _font() -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=_FAMILY, math_fontfamily="stix", size=EM)


@cache
def _face() -> FT2Font:
    from matplotlib.font_manager import findfont, get_font

    return get_font(findfont(_font()))


def _has_glyph(character: str) -> bool:
    return character != _STAND_IN and _face().get_char_index(ord(character)) > 0


@cache
def _stand_in_glyph() -> str:
    from matplotlib.textpath import text_to_path

    glyphs, _, _ = text_to_path.get_glyphs_mathtext(_font(), f"${_STAND_IN}$")
    return str(glyphs[0][0])


def _shape(vertices: ArrayLike, codes: Sequence[int]) -> QPainterPath:
    """Return a path of matplotlib's as one of Qt's."""
    from matplotlib.path import Path

    result = empty_path()
    if len(codes) == 0:
        return result
    strokes: dict[int, Callable[..., None]] = {
        int(Path.MOVETO): result.moveTo,
        int(Path.LINETO): result.lineTo,
        int(Path.CURVE3): result.quadTo,
        int(Path.CURVE4): result.cubicTo,
        int(Path.CLOSEPOLY): lambda *_: result.closeSubpath(),
    }
    for points, code in Path(vertices, codes).iter_segments(curves=True, simplify=False):
        strokes[int(code)](*(QPointF(x, -y) for x, y in np.reshape(points, (-1, 2)).tolist()))
    return result
