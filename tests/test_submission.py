"""Several files of one folder to submissions: who belongs together, and what can't be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.document import Source
from extract.failure import Failure
from extract.forms.read import read_report
from extract.forms.vocabulary import standard
from extract.report import Report
from extract.submission import Assumed, assemble, folder_of, printed
from tests.forms.reading import values
from tests.notation import document

BASE = """
# 部门整体支出绩效评价基础数据表
填报单位：{who}
编制数 | 在职人数 | 控制率
31 | 29 | 93.55%

经费控制情况（万元） | {last}年决算数 | {year}年预算数 | {year}年决算数
三公经费 | 1.20 | 2.00 | {final}
"""
FORM = """
# {year}年度部门整体支出绩效自评表
预算部门名称 | {who} | < | <
年度预算申请（万元） | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 500.00 | 640.50 | 620.10
"""
WORDS = """
{who}{year}年度部门整体支出绩效自评报告

一、部门概况

本部门主要负责林业工作。现有内设机构三个。

2024年末编制人数31人，实有人数29人。

工作顺利。
"""


def file(name: str, text: str, **values: object) -> Report:
    given = {"who": "云岭县林业局", "year": 2024, "last": 2023, "final": "1.50", **values}
    report = read_report(document(text.format(**given), name), standard())
    return replace(report, sources=tuple(_sourced(name, source) for source in report.sources))


def _sourced(name: str, source: Source) -> Source:
    reader = "pdf" if name.endswith(".pdf") else "docx"
    return replace(source, path=f"送审/{name}", sha256=source.sha256 + name, reader=reader)


def assembled(reports: Sequence[Report], assumed: Assumed | None = None) -> list[Report | Failure]:
    return list(assemble(reports, assumed or Assumed()))


def only(found: Sequence[Report | Failure]) -> Report:
    (report,) = found
    assert isinstance(report, Report)
    return report


def test_three_files_are_one_submission() -> None:
    report = only(assembled([file("附件1.docx", WORDS), file("附件2.docx", BASE), file("附件3.docx", FORM)]))
    assert (report.department, report.fiscal_year) == ("云岭县林业局", 2024)
    assert {part.name for part in report.parts} == {"base", "form", "narrative"}
    assert [source.name for source in report.sources] == ["附件1.docx", "附件2.docx", "附件3.docx"]
    assert values(report, "funding.")["executed"] == "620.10"


def test_two_departments_in_one_folder_are_two_submissions() -> None:
    found = assembled([file("林业.docx", BASE), file("水利.docx", BASE, who="云岭县水利局")])
    assert [r.department for r in found if isinstance(r, Report)] == ["云岭县林业局", "云岭县水利局"]


def test_a_shorter_name_in_the_narrative_is_the_same_department() -> None:
    found = assembled([file("附件1.docx", WORDS, who="县林业局"), file("附件2.docx", BASE)])
    assert only(found).department == "云岭县林业局"


@pytest.mark.parametrize("name", ["云岭县林业局机关", "云岭县林业局（本级）", "云岭县局林业局"])
def test_the_office_itself_and_shortened_names_are_the_same_department(name: str) -> None:
    found = assembled([file("附件2.docx", BASE), file("附件3.docx", FORM, who=name)])
    assert only(found).has("form")


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("送审/林业局/附件2.docx", "送审/林业局"),
        ("送审/林业局/附件2 基础数据表/数据.docx", "送审/林业局"),
        ("送审/林业局/3.自评表/表.pdf", "送审/林业局"),
        ("送审/附属中学/报告.docx", "送审/附属中学"),
    ],
)
def test_folders_of_one_part_belong_to_the_folder_above(path: str, folder: str) -> None:
    assert str(folder_of(path)) == folder


def test_a_form_of_its_own_file_counts_before_a_copy_in_the_narrative() -> None:
    grid = "一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值\n产出指标 | 造林 | 30亩 | 32亩 | {points}\n"
    copy = (
        WORDS
        + "资金 | 年初预算数 | 全年预算数 | 决算数\n合计 | 1 | 2 | 3\n\n"
        + grid.replace("{points}", "20")
    )
    form = FORM + "\n" + grid.replace("{points}", "90")
    report = only(assembled([file("附件1.docx", copy), file("附件3.docx", form)]))
    assert [row.weight.text for row in report.indicators] == ["90"]
    assert values(report, "funding.")["executed"] == "620.10"


def test_word_and_pdf_of_one_report_agree_or_conflict() -> None:
    word, pdf = file("报告.docx", BASE), file("报告.pdf", BASE)
    assert only(assembled([pdf, word])).conflicts == ()
    other = file("报告.pdf", BASE, final="1.60")
    (conflict,) = only(assembled([word, other])).conflicts
    assert conflict.path == "expenses.three_public.final"


def test_a_file_without_a_name_joins_the_only_department() -> None:
    nameless = FORM.replace("预算部门名称 | {who} | < | <\n", "")
    report = only(assembled([file("附件2.docx", BASE), file("附件3.docx", nameless)]))
    assert report.has("form")


def test_a_file_without_a_name_among_two_departments_is_handed_back() -> None:
    nameless = FORM.replace("预算部门名称 | {who} | < | <\n", "")
    files = [file("1.docx", BASE), file("2.docx", BASE, who="云岭县水利局"), file("3.docx", nameless)]
    (failure,) = [found for found in assembled(files) if isinstance(found, Failure)]
    assert failure.reason == "no_department"
    assert "3.docx" in failure.path
    named = assembled(files, Assumed(department="云岭县水利局"))
    assert [r.department for r in named if isinstance(r, Report)] == ["云岭县林业局", "云岭县水利局"]


def test_last_years_title_left_in_the_narrative_does_not_split_the_submission() -> None:
    report = only(assembled([file("附件1.docx", WORDS, year=2023), file("附件2.docx", BASE)]))
    assert report.fiscal_year == 2024
    assert {mention.year for mention in report.years} == {2023, 2024}


def test_two_years_are_two_submissions() -> None:
    found = assembled([file("a.docx", BASE), file("b.docx", BASE, year=2023, last=2022)])
    assert sorted(r.fiscal_year or 0 for r in found if isinstance(r, Report)) == [2023, 2024]


def test_the_year_may_stand_in_the_file_name() -> None:
    yearless = "填报单位：{who}\n\n编制数 | 在职人数\n31 | 29"
    assert only(assembled([file("2024年基础数据表.docx", yearless)])).fiscal_year == 2024
    (failure,) = assembled([file("基础数据表.docx", yearless)])
    assert isinstance(failure, Failure)
    assert failure.reason == "no_year"
    assert only(assembled([file("基础数据表.docx", yearless)], Assumed(year=2022))).fiscal_year == 2022


def test_a_file_that_holds_nothing_of_a_submission_is_handed_back() -> None:
    (failure,) = assembled([file("通知.docx", "关于报送材料的通知\n\n请各单位按时报送。")])
    assert isinstance(failure, Failure)
    assert failure.reason == "no_table"


def test_a_pictured_page_without_a_title_is_told_to_come_with_the_others() -> None:
    report = file("IMG_001.jpg", "社会效益 | 服务质量 | 提高 | 提高 | 10 | 10")
    pictured = replace(report, sources=tuple(replace(s, media_type="image/*") for s in report.sources))
    (failure,) = assembled([pictured])
    assert isinstance(failure, Failure)
    assert "合成一个 PDF" in failure.remedy


def test_two_names_of_one_department_of_the_register_make_one_submission() -> None:
    reports = [
        file("a.docx", BASE, who="云岭县林业局"),
        file("b.docx", FORM, who="云岭县自然保护中心"),
        file("c.docx", WORDS, who="云岭县林业局"),
    ]
    called = {printed(report): "云岭县林业局" for report in reports}
    (submission,) = assembled(reports, Assumed(called=called))
    assert isinstance(submission, Report)
    assert len(submission.sources) == 3
    assert len([one for one in assembled(reports) if isinstance(one, Report)]) == 2


def test_two_departments_of_the_register_stay_two_however_alike() -> None:
    reports = [file("a.docx", BASE, who="云岭县林业局"), file("b.docx", FORM, who="云岭县林业局机关")]
    called = {printed(report): report.department for report in reports}
    assert len(assembled(reports)) == 1
    assert len(assembled(reports, Assumed(called=called))) == 2
