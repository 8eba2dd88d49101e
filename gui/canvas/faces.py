"""Faces: what each card shows now, put together from the document, the run and the structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from gui.canvas.face import Badge, Face
from gui.canvas.figure import Figure
from gui.canvas.geometry import table_of
from gui.canvas.ports import free_ports_of, ports_of
from gui.canvas.words import shape_text
from gui.widgets.sentences import say
from miniflow.catalogue import node_classes
from miniflow.graph.records import NodeRecord, Shape
from miniflow.graph.signatures import needed_ports

if TYPE_CHECKING:
    from gui.workspace import Workspace
    from miniflow.engine.trace import Moment

translate = QCoreApplication.translate


def face_of(workspace: Workspace, node: str) -> Face:
    """Return what the card of ``node`` shows now."""
    record = workspace.document.nodes[node]
    reading = workspace.readings.of(node)
    shape = workspace.readings.shape(node)
    is_input = record.type == "Input"
    moment = workspace.stepping.moment
    stale = workspace.stepping.stale
    is_wrong = workspace.checks.finds_wrong(node)
    badge, badge_text = (Badge.WRONG, translate("Card", "✗ gradient")) if is_wrong else _badge(moment, record, stale)
    value = _figure(translate("Card", "value"), reading.value, shape, reading.stale and not is_input)
    value.before = reading.before_update
    fault = workspace.structure.misfits.get(node)
    symbol, group = symbol_and_group(record)
    ports = ports_of(record)
    return Face(
        title=node,
        kind=record.type,
        symbol=symbol,
        group=group,
        ports=ports,
        value=value,
        gradient=_figure(translate("Card", "gradient"), reading.gradient, shape, reading.stale),
        place="" if reading.place is None else str(reading.place),
        badge=badge,
        badge_text=badge_text,
        is_current=not stale and moment is not None and (step := moment.step) is not None and step.node == node,
        fault=say(fault) if fault else "",
        free_ports=frozenset(free_ports_of(record)),
    )


def symbol_and_group(record: NodeRecord) -> tuple[str, str]:
    """Return a node's symbol, and the group by which it is coloured."""
    if record.type == "Input":
        return ("W", "Trainables") if record.trainable else ("x", "Inputs")
    kind = node_classes().get(record.type)
    return (kind.symbol, kind.group) if kind else ("?", "Other")


def _badge(moment: Moment | None, record: NodeRecord, stale: bool) -> tuple[Badge, str]:
    if moment is None or record.id not in moment.trace.record.nodes:
        return Badge.NONE, ""
    if stale:
        return Badge.STALE, translate("Card", "stale")
    if moment.update(record.id) is not None:
        return Badge.UPDATED, translate("Card", "updated")
    return (Badge.NONE, "") if moment.place(record.id) is not None else _badge_without_place(moment, record)


def _badge_without_place(moment: Moment, record: NodeRecord) -> tuple[Badge, str]:
    """Say what Kahn's algorithm still waits for, or that it has ended without the node.

    What lacks something can be ordered all the same, though never computed: that it lacks it is said in place of that.
    """
    unmet, lack = moment.unmet(record.id), _lack(record)
    if moment.position >= len(moment.trace.order):
        return Badge.WAITS, translate("Card", "left over")
    if unmet:
        return Badge.WAITS, lack or translate("Card", "waits for {0}").format(unmet)
    return Badge.READY, translate("Card", "{0} ▸").format(lack or translate("Card", "ready"))


def _lack(record: NodeRecord) -> str:
    """Name what a node lacks to be computed: its value, or an input; empty where it lacks nothing."""
    if record.type == "Input" and record.value is None:
        return translate("Card", "no value")
    needed = needed_ports(record.type, len(record.inputs))
    free = [port for port in free_ports_of(record) if port < needed]
    if len(free) == 1:
        return translate("Card", "{0} is free").format(ports_of(record)[free[0]])
    return translate("Card", "{0} are free").format(len(free)) if free else ""


def _fits_anywhere(lengths: Shape) -> bool:
    """Tell whether an old array can be shown on a card that has been measured for another shape."""
    return all(length <= 2 for length in table_of(lengths))


def _figure(label: str, array: Any, shape: Shape | None, stale: bool) -> Figure:
    fits = array is None or not stale or shape == np.shape(array) or _fits_anywhere(np.shape(array))
    known = shape if array is None or not fits else np.shape(array)
    return Figure(label, "" if known is None else shape_text(known), array if fits else None, stale)
