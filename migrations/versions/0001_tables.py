"""The tables: departments, submissions, the blocks of the forms, findings, runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
FIGURE = sa.Numeric().with_variant(sa.REAL(), "sqlite")
Columns = list[sa.schema.SchemaItem]
MOMENT = sa.DateTime(timezone=True)


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def words(name: str, optional: bool = False, unique: bool = False, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional, unique=unique or None, index=index or None)


def whole(name: str, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def figures(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, FIGURE) for name in names]


def owned(*more: sa.schema.SchemaItem) -> Columns:
    """A row of a submission."""
    return [
        key(),
        sa.Column("submission_id", sa.ForeignKey("submission.id", ondelete="CASCADE"), nullable=False),
        *more,
    ]


def listed(*more: sa.schema.SchemaItem) -> Columns:
    """One of a submission's rows, in order."""
    return owned(whole("position"), *more, sa.UniqueConstraint("submission_id", "position"))


def listed_under(parent: str, column: str) -> Columns:
    """One of the rows under another table's row, which `column` names by its position."""
    once = sa.UniqueConstraint("submission_id", column, "position")
    return owned(whole(column), whole("position"), under(parent, column), once)


def under(parent: str, column: str) -> sa.ForeignKeyConstraint:
    referred = [f"{parent}.submission_id", f"{parent}.position"]
    return sa.ForeignKeyConstraint(["submission_id", column], referred, ondelete="CASCADE")


def placed() -> Columns:
    box: list[sa.Column[float]] = [
        sa.Column(f"box_{side}", sa.Double()) for side in ("left", "top", "right", "bottom")
    ]
    return [
        words("source", True),
        whole("page", True),
        words("part", True),
        *(whole(name, True) for name in ("table_no", "row_no", "column_no", "paragraph_no")),
        *box,
    ]


def tables() -> sa.MetaData:
    """Every table of this revision."""
    metadata = sa.MetaData(naming_convention=NAMES)
    sa.Table("department", metadata, key(), words("name", unique=True), words("code", True, index=True))
    counts = (whole(name) for name in ("created", "unchanged", "failed"))
    started, finished = sa.Column("started_at", MOMENT, nullable=False), sa.Column("finished_at", MOMENT)
    sa.Table("ingest_run", metadata, key(), started, finished, *counts)
    run: sa.Column[int] = sa.Column(
        "ingest_run_id", sa.ForeignKey("ingest_run.id", ondelete="CASCADE"), nullable=False, index=True
    )
    said = (words(name) for name in ("path", "reason", "message", "remedy"))
    sa.Table("ingest_failure", metadata, key(), run, *said)
    sa.Table("submission", metadata, *submission())
    blocks(metadata)
    judgement(metadata)
    return metadata


def submission() -> Columns:
    run = sa.ForeignKey("ingest_run.id", ondelete="SET NULL")
    return [
        key(),
        sa.Column("department_id", sa.ForeignKey("department.id"), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False, index=True),
        whole("revision"),
        words("fingerprint"),
        sa.Column("ingest_run_id", run, nullable=True, index=True),
        sa.Column("ingested_at", MOMENT, nullable=False),
        words("department_name"),
        words("department_code", True),
        sa.Column("report_date", sa.Date()),
        *(words(name, True) for name in ("thrift_measures", "goal_expected", "goal_actual")),
        *figures("total_score"),
        words("grade", True),
        sa.UniqueConstraint("department_id", "fiscal_year", "revision"),
        sa.UniqueConstraint("department_id", "fiscal_year", "fingerprint"),
    ]


