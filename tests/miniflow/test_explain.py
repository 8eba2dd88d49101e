"""What an explanation says is what the engine computed, and what differentiation by hand or by measuring gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow.catalogue import node_classes
from miniflow.engine.trace import BackwardStep, ForwardStep, Phase, Trace
from miniflow.errors import ShapeError
from miniflow.explain.captions import caption, ending
from miniflow.explain.explaining import explain, explain_node
from miniflow.explain.explanation import Explanation, Formula, Link, Number, PortShare, Role
from miniflow.explain.formulas import Place
from miniflow.explain.local import value_of
from miniflow.explain.paths import count_paths, first_paths
from miniflow.explain.plain_text import as_latex, as_text
from miniflow.graph.records import GraphRecord, NodeRecord
from miniflow.io import files
from miniflow.node import Labels, Node
from miniflow.nodes.input import Input
from miniflow.training.recording import record_trace
from miniflow.values import Shape, Value, sum_to_shape
from tests.miniflow.own_nodes import Halved, Softmax, Softplus
from tests.miniflow.random_records import given, graph, nested, node, records

EXAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.miniflow"))
OPERATIONS = {name: cls for name, cls in node_classes().items() if not issubclass(cls, Input)}


def backward_of(trace: Trace, id: str) -> Explanation:
    step = trace.step_of(Phase.BACKWARD, id)
    assert step is not None
    return explain(trace, step)


def cards(explanation: Explanation) -> list[str]:
    """The headings of the cards."""
    return [str(card.heading) for card in explanation.cards]


def made_of(port: PortShare, arrives: Value, shape: Shape) -> Value:
    """The share that the numbers on the cards give, put together as the rule says."""
    assert port.local is not None
    if not port.is_matrix_product:
        return sum_to_shape(np.asarray(arrives * port.local)[()], shape)
    rows, columns = np.shape(port.local)
    if port.factor_first:
        return np.reshape(port.local @ np.reshape(arrives, (columns, -1)), shape)
    return np.reshape(np.reshape(arrives, (-1, rows)) @ port.local, shape)


# --- every number, on a hundred random graphs ---------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@property_of(records())
def test_terms_locals_products_and_sums_are_those_of_the_engine(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        if not isinstance(step, BackwardStep):
            continue
        total = np.zeros_like(step.gradient) if step.node != trace.output else np.ones_like(step.gradient)
        for term in explain(trace, step).terms:
            parts = [made_of(port, term.arrives, np.shape(step.gradient)) for port in term.ports]
            np.testing.assert_allclose(sum(parts), term.share, rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(sum(port.share for port in term.ports), term.share, rtol=1e-9, atol=1e-9)
            total = total + term.share
        np.testing.assert_allclose(total, step.gradient, rtol=1e-9, atol=1e-9)


@settings(max_examples=100, deadline=None)
@property_of(records())
def test_every_share_is_the_slope_that_is_measured_at_the_consumer(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        if isinstance(step, BackwardStep):
            for term in explain(trace, step).terms:
                measured = measured_share(trace, step.node, term.consumer, term.arrives)
                if measured is not None:
                    np.testing.assert_allclose(term.share, measured, rtol=1e-4, atol=1e-4)


def measured_share(trace: Trace, id: str, consumer: str, arrives: Value) -> Value | None:
    """How the sum of arrives · consumer follows each element of a node; None next to ReLU's corner."""
    record = trace.record.nodes[consumer]
    operation = OPERATIONS[record.type].__new__(OPERATIONS[record.type])
    inputs = [value_of(trace, str(source)) for source in record.inputs]
    if record.type == "ReLU" and np.any(np.abs(inputs[0]) < 1e-3):
        return None

    def outcome(moved: Value) -> float:
        values = [moved if source == id else value for source, value in zip(record.inputs, inputs, strict=True)]
        return float(np.sum(arrives * operation.compute(*values)))

    x = value_of(trace, id)
    slopes = np.zeros_like(x)
    for index in np.ndindex(np.shape(x)):
        h = np.zeros_like(x)
        h[index] = 1e-6 * max(1.0, abs(float(x[index])))
        slopes[index] = (outcome(x + h) - outcome(x - h)) / (2 * float(h[index]))
    return slopes[()]


