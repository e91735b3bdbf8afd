"""What a submission says, unjudged: the record of the contract, in Quantities.

One type serves a single file's reading and the whole submission: what a file doesn't hold is
`missing`. Codes are those of the field's own forms (see the README's glossary). Paths such as
`funding.by_nature.basic` name figures everywhere: in findings, in the database, in tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extract.document import Locus, Source
from extract.quantity import MISSING, Figure

PERIODS = ("prior_final", "budget", "final")
SOURCES = (
    "general_public_budget",
    "government_fund",
    "special_account",
    "other",
    "carried_over",
    "unit_funds",
)
NATURES = ("basic", "project")

PartName = Literal["base", "form", "narrative", "project"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words as printed, lines joined, and where they stand."""

    value: str
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the submission that was found: 附件2 base, 附件3 form, 附件1 narrative, a project form."""

    name: PartName
    source: str
    title: str = ""
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    authorized: Figure = MISSING
    on_duty: Figure = MISSING
    control_rate: Figure = MISSING


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """A row of the expense table. `item` is None for a row no vocabulary knows."""

    item: str | None
    label: str
    prior_final: Figure = MISSING
    budget: Figure = MISSING
    final: Figure = MISSING
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Construction:
    """A finished building: areas in ㎡, money in 万元, rates as fractions."""

    label: str = ""
    approved_area: Figure = MISSING
    actual_area: Figure = MISSING
    area_control_rate: Figure = MISSING
    budgeted_investment: Figure = MISSING
    actual_investment: Figure = MISSING
    investment_control_rate: Figure = MISSING


@dataclass(frozen=True, slots=True)
class FundingSources:
    """The year's money by its source: the four of the form, and 上年结转资金 and 单位资金 of other forms."""

    general_public_budget: Figure = MISSING
    government_fund: Figure = MISSING
    special_account: Figure = MISSING
    other: Figure = MISSING
    carried_over: Figure = MISSING
    unit_funds: Figure = MISSING


@dataclass(frozen=True, slots=True)
class FundingNatures:
    basic: Figure = MISSING
    project: Figure = MISSING


@dataclass(frozen=True, slots=True)
class Funding:
    initial_budget: Figure = MISSING
    annual_budget: Figure = MISSING
    executed: Figure = MISSING
    weight: Figure = MISSING
    execution_rate: Figure = MISSING
    score: Figure = MISSING
    by_source: FundingSources = FundingSources()
    by_nature: FundingNatures = FundingNatures()


@dataclass(frozen=True, slots=True)
class Goals:
    expected: Text | None = None
    actual: Text | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the indicator grid; merged levels are carried down. `explains` says whether the grid has a
    column for `deviation` at all."""

    level1: str
    level2: str
    level3: str
    target: Text
    actual: Text
    weight: Figure = MISSING
    score: Figure = MISSING
    deviation: str = ""
    locus: Locus | None = None
    explains: bool = True


@dataclass(frozen=True, slots=True)
class NarrativeFigure:
    """A figure of the narrative and the sentence it was read from. Words (a grade) are in `word`."""

    code: str
    value: Figure
    text: str
    word: str = ""
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A named figure inside a sentence."""

    label: str
    value: Figure


@dataclass(frozen=True, slots=True)
class ListedSum:
    """«T万元，其中：A a万元、B b万元…»: `whole` says whether the sentence claims that the parts are all."""

    total: Amount
    parts: tuple[Amount, ...]
    whole: bool
    text: str
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """«占 P%» (part of whole) or «增长/下降 P%» (part: now, whole: before; percent signed)."""

    relation: Literal["share", "change"]
    percent: Figure
    part: Amount
    whole: Amount
    text: str
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Personal data: kept in its own table, in no view and no export."""

    name: str
    title: str
    organisation: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """A line to be signed or dated, without what stands on it."""

    label: str
    filled: bool
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """A 项目支出绩效自评表."""

    name: str
    funding: Funding = Funding()
    goals: Goals = Goals()
    indicators: tuple[Indicator, ...] = ()
    total_score: Figure = MISSING
    grade: Text | None = None
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A department name or code as one place gives it; `role` says which place (cover, form, base,
    narrative, maker, …)."""

    role: str
    value: str
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class YearMention:
    role: str
    year: int
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A table or row that no vocabulary knows: kept and listed, not dropped."""

    what: Literal["table", "row", "figure", "leftover"]
    text: str
    locus: Locus | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two copies of one part that differ in a figure."""

    path: str
    first: Figure
    second: Figure


@dataclass(frozen=True, slots=True)
class Report:
    department: str = ""
    department_code: str | None = None
    fiscal_year: int | None = None
    report_date: date | None = None
    sources: tuple[Source, ...] = ()
    parts: tuple[Part, ...] = ()
    staffing: Staffing = Staffing()
    expenses: tuple[ExpenseRow, ...] = ()
    construction: tuple[Construction, ...] = ()
    thrift_measures: Text | None = None
    funding: Funding = Funding()
    goals: Goals = Goals()
    indicators: tuple[Indicator, ...] = ()
    total_score: Figure = MISSING
    grade: Text | None = None
    narrative: tuple[NarrativeFigure, ...] = ()
    listed_sums: tuple[ListedSum, ...] = ()
    shares: tuple[Share, ...] = ()
    projects: tuple[ProjectForm, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    names: tuple[Named, ...] = ()
    codes: tuple[Named, ...] = ()
    years: tuple[YearMention, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    sentence_prints: tuple[int, ...] = ()
    unsure: tuple[Locus, ...] = ()
    """Where words stand that their reader was not sure of; figures say it themselves."""

    def has(self, part: PartName) -> bool:
        return any(found.name == part for found in self.parts)

    def mentions(self, code: str) -> tuple[NarrativeFigure, ...]:
        """Every mention of one narrative figure, in reading order."""
        return tuple(figure for figure in self.narrative if figure.code == code)
