"""What storing costs: submissions through the store, against a bare executemany of the very same rows."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from extract.report import Report
from models import store
from models.database import open_database, upgrade
from reconcile.catalogue import judge


def rows_per_second(reports: Sequence[Report], rounds: int, years: int = 10) -> tuple[float, float, int]:
    """(gouji's rows a second, the bare floor's, rows stored a round), each round into a fresh SQLite file.

    Each report is stored once for each of so many years; judging is not measured.
    """
    judged = [
        (copy, judge(copy))
        for year in range(2000, 2000 + years)
        for copy in (_of_year(report, year, place) for place, report in enumerate(reports))
    ]
    ours, bare, rows = [], [], 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "stored.db"
            engine = open_database(f"sqlite:///{path}")
            upgrade(engine)
            before = _count(path)
            start = time.process_time()
            for report, judgement in judged:
                store.save(engine, report, judgement)
            ours.append(time.process_time() - start)
            engine.dispose()
            rows = _count(path) - before
            bare.append(_copy(path, Path(folder) / "bare.db"))
    return rows / median(ours), rows / median(bare), rows


def _of_year(report: Report, year: int, place: int) -> Report:
    """The same report as of another department and year, from other bytes."""
    sources = tuple(
        replace(source, sha256=f"{year:08d}{place:08d}{source.sha256[16:]}") for source in report.sources
    )
    return replace(report, department=f"{report.department}{place}", fiscal_year=year, sources=sources)


def _tables(database: sqlite3.Connection) -> list[tuple[str, str]]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return list(database.execute(query))


def _count(path: Path) -> int:
    with sqlite3.connect(path) as database:
        names = [name for name, _ in _tables(database)]
        return sum(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)


def _copy(path: Path, target: Path) -> float:
    """CPU seconds to put every row of one database into the same tables of a new one."""
    with sqlite3.connect(path) as stored, sqlite3.connect(target) as bare:
        tables = _tables(stored)
        filled = [(name, list(stored.execute(f'SELECT * FROM "{name}"'))) for name, _ in tables]
        for _, sql in tables:
            bare.execute(sql)
        start = time.process_time()
        for name, rows in filled:
            if rows:
                places = ", ".join("?" * len(rows[0]))
                bare.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
        bare.commit()
        return time.process_time() - start