@settings(max_examples=60, deadline=None)
@property_of(records())
def test_every_moment_has_a_caption_and_every_node_an_explanation_at_any_time(record: GraphRecord) -> None:
    trace = record_trace(record)
    for position in range(len(trace) + 1):
        moment = trace.at(position)
        assert str(caption(moment)).endswith(".")
        for id in record.nodes:
            assert id in as_text(explain_node(moment, id))


# --- the formulas in symbols --------------------------------------------------------------------------------------


def evaluated(formula: str, **names: float) -> float:
    """A formula as it stands on the screen, worked out."""
    right = formula.split(" = ")[-1]
    for shown, meant in (("·", "*"), ("−", "-"), ("²", "**2"), ("ᵀ", ""), ("e^(", "exp("), (", else", " else")):
        right = right.replace(shown, meant)
    assert re.fullmatch(r"[\w\s+\-*/().,>]*", right), right
    functions = {"exp": np.exp, "tanh": np.tanh, "max": max, "mean": np.mean}
    return float(eval(right, {"__builtins__": {}}, {**functions, **names}))


@pytest.mark.parametrize("kind", sorted(OPERATIONS))
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_rules_in_symbols_give_the_numbers_of_the_engine(kind: str, sign: float) -> None:
    cls = OPERATIONS[kind]
    names = [f"v{number}" for number in range(len(cls.ports))]
    values = {name: sign * (0.7 + 0.4 * number) for number, name in enumerate(names)}
    trace = record_trace(graph(*(given(name, value) for name, value in values.items()), node("f", kind, *names)))
    value = float(value_of(trace, "f"))
    rule = explain(trace, step) if (step := trace.step_of(Phase.FORWARD, "f")) else None
    assert rule is not None
    assert isinstance(rule.cards[0].parts[0], Formula)
    assert evaluated(rule.cards[0].parts[0].text(), **values) == pytest.approx(value)
    for name in names:
        (port,) = backward_of(trace, name).terms[0].ports
        assert port.derivative is not None, f"{kind} should say its derivatives"
        assert evaluated(port.derivative.text(), f=value, **values) == pytest.approx(float(port.share))


def test_a_product_of_three_names_the_other_two() -> None:
    trace = record_trace(graph(given("x", 4.0), given("y", 5.0), given("z", 10.0), node("f", "Mul", "x", "y", "z")))
    text = as_text(backward_of(trace, "y"))
    assert "∂f/∂y = x · z" in text
    assert "f = x · y · z" in as_text(explain(trace, trace.steps[7]))


def test_a_node_that_is_used_twice_has_a_name_and_a_derivative_at_each_place_and_their_sum() -> None:
    trace = record_trace(graph(given("x", 3.0), node("p", "Mul", "x", "x")))
    assert as_text(backward_of(trace, "x")).splitlines()[4:] == [
        "   ∂p/∂x = ∂p/∂x⁽¹⁾ + ∂p/∂x⁽²⁾",
        "   ∂p/∂x⁽¹⁾ = x⁽²⁾",
        "   ∂p/∂x⁽²⁾ = x⁽¹⁾",
        "   p takes x at 2 places, x⁽¹⁾, x⁽²⁾: each has a derivative of its own, and they add up.",
        "",
        "2. What arrives (one consumer)",
        "   from p ∂p/∂p = 1.0",
        "",
        "3. The local derivative",
        "   ∂p/∂x⁽¹⁾ = x⁽²⁾ = 3.0",
        "   ∂p/∂x⁽²⁾ = x⁽¹⁾ = 3.0",
        "   ∂p/∂x = ∂p/∂x⁽¹⁾ + ∂p/∂x⁽²⁾ = 6.0",
        "",
        "4. The result",
        "   1.0 · (3.0 + 3.0) = 6.0",
        "   ∂p/∂x = 6.0",
    ]
    assert Formula("{x}ᵀ", {"x": Place("x", 2)}).latex() == "{x^{(2)}}^{T}"


def fits_at_every_port(kind: str, shape: Shape) -> bool:
    """Whether the same value of this shape can stand at every port of a class."""
    cls = OPERATIONS[kind]
    try:
        cls.infer_shape([shape] * len(cls.ports), Labels("f", cls.port_names()))
    except ShapeError:
        return False
    return True


SELVES = [
    (kind, shape)
    for kind, cls in sorted(OPERATIONS.items())
    for shape in ((), (3,), (2, 2), (3, 1), (1, 2))
    if len(cls.ports) > 1 and fits_at_every_port(kind, shape)
]


