"""PictureWish: what a person wants of a picture of the graph."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = ("svg", "pdf", "png")


@dataclass(frozen=True)
class PictureWish:
    """A format of ``FORMATS``, and what the picture shows."""

    format: str
    with_values: bool = True
    """Whether the numbers of the run are on it: without, it is a sheet to be filled in."""
    with_background: bool = True
    """Whether it has the ground of the canvas; without, it is transparent."""
