"""Finding a command by a few words of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.commands import matching

COMMANDS = ["File › Save", "File › Save as…", "Edit › Undo Save", "View › Theme › Dark", "Graph › Align › Left edges"]


def found(typed: str) -> list[str]:
    return [COMMANDS[place].rsplit(" › ")[-1] for place in matching(COMMANDS, typed)]


def test_words_in_any_order_and_case_find_a_command_by_its_menu_and_its_name() -> None:
    assert found("dark THEME") == ["Dark"]
    assert found("lef al") == ["Left edges"]
    assert found("nothing") == []


def test_what_begins_with_the_words_comes_first() -> None:
    assert found("save") == ["Save", "Save as…", "Undo Save"]
    assert found("d") == ["Dark", "Undo Save", "Left edges"]


@given(st.text(max_size=8))
def test_nothing_is_found_that_lacks_a_word_and_nothing_twice(typed: str) -> None:
    places = matching(COMMANDS, typed)
    assert len(set(places)) == len(places)
    words = typed.casefold().split()
    assert set(places) == {
        place for place, command in enumerate(COMMANDS) if all(word in command.casefold() for word in words)
    }
