"""The training panel: settings, start and stop, how far it is, and the loss as it falls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.controllers.settling import Settling
from gui.controllers.training import TrainingState
from gui.panel import Panel
from gui.presentation.numbers import number
from gui.presentation.training_text import datasets_of, use_dataset
from gui.widgets.loss_drawing import EarlierLosses, Losses
from gui.widgets.loss_plot import LossPlot
from gui.widgets.sentence_label import SentenceLabel, WrappedLabel
from gui.widgets.sentences import say
from gui.widgets.training_form import TrainingForm
from gui.workspace import Workspace
from miniflow.errors import Sentence
from miniflow.graph.edits import Edit, Move, SetTraining, SetValue
from miniflow.graph.records import DatasetPart, TrainingRecord
from miniflow.overriding import override

FORM_WIDTH, CONTROLS_WIDTH = 376, 216


class TrainingPanel(Panel):
    """Mirrors the training settings of the document and what the training controller does."""

    name = "training"
    area = Qt.DockWidgetArea.BottomDockWidgetArea

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(18)
        self._form = TrainingForm()
        self._form.changed.connect(self._change_settings)
        self._form.dataset_chosen.connect(self._choose_dataset)
        self._form.checked.connect(self._hear_check)
        self._form.pace_chosen.connect(workspace.training.clock.set_pace)
        row.addWidget(self._form)
        self._controls = self._make_controls()
        row.addWidget(self._controls)
        row.addLayout(self._results(), 1)
        workspace.edited.connect(self._hear)
        workspace.settling.connect(self._settle)
        workspace.document_replaced.connect(self._begin)
        workspace.training.state_changed.connect(self._show_state)
        workspace.training.advanced.connect(self._show_progress)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()
        self._show_settings()
        self._show_state()

    @override
    def title(self) -> str:
        """What the dock is called."""
        return self.tr("Training")

    # --- parts ----------------------------------------------------------------------------------------------------

    def _make_controls(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        training = self.workspace.training
        self._start = self._button("start_button", self.tr("Start"), training.start, buttons)
        self._start.setProperty("primary", True)
        self._pause = self._button("pause_button", self.tr("Pause"), training.pause, buttons)
        self._stop = self._button("stop_button", self.tr("Stop"), training.stop, buttons)
        column.addLayout(buttons)
        self._progress = QProgressBar()
        self._progress.setObjectName("training.progress")
        self._progress.setAccessibleName(self.tr("Progress of the training"))
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        column.addWidget(self._progress)
        self._status = WrappedLabel()
        self._status.setObjectName("training.status")
        column.addWidget(self._status)
        self._back = self._button("go_back", self.tr("Bring the weights back"), training.way_back.take, column)
        column.addStretch(1)
        return box

    def _results(self) -> QVBoxLayout:
        """What is wrong, if anything is, and below it the loss."""
        column = QVBoxLayout()
        column.setSpacing(4)
        self._message = SentenceLabel("training.message")
        column.addWidget(self._message)
        self._plot = LossPlot(self._losses)
        self._plot.setObjectName("training.plot")
        self._plot.setAccessibleName(self.tr("Loss plot"))
        column.addWidget(self._plot, 1)
        return column

    @staticmethod
    def _button(name: str, text: str, slot: object, layout: QHBoxLayout | QVBoxLayout) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"training.{name}")
        button.setAccessibleName(text)
        button.clicked.connect(slot)
        layout.addWidget(button)
        return button

    # --- what it shows --------------------------------------------------------------------------------------------

    def _hear(self, edits: Sequence[Edit]) -> None:
        if any(not isinstance(edit, Move) for edit in edits):
            self._show_settings()

    def _begin(self) -> None:
        self._form.begin(self._current())
        self._show_settings()

    def _settle(self, settling: Settling) -> None:
        settling.hold(self._form.settle())

    def _show_settings(self) -> None:
        from miniflow.catalogue import datasets

        self._form.show_settings(self._current())
        known = {name: dataset.title for name, dataset in datasets().items()}
        self._form.show_datasets(datasets_of(self.workspace.document.nodes.values()), known)

    def _show_state(self) -> None:
        training = self.workspace.training
        running = training.state is TrainingState.RUNNING
        paused = training.state is TrainingState.PAUSED
        self._start.setText(self.tr("Go on") if paused else self.tr("Start"))
        self._start.setEnabled(not running)
        self._pause.setEnabled(running)
        self._stop.setEnabled(running or paused)
        self._back.setVisible(training.way_back.is_open)
        if running:
            self._form.begin(self._current())  # what stands in a field is what trains: a bad text is given up
        self._form.set_editable(not training.active)
        self._show_message()
        self._plot.follow(running)
        self._show_progress()

    def _show_progress(self) -> None:
        training = self.workspace.training
        self._progress.setValue(0 if training.taken_back else round(1000 * training.progress))
        losses = training.history
        if losses is None:
            self._status.setText(self.tr("Not trained yet"))
            return
        if not training.epoch and not training.active:
            self._status.setText(self.tr("Training ended before its first update."))
            return
        text = self.tr("epoch {0} of {1}").format(max(1, training.epoch), training.epochs)
        if len(losses.epoch_losses):
            text = self.tr("{0} · mean loss {1}").format(text, number(losses.epoch_losses[-1]))
        if training.taken_back:
            gone = self.tr("Taken back: the weights are as they were before this training.")
            text = f"{text}\n{gone}"
        self._status.setText(text)

    def _hear_check(self) -> None:
        self._show_message()
        if not self._form.fault:
            self.workspace.end_draft()

    def _show_message(self) -> None:
        """Say what is wrong, with what is being typed or else with the training; else what ended that, if anything."""
        training = self.workspace.training
        fault = self._form.fault or (say(training.problem) if training.problem else "")
        ended_by = training.giving_way.sentence
        if fault or ended_by is None:
            self._message.complain(fault)
        else:
            self._message.inform(say(ended_by))

    def _losses(self) -> Losses:
        training = self.workspace.training
        history, taken_back = training.history, training.taken_back
        earlier = [EarlierLosses(batches, steps) for batches, steps in training.earlier]
        has_ended = not training.active and (history is not None or training.problem is not None)
        if history is None:
            return Losses(epochs=self._current().epochs, has_ended=has_ended, earlier=earlier)
        steps = max(1, training.steps_per_epoch)
        return Losses(
            history.batch_losses, history.epoch_losses, training.epochs, steps, taken_back, has_ended, earlier
        )

    def _restyle(self) -> None:
        appearance = self.workspace.appearance
        self._form.setFixedWidth(round(FORM_WIDTH * appearance.panel_scale))
        self._controls.setFixedWidth(round(CONTROLS_WIDTH * appearance.panel_scale))
        self._plot.set_style(appearance.theme, appearance.panel_scale)

    # --- what the person does -------------------------------------------------------------------------------------

    def _current(self) -> TrainingRecord:
        return self.workspace.document.training or TrainingRecord()

    def _change_settings(self, settings: TrainingRecord) -> None:
        old = self.workspace.document.training
        if settings != (old or TrainingRecord()):
            self.workspace.do(self.tr("Change the training settings"), SetTraining(old, settings))

    def _choose_dataset(self, dataset: str) -> None:
        edits = use_dataset(self.workspace.document.record(), dataset)
        fitted = [edit.node for edit in edits if isinstance(edit, SetValue) and not isinstance(edit.new, DatasetPart)]
        done = self.workspace.do(self.tr("Choose the data set"), *edits)
        if done and fitted:
            self.workspace.tell(Sentence("Fitted to the data set: {nodes}.", {"nodes": ", ".join(fitted)}))
