"""Rows as the report and the judgement they were: the inverse of `store_write`.

A value that was corrected in its typed table comes back corrected: with its own text, in the unit the
table keeps, at the place where the old one was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, cached_property
from itertools import count
from typing import Any, get_args

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from extract.document import Locus, Source
from extract.paths import CONSTRUCTION_FIGURES, FUNDING_FIGURES
from extract.quantity import MISSING, Absence, Absent, Figure, Kind, Quantity, plain
from extract.report import (
    NATURES,
    PERIODS,
    SOURCES,
    Amount,
    Conflict,
    Construction,
    ExpenseRow,
    Funding,
    FundingNatures,
    FundingSources,
    Goals,
    Indicator,
    ListedSum,
    Named,
    NarrativeFigure,
    Part,
    ProjectForm,
    Report,
    Reviewer,
    Share,
    SignOff,
    Staffing,
    Text,
    Unrecognised,
    YearMention,
)
from models import bureau, tables
from models.base import Base
from models.exact import with_places
from models.store_write import STAFFING_FIGURES, form_prefix

Database = Connection | Session
_ABSENCES: dict[str, Absence] = {why: why for why in get_args(Absence)}
_KINDS: dict[str, Kind] = {
    "authorized": "count",
    "on_duty": "count",
    "control_rate": "rate",
    "area_control_rate": "rate",
    "investment_control_rate": "rate",
    "execution_rate": "rate",
    "percent": "rate",
    "approved_area": "area",
    "actual_area": "area",
    "weight": "score",
    "score": "score",
    "total_score": "score",
}


class Shelf:
    """A submission's figures and places by path, and its other rows by table."""

    def __init__(self, db: Database, submission_id: int) -> None:
        self.db = db
        self.submission_id = submission_id

    @cached_property
    def read(self) -> dict[str, Any]:
        return {row.path: row for row in self.rows(tables.FigureRow, "path")}

    @cached_property
    def readings(self) -> dict[str, tuple[str, ...]]:
        """The other readings of figures by path."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.rows(tables.OtherReading, "path", "position"):
            found[row.path] = (*found.get(row.path, ()), row.text)
        return found

    @cached_property
    def places(self) -> dict[str, Locus | None]:
        return {row.path: located(row) for row in self.rows(tables.Place, "path")}

    def rows(self, table: type[Base], *order: str) -> list[Any]:
        """The submission's rows of one table, in the order of the columns named."""
        return list(self.db.execute(_rows_of(table, order or ("position",)), {"owner": self.submission_id}))

    def figure(self, path: str, value: Decimal | None) -> Figure:
        """The figure as it was read, or as its value has been corrected since."""
        read = self.read.get(path)
        if read is None:
            return MISSING if value is None else _by_hand(path, value)
        locus = located(read)
        if value is None:
            if read.state in _ABSENCES:
                why, sure = _ABSENCES[read.state], 1.0 if read.sure is None else read.sure
                readings = self.readings.get(path, ())
                return Absent(why, read.text, locus, sure, readings, read.kind, read.unit or "")
            return Absent("blank", "", locus)
        if read.state == "value" and read.value == value:
            exact = with_places(value, read.places)
            readings, raw = self.readings.get(path, ()), read.raw or ""
            return Quantity(
                exact, read.step, read.kind, read.unit, read.text, locus, read.sure, readings, raw
            )
        return _by_hand(path, value, read, locus)

    def figures(self, prefix: str, row: Any, names: Iterable[str], column: str = "") -> dict[str, Figure]:
        return {name: self.figure(prefix + name, getattr(row, column + name)) for name in names}

    def text(self, path: str, words: str | None) -> Text | None:
        return None if words is None else Text(words, self.places.get(path))


@cache
def _rows_of(table: type[Base], order: tuple[str, ...]) -> Select[Any]:
    """Rows of the submission `owner`. Putting the words together takes longer than asking the database."""
    columns = table.__table__.c
    wanted = select(*columns).where(columns.submission_id == bindparam("owner"))
    return wanted.order_by(*(columns[name] for name in order))


