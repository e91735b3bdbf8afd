"""From one Report a file to one Report a department and year.

The parts of a submission come in one file or several (附件1, 附件2, 附件3), often beside other
departments' files, sometimes as Word and PDF of the same. Files of one folder that name the same
department and year are one submission; a file that names none joins the only one it can belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.failure import Failure, Reason
from extract.forms.conflicts import conflicts
from extract.forms.wording import compact, same_name
from extract.intake import WITHIN, printable
from extract.quantity import Quantity
from extract.report import Funding, Goals, PartName, Report, Staffing

ONE_FILE = "请确认是自评材料、图像清楚；一份材料拍成、扫成几张图片的，请按页序合成一个 PDF 后再导入"
_PART_FOLDER = re.compile(r"附[件表][\d一二三四]|(?:\d[.、])?.{0,6}(?:基础数据表|自评表|自评报告)$")
_OFFICE_ITSELF = re.compile(r"\(?(?:机关|本级)\)?$")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


Printed = tuple[str, str | None, int | None]
"""A department's name and code as a report gives them, and the report's year."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the user says of files that don't say it themselves, and what the bureau's register calls the
    departments that they name."""

    department: str | None = None
    year: int | None = None
    called: Mapping[Printed, str] = field(default_factory=dict)


def assemble(reports: Sequence[Report], assumed: Assumed) -> Iterator[Report | Failure]:
    """The submissions among one folder's file reports, in the files' order.

    A report whose department or year can't be told comes back as a Failure that names the remedy; so
    does one that holds nothing of a submission.
    """
    told: list[Report] = []
    for report in reports:
        if not report.parts:
            pictured = any(source.type.startswith("image/") for source in report.sources)
            remedy = ONE_FILE if pictured else "请确认交的是自评材料、内容没有做成图片"
            yield _failure(report, "no_table", "没有找到绩效自评的表格或文字", remedy)
        else:
            told.append(report)
    told = _with_departments(told, assumed)
    for group in _groups(told, assumed):
        nameless = [report for report in group if not report.department]
        if nameless:
            yield from (_nameless(report) for report in nameless)
            continue
        for submission in _by_year(group):
            year = submission.fiscal_year or _year_of_names(submission) or assumed.year
            if year is None:
                yield _yearless(submission)
            else:
                yield replace(submission, fiscal_year=year)


def folder_of(path: str) -> Path:
    """The folder whose files belong together: a file's own, or the one above where that is one part's
    («附件2», «自评表»). An archive is a folder."""
    archive, within, inside = path.rpartition(WITHIN)
    folder = Path(archive) / Path(inside).parent if within else Path(path).parent
    return folder.parent if _PART_FOLDER.match(compact(folder.name)) else folder


def merge(reports: Sequence[Report]) -> Report:
    """One Report from several of the same submission: each block from the first that has it, every
    difference between two copies a Conflict, everything else one after the other. Name and year are
    the first's: the forms' own files, which know them better than a narrative copied from last year's or
    a summary inside one, come first."""
    first, *others = sorted(reports, key=_is_words)
    merged = first
    for report in others:
        merged = _merge_two(merged, report)
    return replace(merged, sources=tuple(source for report in reports for source in report.sources))


def printed(report: Report) -> Printed:
    return report.department, report.department_code, report.fiscal_year


def parts_of(report: Report) -> frozenset[PartName]:
    return frozenset(part.name for part in report.parts)


def _is_words(report: Report) -> bool:
    """Whether a file is the narrative alone, whose tables are at best copies of the forms."""
    return report.has("narrative") and not report.has("base")


def _merge_two(first: Report, second: Report) -> Report:
    differing = tuple(conflicts(first, second))
    new_narrative = not first.has("narrative") and bool(second.narrative or second.has("narrative"))
    known = {project.name for project in first.projects}
    words = second if new_narrative else first
    return replace(
        first,
        department_code=first.department_code or second.department_code,
        fiscal_year=first.fiscal_year or second.fiscal_year,
        report_date=first.report_date or second.report_date,
        sources=first.sources + second.sources,
        parts=first.parts + tuple(p for p in second.parts if p.name == "project" or not first.has(p.name)),
        staffing=second.staffing if first.staffing == Staffing() else first.staffing,
        expenses=first.expenses or second.expenses,
        construction=first.construction or second.construction,
        thrift_measures=first.thrift_measures or second.thrift_measures,
        funding=second.funding if first.funding == Funding() else first.funding,
        goals=second.goals if first.goals == Goals() else first.goals,
        indicators=first.indicators or second.indicators,
        total_score=first.total_score if isinstance(first.total_score, Quantity) else second.total_score,
        grade=first.grade or second.grade,
        narrative=words.narrative,
        listed_sums=words.listed_sums,
        shares=words.shares,
        sentence_prints=words.sentence_prints,
        projects=first.projects + tuple(p for p in second.projects if not p.name or p.name not in known),
        reviewers=first.reviewers or second.reviewers,
        sign_offs=first.sign_offs + second.sign_offs,
        names=first.names + second.names,
        codes=first.codes + second.codes,
        years=first.years + second.years,
        unrecognised=first.unrecognised + second.unrecognised,
        conflicts=first.conflicts + second.conflicts + differing,
        warnings=first.warnings + second.warnings,
        unsure=first.unsure + second.unsure,
    )


def _with_departments(reports: Sequence[Report], assumed: Assumed) -> list[Report]:
    """The reports, nameless ones named after the only department of the folder or of their file name."""
    names = list(dict.fromkeys(report.department for report in reports if report.department))
    named = []
    for report in reports:
        name = report.department
        if not name:
            hinted = [known for known in names if known in compact(report.sources[0].name)]
            candidates = hinted or names
            name = candidates[0] if len(candidates) == 1 else assumed.department or ""
        named.append(replace(report, department=name))
    return named


def _groups(reports: Sequence[Report], assumed: Assumed) -> list[list[Report]]:
    """Reports of one department together: one of the register's by whatever names, else the same name, one
    name within the other (for parts that complete each other, also one short for the other), or the same
    code."""
    groups: list[list[Report]] = []
    for report in reports:
        for group in groups:
            if report.department and _same(group[0], report, assumed):
                group.append(report)
                break
        else:
            groups.append([report])
    for group in groups:
        name = max((report.department for report in group), key=lambda n: _trust(group, n))
        group[:] = [replace(report, department=name) for report in group]
    return groups


def _trust(group: Sequence[Report], name: str) -> tuple[bool, int, int]:
    """A name from the tables before one from a narrative, then the most frequent, then the longest."""
    holders = [report for report in group if report.department == name]
    return any(parts_of(r) & {"base", "form"} for r in holders), len(holders), len(name)


def _same(one: Report, other: Report, assumed: Assumed) -> bool:
    known = [assumed.called.get(printed(report)) for report in (one, other)]
    if None not in known:
        return known[0] == known[1]
    a, b = (_OFFICE_ITSELF.sub("", report.department) for report in (one, other))
    if a == b or (min(len(a), len(b)) >= 4 and (a.endswith(b) or b.endswith(a))):
        return True
    if not parts_of(one) & parts_of(other) and a[-1:] == b[-1:] and same_name(a, b):
        return True
    return (
        one.department_code is not None and one.department_code == other.department_code and a[-2:] == b[-2:]
    )


def _by_year(group: Sequence[Report]) -> Iterator[Report]:
    """One merged Report a year. Where files of different years complete each other to one submission,
    the odd year is a leftover in one of them, for the rules to name."""
    ordered = sorted(group, key=lambda report: report.sources[0].reader != "docx")
    unique = list({report.sources[0].sha256: report for report in reversed(ordered)}.values())[::-1]
    by_year: dict[int | None, list[Report]] = {}
    for report in unique:
        by_year.setdefault(report.fiscal_year or _year_of_names(report), []).append(report)
    lists = list(by_year.values())
    if len(lists) > 1 and _complete_each_other(lists):
        yield merge(sorted(unique, key=lambda report: not parts_of(report) & {"base", "form"}))
        return
    yearless = by_year.pop(None, [])
    if yearless and len(by_year) == 1:
        next(iter(by_year.values())).extend(yearless)
        yearless = []
    for reports in [*by_year.values(), *([yearless] if yearless else [])]:
        yield merge(reports)


def _complete_each_other(lists: Sequence[Sequence[Report]]) -> bool:
    kinds = [frozenset[PartName]().union(*(parts_of(report) for report in reports)) for reports in lists]
    return sum(len(kind) for kind in kinds) == len(frozenset[PartName]().union(*kinds))


def _year_of_names(report: Report) -> int | None:
    """The only year that the file's name, or else its folder's name, gives."""
    path = Path(report.sources[0].path)
    for name in (path.stem, path.parent.name):
        years = set(_FILE_YEAR.findall(name))
        if len(years) == 1:
            return int(years.pop())
    return None


def _nameless(report: Report) -> Failure:
    return _failure(
        report,
        "no_department",
        "看不出是哪个部门的材料",
        "请在封面或表头写明部门（单位）名称，或用 --department 名称 重新导入这个文件",
    )


def _yearless(report: Report) -> Failure:
    return _failure(
        report,
        "no_year",
        "看不出是哪一年度的材料",
        "请在标题或列头写明年度，或用 --year 年度 重新导入这个文件",
    )


def _failure(report: Report, reason: Reason, message: str, remedy: str) -> Failure:
    path = "、".join(printable(source.path) for source in report.sources)
    return Failure(path, reason, message, remedy)
