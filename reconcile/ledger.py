"""A report opened for reconciling: every figure by its path, as an interval of its block's precision.

Precision belongs to the block, not to the cell: where a block prints two places of 万元 anywhere,
`1.8` in it means 1.80. Blocks are the staffing table, the expense table, construction, the funding
block, the grid's weights and scores, and each project form's own. Four places elsewhere in a column
don't turn 2.21 into 2.2100, though: nobody who prints two is that exact. In prose the block is the
sentence, since another page's 0.96 says nothing of how «1361.5万元» was rounded; but «0万元»
there is none at all, not a rounded amount. A percentage stands for itself, in a table too («100%» beside
«98.31%»), and so does a score in prose: «98 分» beside «39.5 分» may be 97.85 rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extract.document import Locus
from extract.paths import expense_keys, figures, narrative_keys
from extract.quantity import MISSING, Absent, Figure, Quantity
from extract.report import ExpenseRow, Funding, Indicator, NarrativeFigure, Report, Text
from reconcile.interval import Interval, around, exactly
from reconcile.labels import label_of
from reconcile.line import Line, lines_of
from reconcile.settings import Settings
from reconcile.surroundings import ALONE, Surroundings

COARSEST_RATE = Decimal("0.1")
CENT = Decimal("0.01")
PROSE = ("narrative.", "listed_sums.", "shares.")
POINTS = "points"
GRID_ENDS = (".weight", ".score", "total_score")

_Group = tuple[str, str, str]
"""A block, a kind of figure, a unit."""


class Term(NamedTuple):
    """A figure in an equation: its path, the figure, what it can stand for (None for an absent one).

    Its Chinese name is `name` or, found only when somebody asks, the one of its path, with `before`
    put before it.
    """

    path: str
    figure: Figure
    interval: Interval | None
    report: Report
    name: str = ""
    before: str = ""

    @property
    def label(self) -> str:
        return self.before + (self.name or label_of(self.path, self.report))

    def called(self, name: str) -> Term:
        return Term(self.path, self.figure, self.interval, self.report, name)

    def told_in(self, place: str) -> Term:
        """The same term, its name opened with where it stands: «自评报告中»."""
        return Term(self.path, self.figure, self.interval, self.report, self.name, place)

    @property
    def loosest(self) -> Interval | None:
        """What an amount in prose can stand for by its own places alone: who writes «5万元» beside
        «0.41万元» may have rounded the one and not the other. Elsewhere, the interval."""
        figure = self.figure
        if isinstance(figure, Absent) or figure.kind != "money" or not self.path.startswith(PROSE):
            return self.interval
        return around(figure.value, figure.step) if figure.value else self.interval

    @property
    def told_none(self) -> bool:
        """Whether a sentence says that there was none («未发生公务接待费»). A table's dash may be a blank."""
        figure = self.figure
        said = isinstance(figure, Absent) and figure.why == "dash" and figure.text == "无"
        return said and self.path.startswith(PROSE)

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
    rows with their keys in paths, `narrative` the figures told with their paths, `told` those paths by
    code, `amounts` those of money by value; `lines` are the indicator rows of all forms.
    `known` keeps the terms already made, `unsure` are the places of words that may be misread."""

    report: Report
    settings: Settings
    around: Surroundings
    figures: Mapping[str, Figure]
    groups: Mapping[str, _Group]
    steps: Mapping[_Group, Decimal]
    expenses: tuple[tuple[str, ExpenseRow], ...]
    narrative: tuple[tuple[str, NarrativeFigure], ...]
    told: Mapping[str, Sequence[str]]
    amounts: Mapping[Decimal, Sequence[str]]
    lines: tuple[Line, ...]
    known: dict[str, Term]
    unsure: frozenset[Locus]

    def figure(self, path: str) -> Figure:
        return self.figures.get(path, MISSING)

    def term(self, path: str, name: str = "") -> Term:
        term = self.known.get(path)
        if term is None:
            figure = self.figures.get(path, MISSING)
            term = self.known[path] = Term(path, figure, self._interval(path, figure), self.report)
        return term.called(name) if name else term

    def terms(self, paths: Iterable[str]) -> list[Term]:
        return [self.term(path) for path in paths]

    def rows(self, item: str) -> list[tuple[str, ExpenseRow]]:
        """The expense rows of this item in the table's order, each with its key in paths."""
        return [(key, row) for key, row in self.expenses if row.item == item]

    def mentions(self, code: str) -> list[Term]:
        """Every mention of a narrative figure, in reading order."""
        return self.terms(self.told.get(code, ()))

    def told_or_missing(self, code: str) -> list[Term]:
        """Every mention of a narrative figure as what the report says, or the one that lacks."""
        mentions = self.mentions(code) or [self.term(f"narrative.{code}")]
        return [mention.told_in("自评报告中") for mention in mentions]

    def scopes(self) -> Iterator[Scope]:
        """The submission's own form, then each project's."""
        report = self.report
        yield Scope("", "", report.funding, report.indicators, report.grade)
        for index, form in enumerate(report.projects):
            yield Scope(f"projects.{index}.", form.name, form.funding, form.indicators, form.grade)

    def places(self, paths: Iterable[str]) -> list[Locus]:
        """Where the cited figures stand, in their order."""
        loci = [self.figure(path).locus for path in paths]
        return [locus for locus in loci if locus is not None]

    def _interval(self, path: str, figure: Figure) -> Interval | None:
        if isinstance(figure, Absent):
            return None
        if figure.kind == "count":
            return exactly(figure.value)
        group = self.groups[path]
        step = self.steps[group]
        if figure.kind == "score":
            if not group[0].startswith(POINTS):
                return around(figure.value, figure.step)
            if self._is_set(path, figure, step):
                return exactly(figure.value)
        elif figure.kind == "rate":
            step = figure.step if figure.unit else min(figure.step, COARSEST_RATE)
        elif figure.kind == "money":
            step = _money_step(figure, step)
        return around(figure.value, step)

    def _is_set(self, path: str, figure: Quantity, step: Decimal) -> bool:
        """Points in a form that were given, not computed: weights (33.33 is a third of 100), full marks,
        whole points. The score of 预算执行 is computed from the execution rate."""
        if path.endswith("funding.score"):
            return False
        if path.endswith(".weight"):
            return step > CENT
        if step >= 1:
            return True
        weight = self.figure(path.removesuffix("score") + "weight")
        return isinstance(weight, Quantity) and weight.value == figure.value


