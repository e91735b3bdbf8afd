"""The record: one submission as plain JSON values, the shape that the outside may rely on (docs/record.md).

Numbers are strings of plain decimals, null where the form holds no figure. Reviewers, contacts and
signatures are personal data and not part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from extract.document import Locus, Source
from extract.paths import CONSTRUCTION_FIGURES, FUNDING_FIGURES, figures
from extract.quantity import Absent, Figure, Quantity, decimal_text, is_repaired
from extract.report import (
    NATURES,
    PERIODS,
    SOURCES,
    Construction,
    ExpenseRow,
    Funding,
    Goals,
    Indicator,
    NarrativeFigure,
    ProjectForm,
    Report,
    Text,
)
from models.store import Stored
from outputs.discreet import discreet
from reconcile.finding import Finding, Waiver

Json = dict[str, Any]


def record(stored: Stored) -> Json:
    """The contract's record of one stored submission, keys in the contract's order."""
    report = stored.report
    return {
        "submission_id": stored.submission_id,
        "department": report.department,
        "department_code": report.department_code,
        "fiscal_year": report.fiscal_year,
        "revision": stored.revision,
        "status": stored.judgement.status(),
        "report_date": report.report_date.isoformat() if report.report_date else None,
        "sources": [_source(source) for source in report.sources],
        "staffing": {
            "authorized": number(report.staffing.authorized),
            "on_duty": number(report.staffing.on_duty),
            "control_rate": number(report.staffing.control_rate),
        },
        "expenses": [_expense(row) for row in report.expenses],
        "construction": [_building(building) for building in report.construction],
        "thrift_measures": words(report.thrift_measures),
        "funding": _funding(report.funding),
        "goals": _goals(report.goals),
        "indicators": [_indicator(indicator) for indicator in report.indicators],
        "total_score": number(report.total_score),
        "grade": words(report.grade),
        "narrative": _narrative(report),
        "projects": [_project(project) for project in report.projects],
        "findings": [finding_record(finding) for finding in stored.judgement.findings],
        "unsure": [
            _doubt(path, figure) for path, figure in figures(report) if figure.doubted or is_repaired(figure)
        ],
    }


def number(figure: Figure) -> str | None:
    """A figure as a string of a plain decimal, None where there is none."""
    return None if isinstance(figure, Absent) else decimal_text(figure)


def words(text: Text | None) -> str | None:
    """Words as printed, None where nothing is printed."""
    return text.value if text is not None and text.value else None


def finding_record(finding: Finding) -> Json:
    """A finding as it stands in the record."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "message": finding.message,
        "expected": _decimal(finding.expected),
        "found": _decimal(finding.found),
        "difference": _decimal(finding.difference),
        "cites": list(finding.cites),
        "places": [_place(locus) for locus in finding.places],
        "hint": finding.hint,
        "waiver": _waiver(finding.waiver),
    }


def _waiver(waiver: Waiver | None) -> Json | None:
    """Why a finding was accepted, by whom and when (UTC): the bureau's own words, exported as they are."""
    if waiver is None:
        return None
    return {
        "reason": waiver.reason,
        "by": waiver.by,
        "at": waiver.at.isoformat(timespec="seconds"),
        "stale": waiver.stale,
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _place(locus: Locus) -> Json:
    """A place, everything counted from 1; `paragraph` and `part` only where the place has them."""
    place: Json = {
        "source": locus.source,
        "page": locus.page,
        "table": locus.table,
        "row": _from_one(locus.row),
        "column": _from_one(locus.column),
        "bbox": list(locus.box) if locus.box is not None else None,
    }
    if locus.paragraph is not None:
        place["paragraph"] = _from_one(locus.paragraph)
    if locus.part is not None:
        place["part"] = locus.part
    return place


def _from_one(index: int | None) -> int | None:
    return None if index is None else index + 1


def _doubt(path: str, figure: Figure) -> Json:
    """A figure that was not surely read: what was, and what else was read there."""
    return {
        "path": path,
        "text": discreet(figure.text),
        "raw": (figure.raw or None) if isinstance(figure, Quantity) else None,
        "readings": [discreet(text) for text in figure.readings],
        "sure": figure.sure,
    }


def _numbers(block: object, names: Iterable[str]) -> Json:
    return {name: number(getattr(block, name)) for name in names}


def _source(source: Source) -> Json:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": source.pages,
        "reader": source.reader,
    }


def _expense(row: ExpenseRow) -> Json:
    return {"item": row.item, "label": row.label, **_numbers(row, PERIODS)}


def _building(building: Construction) -> Json:
    return {"label": building.label, **_numbers(building, CONSTRUCTION_FIGURES)}


def _funding(funding: Funding) -> Json:
    return {
        **_numbers(funding, FUNDING_FIGURES),
        "by_source": _numbers(funding.by_source, SOURCES),
        "by_nature": _numbers(funding.by_nature, NATURES),
    }


def _goals(goals: Goals) -> Json:
    return {"expected": words(goals.expected), "actual": words(goals.actual)}


def _indicator(indicator: Indicator) -> Json:
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "target": indicator.target.value,
        "actual": indicator.actual.value,
        "weight": number(indicator.weight),
        "score": number(indicator.score),
        "deviation": indicator.deviation,
    }


def _narrative(report: Report) -> Json:
    """Each figure by its code: its first mention, and all of them under `mentions` where there are more."""
    by_code: dict[str, list[NarrativeFigure]] = {}
    for figure in report.narrative:
        by_code.setdefault(figure.code, []).append(figure)
    narrative: Json = {}
    for code, told in by_code.items():
        mentions = [
            {"value": figure.word or number(figure.value), "text": discreet(figure.text)} for figure in told
        ]
        narrative[code] = dict(mentions[0])
        if len(mentions) > 1:
            narrative[code]["mentions"] = mentions
    return narrative


def _project(project: ProjectForm) -> Json:
    return {
        "name": project.name,
        "funding": _funding(project.funding),
        "goals": _goals(project.goals),
        "indicators": [_indicator(indicator) for indicator in project.indicators],
        "total_score": number(project.total_score),
        "grade": words(project.grade),
    }