@pytest.mark.parametrize(("kind", "shape"), SELVES)
def test_the_shares_of_all_places_are_told_and_add_up(kind: str, shape: Shape) -> None:
    x = np.random.default_rng(7).normal(size=shape).tolist()
    inputs = ["x"] * len(OPERATIONS[kind].ports)
    trace = record_trace(graph(given("x", nested(x)), node("f", kind, *inputs), node("g", "Square", "f")))
    explanation = backward_of(trace, "x")
    (term,) = explanation.terms
    shares = [made_of(port, term.arrives, shape) for port in term.ports]
    measured = measured_share(trace, "x", "f", term.arrives)
    assert measured is not None
    np.testing.assert_allclose(sum(shares), measured, rtol=1e-4, atol=1e-7)
    shown = [part for card in explanation.cards for part in card.parts if isinstance(part, Number)]
    told = [part.value for part in shown[-1 - len(shares) : -1]] if shape else [port.share for port in term.ports]
    np.testing.assert_allclose(told, shares, atol=1e-12)
    names = [part.name.text() for part in shown if part.name is not None]
    assert len(names) == len(set(names)), "no two numbers have the same name"
    assert as_text(explanation).count("Why 0") <= 1


def test_a_node_that_the_output_takes_itself_and_by_another_way_has_a_sign_of_its_own_there() -> None:
    m, s = node("m", "Square", "x"), node("s", "Sigmoid", "m")
    trace = record_trace(graph(given("x", 3.0), m, s, node("f", "Mul", "m", "s")))
    text = as_text(backward_of(trace, "m"), written="{:.3f}".format)
    assert "∂f/∂m = ∂f/∂s · ∂s/∂m + ∂f/∂f · ∂f/∂m⁽¹⁾\n" in text
    assert "m⁽¹⁾ is m where f itself takes it: what m does elsewhere is left out there." in text
    assert "∂f/∂m⁽¹⁾ = s = 1.000\n" in text
    assert "∂f/∂m = 1.001\n" in text
    assert r"\dfrac{\partial f}{\partial {m^{(1)}}} = s" in as_latex(backward_of(trace, "m"))
    before = as_text(backward_of(trace, "x"), written="{:.3f}".format)
    assert "from m ∂f/∂m = 1.001\n" in before
    assert "∂f/∂m⁽¹⁾ · ∂m/∂x = 1.000 · 6.000 = 5.999\n   m⁽¹⁾ is m where f itself takes it" in before


def test_a_node_that_the_output_takes_twice_and_by_another_way_has_two() -> None:
    m, e = node("m", "Square", "x"), node("e", "Tanh", "m")
    trace = record_trace(graph(given("x", 3.0), m, e, node("f", "Add", "m", "e", "m")))
    text = as_text(backward_of(trace, "m"))
    assert "∂f/∂m = ∂f/∂e · ∂e/∂m + ∂f/∂f · (∂f/∂m⁽¹⁾ + ∂f/∂m⁽²⁾)\n" in text
    assert "∂f/∂m⁽¹⁾ + ∂f/∂m⁽²⁾ = 2.0\n" in text
    assert "m⁽¹⁾, m⁽²⁾ are m where f itself takes it" in text
    assert "(∂f/∂m⁽¹⁾ + ∂f/∂m⁽²⁾) · ∂m/∂x = 2.0 · 6.0 = 12.0\n" in as_text(backward_of(trace, "x"))


def named_numbers(explanation: Explanation) -> Iterator[tuple[str, Value]]:
    """Every symbol of an explanation that is given a number, and each factor of its paths."""
    for card in explanation.cards:
        for part in card.parts:
            if isinstance(part, Number) and part.name is not None:
                yield part.name.text().split(" = ")[0], part.value
            elif isinstance(part, Formula) and re.search("path|whole way", str(card.heading)):
                symbols, *numbers = (side.split(" · ") for side in part.text().split(" = "))
                are_single = numbers and all(re.fullmatch(r"\(?[-\d.e]+\)?", number) for number in numbers[0])
                for symbol, number in zip(symbols, numbers[0] if are_single else (), strict=False):
                    yield symbol, np.float64(number.strip("()"))


