"""Rules of what must be there, and of one department and one year in all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extract.document import Locus
from extract.quantity import Absent
from extract.report import Conflict, Named, Part, PartName, Report, SignOff, Text, YearMention
from reconcile.catalogue import judge
from reconcile.finding import Severity, Verdict
from tests.reconcile.consistent import consistent
from tests.reconcile.edits import changed, printed
from tests.reconcile.examined import judged


def _lacking(*names: PartName) -> Report:
    report = consistent()
    return replace(report, parts=tuple(part for part in report.parts if part.name not in names))


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        (("base",), "缺少附件2 基础数据表"),
        (("form", "narrative"), "缺少附件3 自评表、附件1 自评报告"),
        (
            ("base", "form", "narrative"),
            "缺少附件2 基础数据表、附件3 自评表、附件1 自评报告，只有项目支出绩效自评表",
        ),
    ],
)
def test_a_part_that_lacks_is_named(lacking: tuple[PartName, ...], message: str) -> None:
    report = _lacking(*lacking)
    (finding,) = judged(report, "completeness.parts")[0]
    assert (finding.message, finding.severity) == (message, Severity.ERROR)
    assert judge(report).status() == "incomplete"


def test_blank_cells_are_one_finding_a_part() -> None:
    blank = [f"expenses.procurement.{period}" for period in ("prior_final", "budget", "final")]
    report = changed(consistent(), {**dict.fromkeys(blank, ""), "staffing.on_duty": "", "total_score": ""})
    report = replace(report, construction=(), thrift_measures=Text("", Locus("基础数据表.docx", row=30)))
    findings, tally = judged(report, "completeness.cells")
    assert [finding.message for finding in findings] == [
        "基础数据表中没有填写：实际在职人数、政府采购金额、楼堂馆所控制情况、厉行节约保障措施",
        "自评表中没有填写：综合得分",
    ]
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert "staffing.on_duty" in findings[0].cites
    assert tally.suspect == 2


def test_many_blank_cells_are_counted() -> None:
    rows = [
        f"expenses.{item}.{period}" for item in ("three_public", "project") for period in ("budget", "final")
    ]
    staffing = [f"staffing.{name}" for name in ("authorized", "on_duty", "control_rate")]
    (finding,) = judged(changed(consistent(), dict.fromkeys([*staffing, *rows], "")), "completeness.cells")[0]
    assert finding.message == (
        "基础数据表中没有填写：编制数、实际在职人数、控制率、三公经费（预算数）、三公经费（决算数）、"
        "项目支出（预算数） 等 7 项"
    )


def test_a_cell_that_cannot_be_read_is_shown() -> None:
    report = changed(consistent(), {"total_score": Absent("unreadable", "9９.3.1")})
    (finding,) = judged(report, "completeness.cells")[0]
    assert finding.message == "自评表中没有填写或认不出：综合得分（“9９.3.1”认不出）"


def test_a_dash_is_filled_in() -> None:
    blank = [f"expenses.procurement.{period}" for period in ("prior_final", "budget", "final")]
    report = changed(consistent(), dict.fromkeys(blank, "—"))
    assert judged(report, "completeness.cells")[0] == []


def test_cells_of_a_part_that_is_not_there_are_not_asked_for() -> None:
    report = changed(_lacking("base"), {"staffing.on_duty": ""})
    findings, tally = judged(report, "completeness.cells")
    assert (findings, tally.exact) == ([], 1)


def test_unsigned_lines_are_told_with_the_part_of_their_file() -> None:
    lines = (
        SignOff("单位负责人签字", False, Locus("自评表.docx", paragraph=40)),
        SignOff("日期", False, Locus("自评表.docx", paragraph=41)),
        SignOff("填表人", False, Locus("基础数据表.docx", paragraph=3)),
    )
    findings, _ = judged(replace(consistent(), sign_offs=lines), "completeness.cells")
    assert [finding.message for finding in findings] == [
        "基础数据表中没有填写：签字盖章、日期 1 处",
        "自评表中没有填写：签字盖章、日期 2 处",
    ]
    assert findings[1].places == (Locus("自评表.docx", paragraph=40),)


def test_one_file_with_all_parts_tells_its_unsigned_lines_once() -> None:
    parts = tuple(Part(part.name, "全套.docx") for part in consistent().parts)
    lines = (SignOff("单位负责人签字", False, Locus("全套.docx", paragraph=40)),)
    findings, _ = judged(replace(consistent(), parts=parts, sign_offs=lines), "completeness.cells")
    assert [finding.message for finding in findings] == ["自评表中没有填写：签字盖章、日期 1 处"]


def test_two_copies_that_differ_are_an_error_each_figure() -> None:
    figure = consistent().funding.executed
    other = replace(printed("745.06", figure), locus=Locus("自评表（新）.docx", row=3))
    clashes = (
        Conflict("funding.executed", figure, other),
        Conflict("staffing.on_duty", consistent().staffing.on_duty, Absent("blank")),
    )
    findings, _ = judged(replace(consistent(), conflicts=clashes), "completeness.conflict")
    assert [finding.message for finding in findings] == [
        "两份材料中年度资金总额（全年执行数）不一致：一份为 745.60 万元，另一份为 745.06 万元，差 0.54 万元",
        "两份材料中实际在职人数不一致：一份为 27 人，另一份空白",
    ]
    assert [place.source for place in findings[0].places] == ["自评表.docx", "自评表（新）.docx"]


@pytest.mark.parametrize("name", ["县渔政管理站", "青禾县渔政站", "中共青禾县渔政管理站"])
def test_a_name_told_short_or_whole_is_the_same(name: str) -> None:
    report = replace(consistent(), names=(Named("form", "青禾县渔政管理站"), Named("narrative", name)))
    assert judged(report, "identity.department")[0] == []


def test_another_department_in_the_text_is_told_once_with_all_its_places() -> None:
    strangers = [Named("narrative", "青禾县畜牧站", Locus("自评报告.docx", paragraph=p)) for p in (0, 5)]
    report = replace(consistent(), names=(Named("form", "青禾县渔政管理站"), *strangers))
    (finding,) = judged(report, "identity.department")[0]
    assert finding.message == "部门名称不一致：一处为“青禾县渔政管理站”，另一处为“青禾县畜牧站”"
    assert [place.paragraph for place in finding.places] == [0, 5]


def test_two_codes_are_an_error() -> None:
    report = replace(consistent(), codes=(Named("form", "905031"), Named("base", "905013")))
    (finding,) = judged(report, "identity.department")[0]
    assert finding.message == "预算编码不一致：一处为“905031”，另一处为“905013”"


def test_a_lone_name_is_compared_with_nothing() -> None:
    report = replace(consistent(), names=(Named("form", "青禾县渔政管理站"),), codes=())
    assert judged(report, "identity.department")[1].examined == 0


def test_last_years_heading_is_an_error() -> None:
    report = consistent()
    report = replace(report, years=(*report.years, YearMention("narrative", 2023, Locus("自评报告.docx"))))
    (finding,) = judged(report, "identity.year")[0]
    assert (finding.message, finding.verdict) == ("材料中有的写 2024 年度，有的写 2023 年度", Verdict.BROKEN)


def test_a_report_dated_before_its_year_ends_is_an_error() -> None:
    report = replace(consistent(), report_date=date(2024, 6, 30))
    (finding,) = judged(report, "identity.year")[0]
    assert finding.message == "报告日期为 2024年06月30日，2024 年度还没有结束"


def test_without_a_year_or_a_date_nothing_is_said() -> None:
    for report in (
        replace(consistent(), fiscal_year=None),
        replace(consistent(), report_date=None),
    ):
        findings, tally = judged(report, "identity.year")
        assert (findings, tally.unchecked) == ([], 1)
