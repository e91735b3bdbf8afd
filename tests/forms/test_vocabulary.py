"""A region's own wordings: tried first, checked, and told in Chinese where they are wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.forms.read import read_report
from extract.forms.vocabulary import BadVocabularyError, load, standard
from extract.quantity import Quantity
from tests.forms.reading import values
from tests.notation import document

TABLE = "定编人头 | 在岗人头 | 控制率\n31 | 29 | 93.55%"
SENTENCE = "2024年度云岭县林业局整体支出绩效自评报告\n\n2024年全年基本开销701.20万元，项目支出20.00万元。"


def _file(folder: Path, text: str) -> Path:
    path = folder / "本地词表.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_regions_labels_and_words_are_added(tmp_path: Path) -> None:
    words = load(
        _file(
            tmp_path,
            '[staffing]\nauthorized = ["定编人头"]\non_duty = ["在岗人头"]\n'
            '[narrative]\nbasic_expenditure = ["基本开销"]\n',
        )
    )
    assert values(read_report(document(TABLE), standard()), "staffing.") == {}
    assert values(read_report(document(TABLE), words), "staffing.")["on_duty"] == "29"
    (basic,) = read_report(document(SENTENCE), words).mentions("basic_expenditure")
    assert isinstance(basic.value, Quantity)
    assert format(basic.value.value, "f") == "701.20"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[staffing\n", "读不出来"),
        ('[staffing]\nheads = ["x"]\n', "[staffing] heads"),
        ('[weather]\nrain = ["雨"]\n', "[weather] rain"),
        ('[staffing]\nauthorized = "编制"\n', "[staffing]"),
        (
            '[staffing]\nauthorized = ["编制("]\n',
            "本地词表.toml：[staffing] authorized 的说法「编制(」写错了",
        ),
        ('[narrative]\nweather = ["雨"]\n', "weather"),
    ],
)
def test_a_file_that_is_no_vocabulary_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadVocabularyError, match=re.escape(told)):
        load(_file(tmp_path, text))


@pytest.mark.parametrize(
    ("block", "label", "code"),
    [
        ("expenses", "①公务用车购置及运行费", "vehicles"),
        ("expenses", "②因公出国（境）经费", "overseas"),
        ("expenses", "⑶区级专项资金", "project_special"),
        ("staffing", "批复编制数", "authorized"),
        ("score", "最终综合得分", "total_score"),
        ("score", "部门自评得分", "total_score"),
        ("funding", "预算数（年初）", "initial_budget"),
        ("funding", "预算数（调整后）", "annual_budget"),
        ("funding", "年初预算数（万元）", "initial_budget"),
    ],
)
def test_the_standard_words(block: str, label: str, code: str) -> None:
    assert standard().code(block, label) == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("2因公出国（境）费", "overseas"),
        ("3公务接待费", "reception"),
        ("22因公出国（境）费", None),
        ("2024因公出国（境）费", None),
    ],
)
def test_a_labels_number_may_have_lost_its_point(printed: str, code: str | None) -> None:
    assert standard().code("expenses", printed) == code
