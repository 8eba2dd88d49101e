"""The Graph menu."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.menu import Menu
from gui.presentation.node_facts import can_feed_another, is_wired
from gui.widgets.note_words import colour_name
from gui.widgets.sentences import say
from miniflow.graph.edits import SetOutput, SetTrainable
from miniflow.graph.fixes import parameters
from miniflow.graph.layering import lacks_parameters
from miniflow.graph.records import NOTE_COLOURS
from miniflow.overriding import override


class GraphMenu(Menu):
    """What is done to the network itself."""

    name = "graph"
    place = 4

    @override
    def title_text(self) -> str:
        return self.tr("&Graph")

    @override
    def fill(self) -> None:
        viewport = self.workspace.viewport
        self.add("add", self.tr("&Add a node…"), viewport.add_by_typing.emit, "A")
        self.add("add_note", self.tr("Add a n&ote"), viewport.add_note.emit, "N")
        self._connect = self.add("connect", self.tr("Connect to a &port…"), self._connect_node, "C")
        self._disconnect = self.add("disconnect", self.tr("Take a w&ire away…"), self._disconnect_node, "Shift+C")
        self._arrange = self.add("arrange", self.tr("Arran&ge"), viewport.arrange.emit, "Ctrl+L")
        self._add_aligning()
        self.addSeparator()
        self._parameters = self.add("parameters", self.tr("Bring its &W and b"), self._bring_parameters, "W")
        self._add_note_colours()
        self._output = self.add("output", self.tr("&Differentiate this node"), self._set_output)
        self._trainable = self.add("trainable", self.tr("&Trainable"), self._toggle_trainable, checkable=True)
        self.workspace.selection.changed.connect(self._mirror)
        self.workspace.history_changed.connect(self._mirror)
        self._mirror()

    def _add_aligning(self) -> None:
        self._lines = QMenu(self.tr("A&lign"), self)
        for edge, text in (
            ("left", self.tr("&Left edges")),
            ("centre", self.tr("&Centres, in a column")),
            ("right", self.tr("&Right edges")),
            ("top", self.tr("&Top edges")),
            ("middle", self.tr("&Middles, in a row")),
            ("bottom", self.tr("&Bottom edges")),
        ):
            self.add(f"align_{edge}", text, self._align, submenu=self._lines).setData(edge)
        self.addMenu(self._lines)
        self._rooms = QMenu(self.tr("Distri&bute"), self)
        for way, text in (("horizontally", self.tr("&Horizontally")), ("vertically", self.tr("&Vertically"))):
            self.add(f"distribute_{way}", text, self._distribute, submenu=self._rooms).setData(way)
        self.addMenu(self._rooms)

    def _add_note_colours(self) -> None:
        self._colours = QMenu(self.tr("&Colour of the note"), self)
        for colour in NOTE_COLOURS:
            name = colour_name(colour)
            self.add(f"note_{colour}", name, self._colour, checkable=True, submenu=self._colours).setData(colour)
        self.addMenu(self._colours)

    def _mirror_notes(self) -> None:
        notes, chosen = self.workspace.document.notes, self.workspace.selection.notes
        colours = {notes[note].colour for note in chosen if note in notes}
        for action in self._colours.actions():
            action.setEnabled(bool(colours))
            action.setChecked(colours == {action.data()})

    def _colour(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.workspace.viewport.colour_notes.emit(action.data())
            self._mirror_notes()

    def _mirror(self) -> None:
        self._mirror_notes()
        chosen = len(self.workspace.selection.nodes)
        self._arrange.setText(self.tr("Arran&ge the selection") if chosen > 1 else self.tr("Arran&ge"))
        for menu, least in ((self._lines, 2), (self._rooms, 3)):
            for action in menu.actions():
                action.setEnabled(chosen >= least)
        document = self.workspace.document
        self._arrange.setEnabled(bool(document.nodes))
        record = document.nodes.get(self.workspace.selection.current or "")
        is_input = record is not None and record.type == "Input"
        self._connect.setEnabled(record is not None and can_feed_another(document, record.id))
        self._disconnect.setEnabled(record is not None and is_wired(document, record.id))
        self._parameters.setEnabled(record is not None and lacks_parameters(record))
        self._output.setEnabled(record is not None and not is_input and record.id != document.output)
        self._trainable.setEnabled(is_input)
        self._trainable.setChecked(record is not None and record.trainable)

    def _align(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.workspace.viewport.align.emit(action.data())

    def _distribute(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.workspace.viewport.distribute.emit(action.data())

    def _connect_node(self) -> None:
        if self.workspace.selection.current is not None:
            self.workspace.viewport.connect_by_typing.emit(self.workspace.selection.current)

    def _disconnect_node(self) -> None:
        if self.workspace.selection.current is not None:
            self.workspace.viewport.disconnect_by_typing.emit(self.workspace.selection.current)

    def _bring_parameters(self) -> None:
        document = self.workspace.document
        record = document.nodes.get(self.workspace.selection.current or "")
        fix = parameters(self.workspace.structure, record) if record is not None else None
        if fix is not None:
            self.workspace.mend(say(fix.label), *fix.edits)

    def _set_output(self) -> None:
        current = self.workspace.selection.current
        if current is not None:
            old = self.workspace.document.output
            self.workspace.do(self.tr("Differentiate {0}").format(current), SetOutput(old, current))

    def _toggle_trainable(self) -> None:
        record = self.workspace.document.nodes.get(self.workspace.selection.current or "")
        if record is not None:
            edit = SetTrainable(record.id, record.trainable, not record.trainable)
            self.workspace.do(self.tr("Change what is trained"), edit)
