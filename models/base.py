"""What every table shares: names of constraints, the owner, the place in a source."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import ForeignKey, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import Double

from models.exact import Exact
from models.types import Words


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Words,
        Decimal: Exact,
        float: Double,
    }


class Owned:
    """A row of one submission: it goes when the submission goes."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-3)

    @declared_attr
    def submission_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), sort_order=-2)


class Listed(Owned):
    """One of a submission's rows in the order printed: `position` counts from 0 in its table."""

    position: Mapped[int] = mapped_column(sort_order=-1)

    @declared_attr.directive
    def __table_args__(self) -> tuple[UniqueConstraint, ...]:
        return (UniqueConstraint("submission_id", "position"),)


class Placed:
    """Where something stands. All counts from 1; the box is in points from the page's upper left corner."""

    source: Mapped[str | None] = mapped_column(sort_order=1)
    page: Mapped[int | None] = mapped_column(sort_order=1)
    part: Mapped[str | None] = mapped_column(sort_order=1)
    table_no: Mapped[int | None] = mapped_column(sort_order=1)
    row_no: Mapped[int | None] = mapped_column(sort_order=1)
    column_no: Mapped[int | None] = mapped_column(sort_order=1)
    paragraph_no: Mapped[int | None] = mapped_column(sort_order=1)
    box_left: Mapped[float | None] = mapped_column(sort_order=1)
    box_top: Mapped[float | None] = mapped_column(sort_order=1)
    box_right: Mapped[float | None] = mapped_column(sort_order=1)
    box_bottom: Mapped[float | None] = mapped_column(sort_order=1)
