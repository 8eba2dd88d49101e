"""Random documents as a person may leave them: cycles, free ports, odd names; and edits to them."""

from __future__ import annotations

from hypothesis import strategies as st

from miniflow.graph import annotating, composing, layering
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import (
    AddNode,
    AddNote,
    ChangeNote,
    Connect,
    Edit,
    Move,
    RemoveNote,
    Rename,
    SetOutput,
    SetTitle,
    SetTrainable,
    SetTraining,
    SetValue,
)
from miniflow.graph.limits import name_fault
from miniflow.graph.note_limits import text_fault
from miniflow.graph.records import (
    NOTE_COLOURS,
    DatasetPart,
    GraphRecord,
    Literal,
    Nested,
    NodeRecord,
    Normal,
    NoteRecord,
    Ones,
    TrainingRecord,
    Uniform,
    ValueRecord,
    Zeros,
    replace,
)

TYPES = ("Input", "Add", "Mul", "Linear", "Sigmoid", "MSE", "Sub", "Square", "ReLU", "Tanh")
PORTS = {
    "Linear": 3,
    "Sigmoid": 1,
    "MSE": 2,
    "Sub": 2,
    "Square": 1,
    "ReLU": 1,
    "Tanh": 1,
    "Add": 4,
    "Mul": 4,
    "Input": 0,
}

finite = st.floats(allow_nan=False, allow_infinity=False)
numbers = st.one_of(st.integers(-(10**20), 10**20), finite)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
names = st.one_of(
    st.sampled_from(["x", "W1", "b1", "cost", "l1", "é", "节点", "a b", "<b>", "null"]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=8),
).filter(lambda name: name_fault(name) is None)
places = st.tuples(st.integers(-2000, 2000) | finite, st.integers(-2000, 2000) | finite)
positions = st.none() | places
note_texts = st.one_of(
    st.sampled_from(["why?", "<b>not bold</b>", "two\nlines", " \t tabbed ", "注释"]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20),
).filter(lambda text: text_fault(text) is None)
widths = st.integers(80, 4000) | st.floats(80, 4000)
shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
seeds = st.integers(0, 2**63 - 1)
scales = st.floats(0, 1e6) | st.integers(0, 9)


@st.composite
def literals(draw: st.DrawFn) -> Literal:
    def nested(lengths: tuple[int, ...]) -> Nested:
        return tuple(nested(lengths[1:]) for _ in range(lengths[0])) if lengths else draw(numbers)

    return Literal(nested(draw(shapes)))


values = st.one_of(
    literals(),
    st.builds(Zeros, shapes),
    st.builds(Ones, shapes),
    st.builds(Normal, shapes, seeds, scales),
    st.builds(Uniform, shapes, seeds, st.floats(-9, 0), st.integers(0, 9)),
    st.builds(DatasetPart, st.sampled_from(["boston", "xor", "none such"]), st.sampled_from(["features", "target"])),
)
trainings = st.builds(
    TrainingRecord,
    st.floats(1e-9, 1e6, exclude_min=True) | st.just(1),
    st.integers(1, 10**6),
    st.integers(1, 10**7),
    seeds,
)


@st.composite
def records(draw: st.DrawFn) -> GraphRecord:
    """A document that may be unfinished in every way that a file may be."""
    ids = draw(st.lists(names, max_size=6, unique=True))
    nodes = {id: draw(node_records(id, ids)) for id in ids}
    output = draw(st.none() | (st.sampled_from(ids) if ids else st.nothing()) | names)
    notes = {id: draw(note_records(id)) for id in draw(st.lists(names, max_size=3, unique=True))}
    return GraphRecord(nodes, draw(texts), output, draw(st.none() | trainings), notes)


def note_records(id: str) -> st.SearchStrategy[NoteRecord]:
    return st.builds(NoteRecord, st.just(id), note_texts, places, widths, st.sampled_from(NOTE_COLOURS))


