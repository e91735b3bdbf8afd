"""The bureau's own tables: its register of departments, and the findings it has accepted."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Owned
from models.types import Moment


class RegisterEntry(Base):
    """A department of one year's register; `fiscal_year` is null in a register that holds for every year."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("fiscal_year", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int | None]
    code: Mapped[str]
    name: Mapped[str]
    parent_code: Mapped[str | None]
    must_submit: Mapped[bool]


class RegisterAlias(Base):
    """A former, short or merged name of an entry; `carried` is one that an import kept when a code was
    given a new name."""

    __tablename__ = "register_alias"
    __table_args__ = (UniqueConstraint("register_entry_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    register_entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id", ondelete="CASCADE"))
    name: Mapped[str]
    carried: Mapped[bool]


class RegisterFigure(Base):
    """What the bureau's books give of an entry: 万元 or people, as printed, and the line it stands in."""

    __tablename__ = "register_figure"
    __table_args__ = (UniqueConstraint("register_entry_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    register_entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id", ondelete="CASCADE"))
    name: Mapped[str]
    value: Mapped[Decimal]
    places: Mapped[int]
    step: Mapped[Decimal]
    unit: Mapped[str]
    text: Mapped[str]
    source: Mapped[str]
    row_no: Mapped[int | None]


class WaiverRow(Base):
    """A finding accepted with a reason. `subject` is what the finding cites (its message where it cites
    nothing), `operands` the figures it was accepted for: while they are the same, it holds."""

    __tablename__ = "waiver"
    __table_args__ = (Index(None, "department_id", "fiscal_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="CASCADE"))
    fiscal_year: Mapped[int]
    rule: Mapped[str]
    subject: Mapped[str]
    operands: Mapped[str]
    message: Mapped[str]
    reason: Mapped[str]
    waived_by: Mapped[str]
    waived_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class FindingWaiver(Owned, Base):
    """The waiver of a finding (its position); `stale` where its figures have changed since."""

    __tablename__ = "finding_waiver"
    __table_args__ = (
        UniqueConstraint("submission_id", "finding"),
        ForeignKeyConstraint(
            ["submission_id", "finding"], ["finding.submission_id", "finding.position"], ondelete="CASCADE"
        ),
        Index(None, "waiver_id"),
    )
    finding: Mapped[int]
    waiver_id: Mapped[int] = mapped_column(ForeignKey("waiver.id", ondelete="CASCADE"))
    stale: Mapped[bool]


class SentencePrint(Owned, Base):
    """The print of a sentence of the narrative: equal where two differ in figures or names alone."""

    __tablename__ = "sentence_print"
    __table_args__ = (UniqueConstraint("submission_id", "print"), Index(None, "print"))
    print: Mapped[int] = mapped_column(BigInteger)
