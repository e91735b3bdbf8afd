"""Reports for tests: any report there can be (`reports`), and one written out by hand (`full_report`).

The department and everything in it are invented.
"""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar, get_args, get_type_hints

from hypothesis import strategies as st

from extract.document import Locus, Source
from extract.quantity import MISSING, Absence, Absent, Figure, Kind, Quantity
from extract.report import (
    Amount,
    Conflict,
    Construction,
    ExpenseRow,
    Funding,
    FundingNatures,
    FundingSources,
    Goals,
    Indicator,
    ListedSum,
    Named,
    NarrativeFigure,
    Part,
    PartName,
    ProjectForm,
    Report,
    Reviewer,
    Share,
    SignOff,
    Staffing,
    Text,
    Unrecognised,
    YearMention,
)
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict

T = TypeVar("T")

decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**24), 10**24),
    st.integers(-3, 12),
)
"""Exact amounts of up to 25 digits, with up to 12 places."""

steps = st.sampled_from([Decimal(1).scaleb(-places) for places in range(-3, 9)])
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
codes = st.text(string.ascii_lowercase, min_size=1, max_size=8)
counts = st.integers(0, 2000)
sizes = st.floats(0, 2000, allow_nan=False)
loci = st.none() | st.builds(
    Locus,
    source=words,
    page=st.none() | st.integers(1, 300),
    table=st.none() | st.integers(1, 40),
    row=st.none() | counts,
    column=st.none() | counts,
    paragraph=st.none() | counts,
    part=st.none() | words,
    box=st.none() | st.tuples(sizes, sizes, sizes, sizes),
)
quantities = st.builds(
    Quantity,
    value=decimals,
    step=steps,
    kind=st.sampled_from(get_args(Kind)),
    unit=words,
    text=words,
    locus=loci,
    sure=st.floats(0, 1),
    readings=st.lists(words, max_size=3).map(tuple),
    raw=words,
)
absences = st.builds(
    Absent,
    why=st.sampled_from(get_args(Absence)),
    text=words,
    locus=loci,
    sure=st.floats(0, 1),
    readings=st.lists(words, max_size=2).map(tuple),
    kind=st.none() | st.sampled_from(get_args(Kind)),
    unit=words,
)
figures: st.SearchStrategy[Figure] = st.just(MISSING) | absences | quantities
texts = st.builds(Text, words, loci)


