"""A bureau's settings file: what it sets for which report, and what is said of one that can't be used."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.report import Report
from reconcile.catalogue import RULES
from reconcile.finding import Severity
from reconcile.rulebook import STANDARD
from reconcile.rulebook_text import BadSettingsError, load, parse
from reconcile.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"^```toml\n(.*?)^```", GUIDE, re.M | re.S)
WATER = Report(department="云岭县水利局", department_code="589001", fiscal_year=2024)
CODES = [rule.code for rule in RULES]


def settings(text: str, report: Report = WATER) -> Settings:
    return parse(text, "设置.toml").settings_for(report)


def refusal(text: str) -> str:
    with pytest.raises(BadSettingsError) as error:
        parse(text, "设置.toml")
    return str(error.value)


def test_without_a_file_everything_is_as_it_comes_with_gouji() -> None:
    assert STANDARD.settings_for(WATER) == Settings()
    assert settings("") == replace(Settings(), source="设置.toml（e3b0c442）")


def test_the_guides_example_sets_what_the_guide_says() -> None:
    book = parse(EXAMPLE, "设置.toml")
    everywhere = book.everywhere()
    assert (everywhere.adjustment_limit, everywhere.overshoot) == (Decimal("0.3"), Decimal("1.5"))
    assert everywhere.off == {"indicator.duplicate", "project.sum", "construction.rates"}
    assert everywhere.severities["identity.year"] is Severity.ERROR
    water = book.settings_for(WATER)
    assert (water.overshoot, water.adjustment_limit) == (Decimal(2), Decimal("0.3"))
    assert "project.sum" not in water.off
    assert {"copied.narrative", "construction.rates"} <= water.off
    assert water.severities["identity.template"] is Severity.NOTICE
    assert water.severities["funding.adjustment"] is Severity.NOTICE
    assert book.settings_for(replace(WATER, fiscal_year=2023)).adjustment_limit == Decimal("0.5")


def test_the_guide_names_every_key_and_quotes_a_real_message() -> None:
    message = refusal("# 阈值\najustment_limit = 0.3")
    assert f"错误：{message}\n" in GUIDE
    for key in message.partition("可以写的有：")[2].split("、"):
        assert f"`{key}`" in GUIDE or f"`[{key}]`" in GUIDE or f"`[[{key}]]`" in GUIDE


@given(st.decimals("0", "5", places=6))
def test_thresholds_stay_the_decimals_that_were_written(limit: Decimal) -> None:
    assert settings(f"adjustment_limit = {limit:f}").adjustment_limit == limit


WORDS = ("off", "severity", "when", "year", "overshoot", "grade_bands", "project.sum", "*", "2024", "-1e9")
PIECES = st.sampled_from(
    [*WORDS, "[", "]", "[[", "]]", "{", "}", "=", ".", ",", '"', "'", "\n", " ", "云", "“"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_text_ends_otherwise_than_in_settings_or_a_message(text: str) -> None:
    try:
        said = parse(text, "设置.toml").settings_for(WATER).source
    except BadSettingsError as error:
        said = str(error).removeprefix("设置文件 ")
    assert said.startswith("设置.toml")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("year = 2024", True),
        ("year = 2023", False),
        ("years = [2023, 2024]", True),
        ('region = "云岭县"', True),
        ('region = " 云 岭县"', True),
        ('region = "岭县"', False),
        ('region = "589"', True),
        ('region = "５８９"', True),
        ('region = "89"', False),
        ('region = ["星泽市", "589001"]', True),
        ('year = 2023\nregion = "云岭县"', False),
        ('year = 2024\nregion = "云岭县"', True),
    ],
)
def test_which_reports_a_condition_fits(condition: str, holds: bool) -> None:
    assert (settings(f"[[when]]\n{condition}\novershoot = 9").overshoot == 9) is holds


def test_a_report_that_names_neither_year_nor_code_fits_no_such_condition() -> None:
    unknown = replace(WATER, fiscal_year=None, department_code=None)
    assert settings("[[when]]\nyear = 2024\novershoot = 9", unknown).overshoot == Decimal("1.3")
    assert settings('[[when]]\nregion = "589"\novershoot = 9', unknown).overshoot == Decimal("1.3")


def test_later_blocks_override_earlier_ones_and_add_to_what_is_off() -> None:
    text = """
