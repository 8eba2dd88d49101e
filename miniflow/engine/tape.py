"""A recording of NumPy calls: what the passes do to arrays, as a straight list that can be run again.

The node files are written for readers, as plain NumPy. The passes run through them once with ``Traced`` values in place
of arrays; each call that NumPy makes on one is put down here with the result that it gave. Nothing can take the numbers
out of a Traced value without being seen, so what depends on them is on the tape, or is refused.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from miniflow.overriding import override

if TYPE_CHECKING:
    import numpy.typing as npt

Array: TypeAlias = "npt.NDArray[Any]"
Function = Callable[..., Any]

_TELL_THE_SHAPE: frozenset[Function] = frozenset({np.shape, np.ndim, np.size, np.result_type})
_FILL: frozenset[Function] = frozenset({np.zeros_like, np.ones_like})


class UntraceableError(Exception):
    """The code looks into its numbers, or does something else that cannot be run again from a list."""


class Slot:
    """One array of the recorded run.

    Attributes:
        example: what it held during the recording.
        origin: the call that made it; None for what comes from outside, and for constants.
        view_of: the slot whose memory it shows, such as the matrix behind a transpose.
        constant: whether it holds the same in every run.
    """

    __slots__ = ("constant", "example", "origin", "view_of")

    def __init__(
        self, example: Array, origin: Call | None = None, view_of: Slot | None = None, constant: bool = False
    ) -> None:
        self.example, self.origin, self.view_of, self.constant = example, origin, view_of, constant

    @property
    def base(self) -> Slot:
        """The slot that owns the memory."""
        return self if self.view_of is None else self.view_of.base


class Call:
    """One NumPy call: ``result = function(*args, **kwargs)``, with Slots among the arguments.

    ``slots`` are all the slots among the arguments, each once for every time it is there.
    """

    __slots__ = ("args", "function", "kwargs", "result", "slots")
    result: Slot

    def __init__(
        self, function: Function, args: tuple[Any, ...], kwargs: Mapping[str, Any], slots: tuple[Slot, ...]
    ) -> None:
        self.function, self.args, self.kwargs, self.slots = function, args, kwargs, slots


class Tape:
    """The calls so far, in order; a call that was made before with the same arguments is not made again."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._results: dict[object, Slot] = {}

    def take_in(self, array: Any) -> Traced:
        """Return a Traced value that starts as a copy of ``array``."""
        return Traced(self, Slot(np.array(array, order="C")))

    def record(self, function: Function, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Make a call on the arrays behind the Traced arguments, and put it down."""
        args, kwargs = _with_slots(args), _with_slots(kwargs) if kwargs else {}
        key = (function, _key(args), _key(sorted(kwargs.items())) if kwargs else ())
        slot = self._results.get(key)
        if slot is None:
            outcome = function(*with_arrays(args, example_of), **(with_arrays(kwargs, example_of) if kwargs else {}))
            if function in _TELL_THE_SHAPE:
                return outcome
            slot = self._results[key] = self._put_down(function, args, kwargs, outcome)
        return Traced(self, slot)

    def own(self, slot: Slot, taken: Container[Slot]) -> Slot:
        """Return ``slot`` if a call of its own makes it and it is not taken, else a new one that is made its copy."""
        if slot.origin is not None and slot.view_of is None and slot not in taken:
            return slot
        call = Call(np.positive, (slot,), {}, (slot,))
        call.result = Slot(np.array(slot.example), call)
        self.calls.append(call)
        return call.result

    def _put_down(self, function: Function, args: tuple[Any, ...], kwargs: Mapping[str, Any], outcome: Any) -> Slot:
        if not isinstance(outcome, (np.ndarray, np.generic)):
            raise UntraceableError(f"{function} returns no array")
        array = np.asarray(outcome)
        slots = tuple(_slots_in((*args, *kwargs.values())))
        shown, is_constant = None, True
        for slot in slots:
            if slot.example is array or _is_same(slot.example, array):
                return slot
            if shown is None and array.base is not None and np.may_share_memory(slot.example, array):
                shown = slot
            is_constant = is_constant and slot.constant
        if is_constant or function in _FILL:
            return Slot(array, constant=True)
        call = Call(function, args, kwargs, slots)
        call.result = Slot(array, call, shown)
        self.calls.append(call)
        return call.result


class Traced(NDArrayOperatorsMixin):
    """Stands for an array during the recording: it has a shape and a dtype, and NumPy's functions take it."""

    __slots__ = ("_tape", "slot")

    is_traced = True

    def __init__(self, tape: Tape, slot: Slot) -> None:
        self._tape = tape
        self.slot = slot

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.slot.example.shape

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self.slot.example.ndim

    @property
    def size(self) -> int:
        """The number of elements."""
        return self.slot.example.size

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the elements."""
        return self.slot.example.dtype

    @property
    def T(self) -> Any:
        """The transpose, a view."""
        return self._tape.record(np.transpose, (self,), {})

    @override
    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if "out" in kwargs or method not in ("__call__", "reduce"):
            raise UntraceableError(f"{ufunc.__name__}.{method} in place")
        return self._tape.record(ufunc if method == "__call__" else getattr(ufunc, method), inputs, kwargs)

    def __array_function__(self, function: Function, types: Any, args: tuple[Any, ...], kwargs: Any) -> Any:
        return self._tape.record(function, args, kwargs)

    def __getitem__(self, key: Any) -> Any:
        return self if key == () else self._tape.record(operator.getitem, (self, key), {})

    def __getattr__(self, name: str) -> Any:
        """Record the call of an array's method, such as ``x.sum()``."""
        method = getattr(np.ndarray, name, None)
        if name.startswith("_") or not callable(method):
            raise UntraceableError(f"the attribute {name}")
        return lambda *args, **kwargs: self._tape.record(method, (self, *args), kwargs)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise UntraceableError("the numbers themselves are asked for")

    __array__ = __bool__ = __float__ = __int__ = __index__ = __iter__ = __len__ = __setitem__ = _refuse


def _is_same(one: Array, other: Array) -> bool:
    return (
        other.base is not None  # else the memory is its own
        and one.__array_interface__["data"] == other.__array_interface__["data"]
        and one.shape == other.shape
        and one.strides == other.strides
        and one.dtype == other.dtype
    )


def _with_slots(thing: Any) -> Any:
    """Put slots where Traced values are, in nested tuples, lists and dictionaries."""
    if isinstance(thing, Traced):
        return thing.slot
    if isinstance(thing, (tuple, list)):
        return type(thing)([_with_slots(each) for each in thing])
    if isinstance(thing, dict):
        return {key: _with_slots(each) for key, each in thing.items()}
    if isinstance(thing, (np.ndarray, np.generic)):
        raise UntraceableError("an array from elsewhere, which may differ the next time")
    return thing


def with_arrays(thing: Any, array_of: Callable[[Slot], Array]) -> Any:
    """Put arrays where slots are, in nested tuples, lists and dictionaries."""
    if isinstance(thing, Slot):
        return array_of(thing)
    if isinstance(thing, (tuple, list)):
        return type(thing)([with_arrays(each, array_of) for each in thing])
    if isinstance(thing, dict):
        return {key: with_arrays(each, array_of) for key, each in thing.items()}
    return thing


example_of: Callable[[Slot], Array] = operator.attrgetter("example")


def _slots_in(things: Iterable[Any]) -> list[Slot]:
    slots = []
    for each in things:
        if isinstance(each, Slot):
            slots.append(each)
        elif isinstance(each, (tuple, list)):
            slots += _slots_in(each)
    return slots


def _key(thing: Any) -> object:
    """Return what tells one argument from another: which slot it is, or its type and how it is written."""
    if isinstance(thing, Slot):
        return thing
    if isinstance(thing, (tuple, list)):
        return tuple([_key(each) for each in thing])
    return type(thing), repr(thing)
