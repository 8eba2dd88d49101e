"""Announcing: a sentence said by assistive technology, when it has said what it is at."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(thing: QObject, words: str) -> None:
    """Have ``words`` said politely, if anybody listens."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(thing, words))
