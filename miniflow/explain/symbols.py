"""The derivatives that every explanation speaks of."""

from __future__ import annotations

from miniflow.explain.formulas import Formula


def gradient_symbol(output: str | None, node: str) -> Formula:
    """∂output/∂node."""
    return Formula("∂{cost}/∂{node}", {"cost": str(output), "node": node})


def local_symbol(consumer: str, node: str) -> Formula:
    """∂consumer/∂node."""
    return Formula("∂{consumer}/∂{node}", {"consumer": consumer, "node": node})
