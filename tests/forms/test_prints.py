"""Prints of sentences: what is the same sentence in another department's report, and which sentences tell."""

from __future__ import annotations

import pytest

from extract.document import Paragraph
from extract.forms.prints import sentence_prints
from extract.report import Part, Report
from extract.submission import merge

WATER = ("云岭县水利局",)
FOREST = ("云岭县林业局",)


def prints(*texts: str, names: tuple[str, ...] = WATER) -> tuple[int, ...]:
    paragraphs = [Paragraph(text, index) for index, text in enumerate(texts)]
    return sentence_prints(paragraphs, "报告.docx", names)


REPAIR = (
    "一是完成灌溉渠道清淤42公里，投入资金18.60万元，带动沿线三个乡镇农户用工280人次，群众出行条件明显改善。"
)


@pytest.mark.parametrize(
    "other",
    [
        "一是完成灌溉渠道清淤7公里，投入资金103.25万元，带动沿线五个乡镇农户用工96人次，群众出行条件明显改善。",
        "（2）完成灌溉渠道清淤４２ 公里,投入资金１８．６０万元,带动沿线 三个乡镇农户用工280人次,"
        "群众出行条件明显改善。",
        "完成灌溉渠道清淤42公里\n，投入资金18.60万元，带动沿线三个乡镇农户用工280人次，群众出行条件明显改善！",
    ],
)
def test_figures_numbering_and_printing_do_not_matter(other: str) -> None:
    assert prints(REPAIR) == prints(other) != ()


def test_another_wording_is_another_sentence() -> None:
    assert prints(REPAIR) != prints(REPAIR.replace("明显改善", "有所改善"))


def test_the_departments_own_names_do_not_matter() -> None:
    tells = "{}成立专班逐项排查隐患台账，建立了日调度周通报月考评的推进机制。"
    water = [tells.format(name) for name in ("云岭县水利局", "县水利局", "我局", "本单位", "")]
    found = {prints(text) for text in water} | {prints(tells.format("云岭县林业局"), names=FOREST)}
    assert len(found) == 1
    assert prints(tells.format("云岭县林业局")) not in found


@pytest.mark.parametrize(
    "set_phrase",
    [
        "2024年决算支出1334.95万元，其中：基本支出681.03万元，项目支出653.92万元。",
        "全年决算三公经费8.88万元，其中：公务接待费3.50万元、因公出国（境）费用0万元、公务用车购置及运行费5.38万元。",
        "三公经费支出比上年减少5.65万元，下降18.51%。",
        "产出指标总分值40分，评价得分39.5分。",
        "经自评，部门整体支出绩效评价结论为优，自评得分为99.4分。",
        "2024年末编制人数81人，实有在职人员77人。",
        "国有资本经营预算支出0万元。",
        "已按时完成。",
    ],
)
def test_what_every_report_says_has_no_print(set_phrase: str) -> None:
    assert prints(set_phrase) == ()


def test_headings_labels_and_lines_to_fill_in_have_none() -> None:
    assert prints("六、进一步加强河湖水域岸线空间管控和流域综合治理的建议", "填报人：某某　联系电话：") == ()


def test_each_sentence_counts_once_and_a_print_has_63_bits() -> None:
    found = prints(REPAIR, REPAIR, REPAIR.replace("渠道", "管道") + REPAIR)
    assert len(found) == 2
    assert all(0 <= one < 2**63 for one in found)


def test_without_a_name_nothing_is_taken_out() -> None:
    assert prints(REPAIR, names=()) == prints(REPAIR, names=("", "局")) == prints(REPAIR)


def test_a_submission_has_the_prints_of_its_narrative() -> None:
    tables = Report("云岭县水利局", parts=(Part("base", "附件2.docx"),))
    words = Report("云岭县水利局", parts=(Part("narrative", "附件1.docx"),), sentence_prints=(3, 1, 2))
    assert merge([tables, words]).sentence_prints == merge([words, tables]).sentence_prints == (3, 1, 2)
