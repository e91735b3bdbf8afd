"""The record in tables: departments, their submissions, and the blocks of the forms.

Columns bear the codes of the forms. Amounts are 万元, rates fractions, areas ㎡. These tables hold the
values that are judged, so a value corrected here is the one that `gouji check` judges; `figure` keeps
beside each what was read in the source, and where.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Listed, Owned, Placed
from models.types import Moment


class Department(Base):
    """A department is its name (NFKC, without white space); the code is the last one it gave."""

    __tablename__ = "department"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(index=True)


class Submission(Base):
    """One revision of what a department filed for a year. `fingerprint` stands for the files' hashes."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("department_id", "fiscal_year", "revision"),
        UniqueConstraint("department_id", "fiscal_year", "fingerprint"),
        Index(None, "fiscal_year"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    fiscal_year: Mapped[int]
    revision: Mapped[int]
    fingerprint: Mapped[str]
    ingest_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("ingest_run.id", ondelete="SET NULL"), index=True
    )
    ingested_at: Mapped[datetime] = mapped_column(Moment)
    department_name: Mapped[str]
    department_code: Mapped[str | None]
    report_date: Mapped[date | None]
    thrift_measures: Mapped[str | None]
    goal_expected: Mapped[str | None]
    goal_actual: Mapped[str | None]
    total_score: Mapped[Decimal | None]
    grade: Mapped[str | None]


class SourceFile(Listed, Base):
    """A submitted file; `sha256` is its identity."""

    __tablename__ = "source_file"
    name: Mapped[str]
    path: Mapped[str]
    sha256: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    reader: Mapped[str]
    pages: Mapped[int | None]
    note: Mapped[str]


class PartFound(Listed, Base):
    """A part of the submission (base, form, narrative, project) and the file it was found in."""

    __tablename__ = "part"
    name: Mapped[str]
    source: Mapped[str]
    title: Mapped[str]


class StaffingRow(Owned, Base):
    __tablename__ = "staffing"
    __table_args__ = (UniqueConstraint("submission_id"),)
    authorized: Mapped[Decimal | None]
    on_duty: Mapped[Decimal | None]
    control_rate: Mapped[Decimal | None]


class Expense(Listed, Base):
    """A row of the expense table. `path` names it in `figure.path`, whatever `item` is corrected to."""

    __tablename__ = "expense"
    path: Mapped[str]
    item: Mapped[str | None]
    label: Mapped[str]
    prior_final: Mapped[Decimal | None]
    budget: Mapped[Decimal | None]
    final: Mapped[Decimal | None]


class ConstructionRow(Listed, Base):
    __tablename__ = "construction"
    label: Mapped[str]
    approved_area: Mapped[Decimal | None]
    actual_area: Mapped[Decimal | None]
    area_control_rate: Mapped[Decimal | None]
    budgeted_investment: Mapped[Decimal | None]
    actual_investment: Mapped[Decimal | None]
    investment_control_rate: Mapped[Decimal | None]


class ProjectFormRow(Listed, Base):
    """A 项目支出绩效自评表."""

    __tablename__ = "project_form"
    name: Mapped[str]
    goal_expected: Mapped[str | None]
    goal_actual: Mapped[str | None]
    total_score: Mapped[Decimal | None]
    grade: Mapped[str | None]


class OfForm:
    """Of the department's own form where `project` is null, else of the project form at that position."""

    project: Mapped[int | None]


def _of_form() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["submission_id", "project"],
        ["project_form.submission_id", "project_form.position"],
        ondelete="CASCADE",
    )


class FundingRow(Owned, OfForm, Base):
    __tablename__ = "funding"
    __table_args__ = (UniqueConstraint("submission_id", "project"), _of_form())
    initial_budget: Mapped[Decimal | None]
    annual_budget: Mapped[Decimal | None]
    executed: Mapped[Decimal | None]
    weight: Mapped[Decimal | None]
    execution_rate: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    source_general_public_budget: Mapped[Decimal | None]
    source_government_fund: Mapped[Decimal | None]
    source_special_account: Mapped[Decimal | None]
    source_other: Mapped[Decimal | None]
    source_carried_over: Mapped[Decimal | None]
    source_unit_funds: Mapped[Decimal | None]
    nature_basic: Mapped[Decimal | None]
    nature_project: Mapped[Decimal | None]


