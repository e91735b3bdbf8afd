"""`gouji diff`: what was changed between two submissions, and which findings that settled."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from commands.opening import titles
from extract.report import Indicator, Report, Text
from models import store
from models.database import ensure_ready, open_database
from reconcile.finding import Finding, Judgement, Severity, Tally, Verdict
from tests.cli.conftest import Gouji
from tests.cli.reports import MISSED, NATURE_SUM, WATER, q, source

INSERTED = Indicator("产出指标", "数量指标", "培训人次", Text("≥90人次"), Text("96人次"), q("10", "score"))
MOVED = Finding(
    "indicator.duplicate", Severity.NOTICE, Verdict.SUSPECT, "得分", cites=("indicators.0.score",)
)
BELOW = replace(MOVED, cites=("indicators.1.score",))
GRADE = Finding("grade.band", Severity.ERROR, Verdict.BROKEN, "等次不符", cites=("grade",))
BEFORE = Judgement((MISSED, NATURE_SUM, MOVED), (Tally("funding.nature_sum", broken=1),))
AFTER = Judgement((GRADE, BELOW, MISSED), (Tally("funding.nature_sum", exact=1),))


def second_revision() -> Report:
    """The department's answer: a figure put right, a row that was blank filled, an indicator set before
    the others, one row gone, another target."""
    watched, accepted = WATER.indicators
    three_public, _ = WATER.expenses
    return replace(
        WATER,
        sources=(source("附件3（改）.docx", "d"),),
        expenses=(three_public,),
        funding=replace(WATER.funding, executed=q("1363.38", row=4, column=6)),
        indicators=(INSERTED, watched, replace(accepted, actual=Text("100%"), score=q("40", "score"))),
        grade=Text("良"),
    )


@pytest.fixture
def revised(db: str) -> str:
    """Water 2024 in two revisions (1, 2), forestry 2024 (3) in one."""
    engine = open_database(db)
    ensure_ready(engine)
    store.save(engine, WATER, BEFORE)
    store.save(engine, second_revision(), AFTER)
    forestry = replace(WATER, department="云岭县林业局", department_code="110002")
    store.save(engine, replace(forestry, sources=(source("林.docx", "e"),)), BEFORE)
    engine.dispose()
    return db


def block(page: str, title: str) -> list[str]:
    """The lines under a title, their blanks made one."""
    below = page.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0]
    return [" ".join(line.split()) for line in below.splitlines()]


@pytest.mark.usefixtures("revised")
def test_the_last_two_revisions_row_by_row(gouji: Gouji) -> None:
    done = gouji("diff", "水利局")
    assert done.exit_code == 0
    page = done.stdout
    assert page.startswith("云岭县水利局2024年度 第1版 编号1 → 云岭县水利局2024年度 第2版 编号2\n")
    assert "改动数字 2 处、文字 2 处；问题已解决 1 个，仍存在 2 个，新出现 1 个。" in page
    assert block(page, "改动的数字")[1:] == [
        "年度资金总额（全年执行数） 1370.68 1363.38 附件3.docx 第3页 表2 第5行第7列",
        "指标“合格率”得分 （空） 40",
    ]
    assert block(page, "改动的文字")[1:] == ["指标“合格率”实际完成值 （空） 100%", "评价等次 优 良"]
    assert block(page, "增减的行")[1:] == [
        "增加 绩效指标 培训人次",
        "删去 经费控制情况 防汛值班补助",
    ]
    title = titles()["funding.nature_sum"]
    assert block(page, "已解决的问题")[1].startswith(
        f"错误 {title} {NATURE_SUM.message} 附件3.docx 第3页 表2"
    )
    assert block(page, "新出现的问题")[1:] == [f"错误 {titles()['grade.band']} 等次不符"]


@pytest.mark.usefixtures("revised")
def test_a_finding_is_the_same_where_its_row_is_wherever_that_stands(gouji: Gouji) -> None:
    told = json.loads(gouji("diff", "1", "2", "--format", "json").stdout)
    found = {how: [one["rule"] for one in some] for how, some in told["findings"].items()}
    assert found == {
        "cleared": ["funding.nature_sum"],
        "remaining": ["indicator.duplicate", "indicator.unmeasurable"],
        "new": ["grade.band"],
    }
    assert told["figures"][0] == {
        "path": "funding.executed",
        "path_before": "funding.executed",
        "name": "年度资金总额（全年执行数）",
        "old": "1370.68",
        "new": "1363.38",
        "place": "附件3.docx 第3页 表2 第5行第7列",
    }
    assert told["figures"][1]["path_before"] == "indicators.1.score"
    assert told["figures"][1]["path"] == "indicators.2.score"
    assert (told["before"]["submission_id"], told["after"]["revision"]) == (1, 2)


@pytest.mark.usefixtures("revised")
def test_an_accepted_finding_remains_with_its_reason(gouji: Gouji) -> None:
    assert gouji("waive", "2", "3", "--reason", "下年验收", "--by", "综合科").exit_code == 0
    remaining = block(gouji("diff", "1", "2").stdout, "仍存在的问题")
    assert any("已说明：下年验收（综合科，" in line for line in remaining)


@pytest.mark.usefixtures("revised")
def test_two_departments_may_be_compared_and_it_is_said(gouji: Gouji) -> None:
    done = gouji("diff", "1", "3")
    assert done.exit_code == 0
    assert "两份报告属于不同的部门，按名称相同的行比较。" in done.stdout
    assert block(done.stdout, "改动的数字") == ["（没有）"]


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1", "99"), "没有编号为「99」的报告"),
        (("1", "9" * 40), "的报告。编号见 gouji flags"),
        (("水利局", "2"), "没有编号为「水利局」的报告"),
        (("1", "2", "--year", "2024"), "写了两个编号就不用 --year"),
        (("林业局",), "云岭县林业局2024年度的报告（编号 3）之前没有别的版本"),
        (("1",), "云岭县水利局2024年度的报告（编号 1）之前没有别的版本"),
        (("9" * 40,), f"没有部门「{'9' * 40}」的报告"),
        (("教育局",), "没有部门「教育局」的报告"),
        (("水利局", "--year", "2019"), "「水利局」没有 2019 年度的报告"),
    ],
)
def test_what_can_not_be_compared_is_wrong_usage(gouji: Gouji, arguments: tuple[str, ...], said: str) -> None:
    done = gouji("diff", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
