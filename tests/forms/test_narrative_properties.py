"""Any narrative: amounts come back exactly, nothing known gives nothing, time is linear."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.quantity import Quantity
from extract.report import NarrativeFigure
from tests.forms.narratives import narrative

_AMOUNTS = st.decimals(min_value=0, max_value=99_999_999, places=2)
_UNITS = st.sampled_from([("元", Decimal("0.0001")), ("万元", Decimal(1)), ("亿元", Decimal(10000))])
_GROUPED = st.booleans()
_TEMPLATES = st.sampled_from(
    [
        ("2024年基本支出{0}，项目支出{1}。", ("basic_expenditure", "project_expenditure")),
        (
            "“三公”经费年初预算为{0}，支出决算为{1}。",
            ("three_public.budget", "three_public.final"),
        ),
        (
            "本年支出合计{0}，其中：基本支出{1}，占 %。",
            ("total_expenditure", "basic_expenditure"),
        ),
        (
            "2024年度基本支出{0}，其中：工资福利支出{1}，较上年增加3万元。",
            ("basic_expenditure", "wages"),
        ),
    ]
)


@given(_TEMPLATES, _AMOUNTS, _AMOUNTS, _UNITS, _GROUPED)
@settings(max_examples=150, deadline=None)
def test_amounts_are_read_back_exactly(
    template: tuple[str, tuple[str, str]],
    first: Decimal,
    second: Decimal,
    unit: tuple[str, Decimal],
    grouped: bool,
) -> None:
    name, factor = unit
    printed = [f"{amount:,.2f}{name}" if grouped else f"{amount:.2f}{name}" for amount in (first, second)]
    found = narrative(template[0].format(*printed))
    assert tuple(figure.code for figure in found.figures) == template[1]
    assert [_quantity(figure) for figure in found.figures] == [
        (amount * factor, Decimal("0.01") * factor, text)
        for amount, text in zip((first, second), printed, strict=True)
    ]


def _quantity(figure: NarrativeFigure) -> tuple[Decimal, Decimal, str]:
    assert isinstance(figure.value, Quantity)
    return figure.value.value, figure.value.step, figure.value.text


@given(st.lists(st.tuples(st.text("甲乙丙丁戊，、；。其中(", max_size=12), _AMOUNTS), max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_paragraph_without_a_known_subject_has_no_figure(parts: list[tuple[str, Decimal]]) -> None:
    text = "".join(f"{words}{amount:.2f}万元" for words, amount in parts)
    assert narrative(f"修缮{text}。").figures == ()


@given(st.text("支出预算决其中三公经费基本项目：，。；、（）()0123456789.,万元亿%年比占上 \n", max_size=120))
@settings(max_examples=300, deadline=None)
def test_no_text_stops_the_reading(text: str) -> None:
    found = narrative(text)
    assert all(figure.text for figure in found.figures)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "1,234," * 30_000,
        "支出决算" * 50_000,
        "总额" * 100_000,
        "(" * 100_000 + ")" * 100_000,
        "支出5万元，" * 30_000,
        "其中：" * 60_000,
        "评价" * 100_000,
    ],
    ids=["digits", "groups", "roles", "neutral", "brackets", "amounts", "openers", "marks"],
)
def test_time_is_linear_on_hostile_paragraphs(text: str) -> None:
    started = time.process_time()
    narrative(text)
    assert time.process_time() - started < 12
