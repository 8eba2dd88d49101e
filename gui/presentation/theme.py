"""Colour keys to colours: what the files in ``resources/themes`` say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

THEMES = Path(__file__).parents[2] / "resources" / "themes"


@dataclass(frozen=True)
class Theme:
    """A set of colours by what they mean, each as ``#rrggbb`` or ``#rrggbbaa``."""

    name: str
    dark: bool
    colours: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return the colour of a key such as ``meaning.value``."""
        return self.colours[key]

    def group(self, name: str) -> str:
        """Return the colour of a group of nodes; a group that the file does not know has that of ``Other``."""
        return self.colours.get(f"group.{name}", self.colours["group.Other"])


@cache
def load_theme(name: str) -> Theme:
    """Return the theme called ``light`` or ``dark``."""
    content = tomllib.loads((THEMES / f"{name}.toml").read_text(encoding="utf-8"))
    colours = {
        f"{section}.{key}": colour
        for section, entries in content.items()
        if isinstance(entries, dict)
        for key, colour in entries.items()
    }
    return Theme(content["name"], content["dark"], colours)
