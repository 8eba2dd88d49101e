"""Operation: a node that computes its value from inputs; what the node files build on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.errors import ArityError, ShapeError
from miniflow.node import Labels, Node, refuse_empty
from miniflow.overriding import override
from miniflow.values import Shape


class Operation(Node):
    """A node that computes its value from inputs; takes exactly those that its class names in ``ports``."""

    def __init__(self, *inputs: Node, **named: Node) -> None:
        if named or len(inputs) != len(self.ports):
            inputs = self._by_port(inputs, named)
        Node.__init__(self, inputs)

    def _by_port(self, inputs: tuple[Node, ...], named: dict[str, Node]) -> tuple[Node, ...]:
        given = list(inputs)
        for port in self.ports[len(given) :]:
            if port in named:
                given.append(named.pop(port))
        too_many = len(given) > len(self.ports) and not self.repeats_last_port
        more = " or more" if self.repeats_last_port else ""
        if not named and not too_many and len(given) >= len(self.ports):
            return tuple(given)
        kind = type(self).__name__
        usage = f"{kind}({', '.join(self.port_names(len(self.ports)))})"
        unknown = next((name for name in named if name not in self.ports), None)
        if unknown is not None:
            raise ArityError("{kind} has no input named {name}: write {usage}.", kind=kind, name=unknown, usage=usage)
        raise ArityError(
            "{kind} takes {expected}, but {came} came: write {usage}.",
            kind=kind,
            expected="1 input" if len(self.ports) == 1 else f"{len(self.ports)} inputs{more}",
            came=len(given) + len(named),
            usage=usage,
        )


class Elementwise(Operation):
    """An operation on each element alone; inputs of several shapes broadcast as in NumPy."""

    @override
    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        """Return the shape that the inputs broadcast to."""
        result: Shape = ()
        for index, shape in enumerate(shapes):
            refuse_empty(shape, labels.inputs[index], labels.node)
            try:
                result = np.broadcast_shapes(result, shape)
            except ValueError:
                raise ShapeError(
                    "{node} cannot combine {input} of shape {came} with what comes before it, of shape {expected}: "
                    "shapes must be equal, or 1, from the right.",
                    node=labels.node,
                    input=labels.inputs[index],
                    came=shape,
                    expected=result,
                ) from None
        return result
