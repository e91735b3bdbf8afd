"""Rules of who and when, and of whose words: one department, one code, one year in all parts, no words of
the template or of another unit of money left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from extract.bureau import OFFICE_ITSELF, Entry, entry_named
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
        yield from _other_names(ledger, own)
    entry = ledger.around.entry
    codes = report.codes
    if len(codes) >= 2:
        own = report.department_code or _commonest(codes)
        known = () if entry is None else (entry.code,)
        owners = {one.code: one.name for one in ledger.around.register.values()}
        yield from _others("预算编码", own, [one for one in codes if not _one_code(one.value, known)], owners)
        yield from [EXACT for one in codes if _one_code(one.value, known)]
    yield from _against_register(ledger)


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


def _other_names(ledger: Ledger, own: str) -> Iterator[Examination]:
    """The names of the parts: two names of one department of the register are the same, the names of two
    are not, however alike."""
    around = ledger.around
    entry = entry_named(around.register, own) or around.entry
    unknown: list[Named] = []
    of_others: dict[str, list[Named]] = {}
    for one in ledger.report.names:
        other = entry_named(around.register, one.value)
        if entry is None or other is None:
            unknown.append(one)
        elif other.code == entry.code or _is_office(entry, other):
            yield EXACT
        else:
            of_others.setdefault(other.code, []).append(one)
    yield from _others("部门名称", own, unknown)
    for named in of_others.values():
        yield _of_another(own, named, entry, entry_named(around.register, named[0].value))


def _of_another(own: str, named: Sequence[Named], entry: Entry | None, other: Entry | None) -> Examination:
    """Another department's name; that of one above or below, or one so alike, may well be right."""
    assert other is not None
    above = entry is not None and entry.parent == other.code
    below = entry is not None and entry.code == other.parent
    which = "主管部门" if above else "下属单位" if below else "另一部门"
    message = (
        f"部门名称不一致：一处为“{shortened(own, 30)}”，另一处为“{shortened(named[0].value, 30)}”，"
        f"属于财政部门名录中的{which}（{other.code}）"
    )
    places = tuple(one.locus for one in named if one.locus is not None)
    severity = Severity.WARNING if above or below or _same(own, named[0].value) else None
    return Examination(Verdict.BROKEN, message, cites=("department",), places=places, severity=severity)


def _against_register(ledger: Ledger) -> Iterator[Examination]:
    """The department's name and code against the register of its year."""
    around, report = ledger.around, ledger.report
    if not around.booked or not report.department:
        return
    entry = around.entry
    if entry is None:
        message = f"财政部门名录中没有“{shortened(report.department, 30)}”，请核对名称，或在名录中补上"
        yield Examination(Verdict.BROKEN, message, cites=("department",), severity=Severity.WARNING)
        return
    if entry_named(around.register, report.department) is None and not _same(entry.name, report.department):
        message = (
            f"部门名称为“{shortened(report.department, 30)}”，财政部门名录中编码 {entry.code} 的部门是"
            f"“{shortened(entry.name, 30)}”，请核对，或把这个名称记入名录的曾用名"
        )
        yield Examination(Verdict.BROKEN, message, cites=("department",), severity=Severity.WARNING)
    code = report.department_code
    if code is None:
        yield UNCHECKED
        return
    whose = next((one for one in around.register.values() if one.code == code), None)
    akin = whose is not None and entry.code in (whose.code, whose.parent)
    if akin or (whose is None and _one_code(code, (entry.code,))):
        yield EXACT
    else:
        theirs = f"，是名录中“{shortened(whose.name, 30)}”的编码" if whose is not None else ""
        message = f"预算编码为 {code}，财政部门名录中“{shortened(entry.name, 30)}”是 {entry.code}{theirs}"
        severity = None if whose is not None else Severity.WARNING
        yield Examination(Verdict.BROKEN, message, cites=("department_code",), severity=severity)


def _one_code(code: str, known: Sequence[str]) -> bool:
    """Whether a code is one of these, or that of the office under it: 110 and 110001."""
    return any(code.startswith(one) or one.startswith(code) for one in known if code)


def _is_office(one: Entry, other: Entry) -> bool:
    """Whether the one is the other's own office: «云岭县水利局» and «云岭县水利局(本级)»."""
    return OFFICE_ITSELF.sub("", one.name) == OFFICE_ITSELF.sub("", other.name)


def _others(
    what: str, own: str, named: Sequence[Named], owners: Mapping[str, str] | None = None
) -> Iterator[Examination]:
    """One examination a name: the department's own, short or whole, or each other one once; `owners` are
    the departments whose names or codes the register knows."""
    told: set[str] = set()
    for one in named:
        if _same(own, one.value):
            yield EXACT
        elif one.value not in told:
            told.add(one.value)
            places = tuple(n.locus for n in named if n.value == one.value and n.locus is not None)
            message = f"{what}不一致：一处为“{shortened(own, 30)}”，另一处为“{shortened(one.value, 30)}”"
            if owner := (owners or {}).get(one.value):
                message += f"，属于财政部门名录中的“{shortened(owner, 30)}”"
            path = "department" if what == "部门名称" else "department_code"
            yield Examination(Verdict.BROKEN, message, cites=(path,), places=places)


def _same(one: str, other: str) -> bool:
    """Whether one is the other, or an abbreviation of it: its characters in the same order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short if character not in "和与及、（）()")


def _commonest(named: Sequence[Named]) -> str:
    return Counter(one.value for one in named).most_common(1)[0][0]
