"""A formula in LaTeX, put together from the outlines of its characters, in pieces between which a line may break.

It knows the part of LaTeX that the library writes; a formula with anything else in it is left to mathtext.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTransform

from gui.widgets.glyphs import EM, SPACE, Outline, Slant, as_painter_path, empty_path, of_text, side_by_side

SMALL = 0.72
"""The size of an index or a power."""
RAISED, LOWERED = -0.36 * EM, 0.18 * EM
AXIS, BAR, BAR_DISTANCE, BAR_OVERHANG, FRACTION_GAP = -25.0, 5.0, 22.0, 6.0, 5.0
"""Where the bar of a fraction lies, how thick it is, how far from its parts, how far beyond, how far from the rest."""

_THIN, _MEDIUM, _THICK = 0.17 * EM, 0.22 * EM, 0.28 * EM
_SYMBOLS = {
    "cdot": "·",
    "times": "×",
    "odot": "⊙",
    "to": "→",
    "leftarrow": "←",
    "sigma": "σ",
    "eta": "η",
    "Sigma": "Σ",
    "partial": "∂",
    "backslash": "\\",
    "wedge": "^",
    "sim": "~",
}
_RELATIONS, _SUMS, _PRODUCTS = "=→←><", "+−", "·⊙"
"""Signs with room around them; not the × of 2×10⁻³, which is one number."""
_TOKEN = re.compile(r"\\[A-Za-z]+ ?|\\.|[0-9][0-9.]*|[A-Za-z]+|\s+|.", re.DOTALL)


class Kind(Enum):
    """What a piece is to its neighbours: it decides the room between them."""

    ORDINARY = "ordinary"
    SUM = "sum"
    PRODUCT = "product"
    RELATION = "relation"
    OPENING = "opening"
    CLOSING = "closing"
    COMMA = "comma"
    SPACE = "space"


_BREAKS = {Kind.RELATION: 0, Kind.SUM: 1, Kind.PRODUCT: 2}
"""The signs that a line may begin with, and how little it wants to."""


@dataclass(frozen=True, eq=False)
class Atom:
    """A name, a number, a sign or a fraction: what is never broken."""

    outline: Outline
    kind: Kind = Kind.ORDINARY


@dataclass(frozen=True, eq=False)
class Piece:
    """What stands between two places where a line may break; the room before it is left out where a line begins."""

    outline: Outline
    room_before: float
    rank: int
    """How little a line wants to break before it: in parentheses less than outside, at a product less than at a sum."""


class UnknownLatexError(ValueError):
    """A formula says something that only mathtext may know."""


@lru_cache(maxsize=1024)
def pieces_of(latex: str) -> tuple[Piece, ...]:
    """Return the pieces of a formula, one alone where only mathtext can write it.

    Raises:
        UnknownLatexError: even mathtext cannot.
    """
    try:
        atoms = _Reader(latex).atoms()
    except UnknownLatexError:
        return (Piece(_by_mathtext(latex), 0.0, 0),)
    return tuple(_grouped(atoms))


def _by_mathtext(latex: str) -> Outline:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    try:
        path = TextPath((0, 0), f"${latex}$", size=EM, prop=FontProperties(math_fontfamily="stix"))
    except ValueError:
        raise UnknownLatexError(latex) from None
    outline = as_painter_path(path)
    return Outline(outline, outline.boundingRect().right())


def _grouped(atoms: Sequence[Atom]) -> list[Piece]:
    """Put together what must not be parted: a line breaks before a sign between two terms, and after a comma."""
    pieces: list[Piece] = []
    group: list[Outline] = []
    room, depth, rank = 0.0, 0, 0
    kinds = _kinds(atoms)
    for atom, before, kind in zip(atoms, [Kind.OPENING, *kinds], kinds, strict=False):
        gap = _room(before, kind)
        if group and (kind in _BREAKS or before is Kind.COMMA):
            pieces.append(Piece(side_by_side(group), room, rank))
            group, room, rank = [], gap, 3 * depth + _BREAKS.get(kind, 1)
        else:
            group.append(Outline(empty_path(), gap))
        group.append(atom.outline)
        depth += {Kind.OPENING: 1, Kind.CLOSING: -1}.get(kind, 0)
    return [*pieces, Piece(side_by_side(group), room, rank)] if group else pieces


def _kinds(atoms: Sequence[Atom]) -> list[Kind]:
    """What each is where it stands: a minus with nothing before it is a sign of its number."""
    kinds: list[Kind] = []
    for atom in atoms:
        has_left = bool(kinds) and kinds[-1] in (Kind.ORDINARY, Kind.CLOSING)
        is_sign = atom.kind is Kind.SUM and not has_left
        kinds.append(Kind.ORDINARY if is_sign else atom.kind)
    return kinds


def _room(before: Kind, after: Kind) -> float:
    if Kind.RELATION in (before, after):
        return _THICK
    if not _BREAKS.keys().isdisjoint((before, after)):
        return _MEDIUM
    return _THIN if before is Kind.COMMA else 0.0


class _Reader:
    """Reads LaTeX from left to right."""

    def __init__(self, latex: str) -> None:
        self._tokens = _TOKEN.findall(latex)
        self._next = 0

    def atoms(self) -> list[Atom]:
        """Return the atoms up to the brace that closes, or to the end."""
        atoms: list[Atom] = []
        while self._next < len(self._tokens) and self._tokens[self._next] != "}":
            token = self._taken()
            if token in ("^", "_"):
                atoms.append(self._with_script(atoms.pop() if atoms else None, token))
            elif token.strip():
                atoms.append(self._atom(token.strip()))
        return atoms

    def _taken(self) -> str:
        if self._next >= len(self._tokens):
            raise UnknownLatexError("a formula ends too soon")
        self._next += 1
        return str(self._tokens[self._next - 1])

    def _group(self) -> Outline:
        """Return what the braces hold that come now, or the one token that stands without."""
        token = self._taken()
        if token != "{":
            return self._atom(token.strip()).outline
        inner = _in_one_line(self.atoms())
        if self._taken() != "}":
            raise UnknownLatexError("a brace is not closed")
        return inner

    def _atom(self, token: str) -> Atom:
        if token.startswith("\\"):
            return self._command(token[1:])
        if token == "{":
            self._next -= 1
            return Atom(self._group())
        if token.isalpha() and token.isascii():
            return Atom(of_text(token, Slant.ITALIC if len(token) == 1 else Slant.UPRIGHT))
        return _sign("−" if token == "-" else token)

    def _command(self, name: str) -> Atom:
        if name in ("dfrac", "frac"):
            return Atom(_fraction(self._group(), self._group()))
        if name == "mathrm":
            return Atom(of_text(self._plain_text(), Slant.UPRIGHT))
        if name in ("", " ", ","):
            return Atom(Outline(empty_path(), _THIN if name == "," else SPACE), Kind.SPACE)
        if name in _SYMBOLS:
            return _sign(_SYMBOLS[name])
        if name.isalpha():
            raise UnknownLatexError(name)
        return _sign(name)

    def _plain_text(self) -> str:
        """Return the text in the braces that come now, without what LaTeX needs before some characters."""
        if self._taken() != "{":
            raise UnknownLatexError("a name has no braces")
        text = ""
        while (token := self._taken()) != "}":
            name = token[1:].strip() if token.startswith("\\") else None
            text += token if name is None else _SYMBOLS.get(name, name or " ")
        return text

    def _with_script(self, base: Atom | None, script: str) -> Atom:
        if base is None:
            raise UnknownLatexError("a power of nothing")
        small = self._group()
        path = empty_path()
        path.addPath(base.outline.path)
        shift = RAISED if script == "^" else LOWERED
        left = base.outline.width + 0.03 * EM
        path.addPath(_scaled(small, SMALL).path.translated(left, shift))
        return Atom(Outline(path, left + small.width * SMALL), base.kind)


_KINDS = {
    **dict.fromkeys(_RELATIONS, Kind.RELATION),
    **dict.fromkeys(_SUMS, Kind.SUM),
    **dict.fromkeys(_PRODUCTS, Kind.PRODUCT),
    **dict.fromkeys("([", Kind.OPENING),
    **dict.fromkeys(")]", Kind.CLOSING),
    ",": Kind.COMMA,
}


def _sign(text: str) -> Atom:
    return Atom(of_text(text, Slant.ITALIC if text in "ση" else Slant.UPRIGHT), _KINDS.get(text, Kind.ORDINARY))


def _in_one_line(atoms: Sequence[Atom]) -> Outline:
    outlines = []
    for piece in _grouped(atoms):
        outlines += [Outline(empty_path(), piece.room_before), piece.outline]
    return side_by_side(outlines)


def _scaled(outline: Outline, scale: float) -> Outline:
    return Outline(QTransform.fromScale(scale, scale).map(outline.path), outline.width * scale)


def _fraction(above: Outline, below: Outline) -> Outline:
    """Return a fraction in the size of the rest, its bar where a minus sign stands."""
    width = max(above.width, below.width) + 2 * BAR_OVERHANG
    path = empty_path()
    path.addRect(QRectF(FRACTION_GAP, AXIS - BAR / 2, width, BAR))
    tops = (AXIS - BAR_DISTANCE - above.path.boundingRect().bottom(), AXIS + BAR_DISTANCE + _height(below))
    for part, y in zip((above, below), tops, strict=True):
        path.addPath(part.path.translated(FRACTION_GAP + (width - part.width) / 2, y))
    return Outline(path, width + 2 * FRACTION_GAP)


def _height(outline: Outline) -> float:
    """How far it reaches above its base line, as letters do at least, so that those below the bar stand in a line."""
    return max(-outline.path.boundingRect().top(), 0.68 * EM)
