"""How one number of an array came about: which numbers made it, and the arithmetic written out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miniflow.errors import Sentence, counted
from miniflow.explain.formulas import Filling, Formula, Place
from miniflow.explain.products import MOST_TERMS, Product
from miniflow.overriding import override
from miniflow.values import Shape, Value

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Lit:
    """The numbers of an array that something was made of."""

    value: Value
    mask: Mask
    """True for each of them, in the shape of the array."""


@dataclass(frozen=True, eq=False)
class Element:
    """One number of a result: where it stands, how it came about, and what made it."""

    place: Sentence
    arithmetic: Formula
    made_of: tuple[Lit, ...]


@dataclass(frozen=True, eq=False)
class Making(ABC):
    """How each number of a result came about."""

    result: Value

    @property
    def hint(self) -> Sentence:
        """Say what there is to see."""
        return Sentence("Point at a number of the result: what makes it lights up.")

    def element(self, row: int, column: int) -> Element:
        """Return the number at a place of the result as it is shown: a list as a row, or as a column."""
        shape = np.shape(self.result)
        flat = row * (shape[-1] if shape else 1) + column
        index = (
            tuple(int(each) for each in np.unravel_index(min(flat, np.size(self.result) - 1), shape)) if shape else ()
        )
        return self._element(index)

    @abstractmethod
    def _element(self, index: tuple[int, ...]) -> Element:
        """Return the number at an index of the result."""

    def _equals(self, arithmetic: Formula, index: tuple[int, ...]) -> Formula:
        fields = {**arithmetic.fields, "result": np.asarray(self.result)[index]}
        return Formula(arithmetic.template + " = {result}", fields)


def place_of(index: tuple[int, ...]) -> Sentence:
    """Say where a number stands in an array."""
    match index:
        case ():
            return Sentence("The result")
        case (number,):
            return Sentence("Number {number}", {"number": number + 1})
        case (row, column):
            return Sentence("Row {row} · column {column}", {"row": row + 1, "column": column + 1})
        case _:
            return Sentence("Number {number}", {"number": ", ".join(str(each + 1) for each in index)})


def fitted(value: Value, shape: Shape) -> NDArray[Any]:
    """Return a value in another shape: broadcast, or a list as the column as which it was read."""
    is_the_same = np.size(value) == np.prod(shape, dtype=int)
    return np.asarray(np.reshape(value, shape) if is_the_same else np.broadcast_to(value, shape))


def _numbered(shape: Shape) -> NDArray[Any]:
    """Return the numbers 0, 1, 2, … in a shape: they tell which number of it comes to stand where."""
    return np.arange(int(np.prod(shape, dtype=int))).reshape(shape)


def _flat(index: tuple[int, ...], shape: Shape) -> int:
    return int(np.ravel_multi_index(index, shape)) if index else 0


def lit_at(value: Value, index: tuple[int, ...], shape: Shape) -> Lit:
    """Return the one number of a value that meets an index of ``shape``."""
    owner = int(fitted(_numbered(np.shape(value)), shape)[index])
    return Lit(value, _numbered(np.shape(value)) == owner)


@dataclass(frozen=True, eq=False)
class PlaceByPlace(Making):
    """Each number was made of those that stand at its place; the fields of the rule are whole arrays."""

    rule: Formula
    shown: tuple[Value, ...] = ()
    """Further arrays that the number at this place made, or was made of."""

    @override
    def _element(self, index: tuple[int, ...]) -> Element:
        shape = np.shape(self.result)
        arrays = {name: each for name, each in self.rule.fields.items() if not isinstance(each, str | Place)}
        numbers: dict[str, Filling] = {name: fitted(each, shape)[index] for name, each in arrays.items()}
        made_of = tuple(lit_at(each, index, shape) for each in (*arrays.values(), *self.shown))
        return Element(place_of(index), self._equals(self.rule.with_fields(**numbers), index), made_of)


@dataclass(frozen=True, eq=False)
class RowTimesColumn(Making):
    """A product of matrices: a row of the left, a column of the right, and perhaps a bias."""

    product: Product
    left: Value
    right: Value
    """The factors as they are shown: a list as such."""

    @property
    @override
    def hint(self) -> Sentence:
        return Sentence("Point at a number of the result: the row and the column that make it light up.")

    @override
    def _element(self, index: tuple[int, ...]) -> Element:
        rows, columns = self.product.shape
        flat = _flat(index, np.shape(self.result))
        row, column = divmod(flat, columns)
        left, right = np.zeros((rows, self.product.length), bool), np.zeros((self.product.length, columns), bool)
        left[row], right[:, column] = True, True
        made_of = [
            Lit(self.left, left.reshape(np.shape(self.left))),
            Lit(self.right, right.reshape(np.shape(self.right))),
        ]
        if self.product.added is not None:
            made_of.append(lit_at(self.product.added, index, np.shape(self.result)))
        products = counted(self.product.length, "1 product", "{count} products")
        fields = {"row": row + 1, "column": column + 1, "products": products}
        place = Sentence("Row {row} · column {column}, {products}", fields)
        return Element(place, self.product.element(row, column), tuple(made_of))


@dataclass(frozen=True, eq=False)
class AddedUpTo(Making):
    """Each number is a sum over a row, a column or more of what arrived, times the local derivative."""

    arrived: Value
    local: Value | None
    """The derivative by which each is multiplied; None where that is 1."""
    wide: Shape
    """The shape that was added up."""

    @property
    @override
    def hint(self) -> Sentence:
        return Sentence("Point at a number of the result: what adds up to it lights up.")

    @override
    def _element(self, index: tuple[int, ...]) -> Element:
        own = np.shape(self.result)
        owner = fitted(_numbered(own), self.wide)
        flat = _flat(index, own)
        mask = owner == flat
        numbers = fitted(self.arrived, self.wide)[mask]
        slopes = fitted(self.local, self.wide)[mask] if self.local is not None else None
        made_of = [_under(self.arrived, mask)] + ([_under(self.local, mask)] if self.local is not None else [])
        return Element(self._place(index, len(numbers)), self._sum(numbers, slopes, index), tuple(made_of))

    def _sum(self, numbers: NDArray[Any], slopes: NDArray[Any] | None, index: tuple[int, ...]) -> Formula:
        fields: dict[str, Filling] = {}
        terms = []
        for place, number in enumerate(numbers[:MOST_TERMS]):
            fields[f"x{place}"] = number
            if slopes is not None:
                fields[f"d{place}"] = slopes[place]
            terms.append(f"{{x{place}}} · {{d{place}}}" if slopes is not None else f"{{x{place}}}")
        terms += ["…"] * (len(numbers) > MOST_TERMS)
        return self._equals(Formula(" + ".join(terms), fields), index)

    def _place(self, index: tuple[int, ...], count: int) -> Sentence:
        fields = {"numbers": counted(count, "1 number", "{count} numbers"), "place": place_of(index)}
        own = (1,) * (len(self.wide) - len(index)) + np.shape(self.result)
        if len(self.wide) == 2 and len(index) and own == (1, self.wide[1]):
            return Sentence("Column {column}, {numbers}", {**fields, "column": index[-1] + 1})
        if len(self.wide) == 2 and len(index) and own == (self.wide[0], 1):
            return Sentence("Row {row}, {numbers}", {**fields, "row": index[0] + 1 if len(index) == 2 else 1})
        return Sentence("{place}, {numbers}", fields)


@dataclass(frozen=True, eq=False)
class MeanOf(Making):
    """A single number: the mean of what a rule gives at every place."""

    each: Formula
    """The rule for one place; its fields are whole arrays."""
    sources: tuple[Value, ...]

    @property
    @override
    def hint(self) -> Sentence:
        return Sentence("Point at the result: what makes it lights up.")

    @override
    def _element(self, index: tuple[int, ...]) -> Element:
        shape = max((np.shape(each) for each in self.sources), key=len)
        count = int(np.prod(shape, dtype=int))
        fields: dict[str, Filling] = {"count": str(count)}
        terms = []
        for number, place in enumerate(list(np.ndindex(shape))[:MOST_TERMS]):
            names = {name: f"{name}_{number}" for name in self.each.fields}
            terms.append(self.each.template.format(**{name: f"{{{new}}}" for name, new in names.items()}))
            for name, value in self.each.fields.items():
                fields[names[name]] = value if isinstance(value, str | Place) else fitted(value, shape)[place]
        terms += ["…"] * (count > MOST_TERMS)
        sum_of = Formula(f"({' + '.join(terms)}) / {{count}}", fields)
        made_of = tuple(Lit(value, np.ones(np.shape(value), bool)) for value in self.sources)
        numbers = counted(count, "The mean of 1 number", "The mean of {count} numbers")
        return Element(numbers, self._equals(sum_of, index), made_of)


def _under(value: Value, mask: Mask) -> Lit:
    """Return the numbers of a value that lie under a mask of the shape it was stretched to."""
    if np.size(value) == mask.size:
        return Lit(value, mask.reshape(np.shape(value)))
    own = np.zeros(np.size(value), bool)
    own[fitted(_numbered(np.shape(value)), mask.shape)[mask]] = True
    return Lit(value, own.reshape(np.shape(value)))


def arrays_of(sources: Sequence[Value]) -> bool:
    """Tell whether any of these has more than a single number to point at."""
    return any(np.ndim(source) for source in sources)