def located(row: Any) -> Locus | None:
    """The locus of a row that has one; inside the program rows, columns and paragraphs count from 0."""
    if row.source is None:
        return None
    box = None if row.box_left is None else (row.box_left, row.box_top, row.box_right, row.box_bottom)
    return Locus(
        row.source,
        row.page,
        row.table_no,
        None if row.row_no is None else row.row_no - 1,
        None if row.column_no is None else row.column_no - 1,
        None if row.paragraph_no is None else row.paragraph_no - 1,
        row.part,
        box,
    )


def _by_hand(path: str, value: Decimal, read: Any = None, locus: Locus | None = None) -> Quantity:
    """A value that stands in its table otherwise than it was read: typed in by somebody."""
    code = path.rpartition(".")[2].partition("#")[0]
    kind: Kind = (read.kind if read is not None else None) or _KINDS.get(code, "money")
    text = plain(value)
    step = Decimal(1).scaleb(-len(text.partition(".")[2]))
    if read is not None and read.step is not None:
        step = min(step, read.step)
    return Quantity(value, step, kind, "万元" if kind == "money" else "", text, locus)


def read_report(shelf: Shelf, submission: Any) -> Report:
    """The report of one row of `submission`."""
    projects = shelf.rows(tables.ProjectFormRow)
    fundings = {row.project: _funding(shelf, row) for row in shelf.rows(tables.FundingRow, "id")}
    indicators: dict[int | None, list[Indicator]] = {}
    for row in shelf.rows(tables.IndicatorRow, "position"):
        indicators.setdefault(row.project, []).append(_indicator(shelf, row))
    staffing = shelf.rows(tables.StaffingRow, "id")
    mentions = shelf.rows(tables.Mention)
    return Report(
        department=submission.department_name,
        department_code=submission.department_code,
        fiscal_year=submission.fiscal_year,
        report_date=submission.report_date,
        sources=tuple(_source(row) for row in shelf.rows(tables.SourceFile)),
        parts=tuple(
            Part(row.name, row.source, row.title, shelf.places.get(f"parts.{row.position}"))
            for row in shelf.rows(tables.PartFound)
        ),
        staffing=(
            Staffing(**shelf.figures("staffing.", staffing[0], STAFFING_FIGURES)) if staffing else Staffing()
        ),
        expenses=tuple(_expense(shelf, row) for row in shelf.rows(tables.Expense)),
        construction=tuple(_building(shelf, row) for row in shelf.rows(tables.ConstructionRow)),
        thrift_measures=shelf.text("thrift_measures", submission.thrift_measures),
        funding=fundings.get(None, Funding()),
        goals=_goals(shelf, None, submission),
        indicators=tuple(indicators.get(None, ())),
        total_score=shelf.figure("total_score", submission.total_score),
        grade=shelf.text("grade", submission.grade),
        narrative=tuple(
            NarrativeFigure(
                row.code, shelf.figure(row.path, row.value), row.text, row.word, shelf.places.get(row.path)
            )
            for row in shelf.rows(tables.NarrativeFigureRow)
        ),
        listed_sums=_listed_sums(shelf),
        shares=tuple(_share(shelf, row) for row in shelf.rows(tables.ShareRow)),
        projects=tuple(
            ProjectForm(
                row.name,
                fundings.get(row.position, Funding()),
                _goals(shelf, row.position, row),
                tuple(indicators.get(row.position, ())),
                shelf.figure(f"projects.{row.position}.total_score", row.total_score),
                shelf.text(f"projects.{row.position}.grade", row.grade),
                shelf.places.get(f"projects.{row.position}"),
            )
            for row in projects
        ),
        reviewers=tuple(
            Reviewer(row.name, row.title, row.organisation) for row in shelf.rows(tables.ReviewerRow)
        ),
        sign_offs=tuple(
            SignOff(row.label, row.filled, shelf.places.get(f"sign_offs.{row.position}"))
            for row in shelf.rows(tables.SignOffRow)
        ),
        names=_named(shelf, mentions, "name"),
        codes=_named(shelf, mentions, "code"),
        years=tuple(
            YearMention(row.role, int(row.value), shelf.places.get(f"mentions.{row.position}"))
            for row in mentions
            if row.kind == "year"
        ),
        unrecognised=tuple(
            Unrecognised(row.what, row.text, shelf.places.get(f"unrecognised.{row.position}"))
            for row in shelf.rows(tables.UnrecognisedRow)
        ),
        conflicts=tuple(
            Conflict(row.path, **shelf.figures(f"conflicts.{row.position}.", row, ("first", "second")))
            for row in shelf.rows(tables.ConflictRow)
        ),
        warnings=tuple(row.text for row in shelf.rows(tables.ReadingWarning)),
        sentence_prints=tuple(row.print for row in shelf.rows(bureau.SentencePrint, "id")),
        unsure=_unsure(shelf),
    )


