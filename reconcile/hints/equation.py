"""A broken equation read back from what an examination cites: its parts, its total, what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.quantity import Quantity
from reconcile.interval import ZERO
from reconcile.ledger import Ledger, Term
from reconcile.message import LONGEST_SUM, Style, shortened, style_of
from reconcile.rule import Examination

NAME = 14
"""Characters of a row's name that a hint has room for."""
INDICATOR_ENDS = {"weight": "分值", "score": "得分"}


@dataclass(frozen=True, slots=True)
class Equation:
    """Parts whose sum should be `total`: the figure `whole`, or where that is None a number no form prints
    (100 points). `lacks` is what the parts fall short of the total, negative where they exceed it."""

    parts: tuple[Term, ...]
    whole: Term | None
    total: Decimal

    @property
    def operands(self) -> tuple[Term, ...]:
        return self.parts if self.whole is None else (self.whole, *self.parts)

    @property
    def is_pair(self) -> bool:
        """Two places that should give one figure: either may be the wrong one."""
        return len(self.parts) == 1

    @property
    def kind(self) -> str:
        return quantity_of(self.parts[0]).kind

    @property
    def added(self) -> Decimal:
        return sum(map(value_of, self.parts), ZERO)

    @property
    def lacks(self) -> Decimal:
        return self.total - self.added

    def right(self, operand: Term) -> Decimal:
        """What this operand would have to be for the equation to hold."""
        return self.added if operand is self.whole else value_of(operand) + self.lacks

    def mended(self, operand: Term) -> str:
        """«改为 318.25 万元，701.92 + 318.25 = 1020.17 就对上了»."""
        change = f"改为 {style_of(self.operands).spoken_value(self.right(operand))}"
        shown = self.shown(operand)
        return f"{change}，{shown}" if shown else f"{change}就对上了"

    def shown(self, operand: Term) -> str:
        """The equation with this operand put right: «701.92 + 318.25 = 1020.17 就对上了»."""
        parts = [self.right(part) if part is operand else value_of(part) for part in self.parts]
        return self._true(parts, self.right(operand) if operand is self.whole else self.total)

    def without(self, operand: Term) -> str:
        """The equation without one of its parts: «：98.00 + 100.00 = 198.00 就对上了»."""
        shown = self._true([value_of(part) for part in self.parts if part is not operand], self.total)
        return f"：{shown}" if shown else ""

    def _true(self, values: Sequence[Decimal], total: Decimal) -> str:
        """An addition that comes out, without its noughts; nothing where it would be too long to read."""
        told = [value for value in values if value]
        if not 2 <= len(told) <= LONGEST_SUM:
            return ""
        style = style_of(self.operands)
        return f"{added_up(told, style)} = {style.number(total)} 就对上了"


def equation_of(ledger: Ledger, examination: Examination) -> Equation | None:
    """The sum that an examination is about; None where what it cites and what it computed make none."""
    terms = _named(ledger, examination.cites)
    expected, found = examination.expected, examination.found
    if not terms or expected is None or found is None:
        return None
    kinds = {term.figure.kind if isinstance(term.figure, Quantity) else "" for term in terms}
    if len(kinds) != 1 or kinds <= {"", "rate"}:
        return None
    added = sum(map(value_of, terms), ZERO)
    for whole, parts in ((terms[-1], terms[:-1]), (terms[0], terms[1:])):
        if parts and {added - value_of(whole), value_of(whole)} == {expected, found}:
            return Equation(tuple(parts), whole, value_of(whole))
    if added in (expected, found):
        return Equation(tuple(terms), None, expected if added == found else found)
    return None


def _named(ledger: Ledger, paths: Sequence[str]) -> list[Term]:
    """The cited figures, each by the words that its row has in the form; those of several project forms by
    their projects."""
    forms = {path.split(".")[1] for path in paths if path.startswith("projects.")}
    return [ledger.term(path, row_name(ledger, path, projects=len(forms) > 1)) for path in paths]


def row_name(ledger: Ledger, path: str, *, projects: bool = False) -> str:
    """The name of an indicator or, where several are cited, of a project; nothing for other figures."""
    words = path.split(".")
    form = ledger.report.projects[int(words[1])] if words[0] == "projects" else None
    if form is not None and projects:
        return shortened(form.name, NAME)
    if "indicators" not in words:
        return ""
    row = (form or ledger.report).indicators[int(words[-2])]
    return f"{shortened(row.level3 or row.level2, NAME)}{INDICATOR_ENDS[words[-1]]}"


def added_up(values: Sequence[Decimal], style: Style) -> str:
    """«701.92 + 661.46 - 7.30»."""
    first, *rest = values
    signed = (f" {'-' if value < 0 else '+'} {style.number(abs(value))}" for value in rest)
    return style.number(first) + "".join(signed)


def quantity_of(term: Term) -> Quantity:
    assert isinstance(term.figure, Quantity)
    return term.figure


def value_of(term: Term) -> Decimal:
    return quantity_of(term).value


def step_of(term: Term) -> Decimal:
    return quantity_of(term).step


def bare(label: str) -> str:
    """A figure's name without period or column: the same thing told twice is no explanation."""
    return label.rpartition("（")[0] if label.endswith("）") else label
