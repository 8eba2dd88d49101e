"""The training settings as fields: typed, checked one by one, handed out when they fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from gui.presentation.pace import Pace
from gui.presentation.training_text import setting_text, with_setting
from gui.widgets.checked_field import CheckedField
from miniflow.graph.records import TrainingRecord

LINES = 3


class TrainingForm(QWidget):
    """Data set, learning rate, epochs, batch size and seed."""

    changed = Signal(object)
    """Settings that fit: a TrainingRecord."""
    dataset_chosen = Signal(str)
    pace_chosen = Signal(object)
    """A Pace: it holds at once, and is none of the document's settings."""
    checked = Signal()
    """A field was found faulty, or mended: see ``fault``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = TrainingRecord()
        self._fields: dict[str, CheckedField] = {}
        self._used: tuple[str, ...] | None = None
        self._editable = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setRowStretch(LINES, 1)
        self._add("learning_rate", self.tr("Learning rate"))
        self._add("epochs", self.tr("Epochs"))
        self._add("batch_size", self.tr("Batch size"))
        self._add_dataset()
        self._add_pace()
        self._add("seed", self.tr("Seed"))

    @property
    def fault(self) -> str:
        """Why the first faulty field does not fit; empty where all do."""
        return next((field.fault for field in self._fields.values() if field.fault), "")

    def show_settings(self, settings: TrainingRecord) -> None:
        """Show the settings that hold; a field that is being typed into keeps its text."""
        self._settings = settings
        for name, field in self._fields.items():
            field.show_value(setting_text(settings, name))

    def begin(self, settings: TrainingRecord) -> None:
        """Show the settings of another document: what was typed for the last one is given up."""
        self._settings = settings
        for name, field in self._fields.items():
            field.begin(setting_text(settings, name))

    def settle(self) -> str:
        """Hand out what is still being typed; return why it cannot be kept, if it cannot."""
        return next((reason for field in self._fields.values() if (reason := field.settle())), "")

    def show_datasets(self, used: Sequence[str], known: Mapping[str, str]) -> None:
        """Show which data sets Inputs use, of those that exist, by name and title."""
        if tuple(used) != self._used:
            self._used = tuple(used)
            self._fill(known)
        if len(used) == 1:
            self._dataset.setCurrentIndex(self._dataset.findData(used[0]))
        self.set_editable(self._editable)

    def set_editable(self, editable: bool) -> None:
        """Let the fields be typed into, or only be read."""
        self._editable = editable
        for field in self._fields.values():
            field.setEnabled(editable)
        self._dataset.setEnabled(editable and bool(self._used))

    def _fill(self, known: Mapping[str, str]) -> None:
        used = self._used or ()
        self._dataset.clear()
        self._dataset.setToolTip("")
        if not used:
            self._dataset.addItem(self.tr("none"))
            self._dataset.setToolTip(self.tr("No Input takes its value from a data set: give one to X and y."))
            return
        if len(used) > 1:
            self._dataset.addItem(self.tr("several"))
        for name in {**known, **dict.fromkeys(used)}:
            self._dataset.addItem(QCoreApplication.translate("Dataset", known.get(name, name)), name)

    def _add_dataset(self) -> None:
        self._dataset = QComboBox()
        self._dataset.setObjectName("training.dataset")
        self._dataset.setAccessibleName(self.tr("Data set"))
        self._dataset.activated.connect(self._choose)
        self._put(self.tr("Data"), self._dataset)

    def _add_pace(self) -> None:
        self._pace = QComboBox()
        self._pace.setObjectName("training.pace")
        self._pace.setAccessibleName(self.tr("Pace"))
        self._pace.setToolTip(self.tr("Slow is about one epoch a second, so that the numbers can be watched"))
        self._pace.addItem(self.tr("at full speed"), Pace.FAST)
        self._pace.addItem(self.tr("slow, to watch"), Pace.SLOW)
        self._pace.activated.connect(self._choose_pace)
        self._put(self.tr("Pace"), self._pace)

    def _add(self, name: str, label: str) -> None:
        field = CheckedField(f"training.{name}", partial(self._read, name))
        field.setAccessibleName(label)
        field.accepted.connect(self.changed)
        field.refused.connect(self.checked)
        self._put(label, field)
        self._fields[name] = field

    def _put(self, text: str, field: QWidget) -> None:
        """Add a field with its label: three below one another, the next three beside them, so that a low panel does."""
        column, line = divmod(self._grid.count() // 2, LINES)
        label = QLabel(text)
        label.setBuddy(field)
        self._grid.addWidget(label, line, 2 * column)
        self._grid.addWidget(field, line, 2 * column + 1)
        self._grid.setColumnStretch(2 * column + 1, 1 + column)

    def _read(self, name: str, text: str) -> TrainingRecord:
        return with_setting(self._settings, name, text)

    def _choose_pace(self) -> None:
        self.pace_chosen.emit(self._pace.currentData())

    def _choose(self) -> None:
        chosen = self._dataset.currentData()
        if isinstance(chosen, str):
            self.dataset_chosen.emit(chosen)
