"""A report and its judgement as rows: the inverse of `store_read`, block by block in the same order."""

from __future__ import annotations

from collections.abc import Sequence

from extract.paths import CONSTRUCTION_FIGURES, FUNDING_FIGURES, expense_keys, narrative_keys
from extract.report import (
    NATURES,
    PERIODS,
    SOURCES,
    Funding,
    Goals,
    Indicator,
    ListedSum,
    NarrativeFigure,
    ProjectForm,
    Report,
    Share,
)
from models import bureau, judged, tables
from models.store_rows import Row, Rows, placed, places
from reconcile.finding import Finding, Judgement

STAFFING_FIGURES = ("authorized", "on_duty", "control_rate")


def submission_texts(rows: Rows, report: Report) -> Row:
    """What the submission's own row holds of the report besides its identity."""
    return {
        "report_date": report.report_date,
        "thrift_measures": rows.text("thrift_measures", report.thrift_measures),
        **_goals(rows, "", report.goals),
        "total_score": rows.figure("total_score", report.total_score),
        "grade": rows.text("grade", report.grade),
    }


def report_rows(rows: Rows, report: Report) -> None:
    """Every block of the report."""
    _found(rows, report)
    staffing = rows.figures("staffing.", report.staffing, STAFFING_FIGURES)
    rows.add(tables.StaffingRow, **staffing)
    for position, (key, row) in enumerate(zip(expense_keys(report), report.expenses, strict=True)):
        path = f"expenses.{key}"
        rows.place(path, row.locus)
        periods = rows.figures(f"{path}.", row, PERIODS)
        rows.add(tables.Expense, position=position, path=path, item=row.item, label=row.label, **periods)
    for position, building in enumerate(report.construction):
        amounts = rows.figures(f"construction.{position}.", building, CONSTRUCTION_FIGURES)
        rows.add(tables.ConstructionRow, position=position, label=building.label, **amounts)
    for position, project in enumerate(report.projects):
        _project(rows, position, project)
    _funding(rows, None, report.funding)
    for position, project in enumerate(report.projects):
        _funding(rows, position, project.funding)
    _indicators(rows, None, report.indicators)
    for position, project in enumerate(report.projects):
        _indicators(rows, position, project.indicators)
    _narrative(rows, narrative_keys(report), report.narrative)
    _listed_sums(rows, report.listed_sums)
    _shares(rows, report.shares)
    _rest(rows, report)


def _found(rows: Rows, report: Report) -> None:
    for position, source in enumerate(report.sources):
        rows.add(
            tables.SourceFile,
            position=position,
            name=source.name,
            path=source.path,
            sha256=source.sha256,
            media_type=source.media_type,
            size=source.size,
            reader=source.reader,
            pages=source.pages,
            note=source.note,
        )
    for position, part in enumerate(report.parts):
        rows.place(f"parts.{position}", part.locus)
        rows.add(tables.PartFound, position=position, name=part.name, source=part.source, title=part.title)


def form_prefix(project: int | None) -> str:
    """What the paths of a form's figures begin with: nothing for the department's own form."""
    return "" if project is None else f"projects.{project}."


def _project(rows: Rows, position: int, project: ProjectForm) -> None:
    prefix = form_prefix(position)
    rows.place(f"projects.{position}", project.locus)
    rows.add(
        tables.ProjectFormRow,
        position=position,
        name=project.name,
        **_goals(rows, prefix, project.goals),
        total_score=rows.figure(f"{prefix}total_score", project.total_score),
        grade=rows.text(f"{prefix}grade", project.grade),
    )


def _goals(rows: Rows, prefix: str, goals: Goals) -> Row:
    return {
        "goal_expected": rows.text(f"{prefix}goals.expected", goals.expected),
        "goal_actual": rows.text(f"{prefix}goals.actual", goals.actual),
    }


def _funding(rows: Rows, project: int | None, funding: Funding) -> None:
    prefix = f"{form_prefix(project)}funding."
    rows.add(
        tables.FundingRow,
        project=project,
        **rows.figures(prefix, funding, FUNDING_FIGURES),
        **rows.figures(f"{prefix}by_source.", funding.by_source, SOURCES, "source_"),
        **rows.figures(f"{prefix}by_nature.", funding.by_nature, NATURES, "nature_"),
    )


def _indicators(rows: Rows, project: int | None, indicators: Sequence[Indicator]) -> None:
    for position, indicator in enumerate(indicators):
        path = f"{form_prefix(project)}indicators.{position}"
        rows.place(path, indicator.locus)
        rows.add(
            tables.IndicatorRow,
            project=project,
            position=position,
            level1=indicator.level1,
            level2=indicator.level2,
            level3=indicator.level3,
            target=rows.text(f"{path}.target", indicator.target),
            actual=rows.text(f"{path}.actual", indicator.actual),
            **rows.figures(f"{path}.", indicator, ("weight", "score")),
            deviation=indicator.deviation,
            explains=indicator.explains,
        )


