"""A long run is drawn with few points and the same outline."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.decimation import outline
from gui.presentation.loss_axis import loss_limits

LOSSES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=400)
MOST = st.integers(6, 40)


@given(LOSSES, MOST)
def test_few_points_in_order_from_the_first_to_the_last(losses: list[float], most: int) -> None:
    indexes, values = outline(np.array(losses), most)
    assert len(indexes) <= max(most, 6)
    assert indexes[0] == 0
    assert indexes[-1] == len(losses) - 1
    assert np.all(np.diff(indexes) > 0)
    assert np.array_equal(values, np.array(losses)[indexes])


@given(LOSSES, MOST)
def test_no_peak_is_lost(losses: list[float], most: int) -> None:
    _, values = outline(np.array(losses), most)
    assert values.min() == min(losses)
    assert values.max() == max(losses)


@given(LOSSES, MOST)
def test_every_pixel_column_keeps_its_extremes(losses: list[float], most: int) -> None:
    """Between two neighbours of the outline no value lies outside of what the runs around them span."""
    indexes, values = outline(np.array(losses), most)
    width = -(-len(losses) // ((most - 2) // 2)) if len(losses) > most else 1
    for start in range(0, len(losses), width):
        inside = (indexes >= start) & (indexes < start + width)
        run = losses[start : start + width]
        assert values[inside].max() == max(run)
        assert values[inside].min() == min(run)


def test_a_short_run_is_drawn_as_it_is() -> None:
    indexes, values = outline(np.array([3.0, 1.0, 2.0]), 2000)
    assert indexes.tolist() == [0, 1, 2]
    assert values.tolist() == [3.0, 1.0, 2.0]


@given(LOSSES)
def test_the_axis_holds_every_batch_until_there_is_an_epoch(losses: list[float]) -> None:
    limits = loss_limits(np.array(losses), np.array([]))
    assert limits is not None
    low, high = limits
    assert low <= min(losses)
    assert max(losses) <= high
    assert low < high


@given(st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=100))
def test_a_logarithmic_axis_holds_every_batch(losses: list[float]) -> None:
    limits = loss_limits(np.array(losses), np.array([np.mean(losses)]), logarithmic=True)
    assert limits is not None
    assert 0 < limits[0] <= min(losses)
    assert max(losses) <= limits[1]
    assert limits[0] < limits[1]


def test_a_few_terrible_first_batches_do_not_flatten_the_rest() -> None:
    losses = np.array([900.0, 500.0, *[20.0] * 98])
    limits = loss_limits(losses, np.array([33.6]))
    assert limits == (0.0, 40.0)


def test_without_losses_there_is_no_axis() -> None:
    assert loss_limits(np.array([]), np.array([])) is None
