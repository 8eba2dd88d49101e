"""What may be a node's value, and how shapes meet: the plumbing that every node shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from miniflow.errors import ValueTypeError, a

if TYPE_CHECKING:
    import numpy.typing as npt

Value: TypeAlias = "npt.NDArray[Any] | np.floating[Any]"
Shape: TypeAlias = tuple[int, ...]


def as_value(given: Any, owner: str = "a node") -> Value:
    """Return ``given`` as an array (or NumPy scalar) of float64 or float32, without copying where it is one already.

    Numbers, nested lists, booleans and integers become float64, float16 becomes float32. Everything else raises
    ValueTypeError, which names ``owner``.
    """
    if type(given) is float:
        return np.float64(given)
    try:
        array = np.asarray(given)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueTypeError(
            "The value of {node} is not a rectangle of numbers: give every row the same length.", node=owner
        ) from error
    if isinstance(given, np.ndarray) and np.any(getattr(given, "mask", False)):
        raise ValueTypeError("{node} cannot take numbers that are masked out: fill them in first.", node=owner)
    if array.dtype.kind == "O":
        array = _as_floats(array)
    if array.dtype.kind in "bui":
        array = array.astype(np.float64)
    elif array.dtype == np.float16:
        array = array.astype(np.float32)
    elif array.dtype.kind == "f" and array.dtype.itemsize in (4, 8):
        array = array.astype(array.dtype.newbyteorder("="), copy=False)
    else:
        raise ValueTypeError(
            "{node} cannot take {kind} as its value: give a number, or an array or list of real numbers.",
            node=owner,
            kind=_kind_of(array),
        )
    return array[()]


def _as_floats(objects: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return Python objects, as a table of mixed columns gives them, as float64 if they are plain numbers that fit."""
    if not all(isinstance(each, _PLAIN_NUMBERS) for each in objects.flat):
        return objects
    try:
        return objects.astype(np.float64)
    except OverflowError:
        return objects


_PLAIN_NUMBERS = (int, float, np.integer, np.floating, np.bool)
_KINDS = {"U": "text", "S": "bytes", "c": "complex numbers", "M": "dates", "m": "spans of time", "V": "records"}


def _kind_of(array: npt.NDArray[Any]) -> str:
    """Say in a word or two what is in an array that is no value."""
    if array.dtype.kind == "f":
        return "numbers of more than 64 bits"
    if array.dtype.kind != "O":
        return _KINDS.get(array.dtype.kind, "what is in it")
    others = [each for each in array.flat if not isinstance(each, _PLAIN_NUMBERS)]
    return a(others[0]) if others else "a whole number that is too large"


def is_value(given: object) -> bool:
    """Tell whether ``as_value`` would return ``given`` as it is: an array of floats, or a scalar that NumPy made."""
    kind = type(given)
    if kind is np.ndarray:
        return given.dtype in _FLOATS and given.ndim > 0  # type: ignore[attr-defined]
    return kind is np.float64 or kind is np.float32 or getattr(kind, "is_traced", False)


_FLOATS = frozenset({np.dtype(np.float64), np.dtype(np.float32)})


def own(value: Value) -> Value:
    """Return a copy of an array, so that writing into it changes nothing else; scalars cannot be written into."""
    return value.copy() if type(value) is np.ndarray else value


def sum_to_shape(share: Value, shape: Shape) -> Value:
    """Undo broadcasting: add up ``share`` along the axes that broadcasting had stretched ``shape`` along.

    An input that was used many times over receives the sum of what each use sends back. Raises ValueError where
    broadcasting cannot have made ``share`` of ``shape``.
    """
    if share.shape == shape:
        return share
    leading = tuple(range(share.ndim - len(shape)))
    total = share.sum(axis=leading) if leading else share
    stretched = tuple(axis for axis, length in enumerate(shape) if total.shape[axis : axis + 1] != (length,))
    if any(shape[axis] != 1 or axis >= share.ndim for axis in stretched):
        raise ValueError(f"broadcasting makes no {share.shape} of {shape}")
    return total.sum(axis=stretched, keepdims=True) if stretched else total


def is_column_of(shape: Shape, other: Shape) -> bool:
    """Tell whether one is ``(n,)`` and the other ``(n, 1)``, which the lesson treats alike."""
    return (*shape, 1) == other or shape == (*other, 1)
