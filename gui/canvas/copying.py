"""Copying: cut, copy, paste and duplicate. The clipboard holds a document as text, which can be kept anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QGuiApplication

from gui.canvas.pieces import around, clear_offset, laid_out, rooms
from miniflow.errors import FileFormatError, Sentence
from miniflow.graph import composing
from miniflow.graph.edits import AddNode, AddNote, Edit
from miniflow.graph.records import NodeRecord, Position, replace

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Copying(QObject):
    """Hears what the menus ask of the clipboard; each paste, cut or duplicate is one step to undo."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        requests = self._workspace.viewport
        requests.cut.connect(self.cut)
        requests.copy.connect(self.copy)
        requests.paste.connect(self.paste)
        requests.duplicate.connect(self.duplicate)

    def cut(self) -> None:
        """Put the selected nodes and notes on the clipboard and take them away."""
        selection = self._workspace.selection
        self.copy()
        self._canvas.do(
            self.tr("Cut"), composing.remove(self._workspace.document, selection.nodes, (), selection.notes)
        )

    def copy(self) -> None:
        """Put the selected nodes, the wires among them and the selected notes on the clipboard."""
        from miniflow.io.schema import to_text

        document, selection = self._workspace.document, self._workspace.selection
        if selection.nodes or selection.notes:
            piece = composing.fragment(document, selection.nodes, selection.notes)
            QGuiApplication.clipboard().setText(to_text(replace(piece, nodes=self._placed(piece.nodes.values()))))

    def paste(self) -> None:
        """Add the nodes and notes that are on the clipboard; where it holds none, say so and change nothing."""
        from miniflow.io.schema import from_text

        text = QGuiApplication.clipboard().text()
        try:
            piece = from_text(text)
        except FileFormatError as error:
            self._workspace.tell(_refusal(text, error))
            return
        if not piece.nodes and not piece.notes:
            self._workspace.tell(_NOTHING)
            return
        piece, group = laid_out(piece, self._canvas.mirror.look)
        edits = composing.paste(self._workspace.document, piece, self._offset(group))
        self._add(self.tr("Paste"), edits)

    def duplicate(self) -> None:
        """Add copies of the selected nodes, fed by what feeds these, and of the selected notes."""
        document, selection = self._workspace.document, self._workspace.selection
        chosen, notes = selection.nodes, selection.notes
        nodes = self._placed(document.nodes[node] for node in document.nodes if node in chosen)
        offset = clear_offset(self._canvas.mirror, rooms(self._canvas.mirror, nodes, notes))
        shown = replace(document.record(), nodes={**document.nodes, **nodes})
        self._add(self.tr("Duplicate"), composing.duplicate(shown, chosen, offset, notes))

    def _add(self, text: str, edits: Collection[Edit]) -> None:
        """Add copies, select them and nothing else, and bring them into sight."""
        if edits and self._workspace.do(text, *edits):
            nodes = [edit.node.id for edit in edits if isinstance(edit, AddNode)]
            notes = [edit.note.id for edit in edits if isinstance(edit, AddNote)]
            self._workspace.selection.select(nodes, (), notes)
            self._canvas.setFocus()
            self._canvas.navigator.bring_whole(around(rooms(self._canvas.mirror, nodes, notes)))

    def _placed(self, nodes: Iterable[NodeRecord]) -> dict[str, NodeRecord]:
        """Return nodes with the places at which they are shown, those that the document has not placed too."""
        self._canvas.arranger.finish()
        return {node.id: replace(node, position=self._shown_at(node)) for node in nodes}

    def _shown_at(self, node: NodeRecord) -> Position:
        card = self._canvas.mirror.nodes[node.id]
        return (round(card.x(), 2), round(card.y(), 2)) if node.position is None else card.pos().toTuple()

    def _offset(self, group: Sequence[QRectF]) -> Position:
        """Return by how much to move what is pasted: not at all where it is in sight and covers nothing."""
        sight, room = self._canvas.navigator.visible(), around(group)
        start = (0.0, 0.0)
        if not sight.contains(room):
            towards = sight.center() - room.center()
            start = (float(round(towards.x())), float(round(towards.y())))
        return clear_offset(self._canvas.mirror, group, start)


_NOTHING = Sentence("There are no nodes on the clipboard: copy some first.")


def _refusal(text: str, error: FileFormatError) -> Sentence:
    """Say why a text was not pasted: what is wrong in it, if it was ever meant to be a piece of a graph."""
    if '"miniflow-graph"' in text:
        return Sentence("Nothing was pasted. {reason}", {"reason": error.sentence})
    return _NOTHING
