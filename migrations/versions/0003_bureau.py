"""The bureau's register, accepted findings, prints of sentences, settings; views that know of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIGURE = sa.Numeric().with_variant(sa.REAL(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MADE = (
    "judged_by",
    "settings_file",
    "sentence_print",
    "finding_waiver",
    "waiver",
    "register_figure",
    "register_alias",
    "register_entry",
)

WHOSE = "s.id AS submission_id, d.name AS department, s.department_code, s.fiscal_year, s.revision"
LATEST = """s.revision = (SELECT max(o.revision) FROM submission o
    WHERE o.department_id = s.department_id AND o.fiscal_year = s.fiscal_year) AS is_latest"""
OWNER = "JOIN submission s ON s.id = x.submission_id JOIN department d ON d.id = s.department_id"
FOUND = "f.submission_id = s.id AND f.verdict IN ('broken', 'suspect')"
HELD = """EXISTS (SELECT 1 FROM finding_waiver w
    WHERE w.submission_id = f.submission_id AND w.finding = f.position AND NOT w.stale)"""


def submission(flagged: str) -> str:
    return f"""
CREATE VIEW v_submission AS
SELECT {WHOSE}, {LATEST},
    CASE
        WHEN EXISTS (SELECT 1 FROM finding f WHERE {flagged} AND f.rule = 'completeness.parts')
            THEN 'incomplete'
        WHEN EXISTS (SELECT 1 FROM finding f WHERE {flagged}) THEN 'flagged'
        ELSE 'clean'
    END AS status,
    (SELECT count(*) FROM finding f WHERE {flagged} AND f.severity = 'error') AS errors,
    (SELECT count(*) FROM finding f WHERE {flagged} AND f.severity = 'warning') AS warnings,
    (SELECT count(*) FROM finding f WHERE {flagged} AND f.severity = 'notice') AS notices,
    s.report_date, t.authorized, t.on_duty, t.control_rate,
    m.initial_budget, m.annual_budget, m.executed, m.execution_rate, s.total_score, s.grade, s.ingested_at
FROM submission s
JOIN department d ON d.id = s.department_id
LEFT JOIN staffing t ON t.submission_id = s.id
LEFT JOIN funding m ON m.submission_id = s.id AND m.project IS NULL
"""


PLACE = """p.source || coalesce(' 第' || p.page || '页', '') || coalesce(' ' || p.part, '')
    || coalesce(' 表' || p.table_no, '') || coalesce(' 第' || p.row_no || '行第' || p.column_no || '列', '')
    || coalesce(' 第' || p.paragraph_no || '段', '')"""

WAIVED = """, coalesce(NOT w.stale, false) AS waived, w.stale AS waiver_stale,
    a.reason AS waiver_reason, a.waived_by, a.waived_at"""
WAIVER = """
LEFT JOIN finding_waiver w ON w.submission_id = x.submission_id AND w.finding = x.position
LEFT JOIN waiver a ON a.id = w.waiver_id"""


def finding(more: str = "", join: str = "") -> str:
    sqlite = op.get_context().dialect.name == "sqlite"
    joined = "group_concat(words, '；')" if sqlite else "string_agg(words, '；' ORDER BY position)"
    return f"""
CREATE VIEW v_finding AS
SELECT {WHOSE}, {LATEST}, x.position + 1 AS line, x.rule, x.severity, x.verdict, x.message, x.hint,
    x.expected, x.found, x.difference,
    (SELECT {joined} FROM (
        SELECT {PLACE} AS words, p.position FROM finding_place p
        WHERE p.submission_id = x.submission_id AND p.finding = x.position AND p.source IS NOT NULL
        ORDER BY p.position) places) AS place{more}
FROM finding x {OWNER}{join}
"""


TALLY = f"""
CREATE VIEW v_tally AS
SELECT {WHOSE}, {LATEST}, x.rule,
    x.exact + x.rounding + x.broken + x.suspect + x.unchecked AS examined,
    x.exact, x.rounding, x.broken, x.suspect, x.unchecked
FROM tally x {OWNER}
"""

MISSING = """
CREATE VIEW v_missing AS
SELECT y.fiscal_year, e.code AS department_code, e.name AS department, e.parent_code
FROM (SELECT fiscal_year FROM submission
    UNION SELECT fiscal_year FROM register_entry WHERE fiscal_year IS NOT NULL) y
JOIN register_entry e ON e.must_submit
    AND coalesce(e.fiscal_year, y.fiscal_year) = y.fiscal_year
    AND (e.fiscal_year IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM register_entry o WHERE o.fiscal_year = y.fiscal_year))
WHERE NOT EXISTS (SELECT 1 FROM submission s JOIN department d ON d.id = s.department_id
    WHERE s.fiscal_year = y.fiscal_year AND (d.code = e.code OR d.name = e.name))
"""


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def words(name: str, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def whole(name: str, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def of(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def make(table: str, *columns: sa.schema.SchemaItem, index: str = "") -> None:
    op.create_table(table, key(), *columns)
    if index:
        op.create_index(op.f(f"ix_{table}_{index}"), table, [index])


def upgrade() -> None:
    tables()
    op.add_column("indicator", sa.Column("explains", sa.Boolean()))
    for view in ("v_finding", "v_submission"):
        op.execute(f"DROP VIEW {view}")
    for view in (submission(f"{FOUND} AND NOT {HELD}"), finding(WAIVED, WAIVER), TALLY, MISSING):
        op.execute(view)


def downgrade() -> None:
    for view in ("v_missing", "v_tally", "v_finding", "v_submission"):
        op.execute(f"DROP VIEW {view}")
    for view in (submission(FOUND), finding()):
        op.execute(view)
    op.drop_column("indicator", "explains")
    for table in MADE:
        op.drop_table(table)


def tables() -> None:
    make(
        "register_entry",
        whole("fiscal_year", optional=True),
        words("code"),
        words("name"),
        words("parent_code", optional=True),
        sa.Column("must_submit", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("fiscal_year", "code"),
    )
    make(
        "register_alias",
        of("register_entry_id", "register_entry"),
        words("name"),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("register_entry_id", "name"),
    )
    make(
        "register_figure",
        of("register_entry_id", "register_entry"),
        words("name"),
        sa.Column("value", FIGURE, nullable=False),
        whole("places"),
        sa.Column("step", FIGURE, nullable=False),
        words("unit"),
        words("text"),
        words("source"),
        whole("row_no", optional=True),
        sa.UniqueConstraint("register_entry_id", "name"),
    )
    make(
        "waiver",
        of("department_id", "department"),
        whole("fiscal_year"),
        *map(words, ("rule", "subject", "operands", "message", "reason", "waived_by")),
        sa.Column("waived_at", MOMENT, nullable=False),
        words("withdrawn_by", optional=True),
        sa.Column("withdrawn_at", MOMENT),
    )
    op.create_index(op.f("ix_waiver_department_id_fiscal_year"), "waiver", ["department_id", "fiscal_year"])
    make(
        "finding_waiver",
        of("submission_id", "submission"),
        whole("finding"),
        of("waiver_id", "waiver"),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("submission_id", "finding"),
        sa.ForeignKeyConstraint(
            ["submission_id", "finding"], ["finding.submission_id", "finding.position"], ondelete="CASCADE"
        ),
        index="waiver_id",
    )
    make(
        "sentence_print",
        of("submission_id", "submission"),
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("submission_id", "print"),
        index="print",
    )
    make(
        "settings_file",
        words("name"),
        words("text"),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
    )
    make(
        "judged_by",
        of("submission_id", "submission"),
        words("settings"),
        sa.UniqueConstraint("submission_id"),
    )
