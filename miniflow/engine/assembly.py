"""From a tape to a list of instructions that allocates nothing when it runs.

Calls that nothing wanted depends on are left out. Every result gets an array of its own, or one that is free again;
each call becomes ``(function, arguments)``, the array for its result among the arguments. Three kinds of calls are
replaced by others that NumPy makes faster: see ``_lower``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np

from miniflow.engine.tape import Array, Call, Slot, Tape, UntraceableError, example_of, with_arrays

Instruction: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]


def assemble(
    tape: Tape, wanted: Iterable[Slot], arrays: Mapping[Slot, Array]
) -> tuple[list[Instruction], dict[Slot, Array]]:
    """Return the instructions that compute the wanted slots, and the array of every slot that they use.

    Args:
        tape: the recorded calls.
        wanted: the slots whose arrays are to be read after a run; the others may be overwritten during it.
        arrays: where the slots that come from outside are, and where some wanted ones are to be put.
    """
    assembly = _Assembly(tape, set(wanted), arrays)
    for place, call in enumerate(assembly.calls):
        assembly.add(place, call)
    return assembly.instructions, assembly.arrays


class _Assembly:
    """What is known while the calls are gone through once, in order."""

    def __init__(self, tape: Tape, wanted: set[Slot], arrays: Mapping[Slot, Array]) -> None:
        self.instructions: list[Instruction] = []
        self.arrays = _Arrays(arrays)
        self.calls = _needed_calls(tape.calls, wanted)
        self._uses = _last_uses(self.calls)
        self._kept = {slot.base for slot in wanted} | set(arrays)
        self._free: dict[object, list[Array]] = {}

    def add(self, place: int, call: Call) -> None:
        """Turn one call into an instruction, or into nothing where it only shows other memory."""
        if call.result.view_of is not None:
            args, kwargs = with_arrays((call.args, call.kwargs), self.arrays.__getitem__)
            view = call.function(*args, **kwargs)
            if not np.may_share_memory(view, self.arrays[call.result.base]):
                raise UntraceableError(f"{call.function} copies, where it showed the same memory before")
            self.arrays[call.result] = view
            return
        dying = {slot for slot in map(_base_of, call.slots) if self._dies_at(place, slot)}
        in_place = {slot for slot in dying if _may_overwrite(call, slot)}
        self._set_free(in_place)
        if call.result not in self.arrays:
            self.arrays[call.result] = self._an_array_like(call.result.example)
        self._set_free(dying - in_place)
        self.instructions.extend(_lower(call, self.arrays))

    def _dies_at(self, place: int, slot: Slot) -> bool:
        return self._uses[slot] == place and slot not in self._kept and slot.origin is not None

    def _set_free(self, slots: Iterable[Slot]) -> None:
        for slot in slots:
            array = self.arrays[slot]
            self._free.setdefault(_layout(array), []).append(array)

    def _an_array_like(self, example: Array) -> Array:
        array = np.empty_like(example)
        free = self._free.get(_layout(array))
        return free.pop() if free else array


_base_of = attrgetter("base")


class _Arrays(dict[Slot, Array]):
    """The array of every slot; that of a constant is what it held during the recording."""

    def __missing__(self, slot: Slot) -> Array:
        if not slot.constant:
            raise KeyError(slot)
        self[slot] = slot.example
        return slot.example


def _layout(array: Array) -> object:
    return array.shape, array.strides, array.dtype


def _needed_calls(calls: list[Call], wanted: set[Slot]) -> list[Call]:
    needed = set(wanted)
    kept = []
    for call in reversed(calls):
        if call.result in needed:
            needed.update(call.slots)
            kept.append(call)
    return kept[::-1]


def _last_uses(calls: list[Call]) -> dict[Slot, int]:
    """Return the place of the last call that reads or makes the memory of each slot."""
    uses: dict[Slot, int] = {}
    for place, call in enumerate(calls):
        uses[call.result.base] = place
        uses.update((slot.base, place) for slot in call.slots)
    return uses


def _may_overwrite(call: Call, slot: Slot) -> bool:
    """Tell whether a call can put its result where ``slot`` is: element by element, and no view of it is read."""
    elementwise = isinstance(call.function, np.ufunc) and call.function.signature is None
    return elementwise and all(each is slot for each in call.slots if each.base is slot)


def _lower(call: Call, arrays: Mapping[Slot, Array]) -> list[Instruction]:
    """Return the fastest instructions for a call: the same mathematics, within rounding."""
    out = arrays[call.result]
    args = with_arrays(call.args, arrays.__getitem__)
    for rule in (_product, _sum_over_rows, _arithmetic):
        instructions = rule(call, args, out)
        if instructions:
            return instructions
    return [_any_call(call, args, with_arrays(call.kwargs, arrays.__getitem__), out)]


_PRODUCTS = frozenset({np.dot, np.matmul, np.ndarray.dot})
_SUMS = frozenset({np.ndarray.sum, np.sum, np.add.reduce})


def _product(call: Call, args: tuple[Any, ...], out: Array) -> list[Instruction]:
    """``a.dot(b, out)`` does with fewer detours what ``np.dot`` and ``@`` do."""
    if call.function not in _PRODUCTS or call.kwargs or len(args) != 2:
        return []
    left, right = args
    fits = all(
        isinstance(each, np.ndarray) and each.ndim in (1, 2) and each.dtype == out.dtype for each in (left, right)
    )
    return [(left.dot, (right, out))] if fits and out.flags.c_contiguous else []


def _sum_over_rows(call: Call, args: tuple[Any, ...], out: Array) -> list[Instruction]:
    """A row of ones times a matrix adds up its rows in a sixth of the time of ``sum(axis=0)``."""
    is_sum = call.function in _SUMS and len(args) == 1
    if not is_sum or call.kwargs.get("axis") not in (0, (0,)) or not call.kwargs.keys() <= {"axis", "keepdims"}:
        return []
    (matrix,) = args
    if matrix.ndim != 2 or matrix.dtype != out.dtype or not out.flags.c_contiguous:
        return []
    return [(np.ones(len(matrix), matrix.dtype).dot, (matrix, out.reshape(-1)))]


def _arithmetic(call: Call, args: tuple[Any, ...], out: Array) -> list[Instruction]:
    """Plain numbers become arrays once, instead of at every call; one number in a row or column, a plain one."""
    if not isinstance(call.function, np.ufunc) or call.kwargs:
        return []
    kinds = {each.dtype for each in args if isinstance(each, np.ndarray)}
    if len(kinds) == 1:
        (kind,) = kinds
        args = tuple([np.asarray(each, kind) if type(each) in (int, float) else each for each in args])
    if out.size > 1:
        args = tuple([each.reshape(()) if isinstance(each, np.ndarray) and each.size == 1 else each for each in args])
    if call.function in (np.minimum, np.maximum):  # the two that want ``out`` by name
        return [(partial(call.function, out=out), args)]
    return [(call.function, (*args, out))]


def _any_call(call: Call, args: tuple[Any, ...], kwargs: Mapping[str, Any], out: Array) -> Instruction:
    """Let the function write into ``out`` if it can, else copy what it returns."""
    examples = with_arrays((call.args, call.kwargs), example_of)
    try:
        trial = np.empty_like(out)
        writes = call.function(*examples[0], **examples[1], out=trial) is trial
    except (TypeError, ValueError):
        writes = False
    if writes:
        return partial(call.function, **kwargs, out=out), args
    return partial(_copy_result, out, call.function, kwargs), args


def _copy_result(out: Array, function: Callable[..., Any], kwargs: Mapping[str, Any], *args: Any) -> None:
    out[...] = function(*args, **kwargs)
