"""Arrays as short strings: the only rounding in the app.

One rule, for every number on the screen: **four digits, or fewer where fewer are exact**. So ``2`` and ``0.25`` are
just that, and ``2.500`` is a number near 2.5 that was rounded: 2.49995, say. From 0.001 to 9999 a rounded number is
written plainly, outside of that with its power of ten: ``1.670e−5``. ``0`` is zero itself, never a small number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Real: TypeAlias = "float | np.floating[Any] | npt.NDArray[Any]"
Kind: TypeAlias = Literal["scalar", "grid", "heat map"]

MINUS = "−"
DIGITS = 4
GRID_SIDE = 4
HEAT_SIDE = 32
_LARGEST_WHOLE = 1_000_000
_SHORT, _SIGN = f"%.{DIGITS - 1}e", DIGITS + 1
"""How a number is rounded, 1.235e-01, and where in that the ``e`` stands."""
_PLAIN_EXPONENTS = range(-3, DIGITS)


class _Decimal(NamedTuple):
    """A number as its first decimal digits, without the point, and the power of ten of the first of them."""

    negative: bool
    digits: str
    exponent: int
    rounded: bool

    @property
    def fits_plainly(self) -> bool:
        if self.exponent in _PLAIN_EXPONENTS:
            return True
        is_whole = not self.rounded and len(self.digits) <= self.exponent + 1
        return is_whole and 10**self.exponent < _LARGEST_WHOLE

    def plain(self) -> str:
        whole = self.exponent + 1
        if whole <= 0:
            text = "0." + "0" * -whole + self.digits
        elif len(self.digits) > whole:
            text = self.digits[:whole] + "." + self.digits[whole:]
        else:
            text = self.digits.ljust(whole, "0")
        return MINUS + text if self.negative else text

    def scientific(self) -> str:
        first, rest = self.digits[0], self.digits[1:]
        sign = MINUS if self.exponent < 0 else ""
        text = first + ("." + rest if rest else "") + "e" + sign + str(abs(self.exponent))
        return MINUS + text if self.negative else text

    def comparable(self) -> str:
        """As beside a number that needs its power of ten."""
        return self.scientific() if self.rounded or not self.fits_plainly else self.plain()


def number(x: Real) -> str:
    """Return one number as on a card: four digits, or fewer where fewer are exact.

    >>> number(2.0), number(-11.0), number(2.49995), number(1.670142e-05)
    ('2', '−11', '2.500', '1.670e−5')
    """
    value, single = _scalar(x)
    special = _special(value)
    if special is not None:
        return special
    decimal = _decimal(value, single)
    return decimal.plain() if decimal.fits_plainly else decimal.scientific()


def exact(x: Real) -> str:
    """Return the shortest text that is read back as this very number, for hovering and for copying.

    >>> exact(0.1 + 0.2), exact(2.0), exact(-1e-9)
    ('0.30000000000000004', '2', '-1e-09')
    """
    value, single = _scalar(x)
    if value == 0:
        return "0"
    text = str(np.float32(value)) if single else repr(value)
    return text.removesuffix(".0")


def cells(array: Real) -> list[list[str]]:
    """Return the rows of a small array as short strings, in one notation; a vector is one row, a scalar one cell.

    Where one number needs its power of ten, every rounded number is written with its own, so that a column compares.

    >>> cells(np.array([[1.0, 0.0], [0.123456, 1.5e-9]]))
    [['1', '0'], ['1.235e−1', '1.5e−9']]
    """
    table = _table(array)
    single = table.dtype == np.float32
    rows = [[_special(x) or _decimal(x, single) for x in row] for row in table.tolist()]
    if all(isinstance(cell, str) or cell.fits_plainly for row in rows for cell in row):
        return [[cell if isinstance(cell, str) else cell.plain() for cell in row] for row in rows]
    return [[cell if isinstance(cell, str) else cell.comparable() for cell in row] for row in rows]


def shape(lengths: Sequence[int]) -> str:
    """Return a shape as Python and the lesson write it: ``(2, 1)``, ``(3,)``; ``scalar`` for a plain number."""
    return str(tuple(int(length) for length in lengths)) if lengths else "scalar"


def dimensions(name: str, lengths: Sequence[int]) -> str:
    """Return a name with its size as one says it aloud.

    >>> dimensions("W", (13, 10)), dimensions("b", (10,)), dimensions("cost", ())
    ('W (13 × 10)', 'b (10)', 'cost (scalar)')
    """
    size = " × ".join(str(int(length)) for length in lengths)
    return f"{name} ({size or 'scalar'})"


def kind(array: Real) -> Kind:
    """Tell how a value is shown: a number, numbers in rows and columns (up to 4 × 4), or colours."""
    lengths = np.shape(array)
    if not lengths:
        return "scalar"
    rows, columns = _table_shape(lengths)
    return "grid" if rows <= GRID_SIDE and columns <= GRID_SIDE else "heat map"


def heat(array: Real, side: int = HEAT_SIDE) -> npt.NDArray[np.float64]:
    """Return colours for an array: rows of numbers from −1 to 1, 0 where it is 0, at most ``side`` a side.

    The largest magnitude becomes 1 or −1. A larger array is averaged over blocks. Infinities are 1 and −1; what is
    not a number stays so, and so does every block that holds one, so that it can be drawn as a fault.
    """
    table = _scaled(_table(array).astype(np.float64, copy=False))
    rows, columns = table.shape
    if rows <= side and columns <= side:
        return table
    averages = _block_averages(table, side)
    peak = float(np.max(np.abs(averages), where=np.isfinite(averages), initial=0.0))
    return np.clip(averages / peak, -1.0, 1.0) if peak > 0 else averages


def _scaled(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    largest = float(np.maximum.reduce(np.abs(table), axis=None, initial=0.0))
    if math.isfinite(largest):
        return table / largest if largest > 0 else np.zeros_like(table)
    finite = np.isfinite(table)
    largest = float(np.max(np.abs(table), where=finite, initial=0.0))
    if largest > 0:
        np.divide(table, largest, out=table, where=finite)
    return np.clip(table, -1.0, 1.0)


def copyable(array: Real) -> str:
    """Return every number, exactly, as a spreadsheet takes it: tabs between columns, line ends between rows."""
    return "\n".join("\t".join(exact(value) for value in row) for row in _table(array))


def _scalar(x: Real) -> tuple[float, bool]:
    return float(x), isinstance(x, np.generic | np.ndarray) and x.dtype == np.float32


def _special(x: float) -> str | None:
    if 0.0 < abs(x) < math.inf:
        return None
    if x == 0:
        return "0"
    return "nan" if math.isnan(x) else "∞" if x > 0 else MINUS + "∞"


def _decimal(x: float, single: bool) -> _Decimal:
    magnitude = abs(x)
    text = _SHORT % magnitude
    rounded = float(text) != magnitude and not (single and np.float32(text) == magnitude)
    if rounded and magnitude < _LARGEST_WHOLE and magnitude.is_integer():
        digits = str(int(magnitude))
        return _Decimal(x < 0, digits.rstrip("0"), len(digits) - 1, rounded=False)
    digits = text[0] + text[2:_SIGN]
    return _Decimal(x < 0, digits if rounded else digits.rstrip("0"), int(text[_SIGN + 1 :]), rounded)


def _table_shape(lengths: Sequence[int]) -> tuple[int, int]:
    if not lengths:
        return 1, 1
    rows = 1
    for length in lengths[:-1]:
        rows *= length
    return rows, lengths[-1]


def _table(array: Real) -> npt.NDArray[Any]:
    values = np.asarray(array)
    if values.dtype.kind != "f":
        values = values.astype(np.float64)
    return values if values.ndim == 2 else values.reshape(_table_shape(values.shape))


def _block_averages(table: npt.NDArray[np.float64], side: int) -> npt.NDArray[np.float64]:
    averages = table
    for axis in (0, 1):
        length = table.shape[axis]
        starts = np.linspace(0, length, min(length, side), endpoint=False).astype(np.intp)
        counts = np.diff(np.append(starts, length))
        sums = np.add.reduceat(averages, starts, axis=axis)
        averages = sums / (counts[:, np.newaxis] if axis == 0 else counts)
    return averages
