"""An explanation as plain text, to be copied, printed or read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from miniflow.errors import Sentence
from miniflow.explain.explanation import Explanation, Link, Nodes, Number, Part, Words
from miniflow.explain.formulas import Formula
from miniflow.values import Value


def as_text(
    explanation: Explanation, say: Callable[[Sentence], str] = str, written: Callable[[Value], str] = str
) -> str:
    """Return the whole explanation, a line for each part; ``say`` joins sentences, ``written`` writes numbers."""
    lines = [explanation.heading.text(written), say(explanation.question)]
    for number, card in enumerate(explanation.cards, start=1):
        lines.append("")
        lines.append(f"{number}. {say(card.heading)}")
        lines.extend(f"   {line}" for part in _lines(card.parts, say, written) for line in part.splitlines())
    if explanation.notes:
        lines.append("")
    lines.extend(say(note) for note in explanation.notes)
    return "\n".join(lines)


def as_latex(explanation: Explanation, written: Callable[[Value], str] = str) -> str:
    """Return the formulas of an explanation in LaTeX, one a line."""
    formulas = [part for card in explanation.cards for part in card.parts if isinstance(part, Formula)]
    return "\n".join(f"${formula.latex(written)}$" for formula in formulas)


def _lines(parts: tuple[Part, ...], say: Callable[[Sentence], str], written: Callable[[Value], str]) -> Iterator[str]:
    before = ""
    for part in parts:
        text = part_text(part, say, written)
        if isinstance(part, Link):
            before = f"{text} "
        else:
            yield before + text
            before = ""
    if before:
        yield before.rstrip()


def part_text(part: Part, say: Callable[[Sentence], str], written: Callable[[Value], str]) -> str:
    """Return one part as text."""
    match part:
        case Words():
            return say(part.sentence)
        case Formula():
            return part.text(written)
        case Number():
            name = f"{part.name.text(written)} = " if part.name is not None else ""
            return name + written(part.value)
        case Link():
            return f"{say(part.before)} {part.node}"
        case Nodes():
            return ", ".join(part.nodes) or say(part.empty)