def _unsure(shelf: Shelf) -> tuple[Locus, ...]:
    found: list[Locus] = []
    for position in count():
        locus = shelf.places.get(f"unsure.{position}")
        if locus is None:
            break
        found.append(locus)
    return tuple(found)


def _source(row: Any) -> Source:
    return Source(row.name, row.path, row.sha256, row.media_type, row.size, row.reader, row.pages, row.note)


def _expense(shelf: Shelf, row: Any) -> ExpenseRow:
    periods = shelf.figures(f"{row.path}.", row, PERIODS)
    return ExpenseRow(row.item, row.label, **periods, locus=shelf.places.get(row.path))


def _building(shelf: Shelf, row: Any) -> Construction:
    return Construction(
        row.label, **shelf.figures(f"construction.{row.position}.", row, CONSTRUCTION_FIGURES)
    )


def _funding(shelf: Shelf, row: Any) -> Funding:
    prefix = f"{form_prefix(row.project)}funding."
    return Funding(
        **shelf.figures(prefix, row, FUNDING_FIGURES),
        by_source=FundingSources(**shelf.figures(f"{prefix}by_source.", row, SOURCES, "source_")),
        by_nature=FundingNatures(**shelf.figures(f"{prefix}by_nature.", row, NATURES, "nature_")),
    )


def _goals(shelf: Shelf, project: int | None, row: Any) -> Goals:
    prefix = f"{form_prefix(project)}goals."
    return Goals(
        shelf.text(f"{prefix}expected", row.goal_expected), shelf.text(f"{prefix}actual", row.goal_actual)
    )


def _indicator(shelf: Shelf, row: Any) -> Indicator:
    path = f"{form_prefix(row.project)}indicators.{row.position}"
    return Indicator(
        row.level1,
        row.level2,
        row.level3,
        Text(row.target, shelf.places.get(f"{path}.target")),
        Text(row.actual, shelf.places.get(f"{path}.actual")),
        **shelf.figures(f"{path}.", row, ("weight", "score")),
        deviation=row.deviation,
        locus=shelf.places.get(path),
        explains=row.explains is not False,
    )


def _listed_sums(shelf: Shelf) -> tuple[ListedSum, ...]:
    parts: dict[int, list[Amount]] = {}
    for row in shelf.rows(tables.ListedPart, "listed_sum", "position"):
        path = f"listed_sums.{row.listed_sum}.parts.{row.position}"
        parts.setdefault(row.listed_sum, []).append(Amount(row.label, shelf.figure(path, row.value)))
    return tuple(
        ListedSum(
            Amount(row.label, shelf.figure(f"listed_sums.{row.position}.total", row.total)),
            tuple(parts.get(row.position, ())),
            row.whole,
            row.text,
            shelf.places.get(f"listed_sums.{row.position}"),
        )
        for row in shelf.rows(tables.ListedSumRow)
    )


def _share(shelf: Shelf, row: Any) -> Share:
    path = f"shares.{row.position}"
    return Share(
        row.relation,
        shelf.figure(f"{path}.percent", row.percent),
        Amount(row.part_label, shelf.figure(f"{path}.part", row.part)),
        Amount(row.whole_label, shelf.figure(f"{path}.whole", row.whole)),
        row.text,
        shelf.places.get(path),
    )


def _named(shelf: Shelf, mentions: list[Any], kind: str) -> tuple[Named, ...]:
    return tuple(
        Named(row.role, row.value, shelf.places.get(f"mentions.{row.position}"))
        for row in mentions
        if row.kind == kind
    )
