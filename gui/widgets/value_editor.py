"""The editor of an Input's value, on the canvas and in the inspector alike."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.presentation.nested import count
from gui.widgets.drafts import DraftEditor
from gui.widgets.sentence_label import SentenceLabel
from gui.widgets.sentences import say
from gui.widgets.value_forms import MOST_IN_GRID, GridForm, TextForm, ValueForm
from gui.widgets.value_recipes import DatasetForm, FilledForm, RandomForm
from miniflow.errors import MiniFlowError
from miniflow.graph.limits import shape_of, value_fault
from miniflow.graph.records import DatasetPart, Literal, Normal, Ones, Shape, Uniform, ValueRecord, Zeros
from miniflow.overriding import override

LEAST_WIDTH = 272
TYPED_UP_TO = 64
"""A literal with more numbers opens as a grid."""


class ValueEditor(DraftEditor):
    """Edits one value: Enter accepts, Escape cancels; a bad text stays where it is, with a sentence below it.

    >>> editor = ValueEditor()  # doctest: +SKIP
    >>> editor.accepted.connect(lambda value: print(value))  # doctest: +SKIP
    >>> editor.edit(None, suggested_shape=(13, 10))  # doctest: +SKIP
    """

    form_changed = Signal()
    """Another form shows, or a sentence came or went: the editor may need another height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: ValueRecord | None = None
        self._shape: Shape = ()
        self._forms: list[ValueForm] = []
        self._index = 0
        self._reason = ""
        self._is_touched = False
        self._kinds = QComboBox()
        self._kinds.setObjectName("value.kind")
        self._kinds.setAccessibleName(self.tr("How the value is given"))
        self._add(self.tr("Typed numbers"), TextForm())
        self._add(self.tr("Grid of numbers"), GridForm())
        self._add(self.tr("Zeros"), FilledForm(Zeros))
        self._add(self.tr("Ones"), FilledForm(Ones))
        self._add(self.tr("Random, around 0 (normal)"), RandomForm(Normal))
        self._add(self.tr("Random, within bounds (uniform)"), RandomForm(Uniform))
        self._add(self.tr("From a data set"), DatasetForm())
        self._kinds.activated.connect(self._change_form)
        self._message = SentenceLabel("value.message")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self._kinds)
        for form in self._forms:
            self._column.addWidget(form, 1)
        self._column.addWidget(self._message)
        self._column.addLayout(self._buttons())
        self.setMinimumWidth(LEAST_WIDTH)
        self._show_form(0)

    def edit(self, value: ValueRecord | None, suggested_shape: Shape | None = None) -> None:
        """Begin to edit ``value``; where it is None, the forms that need a shape begin with the suggested one."""
        self.show_value(value, suggested_shape)
        self._focus()

    def show_value(self, value: ValueRecord | None, suggested_shape: Shape | None = None) -> None:
        """Be ready to edit ``value``, as ``edit`` does, but leave the keyboard where it is."""
        self._value = value
        self._shape = (shape_of(value) if value is not None else None) or suggested_shape or ()
        index = self._form_for(value)
        self._show_form(index)
        self._forms[index].show_value(value, self._shape)
        self._complain("")
        self._is_touched = False

    def fitting_height(self, width: int) -> int:
        """Return the height at which nothing is cut off at this width."""
        for layout in (self._current.layout(), self._column):  # from inside out: each tells the next what it needs
            if layout is not None:
                layout.activate()
        height = self._column.totalHeightForWidth(width)
        return height if height >= 0 else self._column.totalSizeHint().height()

    def accept(self) -> None:
        """Hand out what is given; where it is no value, say why and go back to it."""
        self._offer()
        if self._reason:
            self._focus()

    @property
    def has_draft(self) -> bool:
        """Whether the person has changed something that was neither set nor given up."""
        return self._is_touched

    @override
    def hand_out(self) -> str:
        self._current.finish()
        if self._is_touched and not self._reason:
            self._offer()
        return self._reason

    @override
    def settle(self) -> str:
        reason = self.hand_out()
        if reason:
            self._focus()
        return reason

    @override
    def give_up(self) -> None:
        self.show_value(None)

    def forget_complaint(self) -> None:
        """Say no longer why what was typed cannot be, where that was said."""
        self._complain("")

    def cancel(self) -> None:
        """Go back to the value that holds."""
        self.edit(self._value, self._shape)
        self.cancelled.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept at Enter, cancel at Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _add(self, text: str, form: ValueForm) -> None:
        self._kinds.addItem(text)
        self._forms.append(form)
        form.changed.connect(self._hear_change)
        form.complained.connect(self._complain)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for name, text, slot in (("cancel", self.tr("Cancel"), self.cancel), ("accept", self.tr("Set"), self.accept)):
            button = QPushButton(text)
            button.setObjectName(f"value.{name}")
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        button.setProperty("primary", True)
        return row

    @property
    def _current(self) -> ValueForm:
        return self._forms[self._index]

    @staticmethod
    def _form_for(value: ValueRecord | None) -> int:
        if value is None or isinstance(value, Literal):
            return 1 if value is not None and count(value.data) > TYPED_UP_TO else 0
        return (Zeros, Ones, Normal, Uniform, DatasetPart).index(type(value)) + 2

    # --- what happens ---------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        """Hand out what is given, or say why it is no value."""
        try:
            value = self._current.value()
            fault = value_fault(value)
        except MiniFlowError as error:
            fault = error.sentence
        if fault is not None:
            self._complain(say(fault))
        else:
            self._complain("")
            self._is_touched = False
            self.accepted.emit(value)

    def _change_form(self, index: int) -> None:
        """Carry what is given over to another form, as far as that can show it."""
        try:
            given: ValueRecord | None = self._current.value()
        except MiniFlowError:
            given = self._value
        shape = (shape_of(given) if given is not None else None) or self._shape
        if index in (0, 1) and given is not None and not isinstance(given, Literal):
            given = written_out(given)
        self._show_form(index)
        self._forms[index].show_value(given, shape)
        self._complain("")
        self._is_touched = True
        self._focus()
        self.form_changed.emit()

    def _show_form(self, index: int) -> None:
        self._kinds.setCurrentIndex(index)
        self._index = index
        for place, form in enumerate(self._forms):
            form.setVisible(place == index)  # a QStackedWidget would be as high as its highest page
        self.setFocusProxy(self._forms[index].field())

    def _focus(self) -> None:
        if self.isVisible():
            self._current.field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _hear_change(self) -> None:
        self._is_touched = True
        self._complain("")

    def _complain(self, reason: str) -> None:
        if reason != self._reason:
            self._reason = reason
            self._message.complain(reason)
            self.form_changed.emit()
            if not reason:
                self.released.emit()


def written_out(value: ValueRecord) -> Literal | None:
    """Return the numbers that a recipe makes, as a literal; None where there are too many, or none."""
    from miniflow.graph.build import array_of, literal_of

    try:
        array = array_of(value)
    except MiniFlowError:
        return None
    return literal_of(array) if array.size <= MOST_IN_GRID else None
