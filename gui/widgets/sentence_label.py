"""A sentence beside the thing that it is about: calm when it informs, marked when something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.presentation.theme import Theme, load_theme
from miniflow.overriding import override

DARK_BELOW = 128


def theme_of(widget: QWidget) -> Theme:
    """Return the theme that a widget's palette was made from, for widgets that are handed none."""
    return load_theme("dark" if widget.palette().window().color().lightness() < DARK_BELOW else "light")


class WrappedLabel(QLabel):
    """Plain text that wraps, and is as high as its width asks for, in whatever layout."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(text)
        self._fit_height()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the new width asks for."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        self.setMinimumHeight(self._fitting_height())

    def _fitting_height(self) -> int:
        """Return the height that its width asks for; Qt's own answer is never less than what was asked for before."""
        self.setMinimumHeight(0)
        return max(0, self.heightForWidth(self.width()))


class SentenceLabel(WrappedLabel):
    """A sentence that is hidden while there is nothing to say."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName(name)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._is_problem = False
        self.hide()

    def inform(self, text: str) -> None:
        """Say something that needs no action."""
        self._show(text, is_problem=False)

    def complain(self, text: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._show(text, is_problem=True)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _show(self, text: str, is_problem: bool) -> None:
        self._is_problem = is_problem
        self.setText(f"⚠ {text}" if is_problem and text else text)
        self._colour()
        self.setVisible(bool(text))

    def _colour(self) -> None:
        theme = theme_of(self)
        code = theme["meaning.problem"] if self._is_problem else theme["text.faint"]
        style = f"color: {code};"
        if self.styleSheet() != style:
            self.setStyleSheet(style)
