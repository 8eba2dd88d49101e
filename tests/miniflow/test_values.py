"""What may be a value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miniflow import Input, ValueTypeError
from miniflow.values import as_value, is_column_of, sum_to_shape


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (3, np.float64),
        (True, np.float64),
        (2.5, np.float64),
        ([1, 2], np.float64),
        (np.array([1, 2], dtype=np.uint8), np.float64),
        (np.array([True]), np.float64),
        (np.float16(1.5), np.float32),
        (np.ones(2, dtype=np.float16), np.float32),
        (np.ones(2, dtype=np.float32), np.float32),
        (np.ones(2, dtype=">f8"), np.float64),
        (np.ones(2, dtype=">f4"), np.float32),
        (np.array(7.0), np.float64),
        (np.ma.array([1.0, 2.0]), np.float64),
        (range(3), np.float64),
        (np.array([1, 2.5, np.float32(3)], dtype=object), np.float64),
        ([1, 2**64], np.float64),
    ],
)
def test_numbers_of_every_kind_become_floats(given: Any, kind: type) -> None:
    x = Input()
    x.value = given
    assert x.value.dtype == kind
    assert x.value.dtype.isnative
    assert np.array_equal(x.value, given)


@pytest.mark.parametrize("given", ["1", b"1", None, {}, object(), [[1], [1, 2]], 1j, np.array(["a"]), [None], 10**400])
def test_everything_else_is_refused(given: Any) -> None:
    with pytest.raises(ValueTypeError):
        as_value(given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("1", "text"),
        (["1", "2"], "text"),
        ([b"1"], "bytes"),
        (None, "None"),
        ([1, None], "None"),
        ([1, "a"], "text"),
        ({"a": 1}, "a dict"),
        ({1.0}, "a set"),
        ([object()], "an object"),
        (Input(), "an Input"),
        (10**400, "a whole number that is too large"),
        ([1, 10**400], "a whole number that is too large"),
        (np.longdouble(1), "numbers of more than 64 bits"),
        (np.array([(1, 2.0)], dtype=[("a", int), ("b", float)]), "records"),
        (np.ma.array([1.0, 2.0], mask=[True, False]), "numbers that are masked out"),
    ],
)
def test_what_is_refused_is_told_without_jargon(given: Any, words: str) -> None:
    with pytest.raises(ValueTypeError, match=f"^W cannot take {words}(:| as its value: give a number)"):
        as_value(given, "W")


def test_a_single_number_is_a_plain_scalar() -> None:
    assert isinstance(as_value(np.array(2.0)), np.float64)


def test_what_is_a_value_already_is_not_copied() -> None:
    array = np.ones((2, 3))
    assert as_value(array) is array or np.shares_memory(as_value(array), array)


@pytest.mark.parametrize("shape", [(), (1,), (4,), (1, 4), (3, 1), (3, 4), (2, 1, 4), (2, 3, 4)])
def test_broadcasting_is_undone_by_adding_up(shape: tuple[int, ...]) -> None:
    share = np.arange(24.0).reshape(2, 3, 4)
    total = np.asarray(sum_to_shape(share, shape))
    assert total.shape == shape
    others = np.broadcast_to(np.zeros(shape), share.shape)
    probe = np.random.default_rng(0).normal(size=shape)
    assert np.sum(total * probe) == pytest.approx(np.sum(share * (others + probe)))


@pytest.mark.parametrize("shape", [(2, 4), (4, 3), (2, 1, 3, 4), (1, 2, 3, 4)])
def test_what_no_broadcasting_makes_is_not_undone(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"\(2, 3, 4\)"):
        sum_to_shape(np.ones((2, 3, 4)), shape)


def test_a_column_is_told_from_a_row() -> None:
    assert is_column_of((3,), (3, 1))
    assert is_column_of((3, 1), (3,))
    assert not is_column_of((3,), (1, 3))
    assert not is_column_of((3,), (3,))
