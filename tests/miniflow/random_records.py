"""Random graphs that can be run: every node class in turn, scalars and matrices, forks and repeated wires."""

from __future__ import annotations

from hypothesis import strategies as st

from miniflow.graph.records import GraphRecord, Literal, Nested, NodeRecord, Shape

NUMBERS = st.integers(-20, 20).map(lambda tenths: tenths / 10 + 0.013)
UNARY = ("Sigmoid", "Tanh", "ReLU", "Square")
BINARY = ("Add", "Mul", "Sub")


def nested(value: object) -> Nested:
    """Lists as tuples."""
    return tuple(nested(part) for part in value) if isinstance(value, list) else value  # type: ignore[return-value]


def literal(draw: st.DrawFn, shape: Shape) -> Literal:
    """A value of this shape."""

    def drawn(lengths: Shape) -> Nested:
        return tuple(drawn(lengths[1:]) for _ in range(lengths[0])) if lengths else draw(NUMBERS)

    return Literal(drawn(shape))


def node(id: str, type: str, *inputs: str) -> NodeRecord:
    """A node that computes."""
    return NodeRecord(id, type, inputs=inputs)


def given(id: str, data: Nested) -> NodeRecord:
    """An Input with its value."""
    return NodeRecord(id, "Input", value=Literal(data))


def graph(*nodes: NodeRecord, output: str | None = None) -> GraphRecord:
    """A document of these nodes."""
    return GraphRecord({node.id: node for node in nodes}, output=output)


@st.composite
def records(draw: st.DrawFn) -> GraphRecord:
    """A graph whose every node has a value; its output is a scalar or a matrix, and may leave nodes aside."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    shapes: dict[str, Shape] = {}
    nodes: list[NodeRecord] = []

    def add(record: NodeRecord, shape: Shape) -> str:
        nodes.append(record)
        shapes[record.id] = shape
        return record.id

    def new_input(shape: Shape) -> str:
        id = f"x{len(nodes)}"
        return add(NodeRecord(id, "Input", value=literal(draw, shape)), shape)

    for shape in draw(st.lists(st.sampled_from([(), (columns,), (rows, columns)]), min_size=1, max_size=3)):
        new_input(shape)
    for _ in range(draw(st.integers(1, 7))):
        add_operation(draw, add, new_input, shapes, len(nodes))
    if draw(st.booleans()):
        last = nodes[-1].id
        add(node("cost", "MSE", new_input(shapes[last]), last), ())
    return graph(*nodes, output=nodes[-1].id)


def add_operation(draw, add, new_input, shapes, number) -> None:  # type: ignore[no-untyped-def]
    """Add one node that takes what is there already."""
    kind = draw(st.sampled_from([*UNARY, *BINARY, "Linear"]))
    first = draw(st.sampled_from(list(shapes)))
    shape = shapes[first]
    id = f"n{number}"
    if kind in UNARY:
        add(node(id, kind, first), shape)
    elif kind in BINARY:
        fitting = [other for other, its in shapes.items() if its in (shape, ()) or shape == () or its == shape[-1:]]
        second = draw(st.sampled_from(fitting))
        add(node(id, kind, first, second), max(shape, shapes[second], key=len))
    elif shape:
        width = draw(st.integers(1, 3))
        out = (*shape[:-1], width)
        weights = new_input((shape[-1], width))
        bias = new_input(draw(st.sampled_from([(), (width,), (1,) * len(out), out])))
        add(node(f"{id}z", "Linear", first, weights, bias), out)
