"""Settling: before the document is saved, or goes, whatever is still being typed comes home."""

from __future__ import annotations

from miniflow.errors import Sentence


class Settling:
    """The call to come home. A good text is taken into the document; one that cannot be kept stays, and says why."""

    def __init__(self) -> None:
        self._reason: Sentence | str = ""

    def hold(self, reason: Sentence | str) -> None:
        """Say why a text cannot be kept; an empty reason says that there is none."""
        self._reason = self._reason or reason

    @property
    def fault(self) -> Sentence | None:
        """What to tell the person, as something typed would be lost; None where all has come home."""
        if not self._reason:
            return None
        return Sentence(
            "What is being typed cannot be kept. {reason} Mend it, or press Esc to give it up.",
            {"reason": self._reason},
        )
