"""Targets and actual values: what is certain is read, what isn't is said to be unsure."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.measures.bearing import bearing_of
from extract.measures.days import Days
from extract.measures.measure import (
    is_inequality,
    measure,
    no_reason,
    same_words,
    unit_lacks,
    units_differ,
)
from extract.measures.numerals import arabic
from extract.measures.units import ratio
from extract.measures.words import words_meet


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("≥4次", "≥", "4", "次"),
        ("4 次", "", "4", "次"),
        ("＞＝１０００人次", "≥", "1000", "人次"),
        ("1,200人", "", "1200", "人"),
        ("1.2万人次", "", "12000", "人次"),
        ("不超过5万元", "≤", "50000", "元"),
        ("控制在5万元以内", "≤", "50000", "元"),
        ("≤1363.38万元", "≤", "13633800", "元"),
        ("1亿元", "", "100000000", "元"),
        ("95％以上", "≥", "95", "%"),
        ("不低于95%", "≥", "95", "%"),
        ("＞95", ">", "95", ""),
        ("100%完成", "", "100", "%"),
        ("完成100%", "", "100", "%"),
        ("-5%", "", "-5", "%"),
        ("3.5公里。", "", "3.5", "公里"),
        ("90分（含）以上", "≥", "90", "分"),
        ("不得超过十二场", "≤", "12", "场"),
        ("百分之九十五", "", "95", "%"),
        ("万分之三以内", "≤", "0.03", "%"),
        ("0.5‰", "", "0.05", "%"),
        ("1.2万㎡", "", "12000", "平方米"),
        ("15000余人次", "≥", "15000", "人次"),
        ("&ge;95%", "≥", "95", "%"),
        ("≥100百分比", "≥", "100", "%"),
        ("满意度≥95%", "≥", "95", "%"),
        ("全年共开展5次", "", "5", "次"),
        ("15日内", "≤", "15", "日"),
        ("零事故", "", "0", ""),
        ("无重大安全事故", "", "0", ""),
    ],
)
def test_a_certain_value_is_read(text: str, operator: str, value: str, unit: str) -> None:
    found = measure(text)
    assert (found.operator, found.value, found.unit, found.sure) == (operator, Decimal(value), unit, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"),
        ("无", "blank"),
        ("/", "blank"),
        ("4月1日之前", "date"),
        ("2024年12月底前", "date"),
        ("2024.9.26", "date"),
        ("2024926", "date"),
        ("每月15日前", "date"),
        ("长期", "quality"),
        ("有效提升", "quality"),
        ("一次性完成", "quality"),
        ("≥4次/4次", "several"),
        ("培训4期，每期50人", "several"),
        ("1:3", "several"),
        ("3个乡镇12个村", "several"),
    ],
)
def test_what_is_no_value_is_given_none(text: str, kind: str) -> None:
    found = measure(text)
    assert (found.kind, found.value) == (kind, None)


@pytest.mark.parametrize("text", ["Q5万元", "第2名", "提前5天", "≥5以内", "95abc", "2024926", "1O0%"])
def test_a_value_of_open_sense_is_unsure(text: str) -> None:
    assert not measure(text).sure


def test_a_range_has_two_ends() -> None:
    found = measure("90%-95%")
    assert (found.kind, found.value, found.high, found.unit) == ("range", Decimal(90), Decimal(95), "%")


@pytest.mark.parametrize("text", ["≥90%且≤95%", "大于等于90%小于95%", "90%≤X≤95%", "≥90%，≤95%"])
def test_two_bounds_are_a_range_that_may_be_left_on_neither_side(text: str) -> None:
    found = measure(text)
    assert (found.value, found.high, found.unit, found.both) == (Decimal(90), Decimal(95), "%", True)


def test_a_value_that_is_only_near_is_said_to_be() -> None:
    found = measure("约30户")
    assert (found.value, found.about) == (Decimal(30), True)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("4月1日之前", Days(None, (4, 1), (4, 1), True)),
        ("2024年12月底前", Days(2024, (12, 31), (12, 31), True)),
        ("2024.9.26", Days(2024, (9, 26), (9, 26))),
        ("20240630", Days(2024, (6, 30), (6, 30))),
        ("第三季度", Days(None, (7, 1), (9, 30))),
        ("上半年", Days(None, (1, 1), (6, 30))),
        ("2024年1-12月", Days(2024, (1, 1), (12, 31))),
        ("10月中旬", Days(None, (10, 11), (10, 20))),
        ("已于3月28日完成", Days(None, (3, 28), (3, 28))),
        ("十二月底前", Days(None, (12, 31), (12, 31), True)),
        ("2月30日前", None),
        ("13月", None),
        ("3月1日起", None),
    ],
)
def test_days_are_read_or_left(text: str, days: Days | None) -> None:
    found = measure(text)
    assert (found.kind, found.days, found.sure) == ("date", days, days is not None)


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("公里", "米", "0.001"),
        ("平方米", "公顷", "10000"),
        ("分钟", "天", "1440"),
        ("次/年", "场", "1"),
        ("个乡镇", "个", "1"),
        ("个", "家", "1"),
        ("处", "座", None),
        ("人", "人次", None),
        ("次", "期", None),
        ("%", "个百分点", None),
        ("%", "", None),
        ("个月", "天", None),
        ("元/人", "元", None),
        ("个乡镇", "个村", None),
    ],
)
def test_units_convert_or_cannot_be_compared(one: str, other: str, times: str | None) -> None:
    assert ratio(one, other) == (None if times is None else Decimal(times))


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("一千二百人次", "1200人次"),
        ("一百零五户", "105户"),
        ("二十万元", "200000元"),
        ("百分之九十五点五", "95.5%"),
        ("二〇二四年底前", "2024年底前"),
        ("三四次", "三四次"),
        ("第三次", "第三次"),
        ("一次性补助", "一次性补助"),
        ("三公经费", "三公经费"),
        ("十四五期间", "十四五期间"),
    ],
)
def test_numerals_are_made_digits_only_where_they_count(words: str, digits: str) -> None:
    assert arabic(words) == digits


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("全部完成", "圆满完成", True),
        ("全部完成", "部分完成", False),
        ("按时完成", "延期完成", False),
        ("优秀", "良好", False),
        ("合格", "优", True),
        ("优良", "中", False),
        ("提升", "有效提升", None),
        ("按计划推进", "无未完成事项", None),
    ],
)
def test_words_reach_words(target: str, actual: str, met: bool | None) -> None:
    assert words_meet(target, actual) is met


_CHINESE = "零一二三四五六七八九"


def _in_chinese(value: int) -> str:
    """1 to 9999 as it is spoken."""
    spoken, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            spoken += ("零" if zero and spoken else "") + _CHINESE[digit] + unit
        zero = not digit
    return spoken.removeprefix("一") if 10 <= value < 20 else spoken


@given(st.integers(1, 9999), st.sampled_from(["{}次", "不少于{}次", "≥{}次", "{}次以上", "{}次。", "（{}次"]))
def test_a_count_is_read_in_both_notations(value: int, form: str) -> None:
    digits, words = measure(form.format(value)), measure(form.format(_in_chinese(value)))
    assert (digits.value, digits.operator, digits.unit) == (words.value, words.operator, words.unit)
    assert digits.value == value


@given(
    st.integers(1, 10**8),
    st.sampled_from([("{}元", 1), ("{}万元", 10**4), ("{}亿元", 10**8), ("{} 元", 1), ("≤{}万元", 10**4)]),
)
def test_an_amount_is_read_in_every_unit(value: int, form: tuple[str, int]) -> None:
    text, scale = form
    found = measure(text.format(Decimal(value) / 100))
    assert (found.value, found.unit, found.sure) == (Decimal(value) / 100 * scale, "元", True)


@given(
    st.decimals(0, 100, places=1),
    st.sampled_from([("{}%", ""), ("≥{}%", "≥"), ("不低于{}％", "≥"), ("{}%以内", "≤"), ("百分之{}", "")]),
)
def test_a_percentage_is_read_in_every_notation(value: Decimal, form: tuple[str, str]) -> None:
    text, operator = form
    found = measure(text.format(value))
    assert (found.value, found.unit, found.operator) == (value, "%", operator)


@given(st.text(max_size=30))
def test_any_words_are_measured_without_an_error(text: str) -> None:
    assert measure(text).words == measure(text).words


def test_units_that_cannot_be_compared() -> None:
    assert unit_lacks(measure("≥95%"), measure("96"))
    assert not unit_lacks(measure("≥4次"), measure("4"))
    assert units_differ(measure("5万元"), measure("5%"))
    assert not units_differ(measure("5次"), measure("5场"))
    assert not units_differ(measure("5次"), measure("已完成"))


def test_words_of_a_row() -> None:
    assert is_inequality(" ＞95")
    assert not is_inequality("95%以上")
    assert [no_reason(text) for text in ("", " 无。", "—", "不存在偏差情况", "人手不足")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert same_words("带动 就业。") == same_words("带动就业")


@pytest.mark.parametrize(
    ("levels", "way"),
    [
        (("产出指标", "数量指标", "培训人次"), "more"),
        (("产出指标", "质量指标", "群众投诉率"), "less"),
        (("产出指标", "质量指标", "投诉处理率"), "more"),
        (("产出指标", "数量指标", "事故应急演练次数"), "either"),
        (("产出指标", "成本指标", "会议支出"), "less"),
        (("成本指标", "经济成本", "成本节约率"), "either"),
        (("产出指标", "数量指标", "场馆开放天数"), "either"),
        (("产出指标", "时效指标", "办结时限"), "less"),
    ],
)
def test_names_say_which_values_are_good(levels: tuple[str, str, str], way: str) -> None:
    assert bearing_of(*levels).way == way


@pytest.mark.parametrize(
    "piece", ["1-", "1月-", "(附", "≥", "无重大", "一", "十百千万", "1≤", "2024年", "已全部"]
)
def test_a_cell_of_any_length_is_measured_at_once(piece: str) -> None:
    before = process_time()
    measure(piece * 2000)
    assert process_time() - before < 8
