"""Where a line of text may end: never within a shape, a short row of numbers or a short formula."""

from __future__ import annotations

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST = 24
"""What is longer than this is not kept in one line: a narrow panel has no room for it."""
_SIGNS = "=≈·⊙×+−→"
_ROW = re.compile(r"\[[^][]+\]")
_SHAPE = re.compile(r"\(\d+(?:(?:, | × )\d+)*,?\)")
_NAME_AND_NUMBER = re.compile(r"(?<![^ ])[^ ]{1,12}: [−\d][^ ]*")
_WORD_AND_SHAPE = re.compile(r"(?<![^ ])[^ ]{1,12} \(\d[^ ]*\)")
_FORMULA = re.compile(rf"(?<![^ ])[^ ]*[^ ,;:](?: [{_SIGNS}] [^ ]+)+")
_AFTER_A_SIGN = re.compile(rf"(?<= [{_SIGNS}]) ")


def kept_whole(text: str) -> str:
    """Return a text in which lines end where they may: a formula that is too long for one breaks before its signs.

    >>> kept_whole("so f has (2, 1), and h = 4e−5 or [1, 2]").replace(NO_BREAK, "~")
    'so f has~(2,~1), and h~=~4e−5 or [1,~2]'
    >>> kept_whole("0.25 · 0.6502 + 1.25 · 0.1966 gives 0.4083").replace(NO_BREAK, "~")
    '0.25 ·~0.6502 +~1.25 ·~0.1966 gives 0.4083'
    """
    for pattern in (_ROW, _SHAPE, _WORD_AND_SHAPE, _NAME_AND_NUMBER, _FORMULA):
        text = pattern.sub(lambda found: _whole(found[0]), text)
    return text


def _whole(part: str) -> str:
    return part.replace(" ", NO_BREAK) if len(part) <= LONGEST else _AFTER_A_SIGN.sub(NO_BREAK, part)
