"""The language of the window: the translations in ``resources/i18n``, where there are any for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

TRANSLATIONS = Path(__file__).parents[1] / "resources" / "i18n"


def install_language(app: QCoreApplication, language: str) -> None:
    """Have ``app`` speak ``language``, such as ``zh_CN``; English where there is no translation."""
    translator = QTranslator(app)
    if translator.load(f"miniflow_{language}", str(TRANSLATIONS)):
        app.installTranslator(translator)
