"""Rules of the bureau's own books: a report's figures against its register, a parent's against its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.bureau import BOOK_WORDS, OFFICE_ITSELF, BookFigure, Entry, department_key
from extract.paths import figures
from extract.quantity import MISSING, Absent, Quantity
from extract.report import Report
from reconcile.finding import Severity, Verdict
from reconcile.interval import Interval, agree, around, at_most, exactly, total_of
from reconcile.ledger import Ledger, Term
from reconcile.message import remark, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination, rule
from reconcile.tie import Examined, best, tie_equal, trimmed

BOOKED: dict[BookFigure, tuple[str, ...]] = {
    "authorized": ("staffing.authorized",),
    "on_duty": ("staffing.on_duty",),
    "initial_budget": ("funding.initial_budget",),
    "annual_budget": ("funding.annual_budget",),
    "budget": ("funding.annual_budget", "funding.initial_budget"),
    "executed": ("funding.executed",),
}
"""What the books give, and where a report tells it. Of which stage a bare 预算数 is, nobody says."""

SUMMED = (
    "funding.annual_budget",
    "funding.executed",
    "staffing.authorized",
    "staffing.on_duty",
    "expenses.three_public.final",
)
MOST_NAMED = 8


@rule(
    "register.amounts",
    Severity.ERROR,
    title="与财政部门名录一致",
    explain="自评材料中的编制数、在职人数、预算数、决算数应与财政部门名录（台账）中同一年度的数一致。"
    "名录只写“预算数”的，与年初预算数或全年预算数之一相符即可。不一致时请核对是材料填错还是名录有误，并说明口径。",
)
def amounts(ledger: Ledger) -> Iterator[Examination]:
    entry = ledger.around.entry
    if entry is None or not ledger.around.booked:
        return
    for name, paths in BOOKED.items():
        figure = entry.figures.get(name)
        if figure is not None:
            yield from _booked(ledger, name, figure, paths)


@rule(
    "register.missing",
    Severity.WARNING,
    title="下属单位尚未报送",
    explain="财政部门名录中由本部门主管、应报送自评材料的单位，本年度还没有报送的列在这里。"
    "请通知这些单位报送；不需要报送的，请在名录的“是否报送”中填“否”。",
)
def missing(ledger: Ledger) -> Iterator[Examination]:
    due = [unit for unit in ledger.around.units if unit.entry.must_submit]
    if not due:
        return
    if not ledger.around.booked:
        yield UNCHECKED
        return
    lacking = [f"{unit.entry.name}（{unit.entry.code}）" for unit in due if unit.report is None]
    if not lacking:
        yield EXACT
        return
    named = "、".join(lacking[:MOST_NAMED]) + (" 等" if len(lacking) > MOST_NAMED else "")
    message = f"按名录应报送的下属单位 {len(due)} 个，还有 {len(lacking)} 个没有报送：{named}"
    yield Examination(Verdict.BROKEN, message, cites=("department",))


@rule(
    "register.units_sum",
    Severity.WARNING,
    title="下属单位合计",
    explain="主管部门的整体支出包括本级和所属单位。已报送单位的合计不应超过主管部门的数；"
    "所属单位（含本级）都已报送的，合计应与主管部门的数相等。只含本级的材料不作比较。"
    "请核对主管部门是否只填了本级的数，或单位的数有无填错。",
)
def units_sum(ledger: Ledger) -> Iterator[Examination]:
    units = ledger.around.units
    reports = [unit.report for unit in units if unit.report is not None]
    if not reports:
        return
    if _office_alone(ledger):
        yield UNCHECKED
        return
    entry = ledger.around.entry
    has_office = entry is not None and any(_is_office_of(entry, unit.entry) for unit in units)
    told = [dict(figures(report)) for report in reports]
    for path in SUMMED:
        found = [one.get(path, MISSING) for one in told]
        parts = [figure for figure in found if isinstance(figure, Quantity)]
        whole = has_office and len(parts) == len(units)
        yield from _summed(ledger.term(path), parts, len(parts) == len(found), whole)


def _booked(ledger: Ledger, name: BookFigure, booked: Quantity, paths: Sequence[str]) -> Examined:
    """The report's figure against the books'; for a department with units its own alone or all together."""
    told = ledger.terms(paths)
    here = f"财政部门名录（{_place(booked)}）中{BOOK_WORDS[name]}"
    readings = [booked]
    together = _with_units(ledger, name, booked)
    if together is not None:
        readings.append(together)
    options = []
    for reading in readings:
        other = Term("", reading, _interval(reading), ledger.report, here)
        options += [tie_equal(term, other) for term in told]
    known = [option for option in options if option != (UNCHECKED,)]
    kindest = best(known) or best(options)
    return tuple(_own_cites(one, ledger.around.units != ()) for one in kindest)


def _place(booked: Quantity) -> str:
    """«台账.xlsx 第5行»."""
    locus = booked.locus
    if locus is None:
        return "台账"
    return locus.source if locus.row is None else f"{locus.source} 第{locus.row + 1}行"


def _own_cites(examination: Examination, has_units: bool) -> Examination:
    """Cited is what the report says. Whether a parent's books are its own or all its units' is not said,
    so that is no more than a warning."""
    severity = Severity.WARNING if has_units else None
    cites = tuple(path for path in examination.cites if path)
    return replace(examination, cites=cites, severity=severity, equation=False)


def _with_units(ledger: Ledger, name: BookFigure, booked: Quantity) -> Quantity | None:
    """The books' figure of the department and its units together, where they give it for each."""
    units = [unit.entry.figures.get(name) for unit in ledger.around.units]
    known = [figure for figure in units if figure is not None]
    if not units or len(known) < len(units):
        return None
    return replace(booked, value=sum((figure.value for figure in known), booked.value))


