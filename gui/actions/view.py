"""The View menu."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.menu import Menu
from miniflow.overriding import override


class ViewMenu(Menu):
    """How the canvas is looked at, and how everything looks. The main window adds the panels to it."""

    name = "view"
    place = 3

    @override
    def title_text(self) -> str:
        return self.tr("&View")

    @override
    def fill(self) -> None:
        viewport, key = self.workspace.viewport, QKeySequence.StandardKey
        self.add("fit", self.tr("&Fit everything"), viewport.fit.emit, "F")
        self.add("fit_selection", self.tr("Fit &selection"), viewport.fit_selection.emit, "Shift+F")
        self.add("actual_size", self.tr("&100 %"), viewport.actual_size.emit, "Ctrl+0")
        self.add("zoom_in", self.tr("Zoom &in"), viewport.zoom_in.emit, key.ZoomIn, "Ctrl+=")
        self.add("zoom_out", self.tr("Zoom &out"), viewport.zoom_out.emit, key.ZoomOut)
        self.addSeparator()
        self._add_snapping()
        self._present = self.add(
            "present", self.tr("&Presentation mode"), self._toggle_presentation, "F5", checkable=True
        )
        self._add_themes()
        self.addSeparator()
        self.workspace.appearance.changed.connect(self._mirror)
        self._mirror()

    def _add_snapping(self) -> None:
        snapping = self.workspace.snapping
        for verb, text, choose, chosen in (
            ("snap_neighbours", self.tr("Snap to &neighbours"), snapping.snap_to_neighbours, snapping.to_neighbours),
            ("snap_grid", self.tr("Snap to the gri&d"), snapping.snap_to_grid, snapping.to_grid),
        ):
            self.add(verb, text, choose, checkable=True).setChecked(chosen)
        overview = self.workspace.overview
        map_action = self.add("minimap", self.tr("&Map while not all is in sight"), overview.want, "M", checkable=True)
        map_action.setChecked(overview.is_wanted)
        following = self.workspace.following
        follow = self.add("follow_step", self.tr("Fo&llow the step"), following.want, checkable=True)
        follow.setChecked(following.is_wanted)
        self.addSeparator()

    def _add_themes(self) -> None:
        themes = QMenu(self.tr("&Theme"), self)
        group = QActionGroup(self)
        self._themes = {}
        for choice, text in (
            ("auto", self.tr("&As the desktop")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self.add(f"theme_{choice}", text, self._choose_theme, checkable=True, submenu=themes)
            self._themes[choice] = group.addAction(action)
        self.addMenu(themes)

    def _choose_theme(self) -> None:
        for choice, action in self._themes.items():
            if action.isChecked() and choice != self.workspace.appearance.choice:
                self.workspace.appearance.choose(choice)

    def _toggle_presentation(self) -> None:
        self.workspace.appearance.present(not self.workspace.appearance.presenting)

    def _mirror(self) -> None:
        self._present.setChecked(self.workspace.appearance.presenting)
        self._themes[self.workspace.appearance.choice].setChecked(True)
