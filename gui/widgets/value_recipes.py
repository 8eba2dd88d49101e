"""The forms to give an Input a value by a recipe: zeros, ones, random numbers, or a part of a data set."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from gui.presentation.numbers import number
from gui.presentation.value_text import ValueTextError, parse_number, parse_shape, parse_whole, shape_text, value_text
from gui.widgets.sentence_label import WrappedLabel
from gui.widgets.value_forms import ValueForm
from miniflow.errors import MiniFlowError
from miniflow.graph.bounds import MAX_SEED
from miniflow.graph.limits import shape_of, value_fault
from miniflow.graph.records import DatasetPart, Normal, Ones, Shape, Uniform, ValueRecord, Zeros
from miniflow.overriding import override

FIRST = 4
LINES_ABOUT = 8
MOST_MADE_TO_LOOK = 100_000


class FilledForm(ValueForm):
    """Zeros or ones of a shape."""

    def __init__(self, kind: type[Zeros] | type[Ones], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._shape = self._line(f"{kind.__name__.lower()}_shape", self.tr("Shape"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Shape"), self._shape)

    @override
    def show_value(self, value: ValueRecord | None, shape: Shape) -> None:
        self._shape.setText(shape_text(value.shape if isinstance(value, self._kind) else shape))

    @override
    def value(self) -> ValueRecord:
        return self._kind(parse_shape(self._shape.text()))

    @override
    def field(self) -> QWidget:
        return self._shape


class RandomForm(ValueForm):
    """Random numbers of a shape, the same for the same seed."""

    def __init__(self, kind: type[Normal] | type[Uniform], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        prefix = kind.__name__.lower()
        self._shape = self._line(f"{prefix}_shape", self.tr("Shape"))
        self._seed = self._line(f"{prefix}_seed", self.tr("Seed"))
        labels = {"scale": self.tr("Spread"), "low": self.tr("From"), "high": self.tr("To")}
        names = ("scale",) if kind is Normal else ("low", "high")
        self._numbers = {name: self._line(f"{prefix}_{name}", labels[name]) for name in names}
        roll = QPushButton(self.tr("Roll again"))
        roll.setObjectName(f"value.{prefix}_roll")
        roll.setAccessibleName(self.tr("Roll again"))
        roll.setAutoDefault(False)
        roll.clicked.connect(self._roll)
        seed_row = QHBoxLayout()
        seed_row.addWidget(self._seed, 1)
        seed_row.addWidget(roll)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Shape"), self._shape)
        for name, line in self._numbers.items():
            form.addRow(labels[name], line)
        form.addRow(self.tr("Seed"), seed_row)
        self._preview = WrappedLabel()
        self._preview.setObjectName(f"value.{prefix}_preview")
        form.addRow(self._preview)
        self.changed.connect(self._show_first_numbers)

    @override
    def show_value(self, value: ValueRecord | None, shape: Shape) -> None:
        shown: Normal | Uniform = value if isinstance(value, Normal | Uniform) else self._kind(shape)
        if not isinstance(shown, self._kind):
            shown = self._kind(shown.shape, shown.seed)
        self._shape.setText(shape_text(shown.shape))
        self._seed.setText(str(shown.seed))
        for name, line in self._numbers.items():
            line.setText(value_text(getattr(shown, name)))
        self._show_first_numbers()

    @override
    def value(self) -> ValueRecord:
        numbers = {name: float(parse_number(line.text())) for name, line in self._numbers.items()}
        return self._kind(parse_shape(self._shape.text()), self._typed_seed(), **numbers)

    @override
    def field(self) -> QWidget:
        return self._shape

    def _typed_seed(self) -> int:
        seed = parse_whole(self._seed.text())
        if not 0 <= seed <= MAX_SEED:
            raise ValueTextError("The seed is {came}: it must be from 0 to {most}.", came=seed, most=MAX_SEED)
        return seed

    def _show_first_numbers(self) -> None:
        """Show what the seed gives, so that rolling again can be seen."""
        try:
            first = first_numbers(self.value(), FIRST)
        except MiniFlowError:
            first = []
        text = ", ".join(number(x) for x in first)
        self._preview.setText(self.tr("It begins with {0}").format(text) if first else "")

    def _roll(self) -> None:
        """Take the next seed: other numbers, which can be had again."""
        try:
            seed = (self._typed_seed() + 1) % (MAX_SEED + 1)
        except MiniFlowError:
            seed = 0
        self._seed.setText(str(seed))
        self.changed.emit()


class DatasetForm(ValueForm):
    """The features or the target of a bundled data set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from miniflow.catalogue import datasets

        self._known = datasets()
        self._dataset, self._part = QComboBox(), QComboBox()
        self._dataset.setObjectName("value.dataset")
        self._dataset.setAccessibleName(self.tr("Data set"))
        for name, dataset in self._known.items():
            self._dataset.addItem(QCoreApplication.translate("Dataset", dataset.title), name)
        self._part.setObjectName("value.part")
        self._part.setAccessibleName(self.tr("Part of the data set"))
        self._part.addItem(self.tr("features"), "features")
        self._part.addItem(self.tr("target"), "target")
        self._about = QPlainTextEdit()
        self._about.setObjectName("value.about")
        self._about.setAccessibleName(self.tr("About the data set"))
        self._about.setReadOnly(True)
        self._about.setTabChangesFocus(True)
        self._about.setFixedHeight(LINES_ABOUT * self.fontMetrics().lineSpacing() + 16)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Data set"), self._dataset)
        form.addRow(self.tr("Part"), self._part)
        form.addRow(self._about)
        for box in (self._dataset, self._part):
            box.currentIndexChanged.connect(self._describe)
            box.activated.connect(self.changed)

    @override
    def show_value(self, value: ValueRecord | None, shape: Shape) -> None:
        if isinstance(value, DatasetPart):
            if value.dataset not in self._known and self._dataset.findData(value.dataset) < 0:
                self._dataset.addItem(value.dataset, value.dataset)
            self._dataset.setCurrentIndex(self._dataset.findData(value.dataset))
            self._part.setCurrentIndex(self._part.findData(value.part))
        self._describe()

    @override
    def value(self) -> ValueRecord:
        return DatasetPart(self._dataset.currentData(), self._part.currentData())

    @override
    def field(self) -> QWidget:
        return self._dataset

    def _describe(self) -> None:
        dataset = self._known.get(self._dataset.currentData())
        if dataset is None:
            self._about.setPlainText(self.tr("This data set does not exist here."))
            return
        about = QCoreApplication.translate("Dataset", dataset.description)
        self._about.setPlainText(f"{dataset.shape(self._part.currentData())}\n{about}")


def first_numbers(value: ValueRecord, count: int) -> list[float]:
    """Return the first numbers that a recipe makes; none where making them would take long."""
    from miniflow.graph.build import array_of

    if math.prod(shape_of(value) or ()) > MOST_MADE_TO_LOOK or value_fault(value) is not None:
        return []
    return [float(x) for x in np.ravel(array_of(value))[:count]]
