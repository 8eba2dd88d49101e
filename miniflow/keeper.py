"""Keeper: what a node asks for its numbers, when something else than the node holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miniflow.node import Node


class Keeper:
    """Something that holds nodes' values and gradients in arrays of its own until they are asked for: a plan."""

    def bring_value(self, node: Node) -> None:
        """Put the node's value into ``node._value``, if it is not there already."""
        raise NotImplementedError

    def bring_gradients(self, node: Node) -> None:
        """Put the node's gradients into ``node._gradients``, if they are not there already."""
        raise NotImplementedError

    def value_is_outside(self, node: Node) -> None:
        """Hear that ``node._value`` is the node's value from now on."""
        raise NotImplementedError

    def gradients_are_outside(self, node: Node) -> None:
        """Hear that ``node._gradients`` are the node's gradients from now on."""
        raise NotImplementedError

    def run_again(self, graph: Sequence[Node], output: Node | None) -> bool:
        """Run both passes if they are those that this keeper holds the results of; tell whether they were."""
        raise NotImplementedError

    def update(self, trainables: Sequence[Node], learning_rate: float) -> bool:
        """Move the trainables against their gradients if it holds both; tell whether it did."""
        raise NotImplementedError

    def release(self) -> None:
        """Bring everything, and keep nothing from now on."""
        raise NotImplementedError
