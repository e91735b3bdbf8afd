"""The analysts' views: one row a thing, plain names, no personal data."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOSE = "s.id AS submission_id, d.name AS department, s.department_code, s.fiscal_year, s.revision"
LATEST = """s.revision = (SELECT max(o.revision) FROM submission o
    WHERE o.department_id = s.department_id AND o.fiscal_year = s.fiscal_year) AS is_latest"""
OWNER = "JOIN submission s ON s.id = x.submission_id JOIN department d ON d.id = s.department_id"
FLAGGED = "f.submission_id = s.id AND f.verdict IN ('broken', 'suspect')"

SUBMISSION = f"""
CREATE VIEW v_submission AS
SELECT {WHOSE}, {LATEST},
    CASE
        WHEN EXISTS (SELECT 1 FROM finding f WHERE {FLAGGED} AND f.rule = 'completeness.parts')
            THEN 'incomplete'
        WHEN EXISTS (SELECT 1 FROM finding f WHERE {FLAGGED}) THEN 'flagged'
        ELSE 'clean'
    END AS status,
    (SELECT count(*) FROM finding f WHERE {FLAGGED} AND f.severity = 'error') AS errors,
    (SELECT count(*) FROM finding f WHERE {FLAGGED} AND f.severity = 'warning') AS warnings,
    (SELECT count(*) FROM finding f WHERE {FLAGGED} AND f.severity = 'notice') AS notices,
    s.report_date, t.authorized, t.on_duty, t.control_rate,
    m.initial_budget, m.annual_budget, m.executed, m.execution_rate, s.total_score, s.grade, s.ingested_at
FROM submission s
JOIN department d ON d.id = s.department_id
LEFT JOIN staffing t ON t.submission_id = s.id
LEFT JOIN funding m ON m.submission_id = s.id AND m.project IS NULL
"""

EXPENSE = f"""
CREATE VIEW v_expense AS
SELECT {WHOSE}, {LATEST}, x.position + 1 AS line, x.item, x.label, x.prior_final, x.budget, x.final
FROM expense x {OWNER}
"""

INDICATOR = f"""
CREATE VIEW v_indicator AS
SELECT {WHOSE}, {LATEST}, p.name AS project, x.position + 1 AS line,
    x.level1, x.level2, x.level3, x.target, x.actual, x.weight, x.score, x.deviation
FROM indicator x {OWNER}
LEFT JOIN project_form p ON p.submission_id = x.submission_id AND p.position = x.project
"""

PLACE = """p.source || coalesce(' 第' || p.page || '页', '') || coalesce(' ' || p.part, '')
    || coalesce(' 表' || p.table_no, '') || coalesce(' 第' || p.row_no || '行第' || p.column_no || '列', '')
    || coalesce(' 第' || p.paragraph_no || '段', '')"""


def finding(joined: str) -> str:
    return f"""
CREATE VIEW v_finding AS
SELECT {WHOSE}, {LATEST}, x.position + 1 AS line, x.rule, x.severity, x.verdict, x.message, x.hint,
    x.expected, x.found, x.difference,
    (SELECT {joined} FROM (
        SELECT {PLACE} AS words, p.position FROM finding_place p
        WHERE p.submission_id = x.submission_id AND p.finding = x.position AND p.source IS NOT NULL
        ORDER BY p.position) places) AS place
FROM finding x {OWNER}
"""


def upgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    joined = "group_concat(words, '；')" if sqlite else "string_agg(words, '；' ORDER BY position)"
    for view in (SUBMISSION, EXPENSE, INDICATOR, finding(joined)):
        op.execute(view)


def downgrade() -> None:
    for name in ("v_finding", "v_indicator", "v_expense", "v_submission"):
        op.execute(f"DROP VIEW {name}")
