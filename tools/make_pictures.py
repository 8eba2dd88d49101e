"""Takes the pictures of the documentation anew, from the app's own window: ``docs/pictures/*.png``."""

from __future__ import annotations

from main_job import ROOT, press, say_what_matters, train_to_the_end
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from gui.app import create_application, create_window
from gui.main_window import MainWindow

FOLDER = ROOT / "docs" / "pictures"


def take(window: MainWindow, name: str) -> None:
    """Save the window as it looks now."""
    QApplication.processEvents()
    window.grab().save(str(FOLDER / f"{name}.png"))


def half_way_back(window: MainWindow) -> None:
    """Step the example on the screen to the middle of its backward pass."""
    press(window, "run.last")
    press(window, "run.previous_phase")
    for _ in range(4):
        press(window, "run.step_back")


def main() -> None:
    """Take each picture in the light and in the dark."""
    qInstallMessageHandler(say_what_matters)
    create_application(["miniflow-studio", "--theme", "light"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    window = create_window()
    window.show()
    half_way_back(window)
    take(window, "window")
    press(window, "view.theme_dark")
    take(window, "window-dark")
    window.workspace.files.open_example("boston")
    train_to_the_end(window)
    take(window, "training-dark")
    press(window, "view.theme_light")
    take(window, "training")
    print(f"The pictures are in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
