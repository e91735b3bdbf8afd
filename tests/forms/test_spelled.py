"""Numbers spelled out, put into digits; what is no certain number stays as it is printed."""

from __future__ import annotations

import pytest

from extract.forms.spelled import in_digits

CERTAIN = [
    ("壹佰万元整", "100万元"),
    ("三十二万元", "32万元"),
    ("三万五千元", "35千元"),
    ("叁佰贰拾伍万肆仟元整", "3254千元"),
    ("一千二百三十四万五千六百元", "1234.56万元"),
    ("三点五万元", "35千元"),
    ("一万零五元", "10005元"),
    ("零元", "0元"),
    ("三十二万，其中", "32万元，其中"),
    ("1亿2000万元", "12000万元"),
    ("1亿2,345.67万元", "12345.67万元"),
    ("3万5千元", "35千元"),
    ("3万5000元", "35000元"),
    ("一百二十人", "120人"),
    ("九十六分", "96分"),
    ("二〇二四年", "2024年"),
    ("百分之六十", "60%"),
    ("百分之九十八点五", "98.5%"),
    ("百分之一百二十", "120%"),
    ("百分之百", "100%"),
    ("百分之62.5", "62.5%"),
]
UNCERTAIN = [
    "五百余万元", "十几万元", "数百万元", "几十万元", "百万元", "一百二元", "三万五元", "2万3元",
    "1.5万3千元", "一二十万元", "十分重视", "一人一档", "第三十二名", "十四五期间", "二〇年", "三分之一",
    "百分之几", "百分之七八十", "百分之七十几", "百分之六十多", "百分之二十至三十",
]  # fmt: skip


@pytest.mark.parametrize(("printed", "digits"), CERTAIN)
def test_a_spelled_number_is_put_into_digits(printed: str, digits: str) -> None:
    assert in_digits(f"支出{printed}") == f"支出{digits}"


@pytest.mark.parametrize("printed", UNCERTAIN)
def test_an_uncertain_number_stays_as_it_is(printed: str) -> None:
    assert in_digits(f"支出{printed}") == f"支出{printed}"
