"""Figure: a value or a gradient as a card shows it. Numbers become text and colours only when they are painted."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from gui.canvas.geometry import Box
from gui.canvas.heat import heat_image
from gui.canvas.look import Look
from gui.canvas.number_glyphs import Block, set_in_rows
from gui.canvas.table import Table, table_in
from gui.presentation import numbers


class Figure:
    """One array, or none yet, with its label and its shape in words."""

    def __init__(self, label: str, shape_text: str = "", array: Any = None, stale: bool = False) -> None:
        self.label = label
        self.shape_text = shape_text
        self.array = array
        self.stale = stale
        self.before: Any = None
        """What it was before the update that has just been made; None where there was none."""
        self._picture: tuple[Look, QImage] | None = None
        self._table: tuple[Look, Box, Table] | None = None
        self._block: tuple[Look, Block] | None = None

    @property
    def common(self) -> tuple[str, str]:
        """What cards with the same label and shape have in common."""
        return self.label, self.shape_text

    @property
    def is_computed(self) -> bool:
        """Whether there is anything to show but a dash."""
        return self.array is not None

    @property
    def is_scalar(self) -> bool:
        """Whether it is a plain number."""
        return self._kind == "scalar"

    @property
    def is_map(self) -> bool:
        """Whether there are too many numbers to be shown as such."""
        return self._kind == "heat map"

    @cached_property
    def _kind(self) -> numbers.Kind:
        return numbers.kind(self.array)

    @cached_property
    def cells(self) -> list[list[str]]:
        """The numbers in rows, as short texts."""
        return numbers.cells(self.array)

    @cached_property
    def change(self) -> str:
        """A single number with what it was before the update: 2 → 1.9; empty where there was none."""
        if self.before is None or not self.is_scalar:
            return ""
        return f"{numbers.number(self.before)} → {self.cells[0][0]}"

    @cached_property
    def heat(self) -> npt.NDArray[np.float64]:
        """The numbers as amounts from -1 to 1, in rows."""
        return numbers.heat(self.array)

    @cached_property
    def caption(self) -> str:
        """The least and the greatest number."""
        return f"{numbers.number(np.min(self.array))} … {numbers.number(np.max(self.array))}"

    def work_out(self, look: Look, from_afar: bool) -> None:
        """Do now what painting would otherwise have to do first."""
        if not self.is_computed:
            return
        if self.is_map:
            self.picture(look)
        elif from_afar:
            self.block(look)
        else:
            _ = self.cells, self.heat

    def picture(self, look: Look) -> QImage:
        """The numbers as colours, one pixel each."""
        if self._picture is None or self._picture[0] is not look:
            self._picture = look, heat_image(look, self.heat)
        return self._picture[1]

    def table(self, look: Look, room: Box) -> Table:
        """The numbers in rows and columns, laid out in ``room``."""
        if self._table is None or self._table[0] is not look or self._table[1] != room:
            self._table = look, room, table_in(look, room, self.cells, self.heat.tolist())
        return self._table[2]

    def block(self, look: Look) -> Block:
        """The numbers in rows and columns, set to be painted from afar."""
        if self._block is None or self._block[0] is not look:
            self._block = look, set_in_rows(look, self.cells)
        return self._block[1]