@settings(max_examples=100, deadline=None)
@property_of(records())
def test_no_symbol_of_an_explanation_stands_for_two_numbers_or_for_itself(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in (step for step in trace.steps if isinstance(step, BackwardStep)):
        explanation = explain(trace, step)
        meanings: dict[str, Value] = {}
        for symbol, value in named_numbers(explanation):
            np.testing.assert_allclose(value, meanings.setdefault(symbol, value), rtol=1e-9, atol=1e-12)
        for part in explanation.cards[0].parts:
            if isinstance(part, Formula):
                left, right = part.text().split(" = ", 1)
                assert left not in re.split(" [·+] ", right)


def test_a_mean_of_m_itself_counts_with_another_letter() -> None:
    trace = record_trace(graph(given("m", (2.0, 1.0)), given("a", (3.0, 5.0)), node("cost", "MSE", "m", "a")))
    assert "∂cost/∂m = 2 · (m − a) / n\n   n = 2: so many" in as_text(backward_of(trace, "m"))
    twice = record_trace(graph(given("m", (2.0, 1.0)), node("cost", "MSE", "m", "m")))
    assert "∂cost/∂m⁽¹⁾ = 2 · (m⁽¹⁾ − m⁽²⁾) / n\n" in as_text(backward_of(twice, "m"))


def test_a_list_that_is_read_as_a_column_is_told_both_ways() -> None:
    y, a = (3.0, 1.0), ((2.0,), (5.0,))
    trace = record_trace(graph(given("y", y), given("a", a), node("cost", "MSE", "y", "a")))
    forward = trace.step_of(Phase.FORWARD, "cost")
    assert forward is not None
    assert "cost reads y as a column, (2, 1)" in as_text(explain(trace, forward))
    assert "its gradient comes back in its own shape, (2,)" in as_text(backward_of(trace, "y"))
    assert "column" not in as_text(backward_of(trace, "a"))


def test_of_several_numbers_it_is_their_sum_that_is_differentiated() -> None:
    trace = record_trace(graph(given("X", ((1.0, 2.0), (3.0, 4.0))), given("b", 2.0), node("f", "Mul", "b", "b", "X")))
    explanation = backward_of(trace, "b")
    assert "∂Σf/∂b = Σ ∂Σf/∂f · ∂f/∂b" in as_text(explanation)
    assert "∂Σf/∂b⁽¹⁾ = 20.0" in as_text(explanation)
    assert r"\dfrac{\partial \Sigma\,f}{\partial b}" in as_latex(explanation)


# --- the four cards -----------------------------------------------------------------------------------------------


def lesson() -> GraphRecord:
    """The lesson's gradient example."""
    return files.read(next(path for path in EXAMPLES if path.stem == "one-neuron"))


def test_a_gradient_is_explained_in_four_cards_as_on_a_blackboard() -> None:
    trace = record_trace(lesson())
    explanation = backward_of(trace, "f")
    assert cards(explanation) == [
        "The rule",
        "What arrives (one consumer)",
        "The local derivative",
        "The result, shape (2, 1) like f",
    ]
    rule, arrives, local, result = (card.parts for card in explanation.cards)
    assert [part.text() for part in rule if isinstance(part, Formula)] == [
        "∂cost/∂f = ∂cost/∂a · ∂a/∂f",
        "∂a/∂f = a · (1 − a)",
    ]
    assert [part.node for part in arrives if isinstance(part, Link)] == ["a"]
    numbers = [part for part in (*arrives, *local, *result) if isinstance(part, Number)]
    assert [number.role for number in numbers] == [Role.GRADIENT, Role.VALUE, Role.GRADIENT]
    np.testing.assert_array_equal(numbers[-1].value, trace.at(len(trace)).gradient("f"))
    assert any("nearly flat" in str(note) for note in explanation.notes)


def test_matrix_rules_have_their_transposes_and_shapes() -> None:
    trace = record_trace(lesson())
    assert "∂cost/∂W = Xᵀ · ∂cost/∂f" in as_text(backward_of(trace, "W"))
    assert "(2 × 2) · (2 × 1) gives (2 × 1)" in as_text(backward_of(trace, "W"))
    assert "∂cost/∂X = ∂cost/∂f · Wᵀ" in as_text(backward_of(trace, "X"))
    assert "∂cost/∂b = Σ ∂cost/∂f" in as_text(backward_of(trace, "b"))
    assert "column sums" in as_text(backward_of(trace, "b"))


def test_a_fork_has_a_term_for_each_consumer_joined_by_plus() -> None:
    trace = record_trace(
        graph(given("x", 3.0), node("s", "Square", "x"), node("t", "Tanh", "x"), node("f", "Add", "s", "t"))
    )
    explanation = backward_of(trace, "x")
    assert "∂f/∂x = ∂f/∂s · ∂s/∂x + ∂f/∂t · ∂t/∂x" in as_text(explanation)
    links = [part for part in explanation.cards[1].parts if isinstance(part, Link)]
    assert [(str(link.before), link.node) for link in links] == [("from", "s"), ("+ from", "t")]


def test_half_way_back_a_fork_says_what_has_arrived_and_what_is_missing() -> None:
    trace = record_trace(
        graph(given("x", 3.0), node("s", "Square", "x"), node("t", "Tanh", "x"), node("f", "Add", "s", "t"))
    )
    text = as_text(explain_node(trace.at(trace.positions[Phase.BACKWARD, "t"]), "x"))
    assert "Arrived so far: 1 of 2 terms" in text
    assert "Still missing\n   s" in text
    text = as_text(explain_node(trace.at(trace.positions[Phase.BACKWARD, "s"]), "x"))
    assert "Arrived so far: 2 of 2 terms" in text
    assert "from s 6.0" in text


def test_it_says_why_a_gradient_is_1_and_why_it_is_0() -> None:
    trace = record_trace(
        graph(given("x", -3.0), given("q", 2.0), node("idle", "Square", "q"), node("f", "ReLU", "x"), output="f")
    )
    assert "Why 1" in cards(backward_of(trace, "f"))
    assert "Why 0" in cards(backward_of(trace, "q"))
    assert "No wire leads from q to f" in as_text(backward_of(trace, "q"))
    assert "f is flat here" in as_text(backward_of(trace, "x"))


def test_of_several_branches_the_one_that_gives_little_is_named() -> None:
    t, z = node("t", "Mul", "x", "y"), node("z", "Sub", "y", "y")
    trace = record_trace(graph(given("x", 3.0), given("y", 2.0), t, z, node("f", "Add", "t", "z")))
    assert [str(note) for note in backward_of(trace, "y").notes] == [
        "Why 0 through z? What y does at one place of it is undone at another: they cancel out."
    ]
    trace = record_trace(graph(given("m", 9.0), node("s", "Sigmoid", "m"), node("f", "Mul", "m", "s")))
    notes = [str(note) for note in backward_of(trace, "m").notes]
    assert [note for note in notes if note.startswith("Why")] == [
        "Why so little through s? It is nearly flat here: moving m hardly moves it."
    ]


def test_a_gradient_that_is_large_after_all_is_not_called_small() -> None:
    s = node("s", "Sigmoid", "x")
    tail = node("f", "Mul", "s", "k")
    for k, question in ((0.5, "Why so small?"), (1e6, "Why so little through s?")):
        trace = record_trace(graph(given("x", 9.0), given("k", k), s, tail))
        assert [str(note).split("? ")[0] + "?" for note in backward_of(trace, "x").notes] == [question]


def test_nothing_that_arrives_is_told_from_a_flat_node() -> None:
    trace = record_trace(
        graph(given("x", -3.0), node("s", "Square", "x"), node("n", "Sub", "x", "s"), node("f", "ReLU", "n"))
    )
    assert "Nothing comes from n" in as_text(backward_of(trace, "s"))


def test_before_a_node_has_a_number_it_is_said_what_it_waits_for() -> None:
    trace = record_trace(lesson())
    text = as_text(explain_node(trace.at(1), "f"))
    assert "f still waits for W, b." in text
    assert "f = X · W + b" in text


def test_a_node_that_waits_and_lacks_wires_names_the_free_inputs() -> None:
    trace = record_trace(graph(given("X", 1.0), NodeRecord("cost", "MSE", inputs=(None, "X"))))
    text = as_text(explain_node(trace.at(0), "cost"))
    assert "cost still waits for X." in text
    assert "Input y is free: without a wire to it, cost cannot be computed." in text
    trace = record_trace(graph(given("X", 1.0), NodeRecord("f", "Linear", inputs=("X",))))
    assert "Inputs W, b are free" in as_text(explain_node(trace.at(0), "f"))


def test_a_free_port_is_a_question_mark() -> None:
    trace = record_trace(graph(given("X", 1.0), NodeRecord("f", "Linear", inputs=("X",))))
    assert "f = X · ? + ?" in as_text(explain_node(trace.at(0), "f"))


def test_an_end_names_what_was_left_out() -> None:
    cycle = graph(given("x", 1.0), node("a", "Add", "x", "b"), node("b", "Square", "a"), output="x")
    assert "a, b" in str(ending(record_trace(cycle)))
    unfinished = graph(given("x", 1.0), node("s", "Square", "x"), NodeRecord("m", "Mul"), output="s")
    assert "m" in str(ending(record_trace(unfinished)))
    assert "the last step of batch 1" in str(ending(record_trace(lesson())))


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("Square", "f = (-3.0)² = 9.0"),
        ("Tanh", "f = tanh(-3.0) = "),
        ("Sigmoid", "e^(−(-3.0))"),
        ("ReLU", "max(0, -3.0)"),
    ],
)
def test_a_negative_number_stands_in_parentheses_where_it_must(kind: str, written: str) -> None:
    trace = record_trace(graph(given("x", -3.0), node("f", kind, "x")))
    step = trace.step_of(Phase.FORWARD, "f")
    assert step is not None
    assert written in as_text(explain(trace, step))


