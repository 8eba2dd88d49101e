"""Where a line may end: what belongs together is kept so, and nothing but the breaks is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.line_breaks import LONGEST, NO_BREAK, kept_whole

WORDS = st.sampled_from(
    ["a", "shape", "(2, 1)", "(2 × 3)", "=", "·", "+", "→", "[1, −2]", "0.25", "neuron,", "first_layer"]
)


def chunks(text: str) -> list[str]:
    """What no line ends within."""
    return [chunk.replace(NO_BREAK, " ") for chunk in kept_whole(text).split(" ")]


@given(st.lists(WORDS).map(" ".join))
def test_nothing_but_the_breaks_is_changed_and_no_part_is_too_long_for_a_narrow_panel(text: str) -> None:
    assert kept_whole(text).replace(NO_BREAK, " ") == text
    assert all(len(chunk) <= LONGEST + len("· ") for chunk in chunks(text))


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("relative error 1e−11, h = 4e−5", "h = 4e−5"),
        ("The result, shape (1, 2) like W", "shape (1, 2)"),
        ("m = 11: so many numbers", "m = 11:"),
        ("m: 2, first: 1", "first: 1"),
        ("m: 2 → 1", "m: 2 → 1"),
        ("its value is [[1, 2], [3, 4]].", "[[1, 2],"),
        ("the cycle a → b → a", "a → b → a"),
        ("moves by gradient · h = 3 · 0.01 = 0.03", "= 0.03"),
    ],
)
def test_short_formulas_shapes_and_rows_are_kept_in_one_line(text: str, together: str) -> None:
    assert together in " | ".join(chunks(text))


def test_a_dash_or_a_sign_between_two_sentences_is_no_formula() -> None:
    assert chunks("element by element, · a matrix") == ["element", "by", "element,", "·", "a", "matrix"]
