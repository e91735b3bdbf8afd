"""Rules of who and when: one department, one code, one year in all parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.report import Named
from reconcile.finding import Severity, Verdict
from reconcile.ledger import Ledger
from reconcile.message import shortened
from reconcile.rule import EXACT, UNCHECKED, Examination, rule


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
    elif report.report_date.year > report.fiscal_year:
        yield EXACT
    else:
        printed = f"{report.report_date:%Y年%m月%d日}"
        message = f"报告日期为 {printed}，{report.fiscal_year} 年度还没有结束"
        yield Examination(Verdict.BROKEN, message, cites=("report_date", "fiscal_year"))


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