@pytest.mark.parametrize(("kind", "is_told"), [("Square", True), ("Tanh", True), ("Add", False)])
@pytest.mark.parametrize("phase", [Phase.FORWARD, Phase.BACKWARD])
def test_arrays_that_are_multiplied_element_by_element_are_told_to_be(kind: str, is_told: bool, phase: Phase) -> None:
    inputs = ("x", "y") if kind == "Add" else ("x",)
    nodes = [given("x", ((1.0, 2.0), (3.0, 4.0))), given("y", ((1.0, 2.0), (3.0, 4.0))), node("f", kind, *inputs)]
    trace = record_trace(graph(*nodes, node("cost", "Square", "f"), output="cost"))
    step = trace.step_of(phase, "f" if phase is Phase.FORWARD else "x")
    assert step is not None
    is_a_product = is_told and (kind == "Square" or phase is Phase.BACKWARD)
    assert ("Element by element" in as_text(explain(trace, step))) == is_a_product


# --- paths --------------------------------------------------------------------------------------------------------


def diamonds(number: int) -> GraphRecord:
    """x, then so many times two branches that meet again: 2 to that power of paths."""
    nodes = [given("x", 0.5)]
    for k in range(number):
        before = nodes[-1].id
        nodes += [
            node(f"a{k}", "Tanh", before),
            node(f"b{k}", "Sigmoid", before),
            node(f"c{k}", "Add", f"a{k}", f"b{k}"),
        ]
    return graph(*nodes)


