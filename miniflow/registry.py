"""How a plural folder announces itself: every module in it is imported, and what it defines is collected."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def modules(package: ModuleType) -> list[ModuleType]:
    """Every module directly inside ``package``, imported, in the order of their names."""
    import pkgutil

    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def classes(package: ModuleType, base: type[T]) -> dict[str, type[T]]:
    """Every public subclass of ``base`` that a module of ``package`` defines, by class name."""
    return {name: found for module in modules(package) for name, found in _classes_of(module, base).items()}


def classes_in_file(package: ModuleType, base: type[T], module: str) -> dict[str, type[T]]:
    """Those of one module, which alone is loaded; none where ``package`` has no such file."""
    name = f"{package.__name__}.{module}"
    if not module.isidentifier() or importlib.util.find_spec(name) is None:
        return {}
    return _classes_of(importlib.import_module(name), base)


def _classes_of(module: ModuleType, base: type[T]) -> dict[str, type[T]]:
    found: dict[str, type[T]] = {}
    for name, thing in vars(module).items():
        is_public_class = isinstance(thing, type) and not name.startswith("_")
        if is_public_class and issubclass(thing, base) and thing.__module__ == module.__name__:
            found[name] = thing
    return found
