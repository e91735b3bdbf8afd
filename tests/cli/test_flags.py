"""`gouji flags`: what, which submission, where; its formats and filters."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.cli.conftest import Gouji
from tests.cli.reports import NATURE_SUM

pytestmark = pytest.mark.usefixtures("filled")

WATER = """\
云岭县水利局（110001）2024年度 第1版 编号1 有问题：错误1 核实1 提示0
  [错误] 3. 按支出性质分的合计（funding.nature_sum）
      基本支出 701.92 + 项目支出 661.46 = 1363.38，年度资金总额（全年执行数）1370.68，差 7.30 万元
      可能：差额 7.30 漏列了一项支出
      位置：附件3.docx 第3页 表2 第7列第5、7、8行
  [核实] 1. 指标无法衡量（indicator.unmeasurable）
      指标「合格率」没有填实际完成值
      位置：附件1.docx 第12段

"""


def objects(gouji: Gouji, *arguments: object) -> list[dict[str, Any]]:
    done = gouji("flags", "--format", "json", *arguments)
    assert done.exit_code == bool(json.loads(done.stdout))
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def whose(found: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(one["submission_id"], one["rule"]) for one in found]


def test_a_listing_that_is_piped_holds_whole_lines(gouji: Gouji) -> None:
    done = gouji("flags")
    assert done.exit_code == 1
    assert WATER in done.stdout
    assert "云岭县农业农村局（110003）2024年度 第1版 编号4 材料不全：错误1 核实0 提示0" in done.stdout


def test_latest_revisions_that_are_broken_or_suspect(gouji: Gouji) -> None:
    assert whose(objects(gouji)) == [
        (4, "completeness.parts"),
        (1, "funding.nature_sum"),
        (1, "indicator.unmeasurable"),
    ]


def test_all_revisions_where_asked(gouji: Gouji) -> None:
    assert (2, "funding.nature_sum") in whose(objects(gouji, "--all-revisions"))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--department", "云岭县水利局"), {1}),
        (("--department", "110003"), {4}),
        (("--department", "云岭县"), {1, 4}),
        (("--year", "2024"), {1, 4}),
        (("--year", "2023", "--all-revisions"), {2}),
        (("--rule", "funding"), {1}),
        (("--rule", "*.parts"), {4}),
        (("--rule", "completeness.parts", "--rule", "indicator.unmeasurable"), {1, 4}),
        (("--severity", "warning"), {1}),
        (("--severity", "notice"), set()),
        (("--severity", "error", "--rule", "indicator"), set()),
    ],
)
def test_filters(gouji: Gouji, arguments: tuple[str, ...], found: set[int]) -> None:
    assert {one["submission_id"] for one in objects(gouji, *arguments)} == found


def test_nothing_found_is_said(gouji: Gouji) -> None:
    done = gouji("flags", "--severity", "notice")
    assert (done.exit_code, done.stdout) == (0, "没有需要核实的问题。\n")
    assert gouji("flags", "--year", "1999").stdout == "数据库里没有这样的报告。\n"


def test_an_unknown_department_or_rule_is_a_mistake_not_an_empty_list(gouji: Gouji) -> None:
    done = gouji("flags", "--department", "云岭县水力局")
    assert done.exit_code == 2
    assert "是否指 云岭县水利局" in done.stderr
    assert gouji("flags", "--rule", "fundings").exit_code == 2


def test_json_tells_whose_finding_it_is_and_then_the_finding(gouji: Gouji) -> None:
    (one,) = objects(gouji, "--rule", "funding.nature_sum")
    keys = (
        "submission_id department department_code fiscal_year revision status "
        "number rule severity verdict message"
    )
    assert list(one) == f"{keys} expected found difference cites places hint waiver".split()
    assert one["message"] == NATURE_SUM.message
    assert one["difference"] == "7.30"
    assert one["places"][0]["bbox"] == [10, 20, 30, 40]


def test_csv_opens_in_excel(gouji: Gouji) -> None:
    done = gouji("flags", "--format", "csv")
    assert done.exit_code == 1
    assert done.stdout_bytes.startswith("\ufeff编号,部门,".encode())
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    water = [row for row in rows if row["部门"] == "云岭县水利局"]
    assert [row["程度"] for row in water] == ["错误", "核实"]
    assert water[0]["规则"] == "按支出性质分的合计"
    assert (water[0]["相差"], water[0]["序号"], water[0]["说明"]) == ("7.30", "3", "")
    assert water[0]["位置"] == "附件3.docx 第3页 表2 第7列第5、7、8行"


@pytest.mark.parametrize("order", [("--db", "URL", "flags"), ("flags", "--db", "URL")])
def test_the_database_is_named_before_or_after_the_command(
    gouji: Gouji, filled: str, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...]
) -> None:
    monkeypatch.delenv("GOUJI_DB")
    assert gouji(*(filled if word == "URL" else word for word in order)).exit_code == 1


def test_the_later_database_holds_over_the_earlier_and_both_over_the_environment(
    gouji: Gouji, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_DB", "sqlite:////nowhere/none.db")
    assert gouji("flags").exit_code == 4
    assert gouji("--db", filled, "flags").exit_code == 1
    assert gouji("--db", "sqlite:////nowhere/none.db", "flags", "--db", filled).exit_code == 1
