"""A guard against PySide6 releases that lose references: with them the process dies after some hundred signals."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class Sender(QObject):
    sent = Signal(bool)


def test_a_hundred_thousand_signals_and_labels_lose_no_reference(qtbot: QtBot) -> None:
    sender, label = Sender(), QLabel()
    qtbot.addWidget(label)
    sender.sent.connect(label.setEnabled)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for number in range(100_000):
        sender.sent.emit(True)
        label.setText(str(number))
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert abs(after[0] - before[0]) < 100
    assert abs(after[1] - before[1]) < 100