def _interval(figure: Quantity) -> Interval:
    return exactly(figure.value) if figure.kind == "count" else around(figure.value, figure.step)


def _summed(total: Term, parts: Sequence[Quantity], all_told: bool, whole: bool) -> Examined:
    """The units' figures against the parent's: together no more, and as much where they are the whole."""
    if not parts or isinstance(total.figure, Absent) or total.interval is None:
        return (UNCHECKED,) if parts or isinstance(total.figure, Quantity) else ()
    added = total_of([_interval(part) for part in parts])
    verdict = (agree if whole else at_most)(added, total.interval)
    if verdict is Verdict.EXACT:
        return (EXACT,) if all_told else (UNCHECKED,)
    style = style_of([total, *(Term("", part, None, total.report) for part in parts)])
    apart = added.value - total.interval.value
    relation = "不等于" if whole else "超过"
    message = (
        f"已报送的 {len(parts)} 个下属单位{total.label}合计 {style.number(added.value)}，"
        f"{relation}本部门的 {style.own(total.figure)}，差 {style.apart(apart)}{remark(verdict)}"
    )
    numbers = (trimmed(total.interval.value), trimmed(added.value), trimmed(abs(apart)))
    hint = "" if whole else "本部门的材料可能只含本级"
    return (Examination(verdict, message, *numbers, cites=(total.path,), hint=hint),)


def _office_alone(ledger: Ledger) -> bool:
    """Whether the report is of the department's own office: it says so, or the books do (what they give
    of it is less than what they give of its units)."""
    report, entry = ledger.report, ledger.around.entry
    if any(OFFICE_ITSELF.search(department_key(name)) for name in _names(report)):
        return True
    if entry is None:
        return False
    for name in ("executed", "annual_budget", "budget"):
        own = entry.figures.get(name)
        units = [unit.entry.figures.get(name) for unit in ledger.around.units]
        if own is not None and own.value < sum(figure.value for figure in units if figure is not None):
            return True
    return False


def _names(report: Report) -> Iterator[str]:
    yield report.department
    yield from (named.value for named in report.names)
    for words in (*(part.title for part in report.parts), *(source.name for source in report.sources)):
        if "本级" in words:
            yield "本级"


def _is_office_of(parent: Entry, unit: Entry) -> bool:
    return OFFICE_ITSELF.sub("", unit.name) in parent.names and unit.name not in parent.names
