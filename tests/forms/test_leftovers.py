"""Template leftovers in running text: said to be there, and not where somebody writes so on purpose."""

from __future__ import annotations

import pytest

from extract.document import Paragraph
from extract.forms.leftovers import leftovers
from tests.forms.reading import read

LEFT = [
    ("决算支出XX万元。", "决算支出XX万元。"),
    ("公务接待费***万元，与上年持平。", "公务接待费***万元，与上年持平。"),
    ("××县财政局", "××县财政局"),
    ("报告日期：20XX年X月X日", "报告日期：20XX年X月X日"),
    ("依据〔2024〕XX号文件", "依据〔2024〕XX号文件"),
    ("依据甲财〔2024〕 号文件", "依据甲财〔2024〕号文件"),
    ("决算为____万元。", "决算为____万元。"),
    ("接待费3万元，占 %。", "接待费3万元，占%。"),
    ("比上年减少 万元，", "比上年减少万元，"),
    ("自评得分  分，", "自评得分分，"),
    ("编制 人，实有 人。", "编制人，实有人。"),
    ("较上年增加（减少）3万元。", "较上年增加（减少）3万元。"),
    ("同比增长/下降5%。", "同比增长/下降5%。"),
    ("主要成效（100字以内）", "主要成效（100字以内）"),
    ("（请填写单位全称）", "（请填写单位全称）"),
]

MEANT = [
    "购置XX型设备2台，XXL号工作服3件，X光机1台。",
    "联系电话139XXXX1234，李××等3人受到表彰。",
    "规格3×4，补助268名×2400元。",
    "单位：万元",
    "公用经费支出（万元）",
    "单笔支出万元以上的项目3个。",
    "部门负责人（签字）：________  ____年____月____日",
    "单位公章 ：",
    "收入增长、支出下降（降低）3%。",
    "接待费3 万元，占 5 %，得 9 分。",
    "*注：本表金额单位为万元，比重以%表示。",
    "“三公”经费（见附表）按季度公示。",
]


@pytest.mark.parametrize(("text", "told"), LEFT)
def test_a_leftover_is_told_with_the_words_around_it(text: str, told: str) -> None:
    assert [(found.what, found.text) for found in leftovers([Paragraph(text, 0)], "a.docx")] == [
        ("leftover", told)
    ]


@pytest.mark.parametrize("text", MEANT)
def test_what_is_written_on_purpose_is_none(text: str) -> None:
    assert leftovers([Paragraph(text, 0)], "a.docx") == ()


def test_one_a_sentence_with_its_place() -> None:
    long = "本年度各项工作按计划稳步推进，" * 4
    given = [Paragraph("概况", 0, 1), Paragraph(f"{long}共XX人、占 %。{long}共XX人。", 1, 2)]
    found = leftovers(given, "a.pdf")
    assert [one.text for one in found] == [
        "度各项工作按计划稳步推进，共XX人、占%。",
        "度各项工作按计划稳步推进，共XX人。",
    ]
    assert all(one.locus is not None and (one.locus.page, one.locus.paragraph) == (2, 1) for one in found)


def test_the_report_keeps_them() -> None:
    report = read("2024年部门整体支出绩效自评报告\n决算支出XX万元。\n支出下降（增长）3%。")
    assert [one.text for one in report.unrecognised if one.what == "leftover"] == [
        "决算支出XX万元。",
        "支出下降（增长）3%。",
    ]
