"""Findings and tallies out of their rows, with the waivers that they hold."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from extract.document import Locus
from models import bureau, judged
from models.exact import with_places
from models.store_read import Shelf, located
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict, Waiver


def read_judgement(shelf: Shelf) -> Judgement:
    cites: dict[int, list[str]] = {}
    for row in shelf.rows(judged.FindingCite, "finding", "position"):
        cites.setdefault(row.finding, []).append(row.path)
    places: dict[int, list[Locus]] = {}
    for row in shelf.rows(judged.FindingPlace, "finding", "position"):
        locus = located(row)
        if locus is not None:
            places.setdefault(row.finding, []).append(locus)
    waivers = _waivers(shelf)
    findings = tuple(
        Finding(
            row.rule,
            Severity(row.severity),
            Verdict(row.verdict),
            row.message,
            _written(row.expected, row.expected_places),
            _written(row.found, row.found_places),
            _written(row.difference, row.difference_places),
            tuple(cites.get(row.position, ())),
            tuple(places.get(row.position, ())),
            row.hint,
            waivers.get(row.position),
        )
        for row in shelf.rows(judged.FindingRow)
    )
    tallies = tuple(
        Tally(row.rule, row.exact, row.rounding, row.broken, row.suspect, row.unchecked)
        for row in shelf.rows(judged.TallyRow)
    )
    return Judgement(findings, tallies, "".join(row.settings for row in shelf.rows(judged.JudgedBy, "id")))


def _waivers(shelf: Shelf) -> dict[int, Waiver]:
    """The waivers of the submission's findings, by their positions."""
    held, waiver = bureau.FindingWaiver.__table__.c, bureau.WaiverRow.__table__.c
    wanted = select(held.finding, held.stale, waiver.id, waiver.reason, waiver.waived_by, waiver.waived_at)
    found = shelf.db.execute(
        wanted.where(held.submission_id == shelf.submission_id, held.waiver_id == waiver.id)
    )
    return {row.finding: Waiver(row.id, row.reason, row.waived_by, row.waived_at, row.stale) for row in found}


def _written(value: Decimal | None, places: int | None) -> Decimal | None:
    return None if value is None else with_places(value, places)
