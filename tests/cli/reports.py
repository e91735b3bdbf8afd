"""Small reports of invented departments, made by hand: what the outputs are given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extract.document import Locus, Source
from extract.quantity import Absent, Kind, Quantity
from extract.report import (
    Construction,
    ExpenseRow,
    Funding,
    FundingNatures,
    FundingSources,
    Goals,
    Indicator,
    NarrativeFigure,
    Part,
    Report,
    Reviewer,
    Staffing,
    Text,
    Unrecognised,
)
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict

FORM = "附件3.docx"
BLANK = Absent("blank")


def q(text: str, kind: Kind = "money", row: int | None = None, column: int | None = None) -> Quantity:
    """A figure as printed; a percentage becomes a fraction."""
    number = Decimal(text.rstrip("%"))
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    scale = Decimal("0.01") if kind == "rate" else Decimal(1)
    unit = {"money": "万元", "rate": "%", "count": "人", "score": "分"}.get(kind, "")
    locus = Locus(FORM, page=3, table=2, row=row, column=column) if row is not None else None
    return Quantity(number * scale, step * scale, kind, unit, text, locus)


def source(name: str, digest: str = "a") -> Source:
    return Source(name, f"云岭县/{name}", digest * 64, "application/vnd.openxmlformats", 4096, "docx", 4)


WATER = Report(
    department="云岭县水利局",
    department_code="110001",
    fiscal_year=2024,
    report_date=date(2025, 6, 30),
    sources=(source(FORM), source("附件1.docx", "b")),
    parts=(Part("form", FORM, "整体支出绩效自评表"), Part("narrative", "附件1.docx", "自评报告")),
    staffing=Staffing(q("24", "count"), q("23", "count"), q("95.83%", "rate")),
    expenses=(
        ExpenseRow("three_public", "三公经费", q("0.41"), q("1.80"), q("0.96")),
        ExpenseRow(None, "防汛值班补助", BLANK, Absent("unreadable", "约二万"), q("2.00")),
    ),
    construction=(Construction("泵站管理房", q("300", "area"), q("300", "area"), q("100%", "rate")),),
    thrift_measures=Text("严格执行公务接待标准。"),
    funding=Funding(
        initial_budget=q("615.20", row=4, column=4),
        annual_budget=q("1370.68", row=4, column=5),
        executed=q("1370.68", row=4, column=6),
        weight=q("10", "score"),
        execution_rate=q("100%", "rate"),
        score=q("10", "score"),
        by_source=FundingSources(q("1361.52"), q("9.16"), Absent("dash", "/"), BLANK),
        by_nature=FundingNatures(q("701.92", row=6, column=6), q("661.46", row=7, column=6)),
    ),
    goals=Goals(Text("完成三座水库除险加固。"), Text("已完成。")),
    indicators=(
        Indicator(
            "产出指标", "数量指标", "巡查次数", Text("≥4次"), Text("4次"), q("50", "score"), q("50", "score")
        ),
        Indicator(
            "产出指标", "质量指标", "合格率", Text("100%"), Text(""), q("40", "score"), BLANK, "未验收"
        ),
    ),
    total_score=q("100", "score"),
    grade=Text("优"),
    narrative=(
        NarrativeFigure("basic_expenditure", q("701.92"), "基本支出701.92万元。"),
        NarrativeFigure("grade", Absent("missing"), "自评等次为优。", word="优"),
        NarrativeFigure("basic_expenditure", q("702"), "基本支出约702万元。"),
    ),
    reviewers=(Reviewer("某评审员", "科长", "某单位"),),
    unrecognised=(Unrecognised("table", "节水宣传活动表", Locus(FORM, page=5, table=4)),),
    warnings=("附件3.docx 第5页的表没有看懂",),
)

NATURE_SUM = Finding(
    "funding.nature_sum",
    Severity.ERROR,
    Verdict.BROKEN,
    "基本支出 701.92 + 项目支出 661.46 = 1363.38，年度资金总额（全年执行数）1370.68，差 7.30 万元",
    Decimal("1363.38"),
    Decimal("1370.68"),
    Decimal("7.30"),
    ("funding.by_nature.basic", "funding.by_nature.project", "funding.executed"),
    (
        Locus(FORM, page=3, table=2, row=6, column=6, box=(10.0, 20.0, 30.0, 40.0)),
        Locus(FORM, page=3, table=2, row=7, column=6),
        Locus(FORM, page=3, table=2, row=4, column=6),
    ),
    "可能：差额 7.30 漏列了一项支出",
)
MISSED = Finding(
    "indicator.unmeasurable",
    Severity.WARNING,
    Verdict.SUSPECT,
    "指标「合格率」没有填实际完成值",
    places=(Locus("附件1.docx", paragraph=11),),
)
ROUNDED = Finding(
    "staffing.control_rate", Severity.ERROR, Verdict.ROUNDING, "23 ÷ 24 = 95.83%，相差在舍入以内"
)

FLAGGED = Judgement(
    (MISSED, ROUNDED, NATURE_SUM),
    (
        Tally("funding.nature_sum", broken=1),
        Tally("indicator.unmeasurable", exact=1, suspect=1),
        Tally("staffing.control_rate", rounding=1),
        Tally("funding.source_sum", unchecked=1),
        Tally("construction.rates"),
    ),
)
CLEAN = Judgement((ROUNDED,), (Tally("staffing.control_rate", rounding=1),))
INCOMPLETE = Judgement(
    (Finding("completeness.parts", Severity.ERROR, Verdict.BROKEN, "缺少基础数据表（附件2）"),),
    (Tally("completeness.parts", broken=1),),
)
