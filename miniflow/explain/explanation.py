"""The nouns of an explanation, frozen: cards of lines; a line is words, formulas, numbers and links."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

import numpy as np

from miniflow.engine.steps import Phase
from miniflow.errors import Sentence
from miniflow.explain.formulas import Filling, Formula
from miniflow.values import Shape, Value


class Role(Enum):
    """What a number is: it decides its colour."""

    VALUE = "value"
    GRADIENT = "gradient"


@dataclass(frozen=True)
class Words:
    """A sentence, or a few words; ``quiet`` where it is a remark."""

    sentence: Sentence
    quiet: bool = False


@dataclass(frozen=True)
class Number:
    """A value or gradient; ``name`` is the formula of what it is, such as ∂cost/∂f."""

    value: Value
    role: Role
    name: Formula | None = None


@dataclass(frozen=True)
class Link:
    """A node that can be gone to; ``before`` stands before it: "from " or "+ from "."""

    node: str
    before: Sentence


@dataclass(frozen=True)
class Nodes:
    """Nodes as chips, such as a queue; where ``empty`` says what stands there if there is none."""

    nodes: tuple[str, ...]
    empty: Sentence


Part: TypeAlias = Words | Formula | Number | Link | Nodes


@dataclass(frozen=True)
class Card:
    """One numbered card: what it is about, and its lines."""

    heading: Sentence
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PortShare:
    """What a consumer passes back through one of its ports.

    ``local`` is ∂consumer/∂port, element by element, where the share is ``arrives · local``; where it is a product of
    matrices it is the other factor, and ``factor_first`` tells on which side that stands. None where it is not known.
    """

    port: str
    source: Filling
    """The node behind the port; one of its places, where the consumer takes it at several."""
    rule: Formula
    derivative: Formula | None
    local: Value | None
    is_matrix_product: bool
    factor_first: bool
    share: Value
    summed_from: Shape | None
    """The shape that was added up to that of the node, where the consumer used it many times over."""


@dataclass(frozen=True)
class TermExplanation:
    """One term of a gradient: what a consumer's own gradient is, and what it makes of it for each port."""

    consumer: str
    arrives: Value
    share: Value
    ports: tuple[PortShare, ...]
    reaches_output: bool

    @cached_property
    def by_rule(self) -> Value:
        """What its ports pass back together: the share, unless a mistake was made in that."""
        shares = [port.share for port in self.ports] or [self.share]
        total: Value = shares[0] if len(shares) == 1 else np.sum(shares, axis=0)[()]
        return total

    @property
    def acts_on_each_element(self) -> bool:
        """Whether the local derivatives of all its ports are known element by element, so that they can be added."""
        return bool(self.ports) and all(not port.is_matrix_product and port.local is not None for port in self.ports)


@dataclass(frozen=True)
class Explanation:
    """Why a step gave what it gave. ``phase`` is None where nothing has been computed for the node yet."""

    node: str
    phase: Phase | None
    heading: Formula
    question: Sentence
    cards: tuple[Card, ...]
    notes: tuple[Sentence, ...] = ()
    terms: tuple[TermExplanation, ...] = ()
    result: Value | None = None
    """The gradient as the rule gives it."""
