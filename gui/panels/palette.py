"""The Palette panel: what can be placed, by group."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.panel import Panel
from gui.presentation import catalogue
from gui.widgets.palette_button import PaletteButton
from gui.widgets.sentences import spoken
from gui.widgets.style import colour
from gui.workspace import Workspace
from miniflow.overriding import override


class PalettePanel(Panel):
    """Click an entry, then the canvas; or drag it there."""

    name = "palette"
    area = Qt.DockWidgetArea.LeftDockWidgetArea
    place = 1

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._buttons: list[PaletteButton] = []
        self._headings: list[QLabel] = []
        rows = QWidget(self)
        self._column = QVBoxLayout(rows)
        self._column.setContentsMargins(12, 4, 12, 8)
        self._column.setSpacing(2)
        self._add_search()
        for section, entries in catalogue.sections().items():
            self._add_heading(section)
            for entry in entries:
                self._add_entry(entry)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()

    @override
    def title(self) -> str:
        return self.tr("Nodes")

    def _add_search(self) -> None:
        button = QPushButton(self.tr("Add a node…   Tab"), self)
        button.setObjectName("palette.search")
        button.setAccessibleName(self.tr("Add a node by typing its name"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet("padding-left: 2px; padding-right: 2px;")
        button.clicked.connect(self.workspace.viewport.add_by_typing)
        self._column.addWidget(button)

    def _add_heading(self, section: str) -> None:
        heading = QLabel(spoken(section), self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self._headings.append(heading)
        self._column.addSpacing(2)
        self._column.addWidget(heading)

    def _add_entry(self, entry: catalogue.Entry) -> None:
        button = PaletteButton(entry.name, entry.symbol, spoken(entry.name), spoken(entry.summary), self)
        button.clicked.connect(self._place)
        self._buttons.append(button)
        self._column.addWidget(button)

    def _place(self) -> None:
        button = self.sender()
        if isinstance(button, PaletteButton):
            self.workspace.viewport.place_new.emit(button.entry)

    def _restyle(self) -> None:
        theme = self.workspace.appearance.theme
        known = catalogue.entries()
        for button in self._buttons:
            chip = theme.group(known[button.entry].colour_group)
            button.set_colours(colour(chip), colour(theme["surface.line"]), colour(theme["text.faint"]))
        for heading in self._headings:
            heading.setStyleSheet(f"color: {theme['text.faint']}; font-weight: 600;")
