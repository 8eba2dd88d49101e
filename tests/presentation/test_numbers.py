"""Numbers as the screen writes them: short, never misleading, and exact where they are copied."""

from __future__ import annotations

import doctest
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gui.presentation import numbers
from gui.presentation.numbers import cells, copyable, exact, heat, kind, number

FINITE = st.floats(allow_nan=False, allow_infinity=False)
ANY_TABLE = arrays.arrays(np.float64, arrays.array_shapes(min_dims=0, max_dims=3, max_side=3))


def read(text: str) -> Fraction:
    return Fraction(text.replace(numbers.MINUS, "-"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (-11.0, "−11"),
        (506, "506"),
        (0.25, "0.25"),
        (2.49995, "2.500"),
        (133.91013, "133.9"),
        (1.6701421848095178e-05, "1.670e−5"),
        (-3.3401728e-05, "−3.340e−5"),
        (999_999.0, "999999"),
        (1_000_000.0, "1e6"),
        (12_345.6, "1.235e4"),
        (0.001, "0.001"),
        (0.0001, "1e−4"),
        (1 / 3, "0.3333"),
        (0.1 + 0.2, "0.3000"),
        (0.0, "0"),
        (-0.0, "0"),
        (math.nan, "nan"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (np.float32(0.1), "0.1"),
        (np.array(5.0), "5"),
    ],
)
def test_a_number_is_written_short(value: float, text: str) -> None:
    assert number(value) == text


@given(FINITE)
def test_a_written_number_is_within_half_a_unit_of_its_fourth_digit(value: float) -> None:
    half_unit = Fraction(10) ** (math.floor(math.log10(abs(value))) - 3) / 2 if value else 0
    assert abs(read(number(value)) - Fraction(value)) <= half_unit * Fraction("1.000001")


@given(FINITE)
def test_nothing_but_zero_is_written_as_zero_and_no_sign_is_lost(value: float) -> None:
    shown = read(number(value))
    assert (shown > 0, shown < 0) == (value > 0, value < 0)


@given(FINITE)
def test_fewer_than_four_digits_mean_that_the_number_is_exactly_that(value: float) -> None:
    digits = number(value).split("e")[0].replace(".", "").lstrip("−0")
    if len(digits) < 4:
        assert abs(float(read(number(value)))) == abs(value)


@given(FINITE)
def test_a_number_is_never_longer_than_eleven_characters(value: float) -> None:
    assert len(number(value)) <= 11


@given(FINITE)
def test_the_exact_text_is_read_back_as_the_same_number(value: float) -> None:
    assert float(exact(value)) == value
    assert len(exact(value)) <= len(repr(value))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_the_exact_text_of_a_float32_is_as_short_as_a_float32_can_be_read_back_from(value: float) -> None:
    assert np.float32(exact(np.float32(value))) == np.float32(value)
    assert len(exact(np.float32(0.1))) == 3


@given(ANY_TABLE)
def test_cells_have_the_rows_and_columns_of_the_table_and_each_its_number(table: np.ndarray) -> None:
    rows = cells(table)
    flat = [cell for row in rows for cell in row]
    assert len(rows) == math.prod(table.shape[:-1])
    assert len(flat) == table.size
    for cell, value in zip(flat, table.ravel(), strict=True):
        assert read(cell) == read(number(value)) if np.isfinite(value) else cell == number(value)


def test_rounded_numbers_of_one_matrix_are_all_written_the_same_way() -> None:
    assert cells(np.array([[0.123456, 0.9876543e-7], [1.0, 0.0]])) == [["1.235e−1", "9.877e−8"], ["1", "0"]]
    assert cells(np.array([[0.123456, 9.876543], [1.0, 0.0]])) == [["0.1235", "9.877"], ["1", "0"]]


def test_a_vector_is_one_row_and_a_scalar_one_cell() -> None:
    assert cells([1.0, 2.5, -3.0]) == [["1", "2.5", "−3"]]
    assert cells(3.5) == [["3.5"]]


@pytest.mark.parametrize(
    ("shape", "shown_as"),
    [((), "scalar"), ((1,), "grid"), ((4, 4), "grid"), ((5,), "heat map"), ((11, 1), "heat map"), ((2, 2, 2), "grid")],
)
def test_what_is_small_is_shown_as_numbers_and_the_rest_as_colours(shape: tuple[int, ...], shown_as: str) -> None:
    assert kind(np.zeros(shape)) == shown_as


def test_a_shape_is_written_as_in_python_and_said_aloud_with_a_times_sign() -> None:
    assert [numbers.shape(shape) for shape in ((), (3,), (np.int64(2), 1))] == ["scalar", "(3,)", "(2, 1)"]
    assert numbers.dimensions("W", (13, 10)) == "W (13 × 10)"


@given(ANY_TABLE)
def test_colours_are_between_minus_one_and_one_with_the_sign_of_the_number(table: np.ndarray) -> None:
    colours = heat(table)
    flat = table.reshape(colours.shape)
    assert np.array_equal(np.isnan(colours), np.isnan(flat))
    assert np.all(np.abs(colours[~np.isnan(colours)]) <= 1)
    assert np.all(colours[~np.isnan(flat)] * np.sign(flat[~np.isnan(flat)]) >= 0)


def test_zero_has_no_colour_and_the_largest_magnitude_the_fullest() -> None:
    assert heat([[0.0, -4.0], [2.0, 0.0]]).tolist() == [[0.0, -1.0], [0.5, 0.0]]
    assert heat([0.0, 0.0]).tolist() == [[0.0, 0.0]]
    assert heat([1.0, math.inf, -math.inf]).tolist() == [[1.0, 1.0, -1.0]]


@given(st.integers(1, 200), st.integers(1, 200))
def test_a_large_table_becomes_at_most_32_by_32_colours(rows: int, columns: int) -> None:
    colours = heat(np.arange(rows * columns, dtype=np.float64).reshape(rows, columns) - 3.0)
    assert colours.shape == (min(rows, 32), min(columns, 32))
    assert np.abs(colours).max() == 1


def test_a_number_that_is_none_is_seen_in_the_colours_of_a_large_table() -> None:
    table = np.ones((506, 13))
    table[250, 7] = math.nan
    assert np.isnan(heat(table)).sum() == 1


def test_huge_numbers_are_averaged_without_overflow() -> None:
    assert np.all(heat(np.full((100, 100), 1.7e308)) == 1)


@given(arrays.arrays(np.float64, arrays.array_shapes(min_dims=2, max_dims=2, max_side=5), elements=FINITE))
def test_copied_numbers_are_exact_with_a_tab_between_columns(table: np.ndarray) -> None:
    pasted = [[float(cell) for cell in line.split("\t")] for line in copyable(table).split("\n")]
    assert np.array_equal(pasted, table)


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(numbers).failed == 0
