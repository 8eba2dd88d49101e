"""A share replaces what has arrived before, instead of being added to it."""

from __future__ import annotations

from miniflow.bug import Bug
from miniflow.overriding import override
from miniflow.values import Value


class Overwriting(Bug):
    """``grad = share`` where it should be ``grad += share``."""

    title = "Overwriting instead of adding"
    story = (
        "= stands where += should: of several consumers, the last one overwrites the others. A. Karpathy shows this "
        "bug in his lecture on micrograd, 2022."
    )
    place = 1

    @override
    def together(self, before: Value | None, share: Value) -> Value:
        return share