def test_the_number_of_paths_is_exact_even_where_nobody_could_list_them() -> None:
    trace = record_trace(diamonds(50))
    assert count_paths(trace, "x") == 2**50
    assert len(first_paths(trace, "x")) == 4


def test_wires_side_by_side_count_as_one_path_and_that_is_said() -> None:
    nodes = [given("x", 2.0), node("m", "Mul", "x", "x"), node("e", "Tanh", "m"), node("f", "Add", "m", "e", "m")]
    text = as_text(backward_of(record_trace(graph(*nodes)), "x"))
    assert "2 paths lead from f to x" in text
    assert "Wires side by side, such as those from x to m, count as one." in text
    single = graph(*nodes[:2], node("e", "Tanh", "m"), node("f", "Square", "e"))
    assert "from x to m, count as one" in as_text(backward_of(record_trace(single), "x"))
    assert "side by side" not in as_text(backward_of(record_trace(diamonds(50)), "x"))


def test_the_products_along_all_paths_add_up_to_the_gradient() -> None:
    trace = record_trace(diamonds(2))
    paths = next(card for card in backward_of(trace, "x").cards if "paths" in str(card.heading))
    assert str(paths.heading) == "4 paths lead from c1 to x"
    chains = [part.text() for part in paths.parts if isinstance(part, Formula)]
    assert chains[0].startswith("∂c1/∂a1 · ∂a1/∂c0 · ∂c0/∂a0 · ∂a0/∂x = ")
    gradient = trace.at(len(trace)).gradient("x")
    assert gradient is not None
    assert sum(float(chain.split(" = ")[-1]) for chain in chains) == pytest.approx(float(gradient))


