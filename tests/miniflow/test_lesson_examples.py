"""The examples in the library's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import miniflow
from miniflow.catalogue import node_classes

MODULES = sorted(
    info.name for info in pkgutil.walk_packages(miniflow.__path__, "miniflow.") if not info.name.endswith("__main__")
)


@pytest.mark.parametrize("name", ["miniflow", *MODULES])
def test_the_examples_of_a_module_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples_at_what_a_learner_calls() -> None:
    shown = {"miniflow", "miniflow.engine.order", "miniflow.engine.gradcheck"}
    shown |= {"miniflow.node", *(kind.__module__ for kind in node_classes().values())}
    shown |= {"miniflow.training.loop", "miniflow.training.sgd", "miniflow.engine.passes"}
    without = [name for name in shown if doctest.testmod(importlib.import_module(name)).attempted == 0]
    assert not without
