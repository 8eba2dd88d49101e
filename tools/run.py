"""Opens the app where there is a screen; where there is none, says so and does the main job without one.

Usage: ``python tools/run.py [ARGUMENTS OF main.py]``
"""

from __future__ import annotations

import os
import subprocess
import sys

from system_libraries import ROOT, provide

OPEN_A_SCREEN = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


def screen_answers() -> bool:
    """Whether Qt can really open the screen that the environment names."""
    trial = subprocess.run([sys.executable, "-c", OPEN_A_SCREEN], capture_output=True, check=False)
    return trial.returncode == 0


def why_no_screen() -> str | None:
    """Why no window can be opened here, in words; None where one can."""
    if sys.platform != "linux":
        return None
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return f"QT_QPA_PLATFORM is {os.environ['QT_QPA_PLATFORM']}"
    named = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if not named:
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    if screen_answers():
        return None
    if not provide("screen"):
        sys.exit(1)
    return None if screen_answers() else f"the screen {named} does not answer"


def main() -> None:
    """Become the app, or the main job without a screen."""
    reason = why_no_screen()
    if reason is None:
        os.execv(sys.executable, [sys.executable, str(ROOT / "main.py"), *sys.argv[1:]])
    if not provide("offscreen"):
        sys.exit(1)
    print(f"No screen here ({reason}): doing the main job without one.", flush=True)
    os.execv(sys.executable, [sys.executable, str(ROOT / "tools/main_job.py")])


if __name__ == "__main__":
    main()
