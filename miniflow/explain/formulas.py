"""Formulas with the student's own names in them, as plain text and as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import TypeAlias

from miniflow.node import Node
from miniflow.overriding import override
from miniflow.values import Value

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Place:
    """One of the places at which a consumer takes the same node: x⁽¹⁾ and x⁽²⁾ in a product of x with itself."""

    node: str
    number: int

    @override
    def __str__(self) -> str:
        return f"{self.node}⁽{str(self.number).translate(_RAISED)}⁾"

    @property
    def latex(self) -> str:
        """In braces, so that a power may follow."""
        return f"{{{latex_name(self.node)}^{{({self.number})}}}}"


Filling: TypeAlias = "str | Place | Value"
"""What stands in a formula's field: a node's name, one of several places that it feeds, or its value."""

_FIRST_MARK = 0xE000  # Unicode's private use: stands for a field while the rest is put into LaTeX
_MARK = "[\ue000-\uf8ff]"
_STACKED = (re.compile(rf"∂(Σ?{_MARK})/∂({_MARK})"), r"\\dfrac{\\partial \1}{\\partial \2}")
_WHOLE_RULES = (
    (re.compile(r"1 / \((1 \+ e\^\([^()]*\))\)"), r"\\dfrac{1}{\1}"),
    (re.compile(r"\^\(([^()]*)\)"), r"^{\1}"),
    (re.compile(rf"({_MARK}|\)|\])ᵀ"), r"\1^{T}"),
    (re.compile(rf"({_MARK}|\))²"), r"\1^{2}"),
    (re.compile(r"\b(max|mean|tanh)\b"), r"\\mathrm{\1}"),
    (re.compile(r"(\d+) if (.*?), else (\d+)"), r"\1\\ \\mathrm{if}\\ \2,\\ \\mathrm{else}\\ \3"),
)
_OPENINGS = ("= ", "(", ", ", "← ")
_POWERS = ("²", "^", "ᵀ")
_CHARACTERS = {
    "·": r"\cdot ",
    "−": "-",
    "σ": r"\sigma ",
    "Σ": r"\Sigma\,",
    "∂": r"\partial ",
    "×": r"\times ",
    "⊙": r"\odot ",
    "→": r"\to ",
    "←": r"\leftarrow ",
    "η": r"\eta ",
}
_SPECIAL = {"\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim ", "$": r"\$", " ": r"\ "}


@dataclass(frozen=True)
class Formula:
    """A formula as a template and what goes into its fields."""

    template: str
    fields: Mapping[str, Filling] = field(default_factory=dict)

    @override
    def __str__(self) -> str:
        return self.text()

    def text(self, written: Callable[[Value], str] = str) -> str:
        """Return it as plain text; ``written`` turns the numbers into text."""
        return "".join(literal + filling for literal, filling in self._pieces(written))

    def _pieces(self, written: Callable[[Value], str]) -> Iterator[tuple[str, str]]:
        """Yield each stretch of the template with what fills the field after it; in parentheses where it needs them."""
        parsed = list(Formatter().parse(self.template))
        for number, (literal, name, _, _) in enumerate(parsed):
            if name is None:
                yield literal, ""
                continue
            filling = self.fields[name]
            is_name = isinstance(filling, str | Place)
            text = str(filling) if isinstance(filling, str | Place) else written(filling)
            after = parsed[number + 1][0] if number + 1 < len(parsed) else ""
            stands_alone = literal.endswith(_OPENINGS) or (number == 0 and not literal)
            is_negative = not is_name and text.startswith(("-", "−"))
            is_raised = after.startswith(_POWERS) and (is_negative or text.endswith(_POWERS))
            needs_parentheses = is_raised or (is_negative and not stands_alone)
            yield literal, f"({text})" if needs_parentheses else text

    def with_fields(self, **fields: Filling) -> Formula:
        """Return the formula with some of its fields filled otherwise; names that it has not are left out."""
        return Formula(self.template, {**self.fields, **fields})

    def with_names(self, written: Callable[[str], str]) -> Formula:
        """Return the formula with the nodes' names written otherwise, cut, say."""

        def renamed(filling: Filling) -> Filling:
            if isinstance(filling, Place):
                return Place(written(filling.node), filling.number)
            return written(filling) if isinstance(filling, str) else filling

        return Formula(self.template, {name: renamed(filling) for name, filling in self.fields.items()})

    def latex(self, written: Callable[[Value], str] = str, stacked: bool = True) -> str:
        """Return it as LaTeX, in the part of it that matplotlib knows too, without the dollars around it.

        Derivatives are ``stacked`` as fractions, or written in line.
        """
        marked = ""
        fillings: list[str] = []
        names = [name for _, name, _, _ in Formatter().parse(self.template) if name is not None]
        for literal, text in self._pieces(written):
            marked += literal
            if len(fillings) < len(names):
                marked += chr(_FIRST_MARK + len(fillings))
                fillings.append(_latex_filling(self.fields[names[len(fillings)]], text))
        for pattern, replacement in (*((_STACKED,) if stacked else ()), *_WHOLE_RULES):
            marked = pattern.sub(replacement, marked)
        latex = "".join(_CHARACTERS.get(character, character) for character in marked)
        for number, filling in enumerate(fillings):
            latex = latex.replace(chr(_FIRST_MARK + number), filling)
        return latex


