"""Does the main job in the app's own window, without a screen: steps the lesson's example, trains its network.

It presses the actions that a person presses, prints what the lesson prints, and leaves a picture of the window.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler  # noqa: E402
from PySide6.QtGui import QAction  # noqa: E402

from gui.app import create_application, create_window  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402

PICTURE = ROOT / "build" / "window.png"


def say_what_matters(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but that there is no screen."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def press(window: MainWindow, name: str) -> bool:
    """Trigger the action called ``name``; False where it is disabled."""
    action = window.findChild(QAction, name)
    if action is None or not action.isEnabled():
        return False
    action.trigger()
    return True


def step_to_the_end(window: MainWindow) -> None:
    """Step the example on the screen to the end of its timeline, and print what it shows then."""
    workspace = window.workspace
    steps = 0
    while press(window, "run.step"):
        steps += 1
    print(f"{workspace.document.title}: {steps} steps to the end")
    for name in workspace.document.nodes:
        reading = workspace.readings.of(name)
        print(f"  {name} = {on_one_line(reading.value)}, d cost / d {name} = {on_one_line(reading.gradient)}")


def on_one_line(numbers: object) -> str:
    """An array as text, without line breaks."""
    return " ".join(str(numbers).split())


def train_to_the_end(window: MainWindow) -> None:
    """Train the network on the screen, and print the lesson's table."""
    training = window.workspace.training
    loop = QEventLoop()
    training.state_changed.connect(loop.quit)
    if not press(window, "train.start"):
        raise SystemExit("The network cannot be trained.")
    while training.active:
        loop.exec()
    if training.problem is not None or training.history is None:
        raise SystemExit(str(training.problem))
    print(f"Total number of examples = {number_of_examples(window)}")
    for epoch, loss in enumerate(training.history.epoch_losses, start=1):
        print(f"Epoch: {epoch}, Loss: {loss:.3f}")


def number_of_examples(window: MainWindow) -> int:
    """The rows of the data set that the network on the screen learns from."""
    from miniflow.catalogue import datasets
    from miniflow.graph.records import DatasetPart

    values = (node.value for node in window.workspace.document.nodes.values())
    return next(datasets()[value.dataset].rows for value in values if isinstance(value, DatasetPart))


def main() -> None:
    """Do it, and leave the picture."""
    qInstallMessageHandler(say_what_matters)
    application = create_application(["miniflow-studio"])
    window = create_window()
    window.show()
    step_to_the_end(window)
    window.workspace.files.open_example("boston")
    train_to_the_end(window)
    application.processEvents()
    PICTURE.parent.mkdir(exist_ok=True)
    window.grab().save(str(PICTURE))
    print(f"A picture of the window is in {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
