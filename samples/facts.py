"""What an invented department has to report: plain figures, before anybody words them.

Money is in 万元, rates are fractions, None is a cell left empty. `said` holds what the narrative
claims, by the field's codes; it starts as the truth, and faults change it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

Money = Decimal | None
Claim = Decimal | str


@dataclass(frozen=True, slots=True)
class Expense:
    """A row of the expense table; `name` only where the row has its own (a fund, a project)."""

    item: str
    prior_final: Money
    budget: Money
    final: Money
    name: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    initial_budget: Money
    annual_budget: Money
    executed: Money
    weight: Decimal
    execution_rate: Decimal
    score: Decimal
    general_public_budget: Money = None
    government_fund: Money = None
    special_account: Money = None
    other: Money = None
    basic: Money = None
    project: Money = None


@dataclass(frozen=True, slots=True)
class Indicator:
    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    weight: Decimal
    score: Decimal
    deviation: str = ""


@dataclass(frozen=True, slots=True)
class Building:
    """A finished building: ㎡ and 万元."""

    approved_area: Decimal
    actual_area: Decimal
    area_control_rate: Decimal
    budgeted_investment: Decimal
    actual_investment: Decimal
    investment_control_rate: Decimal


@dataclass(frozen=True, slots=True)
class Project:
    """A 项目支出绩效自评表."""

    name: str
    funding: Funding
    expected: str
    actual: str
    indicators: tuple[Indicator, ...]
    total_score: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One submission. `findings` are the (rule, verdict) pairs that it must be flagged with; `allowed`
    are rules that may speak up too, because the fault touches them or not, depending on taste. `titled` is
    another department's name, left in the narrative's title."""

    slug: str
    wording: str
    department: str
    department_code: str
    place: str
    level: str
    year: int
    narrative_year: int
    report_date: date
    people: tuple[str, ...]
    duties: tuple[str, ...]
    authorized: Decimal
    on_duty: Decimal
    control_rate: Decimal | None
    expenses: tuple[Expense, ...]
    buildings: tuple[Building, ...]
    thrift: str
    funding: Funding
    expected: str
    actual: str
    indicators: tuple[Indicator, ...]
    total_score: Decimal
    grade: str
    said: dict[str, Claim]
    projects: tuple[Project, ...] = ()
    remarks: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    titled: str = ""
    findings: tuple[tuple[str, str], ...] = ()
    allowed: tuple[str, ...] = ()

    def expense(self, item: str) -> Expense:
        """The first row of the item."""
        return next(row for row in self.expenses if row.item == item)

    def with_expense(self, new: Expense) -> Facts:
        """The same facts with `new` for the first row of its item."""
        old = self.expense(new.item)
        return replace(self, expenses=tuple(new if row is old else row for row in self.expenses))

    def with_indicator(self, index: int, new: Indicator) -> Facts:
        rows = list(self.indicators)
        rows[index] = new
        return replace(self, indicators=tuple(rows))

    def saying(self, **claims: Claim) -> Facts:
        """The same facts under another narrative; `__` in a name stands for the dot of its code."""
        return replace(
            self, said=self.said | {code.replace("__", "."): claim for code, claim in claims.items()}
        )


def claims(facts: Facts) -> dict[str, Claim]:
    """What an honest narrative says of these facts, by code; `….prior` and `annual_budget` are no codes
    of the field, only words that its sentences need."""
    said: dict[str, Claim] = {
        "authorized": facts.authorized,
        "on_duty": facts.on_duty,
        "total_score": facts.total_score,
        "grade": facts.grade,
        "government_fund": facts.funding.government_fund or Decimal(0),
        "state_capital": Decimal(0),
        "social_insurance": Decimal(0),
        "project_expenditure": facts.expense("project").final or Decimal(0),
        "total_expenditure": facts.funding.executed or Decimal(0),
        "annual_budget": facts.funding.annual_budget or Decimal(0),
    }
    for item in ("three_public", "vehicles", "overseas", "reception"):
        row = facts.expense(item)
        said |= {
            f"{item}.budget": row.budget or Decimal(0),
            f"{item}.final": row.final or Decimal(0),
            f"{item}.prior": row.prior_final or Decimal(0),
        }
    for code, level1 in (("output", "产出指标"), ("benefit", "效益指标"), ("satisfaction", "满意度指标")):
        rows = [row for row in facts.indicators if row.level1 == level1]
        said[f"{code}.weight"] = sum((row.weight for row in rows), Decimal(0))
        said[f"{code}.score"] = sum((row.score for row in rows), Decimal(0))
    return said