def joined(between: str, formulas: Sequence[Formula]) -> Formula:
    """Return one formula that is these, with ``between`` between them: a sum, say."""
    template: list[str] = []
    fields: dict[str, Filling] = {}
    for number, formula in enumerate(formulas):
        names = {name: f"{name}_{number}" for name in formula.fields}
        template.append(formula.template.format(**{name: f"{{{new}}}" for name, new in names.items()}))
        fields.update({names[name]: filling for name, filling in formula.fields.items()})
    return Formula(between.join(template), fields)


def in_parentheses(formula: Formula) -> Formula:
    """Return a formula as one factor of a product."""
    return Formula(f"({formula.template})", formula.fields)


def equation(left: Formula, right: Formula) -> Formula:
    """Return ``left = right``."""
    return joined(" = ", [left, right])


def latex_name(name: str) -> str:
    """Return a node's name in LaTeX: ``W1`` as W with the index 1, a word upright.

    >>> latex_name("W1"), latex_name("cost"), latex_name("50%")
    ('W_{1}', '\\\\mathrm{cost}', '\\\\mathrm{50\\\\%}')
    """
    indexed = re.fullmatch(r"([A-Za-z])_?(\d+)", name)
    if indexed:
        return f"{indexed[1]}_{{{indexed[2]}}}"
    if re.fullmatch(r"[A-Za-z]", name):
        return name
    return rf"\mathrm{{{''.join(_escaped(character) for character in name)}}}"


def latex_text(text: str) -> str:
    """Return the text of a number in LaTeX: 1e−5 as a power of ten."""
    powers = re.sub(r"(?<=\d)e([−-]?\d+)", r"×10^{\1}", text.replace("ᵀ", "^{T}"))
    return "".join(_CHARACTERS.get(character, character) for character in powers)


def _latex_filling(filling: Filling, text: str) -> str:
    if isinstance(filling, Place):
        return filling.latex
    return latex_name(filling) if isinstance(filling, str) else latex_text(text)


def _escaped(character: str) -> str:
    return _SPECIAL.get(character) or ("\\" + character if character in "{}_%#&" else character)


def rule_template(cls: type[Node], wired: int) -> str:
    """Return the forward rule of a class for ``wired`` inputs: a sum or a product of three has three."""
    ports = cls.port_names(wired)
    if cls.repeats_last_port and len(ports) > 2:
        between = re.search(rf"\{{{ports[0]}\}}(.*)\{{{ports[1]}\}}", cls.rule)
        if between:
            start = cls.rule[: between.start()]
            return start + between[1].join(f"{{{port}}}" for port in ports) + cls.rule[between.end() :]
    if cls.rule:
        return cls.rule
    return "{out} = " + cls.__name__ + "(" + ", ".join(f"{{{port}}}" for port in ports) + ")"


def derivative_template(cls: type[Node], port: int, wired: int) -> str | None:
    """Return ∂out/∂(port) in symbols, or None where the class does not say."""
    if not cls.derivatives:
        return None
    template = cls.derivatives[min(port, len(cls.derivatives) - 1)]
    others = [f"{{{name}}}" for index, name in enumerate(cls.port_names(wired)) if index != port]
    return template.replace("{others}", " · ".join(others))


def share_template(cls: type[Node], port: int) -> str | None:
    """Return what a class passes back to a port in symbols, where it is more than a product of elements."""
    return cls.shares[min(port, len(cls.shares) - 1)] if cls.shares else None
