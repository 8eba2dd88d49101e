"""docs/automation.md names everything in the window, and everything in the window has a name."""

from __future__ import annotations

from collections import Counter

from gui.main_window import MainWindow
from tools.automation_page import PAGE, actions, automation_page, inputs, with_dialogs


def test_the_page_lists_what_the_window_has(unshown_window: MainWindow) -> None:
    write_it_anew = "run: .venv/bin/python tools/automation_page.py"
    assert automation_page(unshown_window).splitlines() == PAGE.read_text(encoding="utf-8").splitlines(), write_it_anew


def test_every_action_has_a_name_of_its_own(unshown_window: MainWindow) -> None:
    names = Counter(action.objectName() for action in actions(unshown_window))
    assert [name for name, uses in names.items() if uses > 1 or "." not in name] == []


def test_every_input_widget_has_a_name_and_an_accessible_name(unshown_window: MainWindow) -> None:
    with with_dialogs(unshown_window):
        nameless = [
            widget for widget in inputs(unshown_window) if not widget.objectName() or not widget.accessibleName()
        ]
        assert [(widget.objectName(), widget.parent().objectName(), widget) for widget in nameless] == []
