"""A product of matrices, element by element: the row and the column that make a number, and their dot product."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from miniflow.engine.steps import ForwardStep
from miniflow.engine.trace import Trace
from miniflow.explain.explanation import PortShare
from miniflow.explain.formulas import Filling, Formula
from miniflow.explain.headings import class_of, wired
from miniflow.explain.local import value_of
from miniflow.values import Value

MOST_TERMS = 16
"""So many products of a dot product are written out: a row of the lesson's data, and a column of a batch, whole."""

_TRANSPOSED = re.compile(r"\{(\w+)\}ᵀ")


@dataclass(frozen=True, eq=False)
class Product:
    """``result`` = ``left`` · ``right``, plus ``added`` where that is not None."""

    left: Value
    right: Value
    added: Value | None
    result: Value

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns the result has; a vector on the left is a row, one on the right a column."""
        return np.atleast_2d(self.left).shape[0], np.reshape(self.right, (self.length, -1)).shape[1]

    def element(self, row: int, column: int) -> Formula:
        """Write out how one element of the result comes about, in numbers."""
        xs = np.atleast_2d(self.left)[row]
        ws = np.reshape(self.right, (self.length, -1))[:, column]
        fields: dict[str, Filling] = {}
        terms = []
        for number, (x, w) in enumerate(zip(xs[:MOST_TERMS], ws[:MOST_TERMS], strict=True)):
            fields |= {f"x{number}": x, f"w{number}": w}
            terms.append(f"{{x{number}}} · {{w{number}}}")
        if len(xs) > MOST_TERMS:
            terms.append("…")
        if self.added is not None:
            fields["added"] = np.broadcast_to(self.added, np.shape(self.result)).reshape(self.shape)[row, column]
            terms.append("{added}")
        fields["result"] = np.reshape(self.result, self.shape)[row, column]
        return Formula(" + ".join(terms) + " = {result}", fields)

    @property
    def length(self) -> int:
        """How many products make one element."""
        return int(np.shape(self.right)[0])


def product_of(trace: Trace, step: ForwardStep) -> Product | None:
    """Return the product of matrices that a step has computed, or None where it is something else."""
    cls = class_of(trace.record, step.node)
    derivatives = [_TRANSPOSED.fullmatch(template) for template in cls.derivatives[:2]]
    if len(derivatives) < 2 or not all(derivatives) or not cls.shares:
        return None
    values = [value_of(trace, source) for source in wired(trace.record, step.node)]
    if np.ndim(values[0]) == 0:
        return None
    return Product(values[0], values[1], values[2] if len(values) > 2 else None, step.value)


def share_product(port: PortShare, arrives: Value, result: Value) -> Product | None:
    """Return the product of matrices that a share is, what arrives as a row or a column where it is a list."""
    is_plain = port.derivative is not None and port.derivative.template.endswith("ᵀ")
    if not is_plain or port.local is None:
        return None
    rows, columns = port.local.shape
    if port.factor_first:
        return Product(port.local, np.reshape(arrives, (columns, -1)), None, result)
    return Product(np.reshape(arrives, (-1, rows)), port.local, None, result)
