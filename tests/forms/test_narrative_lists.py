"""Lists («T万元，其中：…») and percentages: each given only where the sentence is certain about it."""

from __future__ import annotations

import pytest

from tests.forms.narratives import narrative, proportions, sums

LISTS = [
    (
        "2024年支出64万元，其中：人员经费30万元，公用经费4万元，项目支出30万元。",
        ["2024年支出 64 = 人员经费 30 + 公用经费 4 + 项目支出 30"],
    ),
    (
        "2024年基本支出70.5万元。其中：人员经费60万元，主要包括：基本工资、奖金；公用经费10.5万元，主要包括：办公费。",
        ["2024年基本支出 70.5 = 人员经费 60 + 公用经费 10.5"],
    ),
    (
        "2024年支出合计90万元，其中：基本支出50万元，其中：人员经费45万元，公用经费5万元；项目支出40万元。",
        [
            "2024年支出合计 90 = 基本支出 50 + 项目支出 40",
            "基本支出 50 = 人员经费 45 + 公用经费 5",
        ],
    ),
    (
        "2024年支出合计90万元，其中：基本支出50万元（其中人员经费45万元、公用经费5万元），项目支出40万元。",
        [
            "2024年支出合计 90 = 基本支出 50 + 项目支出 40",
            "基本支出 50 = 人员经费 45 + 公用经费 5",
        ],
    ),
    (
        "“三公”经费预算6万元，决算5万元，其中：公务接待费预算2万元，决算1万元；公务用车购置及运行费预算4万元，决算4万元。",
        [
            "三公经费预算 6 = 公务接待费预算 2 + 公务用车购置及运行费预算 4",
            "三公经费决算 5 = 公务接待决算 1 + 公务用车购置及运行决算 4",
        ],
    ),
    (
        "发放慰问物资12万元，其中：米面5万元、食油4万元、棉被3万元。",
        ["发放慰问物资 12 = 米面 5 + 食油 4 + 棉被 3"],
    ),
    ("总支出90万元，由基本支出50万元和项目支出40万元构成。", ["总支出 90 = 基本支出 50 + 项目支出 40 !"]),
    (
        "总支出90万元，包括以下两项：基本支出50万元，项目支出40万元。",
        ["总支出 90 = 基本支出 50 + 项目支出 40 !"],
    ),
    (
        "总支出90万元，包括以下三项：基本支出50万元，项目支出40万元。",
        ["总支出 90 = 基本支出 50 + 项目支出 40"],
    ),
    (
        "收入90万元，其中：一般公共预算拨款80万元，政府性基金拨款10万元。",
        ["收入 90 = 一般公共预算拨款 80 + 政府性基金拨款 10"],
    ),
    (
        "项目支出36万元（其中：专项A 20万元，专项B 16万元）。",
        ["项目支出 36 = 专项A 20 + 专项B 16"],
    ),
    (
        "2024年“三公”经费支出5万元（上年6万元），其中：公务接待费1万元，比上年减少1万元、公务用车运行维护费4万元。",
        ["2024年三公经费支出 5 = 公务接待费 1 + 公务用车运行维护费 4"],
    ),
    # several paragraphs of one list
    (
        "2024年支出合计90万元，其中：\n（1）基本支出50万元；\n（2）项目支出40万元。",
        ["2024年支出合计 90 = 基本支出 50 + 项目支出 40"],
    ),
]

NO_LISTS = [
    "支出90万元，比上年增加10万元，其中：人员经费增加6万元，公用经费增加4万元。",
    "基本支出90万元，比上年增加10万元，其中：人员经费6万元，公用经费4万元。",
    "年初预算90万元，其中：2023年50万元，2022年40万元。",
    "基本支出50万元，项目支出40万元。",
    "资产总额100万元（原值200万元）。",
    "总支出约90万元，其中：基本支出50万元，项目支出40万元。",
    "总支出90万元，其中：甲50万元，甲40万元。",
    "培训300人，其中党员200人、群众100人。",
]

SHARES = [
    (
        "本年支出合计80万元，其中：基本支出60万元，占75%；项目支出20万元，占支出总额的25%。",
        ["share 0.75: 60 / 80", "share 0.25: 20 / 80"],
    ),
    ("支出决算9万元，年初预算12万元，完成年初预算的75%。", ["share 0.75: 9 / 12"]),
    ("全年预算数200万元，执行数150万元，预算执行率75%。", ["share 0.75: 150 / 200"]),
    ("2024年“三公”经费支出9万元，比上年支出12万元减少3万元，下降25%。", ["change -0.25: 9 / 12"]),
    ("2024年基本支出84万元，比2023年80万元增加4万元，增长5%。", ["change 0.05: 84 / 80"]),
    (
        "2023年当年预算执行数为50万元，2024年预算安排55万元，比2023年预算执行数增加10%。",
        ["change 0.1: 55 / 50"],
    ),
    ("2024年“三公”经费预算8万元，实际支出6万元，比预算减少2万元，下降25%。", ["change -0.25: 6 / 8"]),
    ("2023年公务接待费支出4万元，2024年公务接待费支出3万元，同比下降25%。", ["change -0.25: 3 / 4"]),
    (
        "支出预算为12万元，2024年“三公”经费决算为9万元。其中公务接待费为3万元，占33.33%。",
        ["share 0.3333: 3 / 9"],
    ),
]

NO_SHARES = [
    "项目支出36万元，占总支出的48.5%。",
    "年初预算12万元，调整预算15万元，支出决算9万元，完成预算的75%。",
    "2024年公务接待费3万元，比上年下降25%。",
    "2024年公务接待费3万元，下降（增长）25%。",
    "三公经费5万元，其中：公务接待费3万元，占总支出的0.2%。",
    "全县债务化解率达94.7%，青年党员占比50%以上。",
    "收入90万元，支出80万元，占75%。",
]


@pytest.mark.parametrize(("sentence", "expected"), LISTS, ids=[sentence[:24] for sentence, _ in LISTS])
def test_a_list_gives_its_total_and_certain_parts(sentence: str, expected: list[str]) -> None:
    assert sums(narrative(*sentence.split("\n"))) == expected


@pytest.mark.parametrize("sentence", NO_LISTS, ids=[sentence[:24] for sentence in NO_LISTS])
def test_what_is_no_list_of_parts(sentence: str) -> None:
    assert sums(narrative(sentence)) == []


@pytest.mark.parametrize(("sentence", "expected"), SHARES, ids=[sentence[:24] for sentence, _ in SHARES])
def test_a_percentage_with_both_its_amounts(sentence: str, expected: list[str]) -> None:
    assert proportions(narrative(sentence)) == expected


@pytest.mark.parametrize("sentence", NO_SHARES, ids=[sentence[:24] for sentence in NO_SHARES])
def test_a_percentage_whose_amounts_are_not_both_certain(sentence: str) -> None:
    assert proportions(narrative(sentence)) == []


def test_an_unknown_part_beside_known_ones_is_left_out() -> None:
    found = narrative("2024年支出合计90万元，其中：基本支出50万元，项目支出40万元，年末结余30万元。")
    assert sums(found) == ["2024年支出合计 90 = 基本支出 50 + 项目支出 40"]


def test_a_list_ends_at_a_stronger_delimiter() -> None:
    found = narrative("采暖改造支出9万元，其中：设备5万元、安装4万元，另购置图书8万元。")
    assert sums(found) == ["采暖改造支出 9 = 设备 5 + 安装 4"]
