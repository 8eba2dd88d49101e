"""Products of arrays, put together as they are multiplied: to be written in symbols, or with each factor's shape."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from miniflow.explain.formulas import Formula, in_parentheses, joined
from miniflow.explain.words import Size
from miniflow.overriding import override
from miniflow.values import Shape, Value, sum_to_shape

ELEMENTS, MATRICES, ADDED_UP = "⊙", "·", "Σ"

FactorWriting: TypeAlias = Callable[["Factor", Shape], Formula]
"""How a factor is written that lies in this shape: a list may lie as a row, or as a column."""


class Term(ABC):
    """A factor, or what factors make together."""

    @property
    @abstractmethod
    def value(self) -> Value:
        """What it is in numbers."""

    @abstractmethod
    def written(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        """Return it as a formula; ``laid`` is the shape of a matrix as which a list is read here."""

    @property
    def shape(self) -> Shape:
        """The shape of its value."""
        return np.shape(self.value)

    def as_part(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        """Return it as it stands within another formula."""
        return in_parentheses(self.written(how, laid))

    def in_symbols(self) -> Formula:
        """Return it with the name of each factor."""
        return self.written(lambda factor, _: factor.symbol)

    def in_shapes(self) -> str:
        """Return it with the shape of each factor, and the shape of the whole."""
        return f"{self.written(lambda _, shape: Formula(_written(shape))).text()} = {_written(self.shape)}"


def _written(shape: Shape) -> str:
    return f"({Size(shape)})" if shape else "1"


@dataclass(frozen=True, eq=False)
class Factor(Term):
    """One derivative, or a transposed matrix."""

    symbol: Formula
    number: Value

    @property
    @override
    def value(self) -> Value:
        return self.number

    @override
    def written(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        return how(self, laid if laid is not None and len(self.shape) == 1 else self.shape)

    @override
    def as_part(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        return self.written(how, laid)


@dataclass(frozen=True, eq=False)
class ElementByElement(Term):
    """What has arrived, times a derivative that has a number for each of its elements."""

    arrived: Term
    local: Factor

    @property
    @override
    def value(self) -> Value:
        product: Value = np.multiply(self.arrived.value, self.local.value)[()]
        return product

    @override
    def written(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        between = ELEMENTS if self.arrived.shape and self.local.shape else "·"
        is_row_of_such = isinstance(self.arrived, ElementByElement)
        left = self.arrived.written(how, laid) if is_row_of_such else self.arrived.as_part(how, laid)
        return joined(f" {between} ", [left, self.local.written(how, laid)])


@dataclass(frozen=True, eq=False)
class MatrixProduct(Term):
    """What has arrived, times a matrix on its left or right; a list is read as a row or a column."""

    arrived: Term
    matrix: Factor
    matrix_first: bool
    own: Shape
    """The shape of the whole, where that is read as a list."""

    @property
    def _laid(self) -> Shape:
        """The matrix as which what has arrived is read."""
        rows, columns = self.matrix.shape
        return (
            (columns, np.size(self.arrived.value) // columns)
            if self.matrix_first
            else (
                np.size(self.arrived.value) // rows,
                rows,
            )
        )

    @property
    def _product(self) -> Value:
        arrived = np.reshape(self.arrived.value, self._laid)
        product: Value = self.matrix.value @ arrived if self.matrix_first else arrived @ self.matrix.value
        return product

    @property
    @override
    def value(self) -> Value:
        return np.reshape(self._product, self.own)[()]

    @override
    def written(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        is_chain = isinstance(self.arrived, MatrixProduct) and np.ndim(self.arrived.value) == 2
        arrived = self.arrived.written(how) if is_chain else self.arrived.as_part(how, self._laid)
        matrix = self.matrix.written(how)
        product = joined(f" {MATRICES} ", [matrix, arrived] if self.matrix_first else [arrived, matrix])
        return Formula(f"({product.template})ᵀ", product.fields) if self._is_turned(laid) else product

    @override
    def as_part(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        return self.written(how, laid) if self._is_turned(laid) else super().as_part(how, laid)

    def _is_turned(self, laid: Shape | None) -> bool:
        """Whether it is a row that is read as a column, or a column that is read as a row."""
        return laid is not None and laid != self._product.shape


@dataclass(frozen=True, eq=False)
class AddedUp(Term):
    """What has arrived, added up to the shape of a node that a consumer has used many times over."""

    arrived: Term
    own: Shape

    @property
    @override
    def value(self) -> Value:
        return sum_to_shape(np.asarray(self.arrived.value), self.own)

    @override
    def written(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        inner = self.arrived.written(how)
        return Formula(f"{ADDED_UP}({inner.template})", inner.fields)

    @override
    def as_part(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        return self.written(how, laid)


@dataclass(frozen=True, eq=False)
class Sum(Term):
    """What a consumer passes back through several of its ports."""

    parts: tuple[Term, ...]

    @property
    @override
    def value(self) -> Value:
        total: Value = np.sum([part.value for part in self.parts], axis=0)[()]
        return total

    @override
    def written(self, how: FactorWriting, laid: Shape | None = None) -> Formula:
        return joined(" + ", [part.written(how, laid) for part in self.parts])
