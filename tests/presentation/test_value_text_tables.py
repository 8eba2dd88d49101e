"""What a spreadsheet puts on the clipboard is read, or refused with its row and column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.table_text import looks_like_a_table, parse_table
from gui.presentation.value_text import ValueTextError

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[NUMBERS] * width), min_size=1, max_size=5)))
def test_a_copied_block_is_read_back_exactly(rows: list[tuple[float, ...]]) -> None:
    text = "\r\n".join("\t".join(map(repr, row)) for row in rows) + "\r\n"
    assert parse_table(text) == tuple(rows)


@pytest.mark.parametrize(
    "text", ["1\t2\n3\t4", "1,2\n3,4\n", "1;2\n3;4", "1 2\n3 4", '"1","2"\n"3","4"', "[[1,2],[3,4]]"]
)
def test_tabs_commas_semicolons_spaces_and_brackets_part_the_columns(text: str) -> None:
    assert parse_table(text) == ((1, 2), (3, 4))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1\t2\n3\tx", "Row 2, column 2"),
        ("1\t2\n3", "Row 2"),
        ("1,5\t2,5", "1.5"),
        ("name\tage", "Row 1, column 1"),
        ("", "no numbers"),
        ("1\t\t2", "Row 1, column 2"),
        ("[[[1]]]", "deeper"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused_where_it_goes_wrong(text: str, hint: str) -> None:
    with pytest.raises(ValueTextError) as caught:
        parse_table(text)
    assert hint in str(caught.value)


def test_one_number_and_a_list_are_no_table() -> None:
    assert looks_like_a_table("1\t2")
    assert looks_like_a_table("1\n2")
    assert not looks_like_a_table("1.5\n")
    assert not looks_like_a_table("[[1],\n[2]]")