def test_the_whole_way_back_to_a_weight_is_written_as_in_the_lesson() -> None:
    trace = record_trace(lesson())
    assert "The whole way from cost to W" in as_text(backward_of(trace, "W"))
    assert "∂cost/∂a · ∂a/∂f · ∂f/∂W" in as_text(backward_of(trace, "W"))


def test_a_branch_that_does_not_reach_the_output_is_no_path() -> None:
    trace = record_trace(
        graph(given("x", 2.0), node("s", "Square", "x"), node("aside", "Tanh", "x"), node("f", "Tanh", "s"), output="f")
    )
    assert first_paths(trace, "x") == [("f", "s", "x")]
    assert count_paths(trace, "aside") == 0


# --- published examples -------------------------------------------------------------------------------------------


def two_digits(trace: Trace) -> dict[str, tuple[str, str]]:
    end = trace.at(len(trace))
    return {id: (f"{float(end.value(id)):.2f}", f"{float(end.gradient(id)):.2f}") for id in trace.order}  # type: ignore[arg-type]


def test_the_circuit_of_cs231n_shows_the_published_numbers() -> None:
    """(x + y) z at −2, 5, −4: https://cs231n.github.io/optimization-2/"""
    trace = record_trace(files.read(next(path for path in EXAMPLES if path.stem == "circuit")))
    assert two_digits(trace) == {
        "x": ("-2.00", "-4.00"),
        "y": ("5.00", "-4.00"),
        "z": ("-4.00", "3.00"),
        "q": ("3.00", "-4.00"),
        "f": ("-12.00", "1.00"),
    }
    text = as_text(backward_of(trace, "x"))
    assert "∂f/∂x = ∂f/∂q · ∂q/∂x" in text
    assert "-4.0 · 1.0 = -4.0" in text


def test_the_sigmoid_neuron_of_cs231n_shows_the_published_numbers() -> None:
    """w = [2, −3, −3], x = [−1, −2]: https://cs231n.github.io/optimization-2/"""
    trace = record_trace(files.read(next(path for path in EXAMPLES if path.stem == "sigmoid-neuron")))
    shown = two_digits(trace)
    assert shown["f"] == ("0.73", "1.00")
    assert shown["dot"] == ("1.00", "0.20")
    assert {id: shown[id][1] for id in ("w0", "x0", "w1", "x1", "w2")} == {
        "w0": "-0.20",
        "x0": "0.39",
        "w1": "-0.39",
        "x1": "-0.59",
        "w2": "0.20",
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_step_of_every_example_is_explained_as_text_and_latex(path: Path) -> None:
    trace = record_trace(files.read(path))
    for step in trace.steps:
        explanation = explain(trace, step)
        assert step.node in as_text(explanation)
        assert as_latex(explanation) or not isinstance(step, BackwardStep)


# --- nodes that say nothing of themselves -------------------------------------------------------------------------


@pytest.fixture
def dropped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three classes as a student would drop them into the folder."""
    classes: list[type[Node]] = [Softplus, Softmax, Halved]
    for cls in classes:
        monkeypatch.setitem(node_classes(), cls.__name__, cls)


@pytest.mark.usefixtures("dropped_in")
@pytest.mark.parametrize("kind", ["Softplus", "Softmax"])
def test_a_class_without_a_word_about_itself_is_explained_by_its_derivatives(kind: str) -> None:
    trace = record_trace(
        graph(given("x", (0.5, -1.0, 2.0)), node("s", kind, "x"), node("f", "Square", "s"), output="f")
    )
    explanation = backward_of(trace, "x")
    (term,) = explanation.terms
    (port,) = term.ports
    np.testing.assert_allclose(made_of(port, term.arrives, (3,)), term.share, rtol=1e-12)
    assert "∂Σf/∂x = ∂Σf/∂s · ∂s/∂x" in as_text(explanation)
    assert f"s = {kind}(x)" in as_text(
        explain(trace, next(s for s in trace.steps if isinstance(s, ForwardStep) and s.node == "s"))
    )


@pytest.mark.usefixtures("dropped_in")
def test_a_class_with_a_backward_of_its_own_is_taken_at_its_word() -> None:
    trace = record_trace(graph(given("x", 3.0), node("h", "Halved", "x")))
    assert "backward() of its own" in as_text(backward_of(trace, "x"))
    assert trace.at(len(trace)).gradient("x") == 0.5
