"""Records out: JSON lines for programs, CSV for spreadsheets. Submissions stream through one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from extract.document import Locus
from extract.paths import CONSTRUCTION_FIGURES, FUNDING_FIGURES, figures
from extract.quantity import Absent, Quantity
from extract.report import NATURES, PERIODS, SOURCES
from models.store import Stored
from outputs.record import Json, number, record
from outputs.spreadsheet import csv_lines, head_line, row_lines
from reconcile.labels import label_of

Row = list[object]

_WHOSE = ("submission_id", "department", "fiscal_year", "revision")
_FIGURE = (*_WHOSE, "path", "label", "value", "text", "absent", "place", "sure", "raw", "readings")
_EXPENSE = ("item", "label", *PERIODS)
_BUILDING = ("label", *CONSTRUCTION_FIGURES)
_INDICATOR = ("level1", "level2", "level3", "target", "actual", "weight", "score", "deviation")
_FINDING = ("rule", "severity", "verdict", "message", "expected", "found", "difference", "cites", "hint")
_WAIVER = ("reason", "by", "at", "stale")
_SUBMISSION = (
    *("submission_id", "department", "department_code", "fiscal_year", "revision", "status", "report_date"),
    *("staffing.authorized", "staffing.on_duty", "staffing.control_rate", "thrift_measures"),
    *(f"funding.{name}" for name in FUNDING_FIGURES),
    *(f"funding.by_source.{name}" for name in SOURCES),
    *(f"funding.by_nature.{name}" for name in NATURES),
    *("goals.expected", "goals.actual", "total_score", "grade", "sources"),
)


def pieces(form: str, submissions: Iterable[Stored]) -> Iterator[str]:
    """The text of one export, piece by piece: `jsonl` a record a line, `csv` a figure a line."""
    if form == "jsonl":
        return (json.dumps(record(stored), ensure_ascii=False) + "\n" for stored in submissions)
    return csv_lines(_FIGURE, (row for stored in submissions for row in _figures(stored)))


def write(form: str, submissions: Iterable[Stored], path: Path) -> None:
    """Write an export to `path`: one file, or for CSV and a path not called .csv a folder of tables."""
    if form == "csv" and path.suffix.lower() != ".csv":
        path.mkdir(parents=True, exist_ok=True)
        _write_tables(submissions, path)
        return
    with _whole_file(path) as out:
        out.writelines(pieces(form, submissions))


def _write_tables(submissions: Iterable[Stored], folder: Path) -> None:
    """One CSV file a kind of thing: submission.csv, expense.csv, …"""
    with ExitStack() as stack:
        out = {name: stack.enter_context(_whole_file(folder / f"{name}.csv")) for name in TABLES}
        for name, (head, _) in TABLES.items():
            out[name].write(head_line(head))
        for stored in submissions:
            whole = record(stored)
            for name, (_, rows) in TABLES.items():
                out[name].write(row_lines(list(rows(whole))))


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """A UTF-8 file that appears under its name only when all of it is written."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", errors="replace", newline="") as out:
            yield out
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _figures(stored: Stored) -> Iterator[Row]:
    whose = [
        stored.submission_id,
        stored.report.department,
        stored.report.fiscal_year,
        stored.revision,
    ]
    for path, figure in figures(stored.report):
        absent = figure.why if isinstance(figure, Absent) else ""
        if absent != "missing":
            yield [
                *whose,
                path,
                label_of(path, stored.report),
                number(figure),
                figure.text,
                absent,
                _printed(figure.locus),
                figure.sure,
                figure.raw if isinstance(figure, Quantity) else "",
                " | ".join(figure.readings),
            ]


def _printed(locus: Locus | None) -> str:
    return locus.printed() if locus is not None else ""


def _submission(whole: Json) -> Iterator[Row]:
    row: Row = [_within(whole, column) for column in _SUBMISSION[:-1]]
    yield [*row, "；".join(source["name"] for source in whole["sources"])]


def _within(whole: Json, path: str) -> object:
    value: object = whole
    for name in path.split("."):
        value = value[name] if isinstance(value, dict) else None
    return value


def _listed(block: str, columns: tuple[str, ...]) -> Callable[[Json], Iterator[Row]]:
    """The rows of a list in the record: whose it is, its place in the list from 0, its columns."""

    def rows(whole: Json) -> Iterator[Row]:
        for index, item in enumerate(whole[block]):
            values = (item[column] for column in columns)
            plain = [" ".join(value) if isinstance(value, list) else value for value in values]
            yield [*(whole[name] for name in _WHOSE), index, *plain]

    return rows


def _findings(whole: Json) -> Iterator[Row]:
    """Findings as listed, and at the end of each why it was accepted."""
    for row, finding in zip(_listed("findings", _FINDING)(whole), whole["findings"], strict=True):
        waiver = finding["waiver"] or {}
        yield [*row, *(waiver.get(column) for column in _WAIVER)]


def _narrative(whole: Json) -> Iterator[Row]:
    for code, figure in whole["narrative"].items():
        for mention in figure.get("mentions", [figure]):
            yield [*(whole[name] for name in _WHOSE), code, mention["value"], mention["text"]]


def _projects(whole: Json) -> Iterator[Row]:
    for index, project in enumerate(whole["projects"]):
        funding = [project["funding"][name] for name in FUNDING_FIGURES]
        scored = [project["total_score"], project["grade"]]
        yield [*(whole[name] for name in _WHOSE), index, project["name"], *funding, *scored]


TABLES: dict[str, tuple[tuple[str, ...], Callable[[Json], Iterator[Row]]]] = {
    "submission": (_SUBMISSION, _submission),
    "expense": ((*_WHOSE, "index", *_EXPENSE), _listed("expenses", _EXPENSE)),
    "construction": ((*_WHOSE, "index", *_BUILDING), _listed("construction", _BUILDING)),
    "indicator": ((*_WHOSE, "index", *_INDICATOR), _listed("indicators", _INDICATOR)),
    "narrative_figure": ((*_WHOSE, "code", "value", "text"), _narrative),
    "project": ((*_WHOSE, "index", "name", *FUNDING_FIGURES, "total_score", "grade"), _projects),
    "finding": (
        (*_WHOSE, "index", *_FINDING, *(f"waiver_{column}" for column in _WAIVER)),
        _findings,
    ),
}
