"""ProductHover: the mouse over a number of a product lights up the row and the column that make it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from gui.presentation.inline import inline
from gui.widgets.number_view import NumberView
from gui.widgets.sentences import say
from miniflow.errors import counted
from miniflow.explain.products import Product


class ProductHover(QObject):
    """Connects the view of a product with those of its factors, and writes the dot product into a label."""

    def __init__(self, product: Product, views: Mapping[int, NumberView], label: QLabel) -> None:
        super().__init__(label)
        self._product = product
        self._left, self._right = views.get(id(product.left)), views.get(id(product.right))
        self._label = label
        self._hint = (
            self.tr("Point at a number of the result: the column that adds up to it lights up.")
            if product.left is None
            else self.tr("Point at a number of the result: the row and the column that make it light up.")
        )
        label.setText(self._hint)
        views[id(product.result)].hovered.connect(self._show)

    def _show(self, row: int, column: int) -> None:
        is_outside = row < 0
        if not is_outside:
            rows, columns = self._product.shape
            if rows != 1 and columns == 1 and row == 0:  # a column of results may lie as a vector
                row, column = max(row, column), 0
        if self._left is not None:
            self._left.highlight(-1 if is_outside else row, -1)
        if self._right is not None:
            lies_as_a_row = np.ndim(self._product.right) == 1
            self._right.highlight(*((-1, -1) if is_outside else (0, -1) if lies_as_a_row else (-1, column)))
        self._label.setText(self._hint if is_outside else self._written(row, column))

    def _written(self, row: int, column: int) -> str:
        text = self._product.element(row, column).text(inline)
        if self._product.left is None:
            numbers = say(counted(self._product.length, "1 number", "{count} numbers"))
            return self.tr("Column {0}, {1}: {2}").format(column + 1, numbers, text)
        place = self.tr("Row {0} · column {1}").format(row + 1, column + 1)
        products = say(counted(self._product.length, "1 product", "{count} products"))
        return self.tr("{0}, {1}: {2}").format(place, products, text)
