"""One document to what it says: a Report in which whatever this file doesn't hold is missing.

The steps: blocks in order → each grid read as every block it may hold → the whole form's grids and
each project form's put together → the narrative's sentences → names, years and dates from all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from extract.document import Block, Document, Grid, Locus, Paragraph
from extract.failure import Unreadable
from extract.forms.blocks import Blocks, doubled, merged, read_blocks
from extract.forms.conflicts import conflicts
from extract.forms.continuation import join_continued, text_blocks
from extract.forms.cover import Identity, identity_in_lines, identity_in_table
from extract.forms.narrative import Narrative, read_narrative
from extract.forms.projects import is_project_form, project_form
from extract.forms.scores import score_in_line
from extract.forms.table import Table
from extract.forms.titles import title_of
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact
from extract.quantity import MISSING, Figure, Quantity
from extract.report import Named, Part, ProjectForm, Report, Unrecognised, YearMention

_NAME_ORDER = ("预算部门名称", "部门名称", "单位名称", "填报", "form", "base", "narrative")


@dataclass(slots=True)
class _Reading:
    """What was found so far while a document is gone through."""

    source: str
    words: Vocabulary
    wholes: list[Blocks] = field(default_factory=list)
    projects: list[ProjectForm] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    unrecognised: list[Unrecognised] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    in_project: bool = False


def read_report(document: Document, words: Vocabulary) -> Report:
    """Everything the document says about a submission.

    Raises Unreadable where it holds the tables of two departments.
    """
    blocks = join_continued(text_blocks(document.blocks), words)
    reading = _Reading(document.source.name, words)
    _go_through(reading, blocks)
    reading.identities.insert(0, identity_in_lines(reading.paragraphs, reading.source, words))
    identity = _together(reading.identities)
    _one_department(document, reading, identity)
    year = _year(identity)
    narrative = _narrative(reading, year)
    reports = [_whole(whole) for whole in reading.wholes] or [Report()]
    report = reports[0]
    differing = [c for other in reports[1:] for c in conflicts(report, other)]
    return replace(
        _with_lines(report, reading),
        department=_department(identity),
        department_code=identity.codes[0].value if identity.codes else None,
        fiscal_year=year,
        report_date=_report_date(identity),
        sources=(document.source,),
        parts=tuple(reading.parts),
        narrative=narrative.figures,
        listed_sums=narrative.listed_sums,
        shares=narrative.shares,
        projects=tuple(reading.projects),
        sign_offs=identity.sign_offs,
        names=identity.names,
        codes=identity.codes,
        years=identity.years,
        unrecognised=tuple(reading.unrecognised),
        conflicts=tuple(differing),
        warnings=(*document.warnings, *reading.warnings, *report.warnings, *narrative.warnings),
    )


def _go_through(reading: _Reading, blocks: Sequence[Block]) -> None:
    above: list[str] = []
    unit: str | None = None
    for block in blocks:
        if isinstance(block, Grid):
            titled = any(title_of(text) for text in above)
            table = Table(block, reading.source, tuple(above[-6:]), None if titled else unit)
            unit = table.unit_near(range(0))
            _grid(reading, table)
            above.clear()
        elif block.kind != "furniture" and compact(block.text):
            title = title_of(block.text)
            if title is not None:
                reading.in_project = title.part == "project"
            above.append(block.text)
            reading.paragraphs.append(block)


def _grid(reading: _Reading, table: Table) -> None:
    words = reading.words
    blocks = read_blocks(table, words)
    reading.identities.append(identity_in_table(table, words))
    for text in table.grid.caption.split("\n"):
        title = title_of(text)
        if title is not None:
            reading.in_project = title.part == "project"
    if not any(compact(cell.text) for cell in table.grid.cells):
        return
    goes_on = reading.in_project and blocks.is_of_a_form and not blocks.is_base
    if goes_on or is_project_form(table, blocks, words):
        _project(reading, table, blocks)
        return
    if blocks.is_empty:
        first = " | ".join(compact(c.text)[:20] for row in table.rows[:2] for c in row[:4] if compact(c.text))
        reading.unrecognised.append(Unrecognised("table", first, table.row_locus(0)))
        return
    reading.in_project = False
    if blocks.expenses is not None and blocks.expenses.year is not None:
        year = YearMention("expenses", blocks.expenses.year, table.row_locus(0))
        reading.identities.append(Identity(years=(year,)))
    if (blocks.expenses or blocks.funding) and table.unit_near(range(table.grid.rows)) is None:
        reading.warnings.append(f"表{table.grid.number}没有注明金额单位，按万元读取，请核对")
    _parts(reading, table, blocks)
    if not reading.wholes or any(doubled(reading.wholes[-1], blocks)):
        reading.wholes.append(blocks)
    else:
        reading.wholes[-1] = merged(reading.wholes[-1], blocks)


def _project(reading: _Reading, table: Table, blocks: Blocks) -> None:
    form = project_form(table, blocks, reading.words)
    goes_on = reading.projects and not form.name and blocks.funding is None
    if goes_on:
        last = reading.projects[-1]
        reading.projects[-1] = replace(
            last,
            indicators=last.indicators + form.indicators,
            goals=last.goals if last.goals.expected else form.goals,
            total_score=last.total_score if isinstance(last.total_score, Quantity) else form.total_score,
            grade=last.grade or form.grade,
        )
        return
    reading.in_project = True
    reading.projects.append(form)
    reading.parts.append(Part("project", reading.source, form.name, table.row_locus(0)))


def _parts(reading: _Reading, table: Table, blocks: Blocks) -> None:
    known = {part.name for part in reading.parts}
    title = table.above[-1] if table.above else ""
    if blocks.is_base and "base" not in known:
        reading.parts.append(Part("base", reading.source, title, table.row_locus(0)))
    if blocks.is_form and "form" not in known:
        reading.parts.append(Part("form", reading.source, title, table.row_locus(0)))


def _narrative(reading: _Reading, year: int | None) -> Narrative:
    """The sentences' figures; the part counts as there when it has some running text or its figures."""
    narrative = read_narrative(reading.paragraphs, reading.source, year)
    body = [p for p in reading.paragraphs if "。" in p.text]
    titled = next((p for p in reading.paragraphs if (t := title_of(p.text)) and t.part == "narrative"), None)
    money = [f for f in narrative.figures if isinstance(f.value, Quantity)]
    is_there = len(body) >= 3 and (titled is not None or len(money) >= 2)
    if is_there or len(money) >= 4:
        first = titled or (body or reading.paragraphs)[0]
        locus = Locus(reading.source, first.page, paragraph=first.index)
        reading.parts.append(Part("narrative", reading.source, first.text[:60], locus))
    return narrative


