"""One grid through every block of the form, and the blocks of several grids put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from extract.forms.construction import read_construction, read_thrift
from extract.forms.expense import Expenses, read_expenses
from extract.forms.funding import read_funding
from extract.forms.goals import read_goals
from extract.forms.indicators import IndicatorGrid, read_indicators
from extract.forms.reviewers import read_reviewers
from extract.forms.scores import Scores, read_scores
from extract.forms.staffing import read_staffing
from extract.forms.table import Table
from extract.forms.vocabulary import Vocabulary
from extract.quantity import Figure, Quantity
from extract.report import Construction, Funding, Goals, Reviewer, Staffing, Text


@dataclass(frozen=True, slots=True)
class Blocks:
    """What one grid (or a run of grids of one form) holds; None for what it does not."""

    staffing: Staffing | None = None
    expenses: Expenses | None = None
    construction: tuple[Construction, ...] | None = None
    thrift: Text | None = None
    funding: Funding | None = None
    goals: Goals | None = None
    indicators: IndicatorGrid | None = None
    scores: Scores | None = None
    reviewers: tuple[Reviewer, ...] | None = None

    @property
    def is_base(self) -> bool:
        return self.staffing is not None or self.expenses is not None

    @property
    def is_form(self) -> bool:
        return self.funding is not None or self.indicators is not None

    @property
    def is_of_a_form(self) -> bool:
        """The form itself, or a grid that goes on with it: goals, total score, grade."""
        return self.is_form or self.goals is not None or self.scores is not None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, f.name) is None for f in fields(self))


def read_blocks(table: Table, words: Vocabulary) -> Blocks:
    indicators = read_indicators(table, words)
    scores = read_scores(table, words, None if indicators is None else indicators.total_row)
    return Blocks(
        staffing=read_staffing(table, words),
        expenses=read_expenses(table, words),
        construction=read_construction(table, words),
        thrift=read_thrift(table, words),
        funding=read_funding(table, words),
        goals=read_goals(table, words),
        indicators=indicators,
        scores=None if scores == Scores() else scores,
        reviewers=read_reviewers(table, words),
    )


def merged(first: Blocks, second: Blocks) -> Blocks:
    """Both grids' blocks; where both hold one, the first's, and indicators one after the other."""
    chosen = {f.name: _first(getattr(first, f.name), getattr(second, f.name)) for f in fields(Blocks)}
    if first.indicators is not None and second.indicators is not None:
        chosen["indicators"] = _continued(first.indicators, second.indicators)
    if first.expenses is not None and second.expenses is not None and not _same_items(first, second):
        chosen["expenses"] = replace(
            first.expenses,
            rows=first.expenses.rows + second.expenses.rows,
            warnings=tuple(dict.fromkeys(first.expenses.warnings + second.expenses.warnings)),
        )
    if first.scores is not None and second.scores is not None:
        chosen["scores"] = Scores(
            _figure(first.scores.total_score, second.scores.total_score),
            first.scores.grade or second.scores.grade,
        )
    return Blocks(**chosen)


def doubled(first: Blocks, second: Blocks) -> Iterator[str]:
    """The names of blocks that both hold, and that no form holds twice."""
    for name in ("staffing", "expenses", "funding"):
        both = getattr(first, name) is not None and getattr(second, name) is not None
        if both and (name != "expenses" or _same_items(first, second)):
            yield name


def _same_items(first: Blocks, second: Blocks) -> bool:
    """Whether two expense tables have a row in common: if not, the second goes on with the first."""
    if first.expenses is None or second.expenses is None:
        return False
    known = {row.item or row.label for row in first.expenses.rows}
    return any((row.item or row.label) in known for row in second.expenses.rows)


def _continued(first: IndicatorGrid, second: IndicatorGrid) -> IndicatorGrid:
    """The second grid's rows after the first's, unless it is the same grid again."""
    if first.indicators == second.indicators:
        return first
    last = first.indicators[-1] if first.indicators else None
    rows = second.indicators
    if last is not None and rows and not rows[0].level1:
        rows = tuple(replace(row, level1=row.level1 or last.level1) for row in rows)
    total = second if first.total_row is None else first
    return replace(total, indicators=first.indicators + rows)


def _first(one: Any, other: Any) -> Any:
    return one if one is not None else other


def _figure(one: Figure, other: Figure) -> Figure:
    return one if isinstance(one, Quantity) or not isinstance(other, Quantity) else other
