"""One family of errors; each message is one sentence that a student can act on.

A message is a template and its fields, joined only where it is read: the command line joins it in English, the
window in the person's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from miniflow.overriding import override

if TYPE_CHECKING:
    from miniflow.node import Node


class Sentence(NamedTuple):
    """A sentence for a person: an English template with named fields, and what goes into them."""

    template: str
    fields: Mapping[str, object] = {}

    @override
    def __str__(self) -> str:
        text = self.template.format(**self.fields)
        return f"The {text[4:]}" if text.startswith("the ") else text


def counted(count: int, one: str, many: str, **fields: object) -> Sentence:
    """Return ``one`` where the count is 1, else ``many``, with ``{count}`` in it: 1 node, 2 nodes.

    >>> str(counted(1, "1 node", "{count} nodes")), str(counted(0, "1 node", "{count} nodes"))
    ('1 node', '0 nodes')
    """
    return Sentence(one if count == 1 else many, {"count": count, **fields})


def a(thing: object) -> str:
    """Return what kind of thing something is, in a word or two for a sentence.

    >>> a(1.5), a([1]), a(range(3)), a("x"), a(None)
    ('a float', 'a list', 'a range', 'text', 'None')
    """
    if thing is None or isinstance(thing, str):
        return "None" if thing is None else "text"
    kind = type(thing).__name__.replace("ndarray", "array")
    begins_like_a_vowel = "AEFHILMNORSX" if kind.isupper() else "aeiouAEIOU"  # MSE is spoken letter by letter
    return f"an {kind}" if kind[0] in begins_like_a_vowel else f"a {kind}"


class MiniFlowError(Exception):
    """The base of every error that this library raises on purpose."""

    def __init__(self, template: str, **fields: object) -> None:
        self.sentence = Sentence(template, fields) if fields else Sentence("{text}", {"text": template})
        super().__init__(str(self.sentence))

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (type(self), str(self)), vars(self)


def _made_again(kind: type[MiniFlowError], text: str) -> MiniFlowError:
    """Make an error that was pickled, as one is that comes from another process; what it knows is filled in later."""
    error = kind.__new__(kind)
    error.args = (text,)
    return error


class ShapeError(MiniFlowError, ValueError):
    """Two shapes do not fit together; the message names the node, its input and both shapes."""


class ValueTypeError(MiniFlowError, TypeError):
    """A value is not made of real numbers, or of a kind that the engine does not compute with."""


class MissingValueError(MiniFlowError, ValueError):
    """Something was asked of a node that is not computed yet."""


class MissingGradientError(MissingValueError, KeyError):
    """A gradient was asked of a node that does not have it: no backward pass has been run, or it is another node's."""

    def __init__(self, template: str, node: Node, asked: object, /, **fields: object) -> None:
        self.node, self.asked = node, asked
        super().__init__(template, node=node._label, **fields)

    @override
    def __str__(self) -> str:
        return str(self.sentence)  # KeyError's own would put it in quotes


class ArityError(MiniFlowError, TypeError):
    """A node was given more or fewer inputs than its class takes."""


class MissingMethodError(MiniFlowError, NotImplementedError):
    """A subclass of Node lacks a method that a pass needs, such as ``backward``."""


class CycleError(MiniFlowError, ValueError):
    """The graph has a cycle, so no order exists; ``cycle`` is the list of its nodes, in order."""

    def __init__(self, cycle: list[Node]) -> None:
        self.cycle = cycle
        walk = walk_round([node._label for node in cycle])
        super().__init__(
            "The graph has a cycle, {cycle}: remove one of its wires, since no node of it can go first.", cycle=walk
        )


def walk_round(names: Sequence[str]) -> str:
    """Return a cycle in words: its nodes in order and the first again; of a long one the first few, and how many more.

    >>> walk_round("ab")
    'a → b → a'
    >>> walk_round("abcdefghijk")
    'a → b → c → d → e → f → … and 5 more → a'
    """
    shown = list(names) if len(names) <= 8 else [*names[:6], f"… and {len(names) - 6:,} more"]
    return " → ".join([*shown, names[0]])


class GraphError(MiniFlowError, ValueError):
    """The graph as a whole cannot be run: it has no output, several, or a part that is not finished."""


class DivergenceError(MiniFlowError, ArithmeticError):
    """Training met inf or nan.

    Attributes:
        node: the first node in topological order that holds one.
        epoch, step: when, each from 1; the step that met it made no update.
        last_finite: the values of the trainables before that, the last that were all finite.
        holds: which it holds, such as ``"nan"`` or ``"inf and -inf"``.
    """

    def __init__(
        self, node: Node, epoch: int, step: int, last_finite: Mapping[Node, Any], holds: str = "inf or nan"
    ) -> None:
        self.node, self.epoch, self.step, self.last_finite = node, epoch, step, dict(last_finite)
        self.holds = holds
        is_given = node not in self.last_finite and not node.inbound_nodes
        if is_given or (epoch, step) == (1, 1):
            template = (
                "Training stopped in epoch {epoch}, step {step}: {node} is the first to hold {holds}, and no "
                "update had a part in it. Look at the numbers that the graph is given."
            )
        else:
            template = (
                "Training diverged in epoch {epoch}, step {step}: {node} is the first to hold {holds}. "
                "Try a smaller learning rate."
            )
        super().__init__(
            template,
            node=node._label,
            epoch=epoch,
            step=step,
            holds=holds,
        )


class EditError(MiniFlowError, ValueError):
    """An edit does not fit the document that it was applied to; the document is as it was."""


class FileFormatError(MiniFlowError, ValueError):
    """A file is not a MiniFlow document; the message says where the fault lies."""


class FileAccessError(MiniFlowError, OSError):
    """A file cannot be read or written; the message says why."""


class DatasetError(MiniFlowError, ValueError):
    """A data set is unknown or unreadable."""