@st.composite
def node_records(draw: st.DrawFn, id: str, sources: list[str]) -> NodeRecord:
    kind = draw(st.sampled_from(TYPES))
    wires = draw(st.lists(st.none() | st.sampled_from(sources or [id]), max_size=PORTS[kind])) if sources else []
    while wires and wires[-1] is None:
        wires.pop()
    is_input = kind == "Input"
    value: ValueRecord | None = draw(st.none() | values) if is_input else None
    return NodeRecord(id, kind, draw(positions), tuple(wires), value, is_input and draw(st.booleans()))


def batch(draw: st.DrawFn, document: GraphDocument) -> tuple[Edit, ...]:
    """A batch of edits that somebody may try on ``document``; most are legal, some are not."""
    return draw(st.sampled_from([node_batch, node_batch, note_batch]))(draw, document)


def note_batch(draw: st.DrawFn, document: GraphDocument) -> tuple[Edit, ...]:
    """A batch of edits that is about notes, some of them together with nodes."""
    fresh = draw(note_records(draw(names)))
    if not document.notes:
        return annotating.add_note(document, fresh)
    ids = list(document.notes)
    note = document.notes[draw(st.sampled_from(ids))]
    chosen, nodes = draw(st.sets(st.sampled_from(ids))), draw(st.sets(st.sampled_from([*document.nodes, "nobody"])))
    makers = {
        "add": lambda: (AddNote(fresh, draw(st.integers(-1, len(ids)))),),
        "write": lambda: annotating.change_note(document, draw(note_records(note.id))),
        "clear": lambda: annotating.change_note(document, replace(note, text=" \n ")),
        "move": lambda: annotating.move_notes(document, {id: draw(places) for id in chosen}),
        "remove": lambda: composing.remove(document, nodes, (), chosen),
        "double": lambda: composing.duplicate(document, nodes, (24.0, 24.0), chosen),
        "paste": lambda: composing.paste(document, composing.fragment(document, nodes, chosen), (-5.0, 7)),
        "rename": lambda: (ChangeNote(note, fresh),),
        "stale": lambda: (RemoveNote(replace(note, text="other"), ids.index(note.id)),),
        "elsewhere": lambda: (RemoveNote(note, draw(st.integers(-1, len(ids)))),),
    }
    return makers[draw(st.sampled_from(list(makers)))]()


def node_batch(draw: st.DrawFn, document: GraphDocument) -> tuple[Edit, ...]:
    """A batch of edits that is about nodes and wires."""
    ids = list(document.nodes) or ["nobody"]
    id, other = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
    node = document.nodes.get(id, NodeRecord(id, "Input"))
    port = draw(st.integers(0, 3))
    chosen = draw(st.lists(st.sampled_from(ids), max_size=3))
    makers = {
        "add": lambda: (AddNode(draw(node_records(draw(names), [])), draw(st.integers(0, len(document.nodes)))),),
        "type": lambda: composing.add_node(document, draw(st.sampled_from(TYPES)), draw(positions), "new"),
        "dense": lambda: layering.add_dense(document, draw(st.sampled_from([None, *document.nodes])), 3, 2, (0, 0)),
        "remove": lambda: composing.remove(document, chosen, [(id, port)]),
        "wire": lambda: composing.connect(document, draw(st.sampled_from([None, other])), id, port),
        "insert": lambda: composing.insert_on_wire(document, other, (id, port)),
        "double": lambda: composing.duplicate(document, chosen, (24.0, 24.0)),
        "move": lambda: (Move(id, node.position, draw(positions)),),
        "value": lambda: (SetValue(id, node.value, draw(st.none() | values)),),
        "train": lambda: (SetTrainable(id, node.trainable, not node.trainable),),
        "rename": lambda: (Rename(id, draw(names)),),
        "output": lambda: (SetOutput(document.output, draw(st.sampled_from([None, id]) | names)),),
        "title": lambda: (SetTitle(document.title, draw(texts)),),
        "training": lambda: (SetTraining(document.training, draw(st.none() | trainings)),),
        "stale": lambda: (Connect(id, port, "somebody else", other),),
    }
    if "nobody" in ids:
        makers = {key: makers[key] for key in ("add", "type", "dense", "output", "title", "training")}
    return makers[draw(st.sampled_from(list(makers)))]()
