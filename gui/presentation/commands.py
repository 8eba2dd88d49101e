"""Finding a command by a few typed words."""

from __future__ import annotations

from collections.abc import Sequence


def matching(commands: Sequence[str], typed: str) -> list[int]:
    """Return which commands have every typed word in their text, the best first.

    A command is its menus and its name, parted by `` › ``. Words at the start of its name count most, then those at
    the start of any word; otherwise the order stays that of the menus.
    """
    words = typed.casefold().split()
    found = [place for place, command in enumerate(commands) if all(word in command.casefold() for word in words)]
    return sorted(found, key=lambda place: _distance(commands[place].casefold(), words))


def _distance(command: str, words: Sequence[str]) -> int:
    name = command.rsplit(" › ", 1)[-1]
    if name.startswith(" ".join(words)):
        return 0
    starts = command.split()
    if all(any(start.startswith(word) for start in name.split()) for word in words):
        return 1
    return 2 if all(any(start.startswith(word) for start in starts) for word in words) else 3
