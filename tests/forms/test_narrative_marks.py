"""编制 and 实有, scores, grades and the totals of 产出, 效益 and 满意度."""

from __future__ import annotations

import pytest

from tests.forms.narratives import narrative, told

HEADCOUNT = [
    ("2024年末实有人数35人，其中编制人数36人。", ["on_duty 35", "authorized 36"]),
    (
        "截止2024年12月统计，我局在职人员编制32人，其中：行政编制20人。在职实有30人。",
        ["authorized 32", "on_duty 30"],
    ),
    ("我局机关行政编制12名，事业编制5名。2024年实有人员16人。", ["on_duty 16"]),
    (
        "2024年共有行政编制12个（机关工勤2个），事业编制5个（参公3人），2024年末实有在职人员17人，退休9人。",
        ["on_duty 17"],
    ),
    (
        "有事业编制18名。现单位实有在职在编人员17名，人事派遣人员3名，退休职工6名。",
        ["authorized 18", "on_duty 17"],
    ),
    ("核定编制26名，领导职数3名。", ["authorized 26"]),
    (
        "本单位2024年年末实际在职人员为21人，占编委核定的编制数22人的比率为95.45%。",
        ["on_duty 21", "authorized 22"],
    ),
    ("我单位编制数24个，实有人数22人，其中在职20人，退休2人。", ["authorized 24", "on_duty 20"]),
    (
        "核定人员编制数为36人，其中：行政编制16人，事业编制20人；年末实有在职人员34人，其中：行政15人，事业19人；"
        "离退休人员12人。",
        ["authorized 36", "on_duty 34"],
    ),
    ("我单位核定编制 24 名，现有在职干部职工 23 人。", ["authorized 24", "on_duty 23"]),
    ("2024年末在编在岗22人，编外聘用人员5人。", ["on_duty 22"]),
    ("核定行政编制12名、事业编制8名，共计20名；年末在职19人。", ["authorized 20", "on_duty 19"]),
    (
        "核定编制20名，其中局机关行政编制12名，后勤服务人员编制2名，下属事业单位编制6名。年末在职19名。",
        ["authorized 20", "on_duty 19"],
    ),
    ("行政编制12名，实有11名；事业编制8名，实有8名。", []),
    ("全县编制12000名，实有11500人。我局编制20名，在职19人。", ["authorized 20", "on_duty 19"]),
    ("机关核定编制12名，在岗11名；下属中心核定编制8名，在岗8名。", []),
    ("新增编制2名，核减编制1名，年末编制20名。", ["authorized 20"]),
    ("实有人数30人，其中在编24人，退休6人。", []),
    ("2025年3月末在职人员25人，上年编制数26人。", []),
    ("退休人员12人，编外人员4人，遗属3人，党员30人。", []),
    ("引进人才15人，提拔干部8人，培训1.2万名。", []),
]