class IndicatorRow(Owned, OfForm, Base):
    """A row of the indicator grid; `target` and `actual` are the words as printed. `explains` is false where
    the grid has no column for the reason, and not known of rows stored before it was asked."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("submission_id", "project", "position"), _of_form())
    position: Mapped[int]
    level1: Mapped[str]
    level2: Mapped[str]
    level3: Mapped[str]
    target: Mapped[str]
    actual: Mapped[str]
    weight: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    deviation: Mapped[str]
    explains: Mapped[bool | None]


class NarrativeFigureRow(Listed, Base):
    """A figure of the narrative and its sentence; words (a grade) are in `word`."""

    __tablename__ = "narrative_figure"
    path: Mapped[str]
    code: Mapped[str]
    value: Mapped[Decimal | None]
    word: Mapped[str]
    text: Mapped[str]


class ListedSumRow(Listed, Base):
    """«T万元，其中：…»; `whole` where the sentence claims that its parts are all."""

    __tablename__ = "listed_sum"
    label: Mapped[str]
    total: Mapped[Decimal | None]
    whole: Mapped[bool]
    text: Mapped[str]


class ListedPart(Owned, Base):
    """One part of a listed sum."""

    __tablename__ = "listed_part"
    __table_args__ = (
        UniqueConstraint("submission_id", "listed_sum", "position"),
        ForeignKeyConstraint(
            ["submission_id", "listed_sum"],
            ["listed_sum.submission_id", "listed_sum.position"],
            ondelete="CASCADE",
        ),
    )
    listed_sum: Mapped[int]
    position: Mapped[int]
    label: Mapped[str]
    value: Mapped[Decimal | None]


class ShareRow(Listed, Base):
    """«占 P%» (`share`: part of whole) or «增长 P%» (`change`: part is now, whole before)."""

    __tablename__ = "share"
    relation: Mapped[str]
    percent: Mapped[Decimal | None]
    part_label: Mapped[str]
    part: Mapped[Decimal | None]
    whole_label: Mapped[str]
    whole: Mapped[Decimal | None]
    text: Mapped[str]


class ReviewerRow(Listed, Base):
    """Personal data: in no view and no export."""

    __tablename__ = "reviewer"
    name: Mapped[str]
    title: Mapped[str]
    organisation: Mapped[str]


class SignOffRow(Listed, Base):
    """A line to be signed or dated; never what stands on it."""

    __tablename__ = "sign_off"
    label: Mapped[str]
    filled: Mapped[bool]


class Mention(Listed, Base):
    """A department name, a department code or a year as one place gives it (`kind`: name, code, year)."""

    __tablename__ = "mention"
    kind: Mapped[str]
    role: Mapped[str]
    value: Mapped[str]


class UnrecognisedRow(Listed, Base):
    """A table, row or figure that no vocabulary knows, or a leftover of the template (`what`)."""

    __tablename__ = "unrecognised"
    what: Mapped[str]
    text: Mapped[str]


class ConflictRow(Listed, Base):
    """Two copies of one part that differ in the figure `path`."""

    __tablename__ = "conflict"
    path: Mapped[str]
    first: Mapped[Decimal | None]
    second: Mapped[Decimal | None]


class ReadingWarning(Listed, Base):
    """What a reader or the forms warned of."""

    __tablename__ = "warning"
    text: Mapped[str]


class FigureRow(Owned, Placed, Base):
    """What was read for the figure `path`: in which state, the text as printed, where, and how sure.

    `value` is the value as it was read and `places` its decimal places, so a typed table's value that
    differs from it has been corrected. A figure that no cell and no sentence gives has no row. `raw` is
    what was read first, where another reading of the same print was chosen since.
    """

    __tablename__ = "figure"
    __table_args__ = (
        UniqueConstraint("submission_id", "path"),
        CheckConstraint("state IN ('value', 'missing', 'blank', 'dash', 'unreadable')", name="state"),
    )
    path: Mapped[str]
    state: Mapped[str]
    text: Mapped[str]
    value: Mapped[Decimal | None]
    places: Mapped[int | None]
    step: Mapped[Decimal | None]
    kind: Mapped[str | None]
    unit: Mapped[str | None]
    sure: Mapped[float | None]
    raw: Mapped[str | None]


class OtherReading(Owned, Base):
    """Another reading of the print of the figure `path`, as text."""

    __tablename__ = "other_reading"
    __table_args__ = (UniqueConstraint("submission_id", "path", "position"),)
    path: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]


class Place(Owned, Placed, Base):
    """Where something other than a figure stands: a row, a sentence, a text, named by its `path`."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("submission_id", "path"),)
    path: Mapped[str]
