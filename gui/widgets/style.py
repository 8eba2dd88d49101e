"""A theme as Qt understands it: a palette, and a style sheet for what a palette does not reach."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from gui.presentation.theme import Theme

BASE_PIXELS = 13
ICONS = Path(__file__).parents[2] / "resources" / "icons"


def colour(code: str) -> QColor:
    """Return the colour of ``#rrggbb`` or ``#rrggbbaa``; Qt itself would read the second as ``#aarrggbb``."""
    if len(code) == 9:
        result = QColor(code[:7])
        result.setAlpha(int(code[7:], 16))
        return result
    return QColor(code)


def icon(name: str, theme: Theme) -> str:
    """Return the path of an icon as a style sheet wants it, in the shade of the theme."""
    return (ICONS / f"{name}-{theme.name}.svg").as_posix()


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme."""
    roles = {
        QPalette.ColorRole.Window: "surface.window",
        QPalette.ColorRole.WindowText: "text.normal",
        QPalette.ColorRole.Base: "surface.field",
        QPalette.ColorRole.AlternateBase: "surface.hover",
        QPalette.ColorRole.Text: "text.strong",
        QPalette.ColorRole.Button: "surface.card",
        QPalette.ColorRole.ButtonText: "text.strong",
        QPalette.ColorRole.ToolTipBase: "surface.card",
        QPalette.ColorRole.ToolTipText: "text.strong",
        QPalette.ColorRole.PlaceholderText: "text.faint",
        QPalette.ColorRole.Highlight: "meaning.selection",
        QPalette.ColorRole.HighlightedText: "surface.window",
        QPalette.ColorRole.Link: "meaning.value",
        QPalette.ColorRole.Mid: "surface.line",
    }
    result = QPalette()
    for role, key in roles.items():
        result.setColor(role, colour(theme[key]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        result.setColor(QPalette.ColorGroup.Disabled, role, colour(theme["text.disabled"]))
    return result


def stylesheet(theme: Theme, scale: float = 1.0, panel_scale: float | None = None) -> str:
    """Return the style sheet of a theme, the type so many times as large as usual, and that of the panels."""
    size = f"QWidget {{ font-size: {round(BASE_PIXELS * scale)}px; }}"
    panel_size = round(BASE_PIXELS * (panel_scale or scale))
    panels = f"QDockWidget, QDockWidget QWidget, QTabBar {{ font-size: {panel_size}px; }}"
    return "\n".join([size, panels, *(part(theme) for part in (_frame, _docks, _fields, _buttons))])


def _frame(t: Theme) -> str:
    """The window, its menus, tool tips and status line."""
    return f"""
    QMainWindow, QDialog, QDockWidget > QWidget {{ background: {t["surface.window"]}; }}
    QMainWindow::separator {{ background: {t["surface.line"]}; width: 1px; height: 1px; }}
    QMainWindow::separator:hover {{ background: {t["meaning.selection"]}; }}
    QMenuBar {{ background: {t["surface.window"]}; color: {t["text.strong"]};
               border-bottom: 1px solid {t["surface.line"]}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {t["surface.hover"]}; }}
    QMenu {{ background: {t["surface.card"]}; color: {t["text.strong"]};
            border: 1px solid {t["surface.line"]}; padding: 4px; }}
    QMenu::item {{ padding: 5px 26px 5px 22px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t["surface.hover"]}; }}
    QMenu::item:disabled {{ color: {t["text.disabled"]}; }}
    QMenu::separator {{ height: 1px; background: {t["surface.line"]}; margin: 4px 8px; }}
    QToolTip {{ background: {t["surface.card"]}; color: {t["text.strong"]};
               border: 1px solid {t["surface.line"]}; padding: 4px; }}
    QStatusBar {{ background: {t["surface.canvas"]}; color: {t["text.normal"]};
                 border-top: 1px solid {t["surface.line"]}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ padding: 3px 10px; }}
    """


def _docks(t: Theme) -> str:
    """Docks and their tabs."""
    return f"""
    QDockWidget {{ color: {t["text.strong"]}; font-weight: 600; }}
    QDockWidget::title {{ background: {t["surface.window"]}; padding: 6px 10px; text-align: left; }}
    QTabBar::tab {{ background: transparent; color: {t["text.faint"]}; padding: 7px 8px; margin: 0;
                   border: none; border-bottom: 3px solid transparent; }}
    QTabBar::tab:selected {{ color: {t["text.strong"]};
                            border-bottom: 3px solid {t["meaning.current"]}; }}
    QTabBar::tab:hover {{ color: {t["text.strong"]}; background: {t["surface.hover"]}; }}
    """


def _fields(t: Theme) -> str:
    """What is typed into, chosen from or ticked."""
    return f"""
    QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit {{
        background: {t["surface.field"]}; color: {t["text.strong"]};
        border: 1px solid {t["surface.line"]}; border-radius: 5px; padding: 3px 7px;
        selection-background-color: {t["meaning.selection"]}; selection-color: {t["surface.window"]}; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {{
        border: 1px solid {t["meaning.focus"]}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url("{icon("down", t)}"); width: 12px; height: 12px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 18px; }}
    QSpinBox::up-arrow {{ image: url("{icon("up", t)}"); width: 10px; height: 10px; }}
    QSpinBox::down-arrow {{ image: url("{icon("down", t)}"); width: 10px; height: 10px; }}
    QComboBox QAbstractItemView {{ background: {t["surface.card"]}; border: 1px solid {t["surface.line"]}; }}
    QTableView {{ gridline-color: {t["surface.line"]}; }}
    QCheckBox {{ color: {t["text.strong"]}; spacing: 8px; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border-radius: 4px;
                           border: 1px solid {t["text.faint"]}; background: {t["surface.field"]}; }}
    QCheckBox::indicator:checked {{ background: {t["meaning.selection"]}; border-color: {t["meaning.selection"]};
                                   image: url("{icon("check", t)}"); }}
    QCheckBox::indicator:focus {{ border: 2px solid {t["meaning.focus"]}; }}
    """


def _buttons(t: Theme) -> str:
    """Buttons, progress and scroll bars."""
    return f"""
    QPushButton {{ background: {t["surface.canvas"]}; color: {t["text.strong"]};
                  border: 1px solid {t["surface.line"]}; border-radius: 6px; padding: 5px 14px; }}
    QPushButton:hover {{ background: {t["surface.hover"]}; }}
    QPushButton:focus {{ border: 1px solid {t["meaning.focus"]}; }}
    QPushButton:disabled {{ color: {t["text.disabled"]}; }}
    QPushButton[primary="true"] {{ background: {t["meaning.current"]}; color: {t["surface.window"]};
                                  font-weight: 600; border: none; }}
    QPushButton[primary="true"]:disabled {{ background: {t["surface.line"]}; color: {t["text.faint"]}; }}
    QProgressBar {{ background: {t["surface.line"]}; border: none; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {t["meaning.value"]}; border-radius: 3px; }}
    QScrollArea {{ border: none; background: {t["surface.panel"]}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; }}
    QScrollBar::handle {{ background: {t["surface.line"]}; border-radius: 4px; min-height: 24px; min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {t["text.disabled"]}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
