"""Faults that take two documents: planted through the pipeline with a database, found or not.

The register's rules need a bureau's own books and aren't measured here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from models.database import ensure_ready, open_database
from outcome import Options, Outcome
from pipeline import ingest
from samples.facts import Facts
from samples.generate import write_docx
from samples.honest import honest

FIRST_SEED = 9000
SUBJECTS = (
    *("预算编制", "资产清查", "合同管理", "采购验收", "内部控制", "绩效培训"),
    *("窗口服务", "信息公开", "档案归集", "安全生产", "人才引进", "基层走访"),
)
Papers = Sequence[tuple[str, Facts]]
"""Submissions in the order in which they come, each with its folder."""


def year_before(made: Facts) -> Papers:
    """Last year's outcome was another than this year's report says."""
    before = replace(made, year=made.year - 1, narrative_year=made.year - 1)
    before = replace(before, report_date=made.report_date.replace(year=made.year))
    return (("before", before), ("now", made))


def changed_unasked(made: Facts) -> Papers:
    """Filed again, with another figure that nobody had asked about."""
    row = made.expense("office")
    other = made.with_expense(replace(row, budget=(row.budget or Decimal(0)) + Decimal("1.37")))
    return (("first", made), ("second", other))


def text_copied(made: Facts) -> Papers:
    """Another department's narrative under one's own name, long enough to be known again."""
    made = replace(
        made, remarks=tuple(f"全年围绕{subject}开展专题调研，逐条列出整改清单。" for subject in SUBJECTS)
    )
    return (
        ("one", made),
        ("other", replace(made, department="长庚市粮食和物资储备局", department_code="777001")),
    )


def two_versions(made: Facts) -> Papers:
    """Two versions of everything in one folder, a score apart."""
    other = replace(made, on_duty=made.on_duty - 1)
    return (("one/first", made), ("one/第二版", other))


PLANTED: dict[str, Callable[[Facts], Papers]] = {
    "history.prior_final": year_before,
    "history.initial": changed_unasked,
    "copied.narrative": text_copied,
    "completeness.conflict": two_versions,
}


def recall_between(times: int) -> tuple[Counter[str], Counter[str]]:
    """For each rule that needs a second document: how often it had to speak up, and how often it did."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for rule, plant in PLANTED.items():
        for seed in range(FIRST_SEED, FIRST_SEED + times):
            wanted[rule] += 1
            found[rule] += rule in _told(plant(honest(seed, "a")))
    return wanted, found


def _told(papers: Papers) -> set[str]:
    """The rules that flag the last of the submissions that come."""
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
        ensure_ready(engine)
        told: set[str] = set()
        for place, made in papers:
            where = Path(folder) / place.partition("/")[0]
            for path in write_docx(made, where / "writing"):
                path.rename(where / f"{place.rpartition('/')[2]}{path.name}")
            for event in ingest([where], engine, Options(jobs=1)):
                if isinstance(event, Outcome) and event.judgement is not None:
                    told = {finding.rule for finding in event.judgement.findings if finding.flagged}
        engine.dispose()
    return told
