"""A product of matrices, element by element: the row and the column that make a number, and their dot product.

Column sums are told in the same way: they are the product of a row of ones with the matrix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from miniflow.engine.steps import BackwardStep, ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.explain.chain_rule import gradient_by_rule
from miniflow.explain.explanation import PortShare, TermExplanation
from miniflow.explain.formulas import Filling, Formula
from miniflow.explain.headings import class_of, wired
from miniflow.explain.local import value_of
from miniflow.values import Value

MOST_TERMS = 5
"""So many products of a dot product are written out."""

_TRANSPOSED = re.compile(r"\{(\w+)\}ᵀ")


@dataclass(frozen=True, eq=False)
class Product:
    """``result`` = ``left`` · ``right``, plus ``added`` where that is not None; column sums where there is no left."""

    left: Value | None
    right: Value
    added: Value | None
    result: Value

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns the result has; a vector on the left is a row, one on the right a column."""
        rows = 1 if self.left is None else np.atleast_2d(self.left).shape[0]
        return rows, np.reshape(self.right, (self.length, -1)).shape[1]

    def element(self, row: int, column: int) -> Formula:
        """Write out how one element of the result comes about, in numbers."""
        xs = [None] * self.length if self.left is None else np.atleast_2d(self.left)[row]
        ws = np.reshape(self.right, (self.length, -1))[:, column]
        fields: dict[str, Filling] = {}
        terms = []
        for number, (x, w) in enumerate(zip(xs[:MOST_TERMS], ws[:MOST_TERMS], strict=True)):
            fields |= {f"w{number}": w} if x is None else {f"x{number}": x, f"w{number}": w}
            terms.append(f"{{w{number}}}" if x is None else f"{{x{number}}} · {{w{number}}}")
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


def share_product(step: BackwardStep, terms: tuple[TermExplanation, ...]) -> Product | None:
    """Return the product of matrices, or the column sums, that a gradient is, where it is that and nothing more."""
    if len(terms) != 1 or len(terms[0].ports) != 1 or len(step.terms) != 1:
        return None
    (port,) = terms[0].ports
    if _adds_up_columns(port, terms[0].arrives):
        return Product(None, terms[0].arrives, None, gradient_by_rule(step, terms))
    is_plain = port.is_matrix_product and port.local is not None and port.derivative is not None
    if not is_plain or port.local is None or np.ndim(terms[0].arrives) != 2:
        return None
    left, right = (port.local, terms[0].arrives) if port.factor_first else (terms[0].arrives, port.local)
    return Product(left, right, None, gradient_by_rule(step, terms))


def _adds_up_columns(port: PortShare, arrives: Value) -> bool:
    """Tell whether what arrives is handed on as it is, but for the rows, which are added up."""
    is_handed_on = port.derivative is not None and port.derivative.template == "1" and port.summed_from is not None
    return is_handed_on and np.ndim(arrives) == 2 and np.shape(arrives)[1] == np.size(port.share)


def product_in(trace: Trace, node: str, phase: Phase, terms: tuple[TermExplanation, ...]) -> Product | None:
    """Return the product of matrices that gave a node its value or gradient, or None."""
    step = trace.step_of(phase, node)
    if isinstance(step, ForwardStep):
        return product_of(trace, step)
    return share_product(step, terms) if isinstance(step, BackwardStep) else None
