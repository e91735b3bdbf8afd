"""`gouji show`: one submission on a page."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from extract.quantity import Absent, Quantity
from extract.report import Conflict, Report
from models.store import Stored
from outputs.show import how_it_was_judged
from reconcile.finding import Judgement
from tests.cli.conftest import Gouji

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def page(gouji: Gouji) -> str:
    done = gouji("show", "1")
    assert done.exit_code == 0
    return done.stdout


def block(page: str, title: str) -> list[str]:
    """The lines under a title, their blanks made one."""
    below = page.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0]
    return [" ".join(line.split()) for line in below.splitlines()]


def test_tables_stand_as_in_the_forms(page: str) -> None:
    assert block(page, "财政供养人员") == ["编制数 实际在职人数 控制率", "24 23 95.83%"]
    assert block(page, "经费控制情况（万元）")[1:] == [
        "三公经费 0.41 1.80 0.96",
        "防汛值班补助（未识别的行） （空） 「约二万」无法辨认 2.00",
    ]
    assert block(page, "绩效指标")[1:] == [
        "产出指标 数量指标 巡查次数 ≥4次 4次 50 50",
        "质量指标 合格率 100% 40 （空） 未验收",
    ]
    assert block(page, "综合评价") == ["综合得分 评价等次", "100 优"]
    assert "按支出性质：项目支出 661.46" in block(page, "年度预算申请（万元）")
    assert "按收入性质：纳入专户管理的非税收入拨款 /" in block(page, "年度预算申请（万元）")


def test_narrative_figures_come_with_their_sentences(page: str) -> None:
    assert block(page, "自评报告中的数字")[1:] == [
        "基本支出 701.92 基本支出701.92万元。",
        "评价等次 优 自评等次为优。",
        "基本支出 702 基本支出约702万元。",
    ]


def test_findings_have_equation_and_place_and_rounding_comes_last(page: str) -> None:
    assert "有问题：错误1 核实1 提示0" in page
    assert "1363.38，年度资金总额（全年执行数）1370.68，差 7.30 万元" in page
    assert "位置：附件3.docx 第3页 表2 第7列第5、7、8行" in page
    marks = [line.split()[0] for line in page.splitlines() if line.startswith("  [")]
    assert marks == ["[错误]", "[核实]", "[舍入]"]


def test_what_was_not_understood_or_not_checked_is_named(page: str) -> None:
    assert block(page, "未识别的内容（已保留，未参与核对）")[1:] == [
        "表格 节水宣传活动表 附件3.docx 第5页 表4"
    ]
    assert block(page, "读取时的提醒") == ["附件3.docx 第5页的表没有看懂"]
    assert block(page, "核对情况") == [
        "共 5 条规则，核对了 4 条，本报告没有可核对内容的 1 条。",
        "核对结果：相符 1 处，四舍五入之差 1 处，不符 1 处，待核实 1 处，未能核对 1 处。",
        "因缺数或数字无法辨认而未能核对：按收入性质分的合计。",
        "设置：缺省",
    ]


def test_no_person_is_named(page: str) -> None:
    assert "某评审员" not in page


@pytest.mark.parametrize(
    ("which", "heading"),
    [
        ("云岭县水利局", "云岭县水利局（110001）2024年度 第1版 编号1"),
        ("水利", "云岭县水利局（110001）2024年度 第1版 编号1"),
        ("110002", "云岭县林业局（110002）2023年度 第2版 编号3"),
        ("2", "云岭县林业局（110002）2023年度 第1版 编号2"),
    ],
)
def test_by_number_name_or_code(gouji: Gouji, which: str, heading: str) -> None:
    done = gouji("show", which)
    assert done.exit_code == 0
    assert heading in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("999",), "没有部门「999」的报告"),
        (("云岭县水力局",), "是否指 云岭县水利局"),
        (("云岭县",), "合于 3 个部门：云岭县农业农村局、云岭县林业局、云岭县水利局"),
        (("水利", "--year", "2020"), "没有 2020 年度的报告"),
        ((), "缺少参数 编号或部门"),
    ],
)
def test_which_one_is_not_told(gouji: Gouji, arguments: tuple[str, ...], words: str) -> None:
    done = gouji("show", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_a_figure_on_which_two_copies_differ_has_its_chinese_name() -> None:
    on_duty = Conflict(
        "staffing.on_duty", Quantity(Decimal(19), Decimal(1), "count", "", "19"), Absent("blank")
    )
    stored = Stored(1, 1, Report(conflicts=(on_duty,)), Judgement((), ()), datetime(2025, 5, 6, tzinfo=UTC))
    differing = next(iter(how_it_was_judged(stored, {})))
    assert differing.rows == (("实际在职人数", "19", "（空）"),)
