"""Targets and actual values: what is certain is read, what isn't is said to be unsure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.forms.measure import (
    is_inequality,
    less_is_better,
    measure,
    meets,
    no_reason,
    same_words,
    unit_lacks,
    units_differ,
)


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
        ("全年", "quality"),
        ("有效提升", "quality"),
        ("15000余人次", "quality"),
        ("约30户", "quality"),
        ("≥4次/4次", "quality"),
        ("Q5万元", "quality"),
        ("3个乡镇12个村", "quality"),
    ],
)
def test_what_is_no_value_is_given_none(text: str, kind: str) -> None:
    found = measure(text)
    assert (found.kind, found.value) == (kind, None)


@pytest.mark.parametrize("text", ["4次/年", "≥100百分比", "≥5以内", "95abc"])
def test_a_value_of_open_sense_is_unsure(text: str) -> None:
    assert not measure(text).sure


def test_a_range_has_two_ends() -> None:
    found = measure("90%-95%")
    assert (found.kind, found.value, found.high, found.unit) == ("range", Decimal(90), Decimal(95), "%")


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("＞10次", "10次", False),
        ("<3%", "2.5%", True),
        ("≥50人", "50人次", True),
        ("≥50人", "50万元", None),
        ("≥50人", "50%", None),
        ("≥50人", "≥60人", None),
        ("≥50人", "40-60人", None),
    ],
)
def test_meeting_a_target(target: str, actual: str, met: bool | None) -> None:
    assert meets(measure(target), measure(actual), less_is_better=False) is met


def test_units_that_cannot_be_compared() -> None:
    assert unit_lacks(measure("≥95%"), measure("96"))
    assert not unit_lacks(measure("≥4次"), measure("4"))
    assert units_differ(measure("5万元"), measure("5%"))
    assert not units_differ(measure("5次"), measure("5场"))
    assert not units_differ(measure("5次"), measure("已完成"))


def test_words_of_a_row() -> None:
    assert is_inequality(" ＞95")
    assert not is_inequality("95%以上")
    assert less_is_better("效益指标", "群众投诉率")
    assert not less_is_better("产出指标", "培训人次")
    assert [no_reason(text) for text in ("", " 无。", "—", "无偏差", "人手不足")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert same_words("带动 就业。") == same_words("带动就业")
