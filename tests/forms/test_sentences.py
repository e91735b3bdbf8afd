"""Paragraphs to sentences: breaks mended, headings told, places kept."""

from __future__ import annotations

import pytest

from extract.document import Paragraph
from extract.forms.sentences import fold, sentences
from tests.forms.narratives import narrative, told


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("“三公”經費 １２．５ 萬元", "三公经费12.5万元"),
        ("１，３６１．５２万元，其中", "1,361.52万元，其中"),
        ("①基本支出5万元②项目支出3万元", "、基本支出5万元、项目支出3万元"),
        ("部 门决算 12 3.45 万 元", "部门决算123.45万元"),
        ("2024 1361.52万元", "2024|1361.52万元"),
        ("面积100㎡５万元", "面积100平方米5万元"),
    ],
)
def test_folding(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    ("paragraphs", "pages"),
    [
        (["2024年公务接待费支出决\n算为3.45万元。"], [1]),
        (["2024年公务接 待费支出决算为 3 .4 5 万 元。"], [1]),
        (["2024年公务接待费支出决算为3.", "45万元。"], [1, 1]),
        (["2024年公务接待费支出决", "算为3.45万元。"], [1, 2]),
        (["2024年公务接待费支出决算为3.45", "万元，用于来访。"], [1, 1]),
        (["一、“三公”经费情况", "（1）公务接待费支出，", "2024年决算为3.45万元。"], [1, 1, 1]),
    ],
)
def test_a_figure_broken_by_lines_and_pages_is_one(paragraphs: list[str], pages: list[int]) -> None:
    assert told(narrative(*paragraphs, pages=pages)) == ["reception.final 3.45"]


def test_sentences_keep_their_words_place_and_headings() -> None:
    given = [
        Paragraph("一、概况", 0, page=1),
        Paragraph("（一）人员情况", 1, page=1),
        Paragraph("甲局成立于1999年。现有30人！", 2, page=2),
        Paragraph("二、支出", 3, page=2),
        Paragraph("支出9万元。其中：甲5万元。", 4, page=3),
    ]
    found = list(sentences(given, "a.pdf"))
    assert [(s.text, s.headings, s.opens, s.locus.page, s.locus.paragraph) for s in found] == [
        ("一、概况", ("一、概况",), True, 1, 0),
        ("（一）人员情况", ("一、概况", "(一)人员情况"), True, 1, 1),
        ("甲局成立于1999年。", ("一、概况", "(一)人员情况"), True, 2, 2),
        ("现有30人！", ("一、概况", "(一)人员情况"), False, 2, 2),
        ("二、支出", ("二、支出",), True, 2, 3),
        ("支出9万元。其中：甲5万元。", ("二、支出",), True, 3, 4),
    ]


def test_separate_paragraphs_stay_separate() -> None:
    found = narrative("2024年“三公”经费情况", "2024年基本支出5万元", "2024年项目支出6万元", pages=[1, 1, 1])
    assert told(found) == ["basic_expenditure 5", "project_expenditure 6"]
