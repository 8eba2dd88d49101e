"""Numbers set in type: each glyph has its place, so that a whole table is painted with one call.

Qt lays a text out with care for every script, and for that it takes long. A number is a few glyphs side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QRawFont, QTextLayout

from gui.canvas import look as looks
from gui.canvas.look import Look

ROW_HEIGHT, GAP = 33.0, 14.0
"""How far apart rows are, and what parts two columns."""
_MOST_ARRANGEMENTS = 1024
_ORIGIN = QPointF()
Cells = list[list[str]]


class Block(NamedTuple):
    """Numbers in rows and columns around the origin, in units of their font."""

    column: float
    """How far apart the middles of two columns are."""
    widest: float
    runs: Sequence[QGlyphRun]

    def paint(self, painter: QPainter, x: float, y: float, scale: float) -> None:
        """Paint the numbers with their middle there; the painter's pen has their colour."""
        painter.save()
        painter.translate(x, y)
        painter.scale(scale, scale)
        for run in self.runs:
            painter.drawGlyphRun(_ORIGIN, run)
        painter.restore()


class _Glyph(NamedTuple):
    font: int
    """Which of the fonts that Qt resorts to has it."""
    width: float


class _Part(NamedTuple):
    """The characters that one font has."""

    characters: list[int]
    """Which they are of all that are in the block."""
    places: QGlyphRun
    """The font and where each glyph is, but not yet which glyphs."""


class _Arrangement(NamedTuple):
    """Where the glyphs of a block are; other blocks with glyphs that are as wide have it alike."""

    column: float
    widest: float
    parts: list[_Part]


class Typesetter:
    """Sets numbers in one font."""

    def __init__(self, font: QFont, baseline: float) -> None:
        """``baseline``: how far below the middle of a line its glyphs stand."""
        self._font = font
        self._baseline = baseline
        self._fonts: list[QRawFont] = []
        self._glyphs: dict[str, _Glyph] = {}
        self._indexes: dict[str, int] = {}
        """What each glyph is called in its font."""
        self._alike: dict[int, str] = {}
        """For each character the first one that is as wide, as all digits are in most fonts."""
        self._arrangements: dict[str, _Arrangement] = {}

    def block(self, cells: Cells) -> Block:
        """Return numbers in rows, each in the middle of its column."""
        text = "".join(chain.from_iterable(cells))
        for character in set(text).difference(self._glyphs):
            self._learn(character)
        pattern = "\n".join(map("\t".join, cells)).translate(self._alike)
        found = self._arrangements.get(pattern)
        if found is None:
            if len(self._arrangements) >= _MOST_ARRANGEMENTS:
                self._arrangements.clear()
            found = self._arrangements[pattern] = self._arrange(cells)
        indexes = list(map(self._indexes.__getitem__, text))
        return Block(found.column, found.widest, [_run(part, indexes) for part in found.parts])

    def _learn(self, character: str) -> None:
        """Ask Qt for a character's glyph, which may be in another font."""
        layout = QTextLayout(character, self._font)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        run = layout.glyphRuns()[0]
        if run.rawFont() not in self._fonts:
            self._fonts.append(run.rawFont())
        font = self._fonts.index(run.rawFont())
        glyph = _Glyph(font, line.naturalTextWidth())
        self._alike[ord(character)] = next((other for other, its in self._glyphs.items() if its == glyph), character)
        self._glyphs[character] = glyph
        self._indexes[character] = run.glyphIndexes()[0]

    def _arrange(self, cells: Cells) -> _Arrangement:
        rows = [[[self._glyphs[character] for character in text] for text in row] for row in cells]
        widest = max(_width(glyphs) for row in rows for glyphs in row)
        column = widest + GAP
        characters: list[list[int]] = [[] for _ in self._fonts]
        places: list[list[QPointF]] = [[] for _ in self._fonts]
        number = 0
        for down, row in enumerate(rows):
            y = self._baseline + (down - (len(rows) - 1) / 2) * ROW_HEIGHT
            for across, glyphs in enumerate(row):
                x = (across - (len(row) - 1) / 2) * column - _width(glyphs) / 2
                for glyph in glyphs:
                    characters[glyph.font].append(number)
                    places[glyph.font].append(QPointF(x, y))
                    x += glyph.width
                    number += 1
        fonts = zip(self._fonts, characters, places, strict=True)
        return _Arrangement(column, widest, [_part(*font) for font in fonts if font[1]])


def set_in_rows(look: Look, cells: Cells) -> Block:
    """Return numbers as they are painted on a card that is seen from afar."""
    font = looks.FAR_VALUE
    return look.shared("typesetter", lambda: Typesetter(look.font(font), look.baseline(font))).block(cells)


def _width(glyphs: list[_Glyph]) -> float:
    return sum(glyph.width for glyph in glyphs)


def _part(font: QRawFont, characters: list[int], places: list[QPointF]) -> _Part:
    run = QGlyphRun()
    run.setRawFont(font)
    run.setPositions(places)
    return _Part(characters, run)


def _run(part: _Part, indexes: list[int]) -> QGlyphRun:
    run = QGlyphRun(part.places)
    run.setGlyphIndexes([indexes[character] for character in part.characters])
    return run
