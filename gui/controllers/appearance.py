"""How everything looks: the theme, and how large the type is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from gui.presentation.theme import Theme, load_theme

PRESENTATION_SCALE = 1.5
PANELS_SCALE = 1.25
NARROW = 1600
"""In a window that is less wide, a panel that is opened in a presentation leaves more of it to the graph."""


class Appearance(QObject):
    """The theme that is shown, ``auto`` following the desktop, and the scale of the type."""

    changed = Signal()

    def __init__(self, choice: str = "auto", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._presenting = False
        self._is_narrow = False
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_desktop)

    @property
    def choice(self) -> str:
        """What the person chose: ``auto``, ``light`` or ``dark``."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme that is shown."""
        if self._choice != "auto":
            return load_theme(self._choice)
        desktop = QGuiApplication.styleHints().colorScheme()
        return load_theme("dark" if desktop == Qt.ColorScheme.Dark else "light")

    @property
    def presenting(self) -> bool:
        """Whether the panels are gone and the type is half as big again."""
        return self._presenting

    @property
    def scale(self) -> float:
        """How much larger than usual the type is."""
        return PRESENTATION_SCALE if self._presenting else 1.0

    @property
    def panel_scale(self) -> float:
        """The same for panels: in a presentation in a narrow window the graph needs the room more than they do."""
        return min(self.scale, PANELS_SCALE) if self._is_narrow else self.scale

    def fit_to(self, width: int) -> None:
        """Learn how wide the window is."""
        was_narrow, self._is_narrow = self._is_narrow, width < NARROW
        if self._presenting and was_narrow != self._is_narrow:
            self.changed.emit()

    def choose(self, choice: str) -> None:
        """Show another theme."""
        self._choice = choice
        self.changed.emit()

    def present(self, presenting: bool) -> None:
        """Enter or leave presentation mode."""
        self._presenting = presenting
        self.changed.emit()

    def _follow_desktop(self) -> None:
        if self._choice == "auto":
            self.changed.emit()
