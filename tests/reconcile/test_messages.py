"""Messages as text: numbers in the unit and places in which they were printed, words that a clerk knows."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest

from extract.paths import figures
from extract.quantity import Kind, Quantity
from extract.report import Report
from reconcile.catalogue import judge
from reconcile.finding import Finding
from reconcile.interval import around
from reconcile.ledger import Term
from reconcile.message import addition, style_of
from reconcile.tie import Examined, tie_at_most, tie_equal, tie_parts, tie_rate, tie_sum
from tests.reconcile.consistent import Printing, consistent
from tests.reconcile.edits import changed
from tests.reconcile.wrong_figures import tied

SCALES = {"元": 4, "千元": 1, "万元": 0, "万": 0, "亿元": -4}
KINDS: dict[str, Kind] = {"%": "rate", "人": "count", "分": "score", "㎡": "area"}
LONGEST = 220
"""Characters of a message: two lines of a wide terminal, a Chinese one taking two columns."""


def term(name: str, text: str) -> Term:
    """A figure as it was printed: "1.80万元", "98.26%", "37,151.47元"."""
    number = text.rstrip("元万亿千%人分㎡")
    unit = text.removeprefix(number)
    scale = -2 if unit == "%" else -SCALES.get(unit, 0)
    plain = number.replace(",", "")
    step = Decimal(1).scaleb(scale - len(plain.partition(".")[2]))
    value = Decimal(plain).scaleb(scale)
    figure = Quantity(value, step, KINDS.get(unit, "money"), unit, text)
    return Term("", figure, around(value, step), Report(), name)


def said(examined: Examined) -> str:
    (examination,) = examined
    return examination.message


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("1.80万元", "1.96万元", "甲 1.80 万元，乙 1.96 万元，差 0.16 万元"),
        ("1.8万元", "1.96万元", "甲 1.8 万元，乙 1.96 万元，差 0.16 万元"),
        ("985.60万", "986.60万元", "甲 985.60 万元，乙 986.60 万元，差 1.00 万元"),
        ("9856000元", "9856700元", "甲 9856000 元，乙 9856700 元，差 700 元"),
        ("9856000.00元", "9856700.37元", "甲 9856000.00 元，乙 9856700.37 元，差 700.37 元"),
        ("985.60万元", "9866000.00元", "甲 985.60 万元，乙 9866000.00 元（986.60 万元），差 1.00 万元"),
        (
            "985.60万元",
            "9866012.34元",
            "甲 985.60 万元，乙 9866012.34 元（约 986.60 万元），差 1.001234 万元",
        ),
        ("0.14亿元", "1560.25万元", "甲 0.14 亿元（1400 万元），乙 1560.25 万元，差 160.25 万元"),
        (
            "0.14亿元",
            "15602500元",
            "甲 0.14 亿元（1400 万元），乙 15602500 元（1560.25 万元），差 160.25 万元",
        ),
        ("37,151.47万元", "37,151.74万元", "甲 37151.47 万元，乙 37151.74 万元，差 0.27 万元"),
        ("-7.30万元", "7.30万元", "甲 -7.30 万元，乙 7.30 万元，差 14.60 万元"),
        ("3.5千元", "4.5千元", "甲 3.5 千元，乙 4.5 千元，差 1.0 千元"),
        ("98.26%", "96%", "甲 98.26%，乙 96%，差 2.26 个百分点"),
        ("27人", "30人", "甲 27 人，乙 30 人，差 3 人"),
        ("99.34分", "97分", "甲 99.34 分，乙 97 分，差 2.34 分"),
    ],
)
def test_two_places_each_in_its_own_words(one: str, other: str, message: str) -> None:
    assert said(tie_equal(term("甲", one), term("乙", other))) == message


@pytest.mark.parametrize(
    ("parts", "total", "message"),
    [
        (
            ("701.92万元", "661.46万元"),
            "1370.68万元",
            "甲 701.92 + 乙 661.46 = 1363.38，总额 1370.68，差 7.30 万元",
        ),
        (
            ("7019200元", "6614600元"),
            "13706800元",
            "甲 7019200 + 乙 6614600 = 13633800，总额 13706800，差 73000 元",
        ),
        (
            ("7019200元", "6614600元"),
            "1370.68万元",
            "甲 7019200 元（701.92 万元） + 乙 6614600 元（661.46 万元） = 1363.38 万元，"
            "总额 1370.68 万元，差 7.30 万元",
        ),
        (("10.00万元", "-7.30万元"), "4.00万元", "甲 10.00 + 乙 -7.30 = 2.70，总额 4.00，差 1.30 万元"),
        (("0.2134万元", "1.5万元"), "2.80万元", "甲 0.2134 + 乙 1.5 = 1.7134，总额 2.80，差 1.0866 万元"),
        (("0.2134万元", "1.7866万元"), "3.00万元", "甲 0.2134 + 乙 1.7866 = 2.00，总额 3.00，差 1.00 万元"),
    ],
)
def test_sums_in_printed_numbers(parts: tuple[str, str], total: str, message: str) -> None:
    terms = [term(name, text) for name, text in zip("甲乙", parts, strict=True)]
    assert said(tie_sum(terms, term("总额", total))) == message


def test_limits_and_rates() -> None:
    over = tie_at_most(term("决算数", "23000元"), term("预算数", "1.80万元"))
    assert said(over) == "决算数 23000 元（2.30 万元），超过预算数 1.80 万元，多 0.50 万元"
    parts = tie_parts([term("甲", "3.00万元"), term("乙", "2.00万元")], term("总额", "4.00万元"))
    assert said(parts) == "甲 3.00 + 乙 2.00 = 5.00，超过总额 4.00，多 1.00 万元"
    rate = tie_rate(term("执行数", "7456000元"), term("预算数", "760.00万元"), term("执行率", "97.11%"))
    assert (
        said(rate)
        == "执行数 7456000 元（745.60 万元） ÷ 预算数 760.00 万元 = 98.11%，执行率 97.11%，差 1.00 个百分点"
    )


def test_a_long_sum_names_its_first_part_only() -> None:
    terms = [term(f"项目{place}", "1.10万元") for place in range(9)]
    assert addition(terms, style_of(terms)) == "项目0等 9 项合计 9.90"


@pytest.mark.parametrize("printing", [Printing(), Printing(yuan=True), Printing(places=4), Printing(told=0)])
def test_no_message_shows_a_code_or_outgrows_two_lines(printing: Printing) -> None:
    random = Random(20240630)
    report = consistent(printing=printing)
    told: list[Finding] = []
    for path, figure in figures(report):
        if isinstance(figure, Quantity) and figure.value and not path.endswith("percent"):
            wrong = f"{(figure.value * random.choice((2, 3, 7)) + 1).normalize():f}"
            told += judge(changed(report, {path: wrong})).findings
    assert len(told) > 100
    for words in {text for finding in told for text in (finding.message, finding.hint)}:
        assert not re.search(r"[A-Za-z_]|  |\.\d{7}|（）|“”", words), words
        assert words.count("\n") <= 1
        assert len(words) <= LONGEST, words


def test_no_hint_outgrows_a_line_and_a_half() -> None:
    random = Random(20240701)
    for _ in range(40):
        report = tied(random)
        paths = [path for path, figure in figures(report) if isinstance(figure, Quantity) and figure.value]
        wrong = changed(report, {path: "12.34" for path in random.sample(paths, 3) if "percent" not in path})
        assert max((len(finding.hint) for finding in judge(wrong).findings), default=0) <= 110