def open_ledger(report: Report, settings: Settings | None = None, around: Surroundings = ALONE) -> Ledger:
    """Take up every figure once and settle each block's precision."""
    taken = dict(figures(report))
    groups: dict[str, _Group] = {}
    steps: dict[_Group, Decimal] = {}
    amounts: dict[Decimal, list[str]] = {}
    told_paths = [f"narrative.{key}" for key in narrative_keys(report)]
    sentences = _sentences(report, told_paths)
    for path, figure in taken.items():
        if isinstance(figure, Quantity):
            block = sentences.get(path) or _block(path)
            unit = figure.unit if figure.kind in ("money", "area") else ""
            group = groups[path] = (block, figure.kind, unit)
            if figure.kind == "money":
                amounts.setdefault(figure.value, []).append(path)
            finest = steps.get(group)
            if finest is None or figure.step < finest:
                steps[group] = figure.step
    expenses = tuple(zip(expense_keys(report), report.expenses, strict=True))
    narrative = tuple(zip(told_paths, report.narrative, strict=True))
    told: dict[str, list[str]] = {}
    for path, mention in narrative:
        told.setdefault(mention.code, []).append(path)
    lines = tuple(lines_of(report))
    return Ledger(
        report,
        settings or Settings(),
        around,
        taken,
        groups,
        steps,
        expenses,
        narrative,
        told,
        amounts,
        lines,
        {},
        frozenset(locus.spot for locus in report.unsure),
    )


def _money_step(figure: Quantity, finest: Decimal) -> Decimal:
    """The place to which an amount was rounded, in a block whose finest place is `finest`."""
    if not figure.value and figure.step >= 1:
        return min(finest, CENT)
    return min(figure.step, max(finest, CENT)) if figure.unit != "元" else finest


def _sentences(report: Report, told_paths: Sequence[str]) -> dict[str, str]:
    """The sentence of each amount told in prose, by its path."""
    texts = {path: told.text for path, told in zip(told_paths, report.narrative, strict=True)}
    for index, listed in enumerate(report.listed_sums):
        texts[f"listed_sums.{index}.total"] = listed.text
        for place in range(len(listed.parts)):
            texts[f"listed_sums.{index}.parts.{place}"] = listed.text
    for index, share in enumerate(report.shares):
        texts[f"shares.{index}.part"] = texts[f"shares.{index}.whole"] = share.text
    return texts


def _block(path: str) -> str:
    first, _, rest = path.partition(".")
    if first in ("narrative", "listed_sums", "shares"):
        return first
    form = rest.partition(".")[0] if first == "projects" else ""
    if path.endswith(GRID_ENDS):
        return f"{POINTS} {form}"
    return f"funding {form}" if first == "projects" else first