def blocks(metadata: sa.MetaData) -> None:
    """The record of a submission, a table a block."""

    def table(name: str, columns: Columns) -> None:
        sa.Table(name, metadata, *columns)

    table(
        "source_file",
        listed(
            *(words(name) for name in ("name", "path", "sha256", "media_type")),
            whole("size"),
            words("reader"),
            whole("pages", True),
            words("note"),
        ),
    )
    table("part", listed(words("name"), words("source"), words("title")))
    table(
        "staffing",
        owned(*figures("authorized", "on_duty", "control_rate"), sa.UniqueConstraint("submission_id")),
    )
    table(
        "expense",
        listed(
            words("path"), words("item", True), words("label"), *figures("prior_final", "budget", "final")
        ),
    )
    table(
        "construction",
        listed(
            words("label"),
            *figures(
                "approved_area",
                "actual_area",
                "area_control_rate",
                "budgeted_investment",
                "actual_investment",
                "investment_control_rate",
            ),
        ),
    )
    table(
        "project_form",
        listed(
            words("name"),
            words("goal_expected", True),
            words("goal_actual", True),
            *figures("total_score"),
            words("grade", True),
        ),
    )
    table(
        "funding",
        owned(
            whole("project", True),
            *figures(
                "initial_budget",
                "annual_budget",
                "executed",
                "weight",
                "execution_rate",
                "score",
                "source_general_public_budget",
                "source_government_fund",
                "source_special_account",
                "source_other",
                "source_carried_over",
                "source_unit_funds",
                "nature_basic",
                "nature_project",
            ),
            under("project_form", "project"),
            sa.UniqueConstraint("submission_id", "project"),
        ),
    )
    table(
        "indicator",
        owned(
            whole("project", True),
            whole("position"),
            *(words(name) for name in ("level1", "level2", "level3", "target", "actual")),
            *figures("weight", "score"),
            words("deviation"),
            under("project_form", "project"),
            sa.UniqueConstraint("submission_id", "project", "position"),
        ),
    )
    table(
        "narrative_figure",
        listed(words("path"), words("code"), *figures("value"), words("word"), words("text")),
    )
    table("listed_sum", listed(words("label"), *figures("total"), flag("whole"), words("text")))
    table("listed_part", [*listed_under("listed_sum", "listed_sum"), words("label"), *figures("value")])
    table(
        "share",
        listed(
            words("relation"),
            *figures("percent"),
            words("part_label"),
            *figures("part"),
            words("whole_label"),
            *figures("whole"),
            words("text"),
        ),
    )
    table("reviewer", listed(words("name"), words("title"), words("organisation")))
    table("sign_off", listed(words("label"), flag("filled")))
    table("mention", listed(words("kind"), words("role"), words("value")))
    table("unrecognised", listed(words("what"), words("text")))
    table("conflict", listed(words("path"), *figures("first", "second")))
    table("warning", listed(words("text")))
    table(
        "figure",
        owned(
            words("path"),
            words("state"),
            words("text"),
            *figures("value"),
            whole("places", True),
            *figures("step"),
            words("kind", True),
            words("unit", True),
            sa.Column("sure", sa.Double()),
            *placed(),
            sa.UniqueConstraint("submission_id", "path"),
            sa.CheckConstraint("state IN ('value', 'missing', 'blank', 'dash', 'unreadable')", name="state"),
        ),
    )
    table("place", owned(words("path"), *placed(), sa.UniqueConstraint("submission_id", "path")))


def judgement(metadata: sa.MetaData) -> None:
    """What judging a submission gave."""
    amounts = [
        column
        for name in ("expected", "found", "difference")
        for column in (sa.Column(name, FIGURE), whole(f"{name}_places", True))
    ]
    verdicts = ("exact", "rounding", "broken", "suspect", "unchecked")
    sa.Table(
        "finding",
        metadata,
        *listed(
            words("rule", index=True),
            words("severity"),
            words("verdict"),
            words("message"),
            words("hint"),
            *amounts,
            sa.CheckConstraint("severity IN ('error', 'warning', 'notice')", name="severity"),
            sa.CheckConstraint(f"verdict IN {verdicts}", name="verdict"),
        ),
    )
    sa.Table("finding_cite", metadata, *listed_under("finding", "finding"), words("path"))
    sa.Table("finding_place", metadata, *listed_under("finding", "finding"), *placed())
    sa.Table("tally", metadata, *listed(words("rule"), *(whole(name) for name in verdicts)))


def upgrade() -> None:
    for table in tables().sorted_tables:
        op.get_context().impl.create_table(table)


def downgrade() -> None:
    for table in reversed(tables().sorted_tables):
        op.get_context().impl.drop_table(table)
