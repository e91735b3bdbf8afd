"""A contact's name and telephone number stay out of what is exported and shown; figures stay as printed."""

from __future__ import annotations

import pytest

from outputs.discreet import WITHHELD, discreet, discreet_table


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("编制数24人，联系人：丁小满，电话13900001111。", "编制数24人，联系人：***，电话***。"),
        ("填报人 丁小满 0731-85551234", "填报人 *** ***"),
        ("得分98.5分（联系电话：（0731）85551234）", "得分98.5分（联系电话：***）"),
    ],
)
def test_a_contact_is_left_out(printed: str, left: str) -> None:
    assert discreet(printed) == left


@pytest.mark.parametrize(
    "printed",
    [
        "全年支出13900001111元，其中基本支出13900001111.50元。",
        "全年支出10,031,774.00元，执行率0.9826，2024年0万元。",
        "全年联系人大代表12人次，项目负责人为本单位在职人员。",
        "支出13,900,001,111元，项目编码202403100000012345。",
    ],
)
def test_figures_and_other_words_stay(printed: str) -> None:
    assert discreet(printed) == printed


def test_an_unknown_table_of_people_is_named_without_them() -> None:
    assert discreet_table("成员 | 电话 | 卞大雪 | 13900002222") == WITHHELD
    assert discreet_table("卞大雪 | 13900002222") == WITHHELD
    assert discreet_table("资产类别 | 数量 | 车辆 | 3") == "资产类别 | 数量 | 车辆 | 3"