def _whole(blocks: Blocks) -> Report:
    """The report's tables from one form's blocks."""
    empty = Report()
    grid, scores = blocks.indicators, blocks.scores
    total: Figure = MISSING if scores is None else scores.total_score
    if grid is not None and grid.total_row is not None and not isinstance(total, Quantity):
        total = grid.total_score
    return Report(
        staffing=blocks.staffing or empty.staffing,
        expenses=() if blocks.expenses is None else blocks.expenses.rows,
        construction=blocks.construction or (),
        thrift_measures=blocks.thrift,
        funding=blocks.funding or empty.funding,
        goals=blocks.goals or empty.goals,
        indicators=() if grid is None else grid.indicators,
        total_score=total,
        grade=None if scores is None else scores.grade,
        reviewers=blocks.reviewers or (),
        warnings=() if blocks.expenses is None else blocks.expenses.warnings,
    )


def _with_lines(report: Report, reading: _Reading) -> Report:
    """A total score or grade printed in a line beside the form, where the form's tables have none."""
    if not reading.wholes or (report.grade is not None and isinstance(report.total_score, Quantity)):
        return report
    for paragraph in reading.paragraphs:
        if len(paragraph.text) > 80 or "。" in paragraph.text:
            continue
        locus = Locus(reading.source, paragraph.page, paragraph=paragraph.index)
        found = score_in_line(paragraph.text, reading.words, locus)
        if isinstance(found.total_score, Quantity) and not isinstance(report.total_score, Quantity):
            report = replace(report, total_score=found.total_score)
        if found.grade is not None and report.grade is None:
            report = replace(report, grade=found.grade)
    return report


def _together(identities: Sequence[Identity]) -> Identity:
    return Identity(
        names=tuple(x for i in identities for x in i.names),
        codes=tuple(x for i in identities for x in i.codes),
        years=tuple(x for i in identities for x in i.years),
        dates=tuple(x for i in identities for x in i.dates),
        sign_offs=tuple(x for i in identities for x in i.sign_offs),
    )


def _department(identity: Identity) -> str:
    """The name that the most trusted kind of place gives, of several there the most frequent."""
    for role in _NAME_ORDER:
        named = [found.value for found in identity.names if role in found.role]
        if named:
            return Counter(named).most_common(1)[0][0]
    return identity.names[0].value if identity.names else ""


def _one_department(document: Document, reading: _Reading, identity: Identity) -> None:
    """Two forms of one kind that name different departments belong in two files."""
    if len(reading.wholes) < 2:
        return
    by_role: dict[str, list[Named]] = {}
    for named in identity.names:
        by_role.setdefault(named.role, []).append(named)
    for found in by_role.values():
        names = list(dict.fromkeys(named.value for named in found))
        if len(names) > 1:
            raise Unreadable(
                "two_departments",
                f"一个文件里有两个部门的表：{'、'.join(names[:3])}",
                "请按部门拆成几个文件后重新导入",
            )


def _year(identity: Identity) -> int | None:
    """The fiscal year: by the heads of tables first, then by titles, then by the report's date."""
    for roles in (("expenses",), ("form", "base"), ("narrative",), ("title",)):
        years = [mention.year for mention in identity.years if mention.role in roles]
        if years:
            return Counter(years).most_common(1)[0][0]
    filed = _report_date(identity)
    return filed.year - 1 if filed is not None else None


def _report_date(identity: Identity) -> date | None:
    named = [found for found, label in identity.dates if "报告" in label]
    return next(iter(named or [found for found, _ in identity.dates]), None)
