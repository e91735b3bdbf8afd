"""An invented submission in which everything ties, built from its leaves.

The leaves are true amounts in 万元 (any number of places); totals, rates and scores follow from them,
and everything is printed rounded to the places asked for, as an honest bookkeeper would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from extract.document import Locus
from extract.quantity import Absence, Absent, Figure, Kind, Quantity
from extract.report import (
    Amount,
    Construction,
    ExpenseRow,
    Funding,
    FundingNatures,
    FundingSources,
    Indicator,
    ListedSum,
    Named,
    NarrativeFigure,
    Part,
    ProjectForm,
    Report,
    Share,
    SignOff,
    Staffing,
    Text,
    YearMention,
)

PERIODS = ("prior_final", "budget", "final")
LEAVES: Mapping[str, str] = {
    "vehicle_purchase": "0 0 0",
    "vehicle_running": "2.10 2.00 1.65",
    "overseas": "0 0 0",
    "reception": "1.10 1.00 0.80",
    "business": "100 121.50 120.25",
    "operations": "50 99 98",
    "fund_one": "60 60 60",
    "fund_two": "0 40 40",
    "office": "20.10 22.00 21.30",
    "utilities_travel": "10.00 11.00 10.80",
    "meeting_training": "3.00 3.50 2.90",
    "operating_rest": "46.90 48.50 48.40",
    "procurement": "12.00 15.00 14.20",
    "wages": "280.00",
    "transfers": "60.95",
    "debt_interest": "0",
    "capital": "3.00",
    "other_expenditure": "0",
    "government_fund": "7.50",
    "unspent": "14.40",
    "adjusted": "60.00",
    "first_project": "218.25",
    "first_unspent": "1.75",
}
SCORES = ("15", "14.5", "10", "10", "15", "15", "10")


@dataclass(frozen=True, slots=True)
class Printing:
    """How many places money is printed with, and in the narrative; whether tables are in 元 (and 分, with
    two places); how tables print a nought."""

    places: int = 2
    told: int = 2
    yuan: bool = False
    nought: Absence | None = None


class Printer:
    """Gives every figure the next place of its file."""

    def __init__(
        self, source: str, places: int, *, yuan: bool = False, nought: Absence | None = None
    ) -> None:
        self.source = source
        self.places = places
        self.yuan = yuan
        self.nought = nought
        self.rows = count()

    def locus(self) -> Locus:
        return Locus(self.source, page=1, table=1, row=next(self.rows), column=1)

    def money(self, value: Decimal) -> Quantity:
        if self.yuan:
            printed = self.figure(value * 10000, self.places, "money", "元")
            return replace(printed, value=printed.value / 10000, step=printed.step / 10000)
        # Nobody tells 0.3 as a nought: what is too small for whole amounts gets two places.
        places = 2 if not self.places and value and not _rounded(value, 0) else self.places
        return self.figure(value, places, "money", "万元")

    def cell(self, value: Decimal) -> Figure:
        """An amount in a table that may leave noughts blank."""
        return self.money(value) if value or self.nought is None else Absent(self.nought, locus=self.locus())

    def count(self, value: int) -> Quantity:
        return self.figure(Decimal(value), 0, "count", "人")

    def points(self, value: Decimal | str) -> Quantity:
        places = 2 if Decimal(value) != Decimal(value).to_integral() else 0
        return self.figure(Decimal(value), places, "score", "")

    def rate(self, value: Decimal) -> Quantity:
        percent = _rounded(value * 100, 2)
        return Quantity(percent / 100, Decimal("0.0001"), "rate", "%", f"{percent}%", self.locus())

    def figure(self, value: Decimal, places: int, kind: Kind, unit: str) -> Quantity:
        printed = _rounded(value, places)
        return Quantity(printed, Decimal(1).scaleb(-places), kind, unit, f"{printed}", self.locus())


def leaves(**changed: str) -> dict[str, tuple[Decimal, ...]]:
    texts = {**LEAVES, **changed}
    return {name: tuple(Decimal(word) for word in text.split()) for name, text in texts.items()}


def consistent(
    amounts: Mapping[str, tuple[Decimal, ...]] | None = None,
    printing: Printing | None = None,
    scores: tuple[str, ...] = SCORES,
) -> Report:
    """The submission of an invented station, from its leaves."""
    leaf = amounts or leaves()
    how = printing or Printing()
    final = {name: values[-1] for name, values in leaf.items()}
    project = sum((final[n] for n in ("business", "operations", "fund_one", "fund_two")), Decimal(0))
    operating = _operating(leaf)[-1]
    classes = ("wages", "transfers", "debt_interest", "capital", "other_expenditure")
    basic = operating + sum((final[name] for name in classes), Decimal(0))
    executed = basic + project
    annual = executed + final["unspent"]
    form = Printer("自评表.docx", how.places, yuan=how.yuan, nought=how.nought)
    rate = executed / annual
    rows = _indicators(form, executed, scores)
    total = sum((Decimal(score) for score in scores), Decimal(0)) + 10 * rate
    told = Printer("自评报告.docx", how.told)
    return Report(
        department="青禾县渔政管理站",
        department_code="905031",
        fiscal_year=2024,
        report_date=date(2025, 3, 20),
        parts=(
            Part("base", "基础数据表.docx"),
            Part("form", "自评表.docx"),
            Part("narrative", "自评报告.docx"),
        ),
        staffing=_staffing(),
        expenses=_expenses(leaf, how),
        construction=(_building(),),
        thrift_measures=Text("严格审批，压减会议"),
        funding=Funding(
            form.money(annual - final["adjusted"]),
            form.money(annual),
            form.money(executed),
            form.points("10"),
            form.rate(rate),
            form.points(10 * rate),
            FundingSources(
                form.cell(executed - final["government_fund"]),
                form.cell(final["government_fund"]),
                form.cell(Decimal(0)),
                form.cell(Decimal(0)),
            ),
            FundingNatures(form.cell(basic), form.cell(project)),
        ),
        indicators=rows,
        total_score=form.points(total),
        grade=Text(_grade(total), form.locus()),
        narrative=_narrative(told, leaf, basic, project, scores, total),
        listed_sums=_listed(told),
        shares=_shares(told, basic, executed),
        projects=_projects(final, project),
        sign_offs=(SignOff("单位负责人签字", True, Locus("自评表.docx", paragraph=9)),),
        names=(Named("form", "青禾县渔政管理站"), Named("base", "县渔政管理站")),
        codes=(Named("form", "905031"),),
        years=(YearMention("form", 2024), YearMention("base", 2024), YearMention("narrative", 2024)),
    )


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _grade(total: Decimal) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def _staffing() -> Staffing:
    base = Printer("基础数据表.docx", 2)
    return Staffing(base.count(30), base.count(27), base.rate(Decimal("0.9")))


def _operating(leaf: Mapping[str, tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
    names = ("office", "utilities_travel", "meeting_training", "operating_rest")
    return _added(*(leaf[name] for name in names))


def _added(*columns: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(sum(values, Decimal(0)) for values in zip(*columns, strict=True))


def _expenses(leaf: Mapping[str, tuple[Decimal, ...]], how: Printing) -> tuple[ExpenseRow, ...]:
    base = Printer("基础数据表.docx", how.places, yuan=how.yuan, nought=how.nought)
    vehicles = _added(leaf["vehicle_purchase"], leaf["vehicle_running"])
    projects = [leaf[name] for name in ("business", "operations", "fund_one", "fund_two")]
    rows = (
        ("three_public", "三公经费", _added(vehicles, leaf["overseas"], leaf["reception"])),
        ("vehicles", "1、公务用车购置和维护经费", vehicles),
        ("vehicle_purchase", "其中：公车购置", leaf["vehicle_purchase"]),
        ("vehicle_running", "公车运行维护", leaf["vehicle_running"]),
        ("overseas", "2、出国经费", leaf["overseas"]),
        ("reception", "3、公务接待", leaf["reception"]),
        ("project", "项目支出", _added(*projects)),
        ("project_business", "1、业务工作经费", leaf["business"]),
        ("project_operations", "2、运行维护经费", leaf["operations"]),
        ("project_special", "增殖放流专项", leaf["fund_one"]),
        ("project_special", "渔港维护专项", leaf["fund_two"]),
        ("operating", "公用经费", _operating(leaf)),
        ("office", "其中：办公经费", leaf["office"]),
        ("utilities_travel", "水费、电费、差旅费", leaf["utilities_travel"]),
        ("meeting_training", "会议费、培训费", leaf["meeting_training"]),
        ("procurement", "政府采购金额", leaf["procurement"]),
        ("basic_adjustment", "部门基本支出预算调整", (Decimal(0),) * 3),
    )
    return tuple(_row(base, item, label, values) for item, label, values in rows)


def _row(base: Printer, item: str, label: str, values: tuple[Decimal, ...]) -> ExpenseRow:
    before, budget, final = (base.cell(value) for value in values)
    return ExpenseRow(item, label, before, budget, final)


def _building() -> Construction:
    base = Printer("基础数据表.docx", 2)
    rate = Decimal("0.95")
    approved, actual = (base.figure(Decimal(value), 0, "area", "") for value in (1200, 1140))
    budgeted, invested = (base.money(Decimal(value)) for value in (300, 285))
    return Construction("渔港值班房", approved, actual, base.rate(rate), budgeted, invested, base.rate(rate))


def _indicators(form: Printer, executed: Decimal, scores: tuple[str, ...]) -> tuple[Indicator, ...]:
    cost = f"{_rounded(executed, 2)}万元"
    rows = (
        ("产出指标", "数量指标", "检查渔船", "≥120艘次", "128艘次", "15"),
        ("产出指标", "质量指标", "水域检查覆盖率", "≥95%", "93%", "15"),
        ("产出指标", "时效指标", "休渔检查完成时间", "6月30日之前", "6月25日", "10"),
        ("成本指标", "经济成本指标", "预算控制数", f"≤{cost}", cost, "10"),
        ("效益指标", "社会效益指标", "带动转产渔民", "≥20户", "22户", "15"),
        ("效益指标", "生态效益指标", "水域环境", "持续改善", "持续改善", "15"),
        ("满意度指标", "服务对象满意度指标", "渔民满意度", "≥90%", "92%", "10"),
    )
    return tuple(
        Indicator(
            level1,
            level2,
            level3,
            Text(target, form.locus()),
            Text(actual, form.locus()),
            form.points(weight),
            form.points(score),
            "偏远水域尚未覆盖，下年增加巡查" if Decimal(score) < Decimal(weight) else "",
        )
        for (level1, level2, level3, target, actual, weight), score in zip(rows, scores, strict=True)
    )


def _narrative(
    told: Printer,
    leaf: Mapping[str, tuple[Decimal, ...]],
    basic: Decimal,
    project: Decimal,
    scores: tuple[str, ...],
    total: Decimal,
) -> tuple[NarrativeFigure, ...]:
    operating = _operating(leaf)[-1]
    vehicles = _added(leaf["vehicle_purchase"], leaf["vehicle_running"])
    three = _added(vehicles, leaf["overseas"], leaf["reception"])
    points = [Decimal(score) for score in scores]
    told_money = [
        ("总支出句", "total_expenditure", basic + project),
        ("总支出句", "basic_expenditure", basic),
        ("总支出句", "project_expenditure", project),
        ("基本支出句", "basic_expenditure", basic),
        ("基本支出句", "wages", leaf["wages"][-1]),
        ("基本支出句", "goods_services", operating),
        *(("基本支出句", name, leaf[name][-1]) for name in ("transfers", "debt_interest", "capital")),
        ("基本支出句", "other_expenditure", leaf["other_expenditure"][-1]),
        ("项目支出句", "project_expenditure", project),
        *(
            (f"三公{period}句", f"{item}.{period}", values[place])
            for place, period in ((1, "budget"), (2, "final"))
            for item, values in (
                ("three_public", three),
                ("reception", leaf["reception"]),
                ("overseas", leaf["overseas"]),
                ("vehicles", vehicles),
            )
        ),
        ("基金句", "government_fund", leaf["government_fund"][-1]),
    ]
    told_points = [
        ("结论句", "total_score", total),
        ("产出句", "output.weight", Decimal(50)),
        ("产出句", "output.score", sum(points[:4], Decimal(0))),
        ("效益句", "benefit.weight", Decimal(30)),
        ("效益句", "benefit.score", sum(points[4:6], Decimal(0))),
        ("满意度句", "satisfaction.weight", Decimal(10)),
        ("满意度句", "satisfaction.score", points[6]),
    ]
    return (
        NarrativeFigure("authorized", told.count(30), "人员句"),
        NarrativeFigure("on_duty", told.count(27), "人员句"),
        *(NarrativeFigure(code, told.money(value), text) for text, code, value in told_money),
        *(NarrativeFigure(code, told.points(value), text) for text, code, value in told_points),
        NarrativeFigure("grade", Absent("missing"), "结论句", word=_grade(total), locus=told.locus()),
    )


def _listed(told: Printer) -> tuple[ListedSum, ...]:
    def amounts(*pairs: tuple[str, str]) -> tuple[Amount, ...]:
        return tuple(Amount(label, told.money(Decimal(value))) for label, value in pairs)

    training, bought = amounts(("培训经费", "12.00"), ("采购金额", "14.20"))
    return (
        ListedSum(training, amounts(("船员培训", "5.00"), ("执法培训", "4.00")), False, "培训句"),
        ListedSum(bought, amounts(("货物", "8.20"), ("服务", "6.00")), True, "采购句"),
    )


def _shares(told: Printer, basic: Decimal, executed: Decimal) -> tuple[Share, ...]:
    def amount(label: str, value: Decimal) -> Amount:
        return Amount(label, told.money(value))

    now, before = Decimal("24.50"), Decimal("32.00")
    return (
        Share(
            "share",
            told.rate(basic / executed),
            amount("基本支出", basic),
            amount("决算支出", executed),
            "占比句",
        ),
        Share(
            "change",
            told.rate(now / before - 1),
            amount("油料费", now),
            amount("上年油料费", before),
            "增减句",
        ),
    )


def _projects(final: Mapping[str, Decimal], project: Decimal) -> tuple[ProjectForm, ...]:
    return (
        _project("增殖放流", final["first_project"], final["first_unspent"]),
        _project("渔港维护", project - final["first_project"], Decimal(0)),
    )


def _project(name: str, executed: Decimal, unspent: Decimal) -> ProjectForm:
    form = Printer(f"{name}.docx", 2)
    annual = executed + unspent
    rate = executed / annual if annual else Decimal(1)
    rows = (
        ("产出指标", "数量指标", f"{name}次数", "≥4次", "4次", "50"),
        ("效益指标", "社会效益指标", f"{name}受益户数", "≥50户", "55户", "30"),
        ("满意度指标", "服务对象满意度指标", f"{name}满意度", "≥90%", "95%", "10"),
    )
    indicators = tuple(
        Indicator(one, two, three, Text(target), Text(actual), form.points(weight), form.points(weight))
        for one, two, three, target, actual, weight in rows
    )
    funding = Funding(
        annual_budget=form.money(annual),
        executed=form.money(executed),
        weight=form.points("10"),
        execution_rate=form.rate(rate),
        score=form.points(10 * rate),
    )
    total = form.points(90 + 10 * rate)
    return ProjectForm(name, funding, indicators=indicators, total_score=total, grade=Text("优"))
