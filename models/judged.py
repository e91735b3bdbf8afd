"""Findings and tallies of a submission, and the runs that brought submissions in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Owned, Placed
from models.types import Moment


class FindingRow(Owned, Base):
    """A finding. `…_places` are the decimal places of the printed amounts beside them."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("submission_id", "position"),
        Index(None, "rule"),
        CheckConstraint("severity IN ('error', 'warning', 'notice')", name="severity"),
        CheckConstraint("verdict IN ('exact', 'rounding', 'broken', 'suspect', 'unchecked')", name="verdict"),
    )
    position: Mapped[int]
    rule: Mapped[str]
    severity: Mapped[str]
    verdict: Mapped[str]
    message: Mapped[str]
    hint: Mapped[str]
    expected: Mapped[Decimal | None]
    expected_places: Mapped[int | None]
    found: Mapped[Decimal | None]
    found_places: Mapped[int | None]
    difference: Mapped[Decimal | None]
    difference_places: Mapped[int | None]


def _of_finding() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["submission_id", "finding"], ["finding.submission_id", "finding.position"], ondelete="CASCADE"
    )


class FindingCite(Owned, Base):
    """The path of a figure that a finding (its position) cites."""

    __tablename__ = "finding_cite"
    __table_args__ = (UniqueConstraint("submission_id", "finding", "position"), _of_finding())
    finding: Mapped[int]
    position: Mapped[int]
    path: Mapped[str]


class FindingPlace(Owned, Placed, Base):
    """A place in the sources that a finding (its position) points to."""

    __tablename__ = "finding_place"
    __table_args__ = (UniqueConstraint("submission_id", "finding", "position"), _of_finding())
    finding: Mapped[int]
    position: Mapped[int]


class TallyRow(Owned, Base):
    """How often a rule was examined on the submission, and how that ended."""

    __tablename__ = "tally"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)
    position: Mapped[int]
    rule: Mapped[str]
    exact: Mapped[int]
    rounding: Mapped[int]
    broken: Mapped[int]
    suspect: Mapped[int]
    unchecked: Mapped[int]


class JudgedBy(Owned, Base):
    """By which settings the submission was judged, in words; no row where by those that come with gouji."""

    __tablename__ = "judged_by"
    __table_args__ = (UniqueConstraint("submission_id"),)
    settings: Mapped[str]


class SettingsFile(Base):
    """A settings file that `ingest` or `check` was given. At most one is in force: later runs use it."""

    __tablename__ = "settings_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    text: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(Moment)
    in_force: Mapped[bool]


class IngestRun(Base):
    """One `gouji ingest`: unfinished while `finished_at` is null."""

    __tablename__ = "ingest_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    created: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)


class IngestFailure(Base):
    """A file or folder that a run could not read, and why."""

    __tablename__ = "ingest_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    ingest_run_id: Mapped[int] = mapped_column(ForeignKey("ingest_run.id", ondelete="CASCADE"), index=True)
    path: Mapped[str]
    reason: Mapped[str]
    message: Mapped[str]
    remedy: Mapped[str]
