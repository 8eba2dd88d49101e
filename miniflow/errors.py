"""One family of errors; each message is one sentence that a student can act on.

A message is a template and its fields, joined only where it is read: the command line joins it in English, the
window in the person's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from miniflow.node import Node


@dataclass(frozen=True)
class Sentence:
    """A sentence for a person: an English template with named fields, and what goes into them."""

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @override
    def __str__(self) -> str:
        return self.template.format(**self.fields)


class MiniFlowError(Exception):
    """The base of every error that this library raises on purpose."""

    def __init__(self, template: str, **fields: object) -> None:
        self.sentence = Sentence(template, fields) if fields else Sentence("{text}", {"text": template})
        super().__init__(str(self.sentence))


class ShapeError(MiniFlowError, ValueError):
    """Two shapes do not fit together; the message names the node, its input and both shapes."""


class ValueTypeError(MiniFlowError, TypeError):
    """A value is not made of real numbers, or of a kind that the engine does not compute with."""


class MissingValueError(MiniFlowError, ValueError):
    """Something was asked of a node that has no value yet."""


class ArityError(MiniFlowError, TypeError):
    """A node was given more or fewer inputs than its class takes."""


class MissingMethodError(MiniFlowError, NotImplementedError):
    """A subclass of Node lacks a method that a pass needs, such as ``backward``."""


class CycleError(MiniFlowError, ValueError):
    """The graph goes round in a circle, so no order exists; ``cycle`` is the list of its nodes, in order."""

    def __init__(self, cycle: list[Node]) -> None:
        self.cycle = cycle
        walk = " → ".join(node.label for node in [*cycle, cycle[0]])
        super().__init__(
            "The graph has a cycle, {cycle}: remove one of its wires, since no node of it can go first.", cycle=walk
        )


class GraphError(MiniFlowError, ValueError):
    """The graph as a whole cannot be run: it has no output, several, or a part that is not finished."""


class EditError(MiniFlowError, ValueError):
    """An edit does not fit the document that it was applied to; the document is as it was."""


class FileFormatError(MiniFlowError, ValueError):
    """A file is not a MiniFlow document; the message says where the fault lies."""


class DatasetError(MiniFlowError, ValueError):
    """A data set is unknown or unreadable."""
