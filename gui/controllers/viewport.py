"""What is asked of the canvas from elsewhere: menus and panels ask, the canvas hears."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Viewport(QObject):
    """Requests to the canvas, so that menus and panels need not know it."""

    fit = Signal()
    fit_selection = Signal()
    actual_size = Signal()
    zoom_in = Signal()
    zoom_out = Signal()
    reveal = Signal(str)
    """Bring a node into sight."""
    edit_value = Signal(str)
    """Open the editor of an Input's value at its card."""
    rename = Signal(str)
    """Open the editor of a node's name at its card."""
    add_by_typing = Signal()
    """Open the list to add a node by its name."""
    connect_by_typing = Signal(str)
    """Open the list of the ports that a node can feed."""
    disconnect_by_typing = Signal(str)
    """Open the list of the wires at a node that can be taken away."""
    next_wire = Signal()
    """Select the next wire of the selected node."""
    place_new = Signal(str)
    """Place a node of this palette entry where the next click goes."""
    bring_nodes = Signal(str, object)
    """Make edits, as one step called so, that bring nodes for one that is there, where they cover nothing."""
    add_note = Signal()
    """Have a new note written."""
    edit_note = Signal(str)
    """Have a note written anew."""
    colour_notes = Signal(str)
    """Give the selected notes a colour, by its name in a file."""
    arrange = Signal()
    """Lay the graph (or the selection) out."""
    cut = Signal()
    copy = Signal()
    paste = Signal()
    duplicate = Signal()
    """What the clipboard takes and gives; the canvas knows where the cards stand."""
    align = Signal(str)
    """Bring the selected cards into line: their ``left``, ``centre``, ``right``, ``top``, ``middle`` or ``bottom``."""
    distribute = Signal(str)
    """Leave the same room between the selected cards, ``horizontally`` or ``vertically``."""
    export_picture = Signal(object, str)
    """Write a picture, as a PictureWish says, to a path."""
    copy_picture = Signal()
    """Put a picture on the clipboard."""