def _narrative(rows: Rows, keys: Sequence[str], mentions: Sequence[NarrativeFigure]) -> None:
    for position, (key, mention) in enumerate(zip(keys, mentions, strict=True)):
        path = f"narrative.{key}"
        rows.place(path, mention.locus)
        rows.add(
            tables.NarrativeFigureRow,
            position=position,
            path=path,
            code=mention.code,
            value=rows.figure(path, mention.value),
            word=mention.word,
            text=mention.text,
        )


def _listed_sums(rows: Rows, listed_sums: Sequence[ListedSum]) -> None:
    for position, listed in enumerate(listed_sums):
        path = f"listed_sums.{position}"
        rows.place(path, listed.locus)
        rows.add(
            tables.ListedSumRow,
            position=position,
            label=listed.total.label,
            total=rows.figure(f"{path}.total", listed.total.value),
            whole=listed.whole,
            text=listed.text,
        )
    for position, listed in enumerate(listed_sums):
        for number, part in enumerate(listed.parts):
            value = rows.figure(f"listed_sums.{position}.parts.{number}", part.value)
            rows.add(tables.ListedPart, listed_sum=position, position=number, label=part.label, value=value)


def _shares(rows: Rows, shares: Sequence[Share]) -> None:
    for position, share in enumerate(shares):
        path = f"shares.{position}"
        rows.place(path, share.locus)
        rows.add(
            tables.ShareRow,
            position=position,
            relation=share.relation,
            percent=rows.figure(f"{path}.percent", share.percent),
            part_label=share.part.label,
            part=rows.figure(f"{path}.part", share.part.value),
            whole_label=share.whole.label,
            whole=rows.figure(f"{path}.whole", share.whole.value),
            text=share.text,
        )


def _rest(rows: Rows, report: Report) -> None:
    for position, reviewer in enumerate(report.reviewers):
        rows.add(
            tables.ReviewerRow,
            position=position,
            name=reviewer.name,
            title=reviewer.title,
            organisation=reviewer.organisation,
        )
    for position, line in enumerate(report.sign_offs):
        rows.place(f"sign_offs.{position}", line.locus)
        rows.add(tables.SignOffRow, position=position, label=line.label, filled=line.filled)
    mentions = [("name", name.role, name.value, name.locus) for name in report.names]
    mentions += [("code", code.role, code.value, code.locus) for code in report.codes]
    mentions += [("year", year.role, str(year.year), year.locus) for year in report.years]
    for position, (kind, role, value, locus) in enumerate(mentions):
        rows.place(f"mentions.{position}", locus)
        rows.add(tables.Mention, position=position, kind=kind, role=role, value=value)
    for position, unknown in enumerate(report.unrecognised):
        rows.place(f"unrecognised.{position}", unknown.locus)
        rows.add(tables.UnrecognisedRow, position=position, what=unknown.what, text=unknown.text)
    for position, conflict in enumerate(report.conflicts):
        both = rows.figures(f"conflicts.{position}.", conflict, ("first", "second"))
        rows.add(tables.ConflictRow, position=position, path=conflict.path, **both)
    for position, warning in enumerate(report.warnings):
        rows.add(tables.ReadingWarning, position=position, text=warning)
    for position, locus in enumerate(report.unsure):
        rows.place(f"unsure.{position}", locus)
    for mark in report.sentence_prints:
        rows.add(bureau.SentencePrint, print=mark)


def judgement_rows(rows: Rows, judgement: Judgement) -> None:
    """Findings with what they cite, point to and are waived by, tallies, and by which settings."""
    if judgement.settings:
        rows.add(judged.JudgedBy, settings=judgement.settings)
    for position, finding in enumerate(judgement.findings):
        rows.add(judged.FindingRow, position=position, **_finding(finding))
    for position, finding in enumerate(judgement.findings):
        for number, path in enumerate(finding.cites):
            rows.add(judged.FindingCite, finding=position, position=number, path=path)
        for number, locus in enumerate(finding.places):
            rows.add(judged.FindingPlace, finding=position, position=number, **placed(locus))
    waiver_rows(rows, judgement)
    for position, tally in enumerate(judgement.tallies):
        rows.add(
            judged.TallyRow,
            position=position,
            rule=tally.rule,
            exact=tally.exact,
            rounding=tally.rounding,
            broken=tally.broken,
            suspect=tally.suspect,
            unchecked=tally.unchecked,
        )


def waiver_rows(rows: Rows, judgement: Judgement) -> None:
    """Which findings are accepted, and by which waiver."""
    for position, finding in enumerate(judgement.findings):
        if finding.waiver is not None:
            held = {"waiver_id": finding.waiver.number, "stale": finding.waiver.stale}
            rows.add(bureau.FindingWaiver, finding=position, **held)


def _finding(finding: Finding) -> Row:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "message": finding.message,
        "hint": finding.hint,
        "expected": finding.expected,
        "expected_places": places(finding.expected),
        "found": finding.found,
        "found_places": places(finding.found),
        "difference": finding.difference,
        "difference_places": places(finding.difference),
    }