def some(strategy: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def all_figures(block: type[T]) -> st.SearchStrategy[T]:
    """A block that is figures only, each of its fields, those added later too."""
    return st.builds(block, **dict.fromkeys(get_type_hints(block), figures))


fundings = st.builds(
    Funding,
    *[figures] * 6,
    by_source=all_figures(FundingSources),
    by_nature=all_figures(FundingNatures),
)
goals = st.builds(Goals, st.none() | texts, st.none() | texts)
indicators = st.builds(
    Indicator, words, words, words, texts, texts, figures, figures, words, loci, st.booleans()
)
amounts = st.builds(Amount, words, figures)
named = st.builds(Named, words, words, loci)
sources = st.builds(
    Source,
    name=words,
    path=words,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    media_type=words,
    size=st.integers(0, 2**31 - 1),
    reader=words,
    pages=st.none() | counts,
    note=words,
)


def reports() -> st.SearchStrategy[Report]:
    """Any report of some department and year; its figures need not agree with one another."""
    return st.builds(
        Report,
        department=words.filter(lambda name: name.split() != []),
        department_code=st.none() | words,
        fiscal_year=st.integers(2000, 2100),
        report_date=st.none() | st.dates(),
        sources=some(sources),
        parts=some(st.builds(Part, st.sampled_from(get_args(PartName)), words, words, loci)),
        staffing=all_figures(Staffing),
        expenses=some(st.builds(ExpenseRow, st.none() | codes, words, figures, figures, figures, loci), 4),
        construction=some(st.builds(Construction, words, *[figures] * 6)),
        thrift_measures=st.none() | texts,
        funding=fundings,
        goals=goals,
        indicators=some(indicators, 3),
        total_score=figures,
        grade=st.none() | texts,
        narrative=some(st.builds(NarrativeFigure, codes, figures, words, words, loci), 3),
        listed_sums=some(st.builds(ListedSum, amounts, some(amounts), st.booleans(), words, loci)),
        shares=some(
            st.builds(Share, st.sampled_from(("share", "change")), figures, amounts, amounts, words, loci)
        ),
        projects=some(
            st.builds(ProjectForm, words, fundings, goals, some(indicators), figures, st.none() | texts, loci)
        ),
        reviewers=some(st.builds(Reviewer, words, words, words)),
        sign_offs=some(st.builds(SignOff, words, st.booleans(), loci)),
        names=some(named),
        codes=some(named),
        years=some(st.builds(YearMention, words, st.integers(1990, 2100), loci)),
        unrecognised=some(st.builds(Unrecognised, st.sampled_from(("table", "row", "figure")), words, loci)),
        conflicts=some(st.builds(Conflict, words, figures, figures)),
        warnings=some(words),
        sentence_prints=st.lists(st.integers(0, 2**63 - 1), max_size=4, unique=True).map(tuple),
        unsure=some(loci.filter(lambda locus: locus is not None)),
    )


def judgements() -> st.SearchStrategy[Judgement]:
    """Any findings and tallies, of rules that need not exist."""
    found = st.builds(
        Finding,
        rule=codes,
        severity=st.sampled_from(Severity),
        verdict=st.sampled_from(Verdict),
        message=words,
        expected=st.none() | decimals,
        found=st.none() | decimals,
        difference=st.none() | decimals,
        cites=some(words, 3),
        places=some(loci.filter(lambda locus: locus is not None).map(_located)),
        hint=words,
    )
    return st.builds(Judgement, some(found, 3), some(st.builds(Tally, codes, *[counts] * 5)))


def _located(locus: Locus | None) -> Locus:
    assert locus is not None
    return locus


FILE = "云岭县水利局2024年度自评.docx"


def quantity(text: str, kind: Kind = "money", row: int = 0, column: int = 0, unit: str = "") -> Quantity:
    """A printed figure: «24.60» is 24.60 in steps of 0.01; «98%» as a rate is 0.98 in steps of 0.01."""
    digits = text.rstrip("%")
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    scale = Decimal("0.01") if text.endswith("%") else Decimal(1)
    unit = unit or {"money": "万元", "rate": "%"}.get(kind, "")
    locus = Locus(FILE, page=2, table=1, row=row, column=column, box=(72.0, 100.5, 144.25, 118.0))
    return Quantity(Decimal(digits) * scale, step * scale, kind, unit, text, locus)


def full_report() -> Report:
    """A whole submission of the invented 云岭县水利局: every block filled, every figure tying out."""
    blank = Absent("blank", "", Locus(FILE, 2, 1, 6, 1))
    sentence = "2024年度决算支出380.50万元，其中：基本支出260.30万元，项目支出120.20万元。"
    part, form = Locus(FILE, 1, paragraph=0), Locus(FILE, 3, paragraph=12)
    return Report(
        department="云岭县水利局",
        department_code="330017",
        fiscal_year=2024,
        report_date=date(2025, 5, 20),
        sources=(Source(FILE, f"水利/{FILE}", "a1" * 32, "application/msword", 34567, "docx", 6, "修订版"),),
        parts=(
            Part("base", FILE, "部门整体支出绩效评价基础数据表", part),
            Part("form", FILE, "部门整体支出绩效自评表", form),
            Part("narrative", FILE),
        ),
        staffing=Staffing(
            quantity("20", "count", 1, 0), quantity("19", "count", 1, 1), quantity("95%", "rate", 1, 2)
        ),
        expenses=(
            ExpenseRow(
                "three_public", "三公经费", *_periods(2, "3.10", "3.00", "2.50"), Locus(FILE, 2, 1, 2)
            ),
            ExpenseRow("reception", "公务接待", *_periods(3, "3.10", "3.00", "2.50")),
            ExpenseRow("project", "项目支出", *_periods(4, "110.00", "125.00", "120.20")),
            ExpenseRow("project_special", "河道清淤", *_periods(5, "60.00", "65.00", "60.10")),
            ExpenseRow("project_special", "水库加固", *_periods(6, "50.00", "60.00", "60.10")),
            ExpenseRow(None, "其他说明", Absent("dash", "—"), blank, Absent("unreadable", "约三万")),
        ),
        construction=(
            Construction(
                "防汛仓库", quantity("800", "area"), quantity("800", "area"), quantity("100%", "rate")
            ),
        ),
        thrift_measures=Text("压减会议，公务用车集中管理。", Locus(FILE, 2, 1, 9, 1)),
        funding=Funding(
            quantity("350.00"),
            quantity("380.50"),
            quantity("380.50"),
            quantity("10", "score"),
            quantity("100%", "rate"),
            quantity("10", "score"),
            FundingSources(quantity("370.50"), quantity("10.00"), Absent("blank"), Absent("blank")),
            FundingNatures(quantity("260.30"), quantity("120.20")),
        ),
        goals=Goals(Text("全县水库安全度汛。", form), Text("全部完成。")),
        indicators=(
            _indicator(0, "产出指标", "数量指标", "加固水库", "≥2座", "2座", "50"),
            _indicator(1, "效益指标", "社会效益指标", "受益人口", "≥3000人", "3200人", "30"),
            _indicator(2, "满意度指标", "满意度", "群众满意度", "≥90%", "93%", "10"),
        ),
        total_score=quantity("100", "score", 20, 7),
        grade=Text("优", Locus(FILE, 4, 2, 21, 7)),
        narrative=(
            NarrativeFigure("total_expenditure", quantity("380.50"), sentence, locus=part),
            NarrativeFigure("basic_expenditure", quantity("260.30"), sentence, locus=part),
            NarrativeFigure("project_expenditure", quantity("120.20"), sentence, locus=part),
            NarrativeFigure("project_expenditure", quantity("120.2"), "项目支出共120.2万元。"),
            NarrativeFigure("grade", MISSING, "自评等次为优。", "优"),
        ),
        listed_sums=(
            ListedSum(
                Amount("决算支出", quantity("380.50")),
                (Amount("基本支出", quantity("260.30")), Amount("项目支出", quantity("120.20"))),
                True,
                sentence,
                part,
            ),
        ),
        shares=(
            Share(
                "share",
                quantity("31.59%", "rate"),
                Amount("项目支出", quantity("120.20")),
                Amount("决算支出", quantity("380.50")),
                "项目支出占31.59%。",
            ),
        ),
        projects=(
            ProjectForm(
                "河道清淤",
                Funding(executed=quantity("60.10")),
                Goals(Text("清淤12公里。")),
                (_indicator(0, "产出指标", "数量指标", "清淤长度", "12公里", "12公里", "90"),),
                quantity("100", "score"),
                Text("优"),
                Locus(FILE, 5, 3),
            ),
        ),
        reviewers=(Reviewer("甲某", "局长", "云岭县水利局"),),
        sign_offs=(SignOff("单位负责人（签字）", False, Locus(FILE, 4, 2, 22, 0)),),
        names=(Named("cover", "云岭县水利局", part),),
        codes=(Named("cover", "330017", part),),
        years=(YearMention("cover", 2024, part),),
        unrecognised=(Unrecognised("row", "其他说明 — 约三万", Locus(FILE, 2, 1, 6)),),
        conflicts=(
            Conflict(
                "staffing.on_duty",
                replace(quantity("19", "count"), sure=0.8, readings=("10",), raw="10"),
                Absent("unreadable", "1g", sure=0.4, readings=("18", "19"), kind="count", unit="人"),
            ),
        ),
        warnings=("第3页的表格没有右边线",),
        sentence_prints=(2**63 - 1, 5, 6_000_000_000_000_000_000),
        unsure=(Locus(FILE, 4, 2, 3, 1), Locus(FILE, 5, paragraph=40)),
    )


def _periods(row: int, prior_final: str, budget: str, final: str) -> tuple[Figure, Figure, Figure]:
    return (
        quantity(prior_final, row=row),
        quantity(budget, row=row, column=1),
        quantity(final, row=row, column=2),
    )


def _indicator(
    row: int, level1: str, level2: str, level3: str, target: str, actual: str, weight: str
) -> Indicator:
    return Indicator(
        level1,
        level2,
        level3,
        Text(target, Locus(FILE, 4, 2, row, 3)),
        Text(actual, Locus(FILE, 4, 2, row, 4)),
        quantity(weight, "score", row, 5),
        quantity(weight, "score", row, 6),
        locus=Locus(FILE, 4, 2, row),
    )


def full_judgement() -> Judgement:
    """A judgement of the same submission with one finding of each kind."""
    place = Locus(FILE, page=2, table=1, row=2, column=3)
    sentence = Locus(FILE, page=3, paragraph=12)
    return Judgement(
        (
            Finding(
                "expense.three_public_sum",
                Severity.ERROR,
                Verdict.BROKEN,
                "公务用车 0.00 + 出国 0.00 + 公务接待 2.50 = 2.50，三公经费 9.80，差 7.30 万元",
                Decimal("2.50"),
                Decimal("9.80"),
                Decimal("7.30"),
                ("expenses.reception.final", "expenses.three_public.final"),
                (place, sentence),
                "可能把小数点点错了",
            ),
            Finding("indicator.overshot", Severity.WARNING, Verdict.SUSPECT, "实际值是目标的两倍"),
            Finding("funding.source_sum", Severity.ERROR, Verdict.ROUNDING, "差 0.01，四舍五入所致"),
        ),
        (
            Tally("expense.three_public_sum", exact=2, broken=1),
            Tally("indicator.overshot", suspect=1),
            Tally("funding.source_sum", rounding=1),
        ),
    )
