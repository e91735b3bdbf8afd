"""`gouji waive` and `gouji waivers`: a finding accepted, kept, outlived, taken back."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models import store
from models.database import ensure_ready, open_database
from reconcile.finding import Judgement
from tests.cli.conftest import Gouji, Process, command, environment
from tests.cli.reports import MISSED, NATURE_SUM, WATER
from tests.notation import write_docx
from tests.postgres import Server, postgres

__all__ = ["postgres"]

WHY = ("--reason", "经批复调整", "--by", "综合科")
BASE = """
# 2024年度部门整体支出绩效评价基础数据表

填报单位：云岭县林业局

编制数 | 在职人数 | 控制率
31 | 29 | 91.00%

经费控制情况（万元） | 2023年决算数 | 2024年预算数 | 2024年决算数
三公经费 | 1.20 | 2.00 | 1.10
"""


@pytest.fixture
def water(gouji: Gouji, filled: str) -> Gouji:
    """Water 2024 has 1 a warning, 2 a rounding difference, 3 an error."""
    assert filled
    return gouji


def objects(gouji: Gouji, *arguments: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gouji(*arguments, "--format", "json").stdout)
    return found


def test_an_accepted_finding_is_flagged_no_more(water: Gouji) -> None:
    done = water("waive", "1", "3", *WHY)
    assert done.exit_code == 0
    assert "3. 按支出性质分的合计（funding.nature_sum）\n基本支出 701.92" in done.stdout
    assert re.search(r"\n已说明：经批复调整（综合科，\d{4}-\d\d-\d\d）\n", done.stdout)
    assert "还有 1 处需要核实，已说明 1 处。" in done.stdout
    flags = water("flags", "--department", "110001")
    assert flags.exit_code == 1
    assert "有问题：错误0 核实1 提示0，已说明 1 处" in flags.stdout
    assert "funding.nature_sum" not in flags.stdout
    assert water("waive", "110001", "indicator.unmeasurable", *WHY).exit_code == 0
    flags = water("flags", "--department", "110001")
    told = "没有需要核实的问题。已说明 2 处，加上 --waived 可以查看。\n"
    assert (flags.exit_code, flags.stdout) == (0, told)


def test_it_is_still_shown_where_asked_for(water: Gouji) -> None:
    water("waive", "1", "3", *WHY)
    line = re.compile(
        r"^  \[说明\] 3\. .*（funding\.nature_sum）$(?s:.*)^      已说明：经批复调整（综合科，", re.M
    )
    assert line.search(water("flags", "--waived").stdout)
    assert line.search(water("show", "1").stdout)
    (one,) = objects(water, "flags", "--waived", "--rule", "funding")
    assert (one["number"], one["status"]) == (3, "flagged")
    assert one["waiver"] | {"at": ""} == {"reason": "经批复调整", "by": "综合科", "at": "", "stale": False}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", one["waiver"]["at"])
    shown = water("flags", "--waived", "--rule", "funding", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(shown.stdout.removeprefix("\ufeff")))
    assert (row["序号"], row["说明"].partition("，")[0]) == ("3", "已说明：经批复调整（综合科")
    assert shown.exit_code == 0
    record = json.loads(water("export", "--department", "110001").stdout)
    assert [finding["waiver"] and finding["waiver"]["by"] for finding in record["findings"]] == [
        None,
        None,
        "综合科",
    ]


def test_a_folder_of_tables_tells_of_it_too(water: Gouji, tmp_path: Path) -> None:
    water("waive", "1", "3", *WHY)
    water("export", "--format", "csv", "-o", tmp_path / "表", "--department", "110001")
    rows = list(csv.DictReader((tmp_path / "表" / "finding.csv").open(encoding="utf-8-sig", newline="")))
    assert [(row["waiver_by"], row["waiver_reason"], row["waiver_stale"]) for row in rows] == [
        ("", "", ""),
        ("", "", ""),
        ("综合科", "经批复调整", "False"),
    ]


def test_it_is_taken_back(water: Gouji) -> None:
    water("waive", "1", "3", *WHY)
    done = water("waive", "1", "funding.nature_sum", "--withdraw", "--by", "李四")
    assert done.exit_code == 0
    assert "已撤回说明\n这份报告还有 2 处需要核实。" in done.stdout
    assert [one["number"] for one in objects(water, "flags", "--department", "110001")] == [3, 1]
    (one,) = objects(water, "waivers")
    assert (one["state"], one["withdrawn_by"], one["number"]) == ("withdrawn", "李四", None)
    assert re.search(r"\[已撤回\] 按支出(?s:.*)撤回：李四，\d{4}", water("waivers").stdout)
    assert water("waive", "1", "3", "--withdraw").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("1", "4", *WHY), "没有第 4 个问题（现有 1–3）"),
        (("1", "0", *WHY), "没有第 0 个问题"),
        (("1", "2", *WHY), "只是四舍五入之差"),
        (("1", "staffing.control_rate", *WHY), "只是四舍五入之差"),
        (("1", "funding.source_sum", *WHY), "现在没有「funding.source_sum」的问题，可能已经改正"),
        (("1", "funding.nature_sun", *WHY), "是否指 funding.nature_sum"),
        (("1", "-", *WHY), "不是问题的序号，也不是规则代码"),
        (("9", "1", *WHY), "没有部门「9」的报告"),
        (("云岭县", "1", *WHY), "合于 3 个部门"),
        (("水利", "1", "--year", "2020", *WHY), "没有 2020 年度的报告"),
        (("2", "1", *WHY), "编号2 是旧版，这一年度最新的是云岭县林业局 2023年度 第2版 编号3"),
        (("1", "3", "--reason", " \u3000\u200b", "--by", "综合科"), "请用 --reason 写明理由"),
        (("1", "3", "--reason", "经批复调整", "--by", "  "), "请用 --by 写明说明人"),
        (("1", "3", "--by", "综合科"), "请用 --reason 写明理由"),
        (("1", "3", "--reason", "经批复调整"), "请用 --by 写明说明人"),
        (("1", "3", "--withdraw"), "没有说明过，不需要撤回"),
        (("1", "3", "--withdraw", *WHY), "撤回时不写 --reason"),
        (("1",), "缺少参数 序号或规则代码"),
    ],
)
def test_what_can_not_be_meant_changes_nothing(
    water: Gouji, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = water("waive", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    with sqlite3.connect(tmp_path / "gouji.db") as connection:
        assert connection.execute("SELECT count(*) FROM waiver").fetchone() == (0,)


def test_an_accepted_one_is_not_accepted_again(water: Gouji) -> None:
    water("waive", "1", "3", *WHY)
    for finding in ("3", "funding.nature_sum"):
        done = water("waive", "1", finding, "--reason", "又一个理由", "--by", "李四")
        assert done.exit_code == 2
        assert "第 3 个问题已说明：经批复调整（综合科，" in done.stderr
        assert "请先用 --withdraw 撤回" in done.stderr
    assert len(objects(water, "waivers")) == 1


def test_a_rule_with_several_findings_lists_them(gouji: Gouji, db: str) -> None:
    engine = open_database(db)
    ensure_ready(engine)
    other = replace(MISSED, message="指标「通过率」没有填实际完成值")
    store.save(engine, WATER, Judgement((MISSED, NATURE_SUM, other), ()))
    engine.dispose()
    done = gouji("waive", "1", MISSED.rule, *WHY)
    assert done.exit_code == 2
    assert f"有 2 个「{MISSED.rule}」的问题，请写序号：" in done.stderr
    assert f"\n  1. {MISSED.message}\n  3. {other.message}" in done.stderr
    assert gouji("waive", "1", "3", *WHY).exit_code == 0
    assert "1. 指标无法衡量" in gouji("waive", "1", MISSED.rule, *WHY).stdout


def test_the_name_may_stand_in_the_environment(water: Gouji, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_BY", "王五")
    assert water("waive", "1", "3", "--reason", "经\n批复\x1b调整").exit_code == 0
    (one,) = objects(water, "waivers")
    assert (one["by"], one["reason"]) == ("王五", "经 批复 调整")


def lived_through(gouji: Gouji, folder: Path) -> None:
    """A finding is accepted, judged anew, filed again unchanged, with another figure, and corrected."""
    folder.mkdir()
    path = write_docx(BASE, folder / "附件2.docx")
    assert gouji("ingest", path).exit_code == 1
    rule = "staffing.control_rate"
    assert gouji("waive", "云岭县林业局", rule, *WHY).exit_code == 0
    others = sum(one["rule"] != rule for one in objects(gouji, "flags"))
    for done in (gouji("check"), gouji("ingest", path)):
        assert done.exit_code == bool(others)
        assert "，已说明 1 处" in done.stdout.splitlines()[0]
        assert "），已说明 1 处" in done.stdout.splitlines()[1]
    write_docx(BASE.replace("1.10", "1.30"), path)
    assert "第2版 1个文件" in gouji("ingest", path).stdout
    (one,) = objects(gouji, "waivers")
    assert (one["state"], one["revision"], one["changes"]) == ("valid", 2, [])
    write_docx(BASE.replace("91.00%", "90.00%"), path)
    assert gouji("ingest", path).exit_code == 1
    assert "曾说明，现已失效：经批复调整（综合科，" in gouji("flags").stdout
    assert "[已失效]" in gouji("waivers").stdout
    assert "数字有变动：控制率原为 91%，现为 90%" in gouji("waivers").stdout
    listed = gouji("waivers", "--format", "csv", "--year", "2024").stdout.removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(listed))
    assert (row["状态"], row["数字变动"]) == ("已失效", "控制率原为 91%，现为 90%")
    write_docx(BASE.replace("91.00%", "93.55%"), path)
    gouji("ingest", path)
    assert [one["state"] for one in objects(gouji, "waivers", "--department", "林业")] == ["gone"]
    assert "[问题已不存在]" in gouji("waivers").stdout
    taken_back_by_its_number(gouji)


def taken_back_by_its_number(gouji: Gouji) -> None:
    """A waiver whose finding is gone has no other number."""
    (one,) = objects(gouji, "waivers")
    number = one["waiver"]
    assert f"说明（编号 {number}）：经批复调整" in gouji("waivers").stdout
    refused = gouji("waive", "林业局", "--withdraw-number", number + 1)
    assert (refused.exit_code, f"没有编号为 {number + 1} 的说明" in refused.stderr) == (2, True)
    assert gouji("waive", "林业局", "1", "--withdraw-number", number).exit_code == 2
    done = gouji("waive", "林业局", "--withdraw-number", number, "--by", "李四")
    assert (done.exit_code, "已撤回说明" in done.stdout) == (0, True)
    assert [one["state"] for one in objects(gouji, "waivers")] == ["withdrawn"]
    again = gouji("waive", "林业局", "--withdraw-number", number)
    assert (again.exit_code, f"编号为 {number} 的说明已经撤回" in again.stderr) == (2, True)


def test_what_becomes_of_it(gouji: Gouji, tmp_path: Path) -> None:
    lived_through(gouji, tmp_path / "来件")


def test_what_becomes_of_it_on_postgresql(
    gouji: Gouji, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_DB", postgres.fresh("waived"))
    lived_through(gouji, tmp_path / "来件")


def test_nothing_was_ever_accepted(water: Gouji) -> None:
    done = water("waivers")
    assert (done.exit_code, done.stdout) == (0, "没有说明过的问题。\n")
    assert objects(water, "waivers") == []
    assert water("waivers", "--department", "云岭县水力局").exit_code == 2


@contextmanager
def occupied(path: Path) -> Iterator[None]:
    """Another program is writing into the database."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def has_opened(process: int, path: Path) -> bool:
    return any(entry.resolve() == path.resolve() for entry in Path(f"/proc/{process}/fd").iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_writes_nothing(filled: str, tmp_path: Path, number: signal.Signals) -> None:
    with occupied(tmp_path / "gouji.db"):
        running = subprocess.Popen(
            command("waive", "1", "3", *WHY), env=environment(filled), stderr=subprocess.PIPE
        )
        while not has_opened(running.pid, tmp_path / "gouji.db"):
            assert running.poll() is None
            time.sleep(0.05)
        running.send_signal(number)
        _, complaint = running.communicate(timeout=120)
    assert running.returncode == 130, complaint.decode()
    assert "已中断" in complaint.decode()
    with sqlite3.connect(tmp_path / "gouji.db") as connection:
        assert connection.execute("SELECT count(*) FROM waiver").fetchone() == (0,)


def at_once(address: str) -> None:
    """Two clerks accept one finding in the same moment."""
    clerks = [
        subprocess.Popen(
            command("waive", "1", "1", "--reason", "经批复调整", "--by", name),
            env=environment(address),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in ("甲科", "乙科")
    ]
    told = [clerk.communicate(timeout=120)[1].decode() for clerk in clerks]
    codes = [clerk.returncode for clerk in clerks]
    assert sorted(codes) == [0, 2], told
    winner = ("甲科", "乙科")[codes.index(0)]
    assert f"已说明：经批复调整（{winner}，" in told[codes.index(2)]


def test_two_at_once(filled: str) -> None:
    at_once(filled)


def test_two_at_once_on_postgresql(postgres: Server) -> None:
    engine = open_database(postgres.fresh("at_once"))
    ensure_ready(engine)
    store.save(engine, WATER, Judgement((MISSED,), ()))
    at_once(postgres.url("at_once"))
    engine.dispose()


def test_a_database_that_fails_is_told(gouji: Gouji, filled: str, tmp_path: Path, process: Process) -> None:
    assert filled
    with sqlite3.connect(tmp_path / "gouji.db") as connection:
        connection.execute("DROP VIEW v_finding")
        connection.execute("DROP VIEW v_submission")
        connection.execute("DROP TABLE finding_waiver")
    done = process("waive", "1", "3", *WHY)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr.decode()
    shutil.rmtree(tmp_path, ignore_errors=True)
    assert process("waivers").returncode == 4
