"""Formulas: drawn whatever the names in them are, readable in any width, and broken only between signs and terms."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.controllers.appearance import Appearance
from gui.explaining.drawing_ahead import DrawingAhead
from gui.panels.explain import ExplainPanel
from gui.presentation.inline import inline
from gui.widgets import typesetting
from gui.widgets.explanation_card import cut
from gui.widgets.formula import FormulaView, set_into
from gui.widgets.typesetting import pieces_of
from gui.workspace import Workspace
from miniflow.explain.explaining import explain
from miniflow.explain.explanation import Number
from miniflow.explain.formulas import Formula
from miniflow.graph.records import GraphRecord
from miniflow.io import files
from miniflow.training.recording import record_trace
from tests.miniflow.random_records import given, graph, node, records

EXAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.miniflow"))
NAMES = ["W1", "50%", "a_b", "重み", r"\frac", "$$", "{", "x^2", "#", "~", "a b"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_stand_in_a_formula(name: str) -> None:
    formula = Formula("∂{cost}/∂{x} = {x}² · e^(−{x})", {"cost": "cost", "x": name})
    drawn = set_into(formula.latex(), float("inf"))
    without = set_into(formula.with_fields(x="").latex(), float("inf"))
    assert drawn is not None
    assert without is not None
    assert drawn.width > without.width
    assert len(pieces_of(formula.latex())) == 3


@settings(max_examples=8, deadline=None)
@property_of(records())
def test_every_formula_of_the_library_can_be_drawn(record: GraphRecord) -> None:
    assert_all_can_be_drawn(record)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_formula_of_an_example_can_be_drawn(path: Path) -> None:
    assert_all_can_be_drawn(files.read(path))


def assert_all_can_be_drawn(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        for part in (part for card in explain(trace, step).cards for part in card.parts):
            formula = part.name if isinstance(part, Number) else part
            if isinstance(formula, Formula):
                assert pieces_of(formula.latex(inline))


def test_a_column_is_put_in_parentheses_before_it_is_squared() -> None:
    formula = Formula("{f} = {x}²", {"f": "f", "x": np.array([[1.0], [2.0]])})
    assert formula.text(inline) == "f = ([1, 2]ᵀ)²"
    assert len(pieces_of(formula.latex(inline))) == 3


def test_latex_that_nobody_knows_is_written_as_text(qtbot: QtBot) -> None:
    alpha = set_into(r"\alpha_{1}", 1000)
    assert alpha is not None
    assert not alpha.path.isEmpty()
    nobody = FormulaView("the text", r"\nobodyknows", QColor("black"))
    qtbot.addWidget(nobody)
    assert nobody.setting(300) is None
    assert nobody.heightForWidth(300) > 0


def pieces(formula: str, **fields: object) -> int:
    return len(pieces_of(Formula(formula, fields).latex(inline)))  # type: ignore[arg-type]


def test_a_line_breaks_before_a_sign_and_after_a_comma_and_nowhere_else() -> None:
    assert pieces("{a} · {b} + {c} = {d}", a=1.25, b=-2.5e-7, c="hidden", d=-3.0) == 4
    assert pieces("{a}", a="a name of several words − with + signs = in it") == 1
    assert pieces("{a}", a=-1.25e-8) == 1
    assert pieces("(−{a})ᵀ", a="x") == 1
    assert pieces("max(0, {a})", a="x") == 2


@settings(max_examples=60, deadline=None)
@property_of(st.lists(st.sampled_from(["{a}", "({a} − {b})", "∂{a}/∂{b}", "{b}ᵀ"]), min_size=1, max_size=12), st.data())
def test_a_formula_keeps_its_size_in_any_width_that_its_widest_piece_has_room_in(
    terms: list[str], data: st.DataObject
) -> None:
    latex = Formula(" · ".join(terms), {"a": "cost", "b": "W1"}).latex()
    widest = max(piece.outline.width for piece in pieces_of(latex)) + 200
    width = data.draw(st.floats(widest, 4 * widest))
    setting = set_into(latex, width)
    in_one_line = set_into(latex, float("inf"))
    assert setting is not None
    assert in_one_line is not None
    assert setting.width <= width
    assert (setting.lines == 1) == (in_one_line.width <= width)
    assert setting.path.elementCount() == in_one_line.path.elementCount()


def test_a_line_breaks_at_an_equals_sign_rather_than_within_parentheses() -> None:
    fields = {"a": "alpha", "b": "beta", "c": "gamma"}
    latex = Formula("{a} · {b} = {c} · ({a} + {b})", fields).latex()
    one_line = set_into(latex, float("inf"))
    assert one_line is not None
    broken = set_into(latex, one_line.width * 0.93)
    before = set_into(Formula("{a} · {b}", fields).latex(), float("inf"))
    assert broken is not None
    assert before is not None
    assert broken.lines == 2
    first_line = broken.path.intersected(_upper_half(broken.path.boundingRect()))
    assert first_line.boundingRect().right() == pytest.approx(before.path.boundingRect().right(), abs=1)


def _upper_half(box):  # type: ignore[no-untyped-def]
    from PySide6.QtGui import QPainterPath

    upper = QPainterPath()
    upper.addRect(box.adjusted(0, 0, 0, -box.height() / 2))
    return upper


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_the_text(qtbot: QtBot) -> None:
    name = "the weights of the first hidden layer"
    assert cut(name) == "the weights of …en layer"
    workspace = Workspace(Appearance("light"))
    panel = ExplainPanel(workspace)
    qtbot.addWidget(panel)
    workspace.show_record(graph(given(name, 2.0), node("f", "Square", name)))
    with qtbot.waitExposed(panel):
        panel.show()
    workspace.stepping.last()
    assert any(name in view.text for view in panel.findChildren(FormulaView))


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("example", ["boston", "sigmoid-neuron", "step-by-step"])
def test_no_formula_is_smaller_than_the_text_around_it_in_a_narrow_panel(
    qtbot: QtBot, example: str, scale: float
) -> None:
    workspace = Workspace(Appearance("light"))
    panel = ExplainPanel(workspace)
    qtbot.addWidget(panel)
    font = panel.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    panel.setFont(font)
    panel.resize(280, 560)
    workspace.show_record(files.read(next(path for path in EXAMPLES if path.stem == example)))
    with qtbot.waitExposed(panel):
        panel.show()
    for position in range(1, len(workspace.stepping.prepare()) + 1):
        workspace.stepping.go_to(position)
        for view in panel.findChildren(FormulaView):
            setting = view.setting(view.width())
            assert setting is not None
            assert setting.width * view.scale <= view.width() + 1, view.text
            assert view.height() >= setting.height * view.scale, view.text


@pytest.mark.parametrize("direction", [1, -1])
def test_a_step_after_a_moment_of_rest_finds_its_formulas_put_together(qtbot: QtBot, direction: int) -> None:
    workspace = Workspace(Appearance("light"))
    panel = ExplainPanel(workspace)
    qtbot.addWidget(panel)
    x, y = f"before{direction}", f"after{direction}"
    workspace.show_record(graph(given(x, 2.0), given(y, 3.0), node("f", "Mul", x, y), node("g", "Square", "f")))
    with qtbot.waitExposed(panel):
        panel.show()
    (drawing,) = (timer for ahead in panel.findChildren(DrawingAhead) for timer in ahead.findChildren(QTimer))
    steps = len(workspace.stepping.prepare())
    for position in range(1, steps + 1)[::direction]:
        before = pieces_of.cache_info().misses
        workspace.stepping.go_to(position)
        QCoreApplication.sendPostedEvents()
        assert pieces_of.cache_info().misses == before or position in (1, steps)
        qtbot.waitUntil(lambda: not drawing.isActive())


def test_a_formula_is_drawn_ahead_part_by_part_so_that_no_key_waits_for_the_whole() -> None:
    latex = Formula("{a} · {b} + {c} = {d}", {"a": "bit1", "b": "bit2", "c": "bit3", "d": "bit4"}).latex()
    misses = [typesetting._outline.cache_info().misses]
    misses += [typesetting._outline.cache_info().misses for _ in typesetting.drawn_bit_by_bit(latex)]
    assert len(misses) == 8
    assert max(after - before for before, after in pairwise(misses)) == 1
    assert list(typesetting.drawn_bit_by_bit(r"\nobodyknows")) == []
