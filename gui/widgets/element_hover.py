"""ElementHover: the mouse over a number of a result lights up what made it, and has the arithmetic written out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from gui.presentation.inline import inline
from gui.widgets.number_view import NumberView
from gui.widgets.sentences import say
from miniflow.explain.elements import Making


class ElementHover(QObject):
    """Connects the view of a result with those of what it was made of, and writes into a label."""

    def __init__(self, making: Making, views: Mapping[int, NumberView], label: QLabel) -> None:
        super().__init__(label)
        self._making = making
        self._views = views
        self._label = label
        self._hint = say(making.hint)
        label.setText(self._hint)
        views[id(making.result)].hovered.connect(self._show)

    def _show(self, row: int, column: int) -> None:
        for view in self._views.values():
            view.light_up(None)
        if row < 0:
            self._label.setText(self._hint)
            return
        element = self._making.element(row, column)
        masks: dict[int, list[object]] = {}
        for lit in element.made_of:
            masks.setdefault(id(lit.value), []).append(lit.mask)
        for identity, parts in masks.items():
            if identity in self._views:  # a matrix that is used twice shows what both uses took of it
                self._views[identity].light_up(np.any(np.array(parts), axis=0))
        self._label.setText(self.tr("{0}: {1}").format(say(element.place), element.arithmetic.text(inline)))
