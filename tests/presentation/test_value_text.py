"""What may be typed as a value: the grammar of value_text, and nothing beside it."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.value_text import (
    ValueTextError,
    parse_number,
    parse_shape,
    parse_value,
    shape_text,
    value_line,
    value_text,
)
from miniflow.graph.limits import value_fault
from miniflow.graph.records import Nested

NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)


@st.composite
def values(draw: st.DrawFn) -> Nested:
    """A number, or a rectangle of numbers of up to three dimensions."""
    shape = draw(st.lists(st.integers(1, 4), max_size=3))

    def nested(lengths: list[int]) -> Nested:
        return tuple(nested(lengths[1:]) for _ in range(lengths[0])) if lengths else draw(NUMBERS)

    return nested(shape)


@given(values())
def test_what_is_written_is_read_back_as_the_very_same_numbers(data: Nested) -> None:
    assert repr(parse_value(value_text(data)).data) == repr(data)
    assert repr(parse_value(value_line(data)).data) == repr(data)


@given(st.text(alphabet="0123456789+-−.eE_,[] \n\t１٣²nainfx()'\"#", max_size=20))
def test_any_text_is_a_value_that_a_document_takes_or_a_sentence(text: str) -> None:
    with suppress(ValueTextError):
        assert value_fault(parse_value(text)) is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("3", 3),
        ("-1.5e3", -1500.0),
        (" +.5 ", 0.5),
        ("−2", -2),
        ("1e−3", 0.001),
        ("[[1, 2], [3, 4]]", ((1, 2), (3, 4))),
        ("[[1. 2.]\n [3. 4.]]", ((1.0, 2.0), (3.0, 4.0))),
        ("[1, 2,]", (1, 2)),
        ("[[[1]]]", (((1,),),)),
        ("9007199254740993", 9007199254740992.0),
        ("0" * 5000 + "7", 7.0),
    ],
)
def test_numbers_and_nested_lists_are_values(text: str, data: Nested) -> None:
    assert parse_value(text).data == data


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "3"),
        ("１２", "digits 0 to 9"),
        ("1_000", "1000"),
        ("nan", "finite"),
        ("-inf", "finite"),
        ("1e400", "too large"),
        ("9" * 5000, "too large"),
        ("1,5", "1.5"),
        ("1 2", "[ and ]"),
        ("1, 2", "[ and ]"),
        ("[1, 2", "]"),
        ("1]", "]"),
        ("[]", "at least one"),
        ("[[1], []]", "at least one"),
        ("[,1]", "missing"),
        ("[1,,2]", "missing"),
        ("[[1, 2], [3]]", "2"),
        ("[[1, 2], 3]", "2"),
        ("0x10", "0x10"),
        ("__import__('os')", "not a number"),
        ("2*3", "not a number"),
        ("True", "not a number"),
        ("[" * 100, "deep"),
        ("[" * 100_000, "deep"),
        ("<b>1</b>", "<b>1</b>"),
    ],
)
def test_everything_else_is_refused_with_a_sentence_that_helps(text: str, hint: str) -> None:
    with pytest.raises(ValueTextError) as caught:
        parse_value(text)
    assert hint in str(caught.value)
    assert len(str(caught.value)) < 200
    assert "{" not in str(caught.value)


def test_a_field_for_one_number_takes_no_list() -> None:
    assert parse_number(" 0.01 ") == 0.01
    with pytest.raises(ValueTextError):
        parse_number("[1]")


def test_a_whole_number_stays_whole_and_minus_zero_keeps_its_sign() -> None:
    assert isinstance(parse_value("3").data, int)
    assert math.copysign(1, parse_number("-0")) == -1


@given(st.lists(st.integers(1, 999_999_999), max_size=5))
def test_a_shape_is_read_back_as_it_was_written(lengths: list[int]) -> None:
    assert parse_shape(shape_text(tuple(lengths))) == tuple(lengths)


@pytest.mark.parametrize("text", ["13 x 10", "13×10", "(13, 10)", "[13 10]", "13,10"])
def test_a_shape_may_be_written_in_the_usual_ways(text: str) -> None:
    assert parse_shape(text) == (13, 10)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "a", "1_0", "１", "9" * 20])
def test_a_shape_of_anything_but_whole_numbers_is_refused(text: str) -> None:
    with pytest.raises(ValueTextError):
        parse_shape(text)
