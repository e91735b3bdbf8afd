"""A report opened for reconciling: every figure by its path, as an interval of its block's precision.

Precision belongs to the block, not to the cell: where a block prints two places of 万元 anywhere,
`1.8` in it means 1.80. Blocks are the staffing table, the expense table, construction, the funding
block, the grid's weights and scores, each project form's own, and the narrative as a whole. A
percentage in prose belongs to its sentence: «占55%» isn't «占55.0%» because another page says 94.7%.
A score in prose stands for itself: «98 分» beside «39.5 分» may be 97.85 rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extract.document import Locus
from extract.paths import expense_keys, figures, narrative_keys
from extract.quantity import MISSING, Absent, Figure, Quantity
from extract.report import ExpenseRow, Funding, Indicator, NarrativeFigure, Report, Text
from reconcile.interval import Interval, around, exactly
from reconcile.labels import label_of

COARSEST_RATE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a bureau may set: the share by which a budget may be adjusted, the multiple of a target
    from which it was set too low."""

    adjustment_limit: Decimal = Decimal("0.2")
    overshoot: Decimal = Decimal("1.3")


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in an equation: its path, its Chinese name, the figure, what it can stand for.
    `interval` is None for an absent figure."""

    path: str
    label: str
    figure: Figure
    interval: Interval | None

    @property
    def unreadable(self) -> bool:
        return isinstance(self.figure, Absent) and self.figure.why == "unreadable"

    @property
    def missing(self) -> bool:
        """No such cell or sentence: more than blank."""
        return isinstance(self.figure, Absent) and self.figure.why == "missing"


@dataclass(frozen=True, slots=True)
class Scope:
    """A form with a funding block and an indicator grid: the submission's own (prefix empty) or a
    project's, `projects.0.` and so on."""

    prefix: str
    name: str
    funding: Funding
    indicators: tuple[Indicator, ...]
    grade: Text | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The report, its figures by path, and the finest printed place of each block. `expenses` are the
    rows with their keys in paths, `narrative` the figures told with their paths."""

    report: Report
    settings: Settings
    figures: Mapping[str, Figure]
    steps: Mapping[tuple[str, str, str], Decimal]
    expenses: tuple[tuple[str, ExpenseRow], ...]
    narrative: tuple[tuple[str, NarrativeFigure], ...]

    def figure(self, path: str) -> Figure:
        return self.figures.get(path, MISSING)

    def term(self, path: str, label: str | None = None) -> Term:
        figure = self.figure(path)
        name = label_of(path, self.report) if label is None else label
        return Term(path, name, figure, self._interval(path, figure))

    def terms(self, paths: Iterable[str]) -> list[Term]:
        return [self.term(path) for path in paths]

    def rows(self, *items: str) -> list[tuple[str, ExpenseRow]]:
        """The expense rows of these items in the table's order, each with its key in paths."""
        return [(key, row) for key, row in self.expenses if row.item in items]

    def mentions(self, code: str) -> list[Term]:
        """Every mention of a narrative figure, in reading order."""
        return [self.term(path) for path, figure in self.narrative if figure.code == code]

    def scopes(self) -> Iterator[Scope]:
        """The submission's own form, then each project's."""
        report = self.report
        yield Scope("", "", report.funding, report.indicators, report.grade)
        for index, form in enumerate(report.projects):
            yield Scope(f"projects.{index}.", form.name, form.funding, form.indicators, form.grade)

    def places(self, paths: Iterable[str]) -> tuple[Locus, ...]:
        """Where the cited figures stand, in their order, each place once."""
        loci = (self.figure(path).locus for path in paths)
        return tuple(dict.fromkeys(locus for locus in loci if locus is not None))

    def _interval(self, path: str, figure: Figure) -> Interval | None:
        if isinstance(figure, Absent):
            return None
        if figure.kind == "count" or self._is_set(path, figure):
            return exactly(figure.value)
        in_prose = figure.kind == "score" and not _in_grid(path)
        step = figure.step if in_prose else self.steps[_group(path, figure, self.report)]
        if figure.kind == "rate" and not figure.unit:
            step = min(step, COARSEST_RATE)
        return around(figure.value, step)

    def _is_set(self, path: str, figure: Quantity) -> bool:
        """Points in a form that were given, not computed: weights, full marks, whole points. The score
        of 预算执行 is computed from the execution rate."""
        if not _in_grid(path) or path.endswith("funding.score"):
            return False
        if path.endswith(".weight"):
            return True
        if self.steps[_group(path, figure, self.report)] >= 1:
            return True
        weight = self.figure(path.removesuffix("score") + "weight")
        return isinstance(weight, Quantity) and weight.value == figure.value


def open_ledger(report: Report, settings: Settings | None = None) -> Ledger:
    """Take up every figure once and settle each block's precision."""
    taken = dict(figures(report))
    steps: dict[tuple[str, str, str], Decimal] = {}
    for path, figure in taken.items():
        if isinstance(figure, Quantity):
            group = _group(path, figure, report)
            steps[group] = min(figure.step, steps.get(group, figure.step))
    expenses = tuple(zip(expense_keys(report), report.expenses, strict=True))
    paths = (f"narrative.{key}" for key in narrative_keys(report))
    narrative = tuple(zip(paths, report.narrative, strict=True))
    return Ledger(report, settings or Settings(), taken, steps, expenses, narrative)


def _group(path: str, figure: Quantity, report: Report) -> tuple[str, str, str]:
    unit = figure.unit if figure.kind in ("money", "rate", "area") else ""
    return (_block(path, report), figure.kind, unit)


def _block(path: str, report: Report) -> str:
    words = path.split(".")
    if words[0] == "shares" and words[2] == "percent":
        return report.shares[int(words[1])].text
    if words[0] in ("narrative", "listed_sums", "shares"):
        return "narrative"
    if _in_grid(path):
        return "points" if words[0] != "projects" else f"points {words[1]}"
    return words[0] if words[0] != "projects" else f"funding {words[1]}"


def _in_grid(path: str) -> bool:
    """Whether a path names a weight or a score of a form."""
    if path.startswith("narrative."):
        return False
    return path.endswith((".weight", ".score", "total_score"))
