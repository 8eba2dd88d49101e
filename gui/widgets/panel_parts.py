"""What the content of panels is made of: plain text, names that can be clicked, and one style for all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.presentation.line_breaks import NO_BREAK, kept_whole
from gui.presentation.theme import Theme
from gui.widgets.sentences import short
from miniflow.overriding import override


class PlainLabel(QLabel):
    """A label that shows a text as it stands, in one line if there is room, else in several."""

    @override
    def setText(self, text: str) -> None:
        """Show a text, in lines that end where they may."""
        super().setText(kept_whole(text))

    @override
    def text(self) -> str:
        """The text as it was given."""
        return super().text().replace(NO_BREAK, " ")

    @override
    def sizeHint(self) -> QSize:
        """All in one line."""
        margins = self.contentsMargins()
        one_line = self.fontMetrics().horizontalAdvance(self.text()) + margins.left() + margins.right() + 2
        return QSize(one_line, super().heightForWidth(one_line))


def plain_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Return a label that shows ``text`` as it stands, on several lines where it must."""
    label = PlainLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    return label


class NodeLink(QPushButton):
    """A node's name that can be clicked."""

    chosen = Signal(str)

    def __init__(self, node: str, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__((text or short(node)).replace("&", "&&"), parent)
        self._node = node
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Go to {0}").format(node))
        self.setObjectName("link.node")
        self.setProperty("kind", "link")
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.chosen.emit(self._node)


def panel_stylesheet(theme: Theme, scale: float) -> str:
    """Return the style sheet of a panel's content: what the property ``kind`` of its widgets says."""
    return f"""
        QWidget[kind="content"] {{ background: {theme["surface.panel"]}; }}
        QLabel {{ color: {theme["text.normal"]}; background: transparent; }}
        QLabel[kind="title"] {{ color: {theme["text.strong"]}; font-size: {round(16 * scale)}px;
                                font-weight: 700; }}
        QLabel[kind="heading"] {{ color: {theme["text.strong"]}; font-weight: 600; }}
        QLabel[kind="quiet"] {{ color: {theme["text.faint"]}; }}
        QLabel[kind="stale"] {{ background: {theme["meaning.stale_ground"]}; color: {theme["meaning.stale"]};
                                border-radius: 6px; padding: 7px 9px; }}
        QLabel[kind="good"] {{ background: {theme["meaning.good_ground"]}; color: {theme["meaning.good"]};
                               border-radius: 6px; padding: 7px 9px; font-weight: 600; }}
        QLabel[kind="problem"] {{ background: {theme["meaning.problem_ground"]}; color: {theme["meaning.problem"]};
                                  border-radius: 6px; padding: 7px 9px; font-weight: 600; }}
        QLabel[kind="badge"] {{ background: {theme["meaning.current"]}; color: {theme["surface.window"]};
            min-width: {round(20 * scale)}px; max-width: {round(20 * scale)}px;
            min-height: {round(20 * scale)}px; max-height: {round(20 * scale)}px;
            border-radius: {round(10 * scale)}px; font-weight: 700; font-size: {round(12 * scale)}px; }}
        QFrame[kind="card"] {{ background: {theme["surface.canvas"]}; border: 1px solid {theme["surface.line"]};
                               border-radius: 8px; }}
        QPushButton[kind="link"] {{ color: {theme["meaning.value"]}; background: transparent; border: none;
                                    padding: 1px 0px; font-weight: 600; text-align: left; }}
        QPushButton[kind="link"]:hover, QPushButton[kind="link"]:focus {{ text-decoration: underline; }}
        QPushButton[kind="chip"] {{ color: {theme["text.strong"]}; background: {theme["surface.card"]};
            border: 1px solid {theme["surface.line"]}; border-radius: 9px; padding: 2px 9px; font-weight: 600; }}
        QPushButton[kind="ready"] {{ color: {theme["meaning.ready"]}; background: {theme["surface.card"]};
            border: 2px solid {theme["meaning.ready"]}; border-radius: 9px; padding: 1px 8px; font-weight: 600; }}
        QPushButton[kind="current"] {{ color: {theme["surface.window"]}; background: {theme["meaning.current"]};
            border: 1px solid {theme["meaning.current"]}; border-radius: 9px; padding: 2px 9px; font-weight: 600; }}
        QPushButton[kind="left over"] {{ color: {theme["meaning.problem"]}; border-radius: 9px; padding: 2px 9px;
            background: {theme["meaning.problem_ground"]}; border: 1px solid {theme["meaning.problem"]}; }}
        {_code(theme, scale)}
        QLabel[selected="true"] {{ color: {theme["meaning.selection"]}; font-weight: 700; }}
        QPushButton[kind="chip"]:hover {{ background: {theme["surface.hover"]}; }}
    """


def _code(theme: Theme, scale: float) -> str:
    """Lines of a program or an algorithm: the current one, those that have run, and what these came to."""
    return f"""
        QLabel[kind="code"], QLabel[kind="code now"], QLabel[kind="code ran"], QLabel[kind="code outcome"] {{
            font-family: monospace; font-size: {round(12 * scale)}px;
            padding: 2px 8px; color: {theme["text.faint"]}; border-left: 3px solid transparent; }}
        QLabel[kind="code now"] {{ color: {theme["text.strong"]}; background: {theme["surface.hover"]};
            border-left: 3px solid {theme["meaning.current"]}; font-weight: 700; }}
        QLabel[kind="code ran"] {{ color: {theme["text.strong"]}; }}
        QLabel[kind="code outcome"] {{ color: {theme["meaning.value"]}; font-weight: 700; padding: 2px 0px; }}
    """


def styled(widget: QWidget, kind: str) -> QWidget:
    """Return the widget, marked as what the style sheet calls ``kind``."""
    widget.setProperty("kind", kind)
    return widget


def push_button(parent: QWidget, name: str, text: str, clicked: Callable[[], object]) -> QPushButton:
    """Return a button that is found by its name, and read aloud as it is written."""
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.clicked.connect(clicked)
    return button
