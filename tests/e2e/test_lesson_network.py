"""The lesson's two-layer network, typed in a real window from an empty canvas to its first trained epoch."""

from __future__ import annotations

import pytest

from tests.e2e.hand import App
from tests.e2e.test_gradient_example import wires

pytestmark = pytest.mark.e2e

TYPED = ("boston features", "dense 10 sig", "dense 1", "loss", "boston target")
"""Each after Tab and before Enter, with Ctrl+R at the end: 10 words and 11 keys."""


def test_the_network_is_typed_in_twenty_one_actions_and_trained(app: App) -> None:
    app.hand.press("ctrl+n")
    app.wait_until("number of wires", answer=0)
    for words in TYPED:
        app.hand.press("Tab")
        app.wait_until("focus", answer="add.text")
        app.hand.write(words)
        app.hand.press("Return")
        app.wait_until("focus", answer="canvas")
    assert wires(app) == {
        ("X", "l1", 0), ("W1", "l1", 1), ("b1", "l1", 2), ("l1", "s1", 0),
        ("s1", "l2", 0), ("W2", "l2", 1), ("b2", "l2", 2), ("y", "cost", 0), ("l2", "cost", 1),
    }  # fmt: skip
    app.hand.press("ctrl+r")
    app.wait_until("trained an epoch")
