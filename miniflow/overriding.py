"""``@override``: Python's own from 3.12 on; before that it does nothing when the program runs. Mypy checks both.

So neither the library nor the window needs a package for one word, which would be a twentieth of a cold start.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if sys.version_info >= (3, 12):
    from typing import override
elif TYPE_CHECKING:
    from typing_extensions import override
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        """Mark a method that takes the place of one of a base class."""
        return method


__all__ = ["override"]
