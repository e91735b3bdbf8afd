"""Rules of who and when, and of whose words: one department, one code, one year in all parts, no words of
the template or of another unit of money left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from extract.document import Locus
from extract.report import Named
from reconcile.finding import Severity, Verdict
from reconcile.interval import Interval, agree
from reconcile.ledger import Ledger, Term
from reconcile.message import shortened, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination, rule

MOST_LEFTOVERS = 5
HUNDRED, TEN_THOUSAND = 100, 10000
SAME_MONEY = {
    "total_expenditure": ("funding.executed",),
    "basic_expenditure": ("funding.by_nature.basic",),
    "project_expenditure": ("funding.by_nature.project", "expenses.project.final"),
    "goods_services": ("expenses.operating.final",),
    "government_fund": ("funding.by_source.government_fund",),
    **{
        f"{item}.{period}": (f"expenses.{item}.{period}",)
        for item in ("three_public", "reception", "overseas", "vehicles")
        for period in ("budget", "final")
    },
}
"""What the narrative tells, and where the tables give the same amount."""


@rule(
    "identity.department",
    Severity.ERROR,
    title="部门名称一致",
    explain="各份材料中的部门名称、预算编码应是同一个。出现别的部门，多半是套用了其他单位的材料没有改完，或交错了文件。"
    "请核对部门名称和编码，改正后重新提交。",
)
def department(ledger: Ledger) -> Iterator[Examination]:
    report = ledger.report
    if len(report.names) >= 2:
        own = report.department or _commonest(report.names)
        yield from _others("部门名称", own, report.names)
    if len(report.codes) >= 2:
        yield from _others("预算编码", report.department_code or _commonest(report.codes), report.codes)


@rule(
    "identity.year",
    Severity.ERROR,
    title="年度一致",
    explain="各份材料标题和表头中的年度应是同一个，报告日期应在该年度结束之后。年度不一致多半是沿用了上年的模板。"
    "请核对年度和报告日期后改正，并确认各数取自同一年度。",
)
def year(ledger: Ledger) -> Iterator[Examination]:
    report = ledger.report
    if report.fiscal_year is None:
        if report.years:
            yield UNCHECKED
        return
    wrong: dict[int, list[Examination]] = {}
    for mention in report.years:
        if mention.year == report.fiscal_year:
            yield EXACT
        elif mention.year not in wrong:
            places = tuple(m.locus for m in report.years if m.year == mention.year and m.locus is not None)
            message = f"材料中有的写 {report.fiscal_year} 年度，有的写 {mention.year} 年度"
            wrong[mention.year] = [
                Examination(Verdict.BROKEN, message, cites=("fiscal_year",), places=places)
            ]
    for examinations in wrong.values():
        yield from examinations
    if report.report_date is None:
        yield UNCHECKED
    elif report.report_date >= date(report.fiscal_year, 12, 31):
        yield EXACT
    else:
        printed = f"{report.report_date:%Y年%m月%d日}"
        message = f"报告日期为 {printed}，{report.fiscal_year} 年度还没有结束"
        yield Examination(Verdict.BROKEN, message, cites=("report_date", "fiscal_year"))


@rule(
    "identity.template",
    Severity.WARNING,
    title="模板内容没有改完",
    explain="材料中不应留有模板的选择项、填写提示和空位，如“下降（增长）”“（100字以内）”“XX”“占 %”。"
    "留着说明这一处没有按本单位的情况填写，数也可能是漏填的。请按提示的位置逐处改成本单位的内容或删去。",
)
def template(ledger: Ledger) -> Iterator[Examination]:
    places: dict[str, list[Locus]] = {}
    for entry in ledger.report.unrecognised:
        if entry.what == "leftover":
            places.setdefault(shortened(entry.text, 40), []).extend(filter(None, [entry.locus]))
    if not places:
        yield from _unread(ledger)
    told = list(places.items())
    for text, loci in told[:MOST_LEFTOVERS]:
        times = f"，共 {len(loci)} 处" if len(loci) > 1 else ""
        message = f"模板里的“{text}”没有改成本单位的内容{times}"
        yield Examination(Verdict.BROKEN, message, places=tuple(loci))
    if rest := told[MOST_LEFTOVERS:]:
        further = tuple(locus for _, loci in rest for locus in loci)
        message = f"另有 {len(further) or len(rest)} 处模板里的内容没有改，如“{rest[0][0]}”"
        yield Examination(Verdict.BROKEN, message, places=further)


@rule(
    "identity.units",
    Severity.WARNING,
    title="金额单位",
    explain="同一个数在自评报告和表中、在报告前后，单位应是同一个，金额一般以万元为单位。"
    "两处正好相差一万倍，多半是该写“万元”的写成了“元”，或填表时没有换算。请核对单位后改正写错的一处。",
)
def units(ledger: Ledger) -> Iterator[Examination]:
    for code, paths in SAME_MONEY.items():
        known = [term for term in (*ledger.terms(paths), *ledger.mentions(code)) if _is_amount(term)]
        if len(known) < 2:
            yield from [UNCHECKED] * len(known)
            continue
        slips = [term for term in known[1:] if _ten_thousandfold(known[0], term)]
        yield _units_apart(slips[0], known[0]) if slips else EXACT


def _unread(ledger: Ledger) -> Iterator[Examination]:
    """Nothing left of a template: fine where there was a narrative to look at."""
    if ledger.report.parts:
        yield EXACT if ledger.report.has("narrative") else UNCHECKED


def _place(path: str) -> str:
    if path.startswith("narrative"):
        return "自评报告中"
    return "基础数据表中" if path.startswith("expenses") else "自评表中"


def _is_amount(term: Term) -> bool:
    return term.interval is not None and term.interval.divides


def _ten_thousandfold(one: Term, other: Term) -> bool:
    assert one.interval is not None
    assert other.interval is not None
    small, large = sorted((one.interval, other.interval), key=lambda interval: abs(interval.value))
    if abs(large.value) < abs(small.value) * HUNDRED:
        return False
    ends = (small.value, small.low, small.high, small.step)
    scaled = Interval(*(end * TEN_THOUSAND for end in ends))
    certain = HUNDRED * scaled.step <= abs(scaled.value)
    return certain and agree(scaled, large) is Verdict.EXACT


def _units_apart(found: Term, expected: Term) -> Examination:
    said = [style_of([term]).spoken(term.told_in(_place(term.path))) for term in (found, expected)]
    message = f"{said[0]}，{said[1]}，正好相差一万倍，可能有一处的单位（元、万元）写错"
    return Examination(Verdict.BROKEN, message, cites=(found.path, expected.path))


def _others(what: str, own: str, named: Sequence[Named]) -> Iterator[Examination]:
    """One examination a name: the department's own, short or whole, or each other one once."""
    told: set[str] = set()
    for one in named:
        if _same(own, one.value):
            yield EXACT
        elif one.value not in told:
            told.add(one.value)
            places = tuple(n.locus for n in named if n.value == one.value and n.locus is not None)
            message = f"{what}不一致：一处为“{shortened(own, 30)}”，另一处为“{shortened(one.value, 30)}”"
            path = "department" if what == "部门名称" else "department_code"
            yield Examination(Verdict.BROKEN, message, cites=(path,), places=places)


def _same(one: str, other: str) -> bool:
    """Whether one is the other, or an abbreviation of it: its characters in the same order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short if character not in "和与及、（）()")


def _commonest(named: Sequence[Named]) -> str:
    return Counter(one.value for one in named).most_common(1)[0][0]
