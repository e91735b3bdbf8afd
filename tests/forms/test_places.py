"""Where titles, names, years and tables stand: in a table's first row, inside the narrative."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Source
from extract.forms.read import read_report
from extract.forms.vocabulary import standard
from extract.intake import gather
from extract.readers.registry import read_document
from tests.forms.reading import read, values
from tests.notation import write_docx

BASE = """
# 部门整体支出绩效评价基础数据表
填报单位：云岭县水利局

财政供养人员情况 | 编制数 | 2024年实际在职人数 | 控制率
^ | 8 | 7 | 87.5%
经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 1.00 | 2.00 | 1.50
"""
FORM = """
# 整体支出绩效自评表

预算部门名称 | 云岭县水利局 | < | < | < | <
资金情况（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 得分
年度资金总额 | 166 | 171 | 170 | 10 | 9.94
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值
产出指标 | 数量指标 | 水库除险 | 3座 | 3座 | 90
"""
WORDS = """
云岭县水利局2024年度部门整体支出绩效自评报告

一、部门概况

本部门主要负责水利工作，现有内设机构三个。

主要指标完成情况见下表。

一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 水库除险 | 3座 | 3座 | 20 | 20

资金类别 | 年初预算数 | 全年预算数 | 决算数
基本支出 | 100 | 105 | 110
项目支出 | 66 | 66 | 60

“三公”经费情况见下表（单位：元）。

项目 | 2023年决算 | 2024年预算 | 2024年决算
三公经费 | 1 | 2 | 3
"""


@pytest.mark.parametrize("order", [(WORDS, "\n附件2\n", BASE, FORM), (BASE, FORM, WORDS)])
def test_tables_of_the_narrative_neither_join_the_forms_nor_contradict_them(order: tuple[str, ...]) -> None:
    report = read("".join(order))
    assert values(report, "expenses.three_public.")["final"] == "1.50"
    assert values(report, "funding.")["executed"] == "170"
    assert [row.weight.text for row in report.indicators] == ["90"]
    assert report.conflicts == ()
    assert len([found for found in report.unrecognised if found.what == "table"]) == 3


def test_a_form_inside_the_narrative_is_read_where_there_is_no_other() -> None:
    report = read(WORDS.split("资金类别")[0] + FORM.partition("\n\n")[2])
    assert values(report, "funding.")["executed"] == "170"
    assert report.has("form")


def test_titles_and_names_in_the_tables_own_rows() -> None:
    report = read("""
2024年度部门整体支出绩效自评表 | < | < | <
填报单位：云岭县水利局 | < | < | 单位：元
资金情况 | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 1660000 | 1710000 | 1700000
""")
    assert (report.department, report.fiscal_year) == ("云岭县水利局", 2024)
    assert values(report, "funding.")["executed"] == "170.0000"


@pytest.mark.parametrize("about", ["关于部门整体支出", "关于部内门整体支出", "关于2024年度部门整体支出", ""])
def test_a_department_ends_before_what_its_title_is_about(about: str) -> None:
    report = read(f"云岭县水利局{about}绩效自评报告\n\n2024年度工作顺利。")
    assert report.department == "云岭县水利局"


def test_a_sheets_number_over_its_title_is_no_departments_name() -> None:
    """LibreOffice's web pages of workbooks put it there."""
    report = read("Sheet 2: 2整体支出绩效自评表\n\n" + FORM.replace("望舒县", "云岭县"))
    assert not any("Sheet" in name.value for name in report.names)


def test_a_department_that_a_title_is_about_is_named_whole() -> None:
    assert read("关于云岭县水利局2024年度整体支出绩效自评报告").department == "云岭县水利局"


def test_a_project_form_alone_belongs_to_the_department_over_it() -> None:
    report = read("""
# 项目支出绩效自评表

（2024年度）

项目名称 | 水库除险 | < | <
主管部门 | 云岭县水利局 | 实施单位 | 云岭县水库管理所
项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 20.00 | 20.00 | 19.00
""")
    assert (report.department, report.fiscal_year) == ("云岭县水利局", 2024)
    assert report.names == ()
    assert [project.name for project in report.projects] == ["水库除险"]


def test_a_list_of_projects_is_no_project_form() -> None:
    report = read("""
项目名称 | 资金来源 | 预算金额 | 备注
水库除险 | 财政拨款 | 20 |
河道治理 | 财政拨款 | 30 |
""")
    assert report.projects == ()


def test_base_tables_name_no_department_by_their_own_title() -> None:
    assert read("2024年度部门基本情况表\n\n编制数 | 在职人数\n8 | 7").names == ()


def test_two_tables_of_one_department_by_its_short_and_its_whole_name() -> None:
    short = BASE.replace("填报单位：云岭县", "填报单位：中共云岭县委员会")
    assert read(short + short.replace("委员会", "委")).department == "中共云岭县委员会水利局"


def test_amounts_too_large_for_wan_are_read_as_printed_and_doubted() -> None:
    report = read("经费 | 2023年决算数 | 2024年预算数 | 2024年决算数\n三公经费 | 125000 | 130000 | 1180000")
    assert values(report, "expenses.three_public.")["final"] == "1180000"
    assert any("可能是元" in warning for warning in report.warnings)


def test_the_grade_behind_the_total_score() -> None:
    report = read("""
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 植树 | ≥300株 | 320株 | 100 | 96
自评综合得分 | 96分（优） | < | < | < | < | <
""")
    assert values(report, "total_score") == {"": "96"}
    assert report.grade is not None
    assert report.grade.value == "优"


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：云岭县水利局（公章）    部门预算编码：301001   金额单位：元",
        "编制单位：[301001]云岭县水利局    【金额单位 ：人民币 元】",
        "预算部门（单位）：301001-云岭县水利局　　单位：元、人",
    ],
)
def test_a_line_of_name_code_and_unit(line: str) -> None:
    grid = "经费 | 2023年决算数 | 2024年预算数 | 2024年决算数\n三公经费 | 10000 | 10000 | 15000"
    report = read(f"{line}\n\n{grid}")
    assert (report.department, report.department_code) == ("云岭县水利局", "301001")
    assert values(report, "expenses.three_public.")["final"] == "1.5000"


def test_a_word_file_s_captions_repeat_lines_that_were_read(tmp_path: Path) -> None:
    (source,) = gather([write_docx(BASE + WORDS, tmp_path / "材料.docx")])
    assert isinstance(source, Source)
    report = read_report(read_document(source), standard())
    assert values(report, "funding.") == {}
    assert values(report, "expenses.three_public.")["final"] == "1.50"
    assert report.conflicts == ()


@pytest.mark.parametrize(("written", "years"), [(2023, {2023, 2024}), (2024, {2024})])
def test_last_years_template_gives_itself_away(written: int, years: set[int]) -> None:
    report = read(f"""
# 2024年度部门整体支出绩效自评报告

{written}年末实有人数24人，其中编制人数25人。

{written}年全年基本支出120.00万元，比2022年减少3.00万元。

{written}年本部门项目支出80.00万元。
""")
    assert report.fiscal_year == 2024
    assert {mention.year for mention in report.years} == years