off = ["funding", "score"]
[severity]
"*" = "notice"
"grade.band" = "核实"
[[when]]
year = 2024
on = "funding.score"
overshoot = 2
[[when]]
region = "云岭县"
off = "grade.band"
overshoot = 3
severity.score.narrative = "错误"
"""
    found = settings(text)
    assert found.overshoot == 3
    assert found.off == {c for c in CODES if c.startswith(("funding.", "score.", "grade."))} - {
        "funding.score"
    }
    assert found.severities["score.narrative"] is Severity.ERROR
    assert found.severities["grade.band"] is Severity.WARNING
    assert found.severities["staffing.narrative"] is Severity.NOTICE


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# 阈\n\noverhoot = 1.3", 3, "没有「overhoot」这一项，是否指 overshoot"),
        ("adjustment_limit = 20", 1, "应在 0 到 5 之间，写的是 20。比例写成小数，20% 写 0.2"),
        ("adjustment_limit = -0.1", 1, "应在 0 到 5 之间，写的是 -0.1"),
        ("adjustment_limit = nan", 1, "应为数，写的是 NaN"),
        ("overshoot = inf", 1, "应为数，写的是 Infinity"),
        ("overshoot = true", 1, "应为数，不加引号。写的是 true"),
        ('adjustment_limit = "20%"', 1, "应为数，不加引号，比例写成小数"),
        ("overshoot = 1.1234567", 1, "最多写 6 位小数"),
        ("grade_bands = [90, 80]", 1, "应为优、良、中的最低分三个数"),
        ("grade_bands = [60, 80, 90]", 1, "应从大到小"),
        ('off = [\n  "proj.sum",\n]', 2, "没有规则「proj.sum」，是否指 project.sum"),
        ("off = [3]", 1, "off 应为规则代码的列表"),
        ('[severity]\n"funding.*" = "grave"', 2, "可以写：error、warning、notice、错误、核实、提示"),
        ('[severity]\n"fund.*" = "error"', 2, "没有规则「fund.*」"),
        ("severity = 3", 1, "severity 应为 规则代码"),
        ('[severity]\ngrade.band = "error"\noff = ["project"]', 3, "请移到 [severity] 那一行之前"),
        ("[when]\nyear = 2024", 1, "要写成单独一行的 [[when]]"),
        ('overshoot = 2\n[[when]]\noff = "project"', 2, "没有写条件"),
        ('[[when]]\nyear = "2024"', 2, "应为年度，从 1990 到 2100"),
        ("[[when]]\nyear = true", 2, "应为年度"),
        ("[[when]]\nyears = []", 2, "如 years = [2023, 2024]"),
        ("[[when]]\nyear = 2024\nyears = [2023]", 3, "只写一项"),
        ('[[when]]\nregion = ""', 2, "region 应为部门名称或预算编码的开头"),
        ("[[when]]\nyear = 2023\n[[when]]\nyear = 2024\novershot = 2", 5, "是否指 overshoot"),
        ('[[when]]\nyear = 2024\noff = "project"\non = "project.sum"', 4, "project.sum 又关又开"),
        ('on = "project"', 1, "on 只能写在 [[when]] 下面"),
        ("year = 2024", 1, "写在 [[when]] 下面"),
        ("off = “project”", 1, "用了中文标点「“」，请改成英文标点"),
        ('off = ["a"]\noff = ["b"]', 2, "同一项写了两次"),
        ('[severity]\n*.narrative = "error"', 2, "要加英文引号"),
        ("off = project", 1, "不合 TOML 的写法"),
        ("x = " + "9" * 5000, 1, "不合 TOML 的写法"),
        ("x = " + "[" * 5000, 1, "不合 TOML 的写法"),
        ("overshoot = 1e99999999999999999999", 1, "不合 TOML 的写法"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line_and_remedy(text: str, line: int, words: str) -> None:
    message = refusal(text)
    assert message.startswith(f"设置文件 设置.toml 第{line}行：")
    assert words in message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("# 阈值\n".encode("gbk"), "是 GBK（ANSI）编码。请用记事本另存为，编码选 UTF-8"),
        ("# 阈值\n".encode("utf-16"), "是 Unicode（UTF-16）编码"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff", "不是文本文件"),
        (b"#" * (1 << 20) + b"\n", "太大"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "设置.toml"
    path.write_bytes(data)
    with pytest.raises(BadSettingsError) as error:
        load(path)
    assert "设置.toml" in str(error.value)
    assert words in str(error.value)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有.toml"):
        with pytest.raises(BadSettingsError, match="打不开"):
            load(path)


def test_a_mark_at_the_files_start_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "设置.toml"
    path.write_bytes("overshoot = 2 # 倍\r\noff = [\r\n'project']\r\n".encode("utf-8-sig"))
    found = load(path).settings_for(WATER)
    assert (found.overshoot, found.off) == (Decimal(2), frozenset({"project.sum"}))
