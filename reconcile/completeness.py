"""Rules of what must be there: the three parts, the cells of each, one version of every part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.document import Locus
from extract.paths import CONSTRUCTION_FIGURES
from extract.quantity import Absent, Quantity
from extract.report import PERIODS, PartName, SignOff
from reconcile.finding import Severity, Verdict
from reconcile.ledger import Ledger, Term
from reconcile.message import shortened, style_of
from reconcile.rule import EXACT, UNCHECKED, Examination, rule

PARTS: tuple[tuple[PartName, str], ...] = (
    ("base", "附件2 基础数据表"),
    ("form", "附件3 自评表"),
    ("narrative", "附件1 自评报告"),
)
MAIN_ROWS = ("three_public", "project", "operating")
OPTIONAL_ROWS = {"procurement": "政府采购金额", "basic_adjustment": "部门基本支出预算调整"}
COVER = ("报告日期", "报告时间")
"""Lines of the cover, where the code stands too."""
NAMED = 6


@rule(
    "completeness.parts",
    Severity.ERROR,
    title="三份材料齐全",
    explain="一个部门的自评材料应有三份：基础数据表（附件2）、自评表（附件3）、自评报告（附件1）。缺一份就无法相互核对。"
    "请补交缺少的材料；已经交了的，请检查文件是否读得出来、标题是否规范。",
)
def parts(ledger: Ledger) -> Iterator[Examination]:
    report = ledger.report
    lacking = [label for name, label in PARTS if not report.has(name)]
    if not lacking:
        yield EXACT
        return
    only_projects = len(lacking) == len(PARTS) and (report.has("project") or report.projects)
    extra = "，只有项目支出绩效自评表" if only_projects else ""
    yield Examination(Verdict.BROKEN, f"缺少{'、'.join(lacking)}{extra}")


@rule(
    "completeness.cells",
    Severity.WARNING,
    title="必填项",
    explain="基础数据表、自评表中印有的应填栏目不能空着；没有发生的填 0 或“无”，签字、日期也要填全。"
    "空着看不出是没有发生还是漏填。请按提示逐项补填。",
)
def cells(ledger: Ledger) -> Iterator[Examination]:
    for name, label in PARTS:
        if not ledger.report.has(name) or name == "narrative":
            continue
        required = _BASE if name == "base" else _FORM
        blank = list(_base(ledger) if name == "base" else _form(ledger))
        blank += _unsigned(ledger, name)
        if blank:
            yield _blanks(label.partition(" ")[2], blank)
        else:
            yield UNCHECKED if any(term.missing for term in ledger.terms(required)) else EXACT


@rule(
    "completeness.conflict",
    Severity.ERROR,
    title="同一材料两个版本不一致",
    explain="同一份材料交了两个版本，其中的数不一样，无法确定以哪个为准。请核对后只保留正确的一份重新提交。",
)
def conflict(ledger: Ledger) -> Iterator[Examination]:
    for clash in ledger.report.conflicts:
        both = (clash.first, clash.second)
        first, second = (Term(clash.path, figure, None, ledger.report) for figure in both)
        places = [figure.locus for figure in both if figure.locus is not None]
        one, other = _version(first), _version(second)
        apart = ""
        difference = None
        if isinstance(clash.first, Quantity) and isinstance(clash.second, Quantity):
            difference = abs(clash.first.value - clash.second.value)
            apart = f"，差 {style_of([first, second]).apart(difference)}"
        yield Examination(
            Verdict.BROKEN,
            f"两份材料中{first.label}不一致：一份{one}，另一份{other}{apart}",
            expected=clash.first.value if isinstance(clash.first, Quantity) else None,
            found=clash.second.value if isinstance(clash.second, Quantity) else None,
            difference=difference,
            cites=(clash.path,),
            places=tuple(places),
            equation=True,
        )


_BASE = (
    *(f"staffing.{name}" for name in ("authorized", "on_duty", "control_rate")),
    *(f"expenses.{item}.{period}" for item in MAIN_ROWS for period in PERIODS),
)
_FORM = ("funding.annual_budget", "funding.executed", "total_score")
_Blank = tuple[str, str, Locus | None]
"""What is blank: its name, its path (empty for words), its place."""


def _base(ledger: Ledger) -> Iterator[_Blank]:
    report = ledger.report
    yield from _unfilled(ledger, _BASE)
    for item, label in OPTIONAL_ROWS.items():
        rows = ledger.rows(item)
        paths = [f"expenses.{key}.{period}" for key, _ in rows for period in PERIODS]
        if rows and all(_is_blank(ledger.term(path)) for path in paths):
            yield label, paths[-1], ledger.figure(paths[-1]).locus
    buildings = range(len(report.construction))
    figures = [f"construction.{index}.{name}" for index in buildings for name in CONSTRUCTION_FIGURES]
    printed = bool(figures) or report.thrift_measures is not None
    if printed and all(_is_blank(ledger.term(path)) for path in figures):
        yield "楼堂馆所控制情况", "", None
    if report.thrift_measures is not None and not report.thrift_measures.value.strip():
        yield "厉行节约保障措施", "", report.thrift_measures.locus


def _form(ledger: Ledger) -> Iterator[_Blank]:
    report = ledger.report
    yield from _unfilled(ledger, _FORM)
    if report.grade is not None and not report.grade.value.strip():
        yield "评价等次", "grade", report.grade.locus
    if not report.department_code and any(word in line.label for line in report.sign_offs for word in COVER):
        yield "预算编码", "department_code", None


def _unfilled(ledger: Ledger, paths: Iterable[str]) -> Iterator[_Blank]:
    for term in ledger.terms(paths):
        if term.unreadable:
            yield f"{term.label}（“{shortened(term.figure.text, 10)}”认不出）", term.path, term.figure.locus
        elif isinstance(term.figure, Absent) and term.figure.why == "blank":
            yield term.label, term.path, term.figure.locus


def _unsigned(ledger: Ledger, part: PartName) -> list[_Blank]:
    """The part's unsigned lines as one item: those in its file or, with the form, those of no other part."""
    report = ledger.report
    sources = {name: {p.source for p in report.parts if p.name == name} for name in ("base", "form")}

    def belongs(line: SignOff) -> bool:
        source = line.locus.source if line.locus is not None else ""
        of_base = source in sources["base"] and source not in sources["form"]
        return of_base is (part == "base") or not report.has("form")

    lines = [line for line in report.sign_offs if not line.filled and belongs(line)]
    if not lines:
        return []
    places = [line.locus for line in lines]
    return [(f"签字盖章、日期 {len(lines)} 处", "", place) for place in places[:1]]


def _blanks(part: str, blank: Sequence[_Blank]) -> Examination:
    names = [name for name, _, _ in blank]
    said = "、".join(names[:NAMED])
    if len(names) > NAMED:
        said = f"{said} 等 {len(names)} 项"
    places = tuple(dict.fromkeys(place for _, _, place in blank if place is not None))
    cites = tuple(path for _, path, _ in blank if path)
    lacking = "没有填写或认不出" if any("认不出" in name for name in names) else "没有填写"
    return Examination(Verdict.BROKEN, f"{part}中{lacking}：{said}", cites=cites, places=places)


def _is_blank(term: Term) -> bool:
    return isinstance(term.figure, Absent) and term.figure.why in ("blank", "missing")


def _version(term: Term) -> str:
    if isinstance(term.figure, Quantity):
        style = style_of([term])
        return f"为 {style.own(term.figure)} {'' if style.kind == 'rate' else style.unit}".rstrip()
    return "空白" if term.figure.why in ("blank", "missing") else f"为“{shortened(term.figure.text, 10)}”"
