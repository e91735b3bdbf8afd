"""One document to what it says: a Report in which whatever this file doesn't hold is missing.

The steps: blocks in order → each grid read as every block it may hold → the whole form's grids and
each project form's put together → the narrative's sentences → names, years and dates from all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.document import Block, Document, Grid, Locus, Paragraph
from extract.forms.asides import Place, are_forms
from extract.forms.blocks import Blocks, doubled, merged, read_blocks
from extract.forms.conflicts import conflicts
from extract.forms.continuation import join_continued, text_blocks
from extract.forms.cover import Identity, identity_in_lines, identity_in_table, titles_in
from extract.forms.identity import (
    department,
    fiscal_year,
    one_department,
    report_date,
    template_year,
    together,
)
from extract.forms.leftovers import leftovers
from extract.forms.misread_labels import with_labels
from extract.forms.narrative import Narrative, read_narrative
from extract.forms.prints import sentence_prints
from extract.forms.projects import is_project_form, project_form
from extract.forms.scores import score_in_line
from extract.forms.table import Table
from extract.forms.titles import title_of
from extract.forms.unsure import is_doubtful, unit_warnings, with_doubts
from extract.forms.vocabulary import Vocabulary
from extract.forms.wording import compact
from extract.quantity import MISSING, Figure, Quantity
from extract.report import PERIODS, Part, ProjectForm, Report, Unrecognised, YearMention


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
    asides: list[tuple[Table, Blocks]] = field(default_factory=list)
    unsure: list[Locus] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    in_project: bool = False


def read_report(document: Document, words: Vocabulary) -> Report:
    """Everything the document says about a submission.

    Raises Unreadable where it holds the tables of two departments.
    """
    printed, misread = with_labels(text_blocks(document.blocks), words)
    blocks = join_continued(printed, words)
    reading = _Reading(document.source.name, words, warnings=misread)
    _go_through(reading, blocks)
    reading.identities.insert(0, identity_in_lines(reading.paragraphs, reading.source, words))
    identity = together(reading.identities)
    if len(reading.wholes) > 1:
        one_department(identity)
    year = fiscal_year(identity)
    names = [name.value for name in identity.names]
    narrative = _narrative(reading, year, names)
    is_told = any(part.name == "narrative" for part in reading.parts)
    reports = [_whole(whole) for whole in reading.wholes] or [Report()]
    report = reports[0]
    differing = [c for other in reports[1:] for c in conflicts(report, other)]
    report = replace(
        _with_lines(report, reading),
        department=department(identity),
        department_code=identity.codes[0].value if identity.codes else None,
        fiscal_year=year,
        report_date=report_date(identity),
        sources=(document.source,),
        parts=tuple(reading.parts),
        narrative=narrative.figures,
        listed_sums=narrative.listed_sums,
        shares=narrative.shares,
        projects=tuple(reading.projects),
        sign_offs=identity.sign_offs,
        names=identity.names,
        codes=identity.codes,
        years=(*identity.years, *template_year(reading.paragraphs, reading.source, year)),
        unrecognised=(
            *reading.unrecognised,
            *narrative.unrecognised,
            *leftovers(reading.paragraphs, reading.source),
        ),
        conflicts=tuple(differing),
        warnings=(*document.warnings, *reading.warnings, *report.warnings, *narrative.warnings),
        sentence_prints=sentence_prints(reading.paragraphs, reading.source, names) if is_told else (),
    )
    return with_doubts(report, reading.paragraphs, reading.unsure)


def _go_through(reading: _Reading, blocks: Sequence[Block]) -> None:
    above: list[str] = []
    unit: str | None = None
    for block in blocks:
        if isinstance(block, Grid):
            titled = any(title_of(text) for text in above)
            table = Table(block, reading.source, tuple(above[-6:]), None if titled else unit)
            reading.warnings += [
                f"表{block.number}第{row + 1}行在换页处与上一行相接，是否同一张表拿不准，请核对"
                for row in block.doubtful_joins
            ]
            unit = table.unit_near(range(0))
            reading.unsure += [table.locus(cell) for cell in block.cells if is_doubtful(cell)]
            reading.warnings += unit_warnings(block)
            _grid(reading, table)
            above.clear()
        elif block.kind != "furniture" and compact(block.text):
            _under(reading, block.text)
            above.append(block.text)
            reading.paragraphs.append(block)
    _asides(reading)


def _under(reading: _Reading, text: str) -> None:
    """Take a line that stands over what follows: the title of a part, or running text."""
    title = title_of(text)
    if title is None:
        reading.place.line(text)
    else:
        reading.in_project = title.part == "project"
        reading.place.title(title)


def _grid(reading: _Reading, table: Table) -> None:
    words = reading.words
    blocks = read_blocks(table, words)
    reading.identities.append(identity_in_table(table, words))
    for text in (*table.grid.caption.split("\n"), *titles_in(table)):
        if title_of(text) is not None and all(text != passed.text for passed in reading.paragraphs):
            _under(reading, text)
    if not any(compact(cell.text) for cell in table.grid.cells):
        return
    goes_on = reading.in_project and blocks.is_of_a_form and not blocks.is_base
    if goes_on or is_project_form(table, blocks, words):
        _project(reading, table, blocks)
        return
    if blocks.is_empty:
        reading.unrecognised.append(_unrecognised(table))
        return
    reading.in_project = False
    if reading.place.is_narrative:
        reading.asides.append((table, blocks))
    else:
        _part(reading, table, blocks)


def _asides(reading: _Reading) -> None:
    """The tables met in the narrative: the forms themselves where there are no others, else only listed."""
    is_base, is_form = are_forms([blocks for _, blocks in reading.asides], reading.wholes)
    for table, blocks in reading.asides:
        if (blocks.is_base and is_base) or (blocks.is_of_a_form and is_form):
            _part(reading, table, blocks)
        else:
            reading.unrecognised.append(_unrecognised(table))


def _unrecognised(table: Table) -> Unrecognised:
    first = " | ".join(compact(c.text)[:20] for row in table.rows[:2] for c in row[:4] if compact(c.text))
    return Unrecognised("table", first, table.row_locus(0))


def _part(reading: _Reading, table: Table, blocks: Blocks) -> None:
    """Put a grid of the base table or the form to those read before it."""
    if blocks.expenses is not None and blocks.expenses.year is not None:
        year = YearMention("expenses", blocks.expenses.year, table.row_locus(0))
        reading.identities.append(Identity(years=(year,)))
    if (blocks.expenses or blocks.funding) and table.unit_near(range(table.grid.rows)) is None:
        doubt = "，金额很大，可能是元" if _is_large(blocks) else ""
        reading.warnings.append(f"表{table.grid.number}没有注明金额单位，按万元读取{doubt}，请核对")
    _parts(reading, table, blocks)
    if not reading.wholes or any(doubled(reading.wholes[-1], blocks)):
        reading.wholes.append(blocks)
    else:
        reading.wholes[-1] = merged(reading.wholes[-1], blocks)


def _is_large(blocks: Blocks) -> bool:
    """Whether an amount read as 万元 is larger than any department's."""
    rows = () if blocks.expenses is None else blocks.expenses.rows
    amounts: list[Figure] = [getattr(row, period) for row in rows for period in PERIODS]
    if blocks.funding is not None:
        amounts += [blocks.funding.annual_budget, blocks.funding.executed]
    return any(isinstance(a, Quantity) and a.value >= 1_000_000 for a in amounts)


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


def _narrative(reading: _Reading, year: int | None, names: Sequence[str]) -> Narrative:
    """The sentences' figures; the part counts as there when it has some running text or its figures."""
    narrative = read_narrative(reading.paragraphs, reading.source, year, reading.words.sentences, names)
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