MARKS = [
    ("本部门对2024年整体支出开展绩效自评，自评得分96.5分，存在的问题：一是编制不细。", ["total_score 96.5"]),
    ("经综合评价，总分100分，自评得分97.5分，评价等次为优。", ["total_score 97.5", "grade 优"]),
    ("我单位2024年部门整体支出绩效自评综合得分为：92.5，等级为“良好”。", ["total_score 92.5", "grade 良好"]),
    ("绩效评价结论为“优”，自查评分为98分。", ["grade 优", "total_score 98"]),
    ("本部门自评总分为97分，属于“优秀”等级。", ["total_score 97", "grade 优秀"]),
    ("整体绩效自评为优秀。", ["grade 优秀"]),
    ("整体支出绩效自评99.5分（百分制），评价等级为“优”（90分以上）。", ["total_score 99.5", "grade 优"]),
    (
        "评价等级分为优、良、中、差四个等级，90-100分为优，我单位自评得分95分，等级为优。",
        ["total_score 95", "grade 优"],
    ),
    (
        "产出指标权重50分，得分48分；效益指标权重30分，得分29分；满意度指标10分，得10分。",
        [
            "output.weight 50",
            "output.score 48",
            "benefit.weight 30",
            "benefit.score 29",
            "satisfaction.weight 10",
            "satisfaction.score 10",
        ],
    ),
    ("产出指标（50分）得分48.5分。", ["output.weight 50", "output.score 48.5"]),
    (
        "社会公众或服务对象满意度主要分析公众评价，总分值为10分，评价得分9分，得分率90%。",
        ["satisfaction.weight 10", "satisfaction.score 9"],
    ),
    (
        "自评得分98分，等级为“优”。其中：产出指标得分49分，满意度得分10分，预算执行率得分10分。",
        ["total_score 98", "grade 优", "output.score 49", "satisfaction.score 10"],
    ),
    (
        "产出指标情况：满分40分，自评38分。其中，数量指标满分10分，得分10分。",
        ["output.weight 40", "output.score 38"],
    ),
    ("成本指标满分20分，得分19分。", ["cost.weight 20", "cost.score 19"]),
    (
        "产出、效益、满意度三类指标分值分别为50分、30分、10分，得分分别为48分、29.5分、10分。",
        [
            "output.weight 50",
            "benefit.weight 30",
            "satisfaction.weight 10",
            "output.score 48",
            "benefit.score 29.5",
            "satisfaction.score 10",
        ],
    ),
    (
        "产出指标得分49分，效益指标得分30分，满意度指标得分10分，总得分98.8分。",
        ["output.score 49", "benefit.score 30", "satisfaction.score 10", "total_score 98.8"],
    ),
    (
        "产出指标得49分，满意度指标得10分。综上，自评总分98.8分。",
        ["output.score 49", "satisfaction.score 10", "total_score 98.8"],
    ),
    (
        "产出指标满分50分，得分49分；满意度指标满分10分，得分10分；最终得分98.8分。",
        [
            "output.weight 50",
            "output.score 49",
            "satisfaction.weight 10",
            "satisfaction.score 10",
            "total_score 98.8",
        ],
    ),
    ("产出指标总分50分，数量指标得分20分，总得分48分。", ["output.weight 50"]),
    (
        "效益指标总分30分，得分29分。我单位部门整体支出绩效评价结论为优，自查评分为98.8分。",
        ["benefit.weight 30", "benefit.score 29", "grade 优", "total_score 98.8"],
    ),
    ("整体支出绩效目标自评得分95分，其中：产出得分48分。", ["total_score 95", "output.score 48"]),
    ("扣分合计3分，最终得分97分。", ["total_score 97"]),
    ("数量、质量指标得分分别为20分、10分。", []),
    # not the report's
    ("绩效自评项目9个，平均得分93.5分（其中，绩效评级为“优”的项目7个；“良”的项目2个）。", []),
    ("评价结论为“良”的3个，“中”的1个，无等级为“优”和“差”的项目。", []),
    ("等级为优良（80分以上）的项目有8个，占88.9%，等级为中（60-79分）的1个。", []),
    ("项目支出绩效自评得分95分。", []),
    ("数量指标满分20分，得分20分。", []),
    ("社会效益指标10分，得分10分。", []),
    ("投入指标满分10分，得分10分。", []),
    ("因进度偏慢扣2分，绩效自评扣3分。", []),
    ("2024年度领导班子考核等次为优秀，干部考核优秀8人。", []),
    ("指标体系满分100分，其中投入10分、过程30分、产出30分、效益30分，自评96分。", []),
]


@pytest.mark.parametrize(("text", "expected"), HEADCOUNT, ids=[text[:24] for text, _ in HEADCOUNT])
def test_posts_and_people(text: str, expected: list[str]) -> None:
    assert told(narrative(text)) == expected


@pytest.mark.parametrize(("text", "expected"), MARKS, ids=[text[:24] for text, _ in MARKS])
def test_scores_and_grades(text: str, expected: list[str]) -> None:
    assert told(narrative(text)) == expected


def test_a_heading_says_whose_score_it_is() -> None:
    found = narrative(
        "六、绩效情况",
        "（一）评价结论",
        "自评得分97分。",
        "1、产出指标情况分析。",
        "总分值为50分，评价得分49分，得分率98%。",
        "（1）数量指标",
        "本项得分20分。",
        "2、效益指标情况分析。总分值为30分，评价得分28分。",
    )
    assert told(found) == [
        "total_score 97",
        "output.weight 50",
        "output.score 49",
        "benefit.weight 30",
        "benefit.score 28",
    ]


def test_one_kind_of_posts_is_no_total_where_another_kind_stands_elsewhere() -> None:
    assert told(narrative("机关行政编制12名。", "下设中心一个，事业编制5名。")) == []
