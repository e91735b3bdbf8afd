"""`--settings`: what is judged by a bureau's own file, how long it holds, what a bad file stops."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES, Gouji, Process

SAMPLE = SAMPLES / "望舒县水利局"
OTHER = SAMPLES / "云岭县文化和旅游局"
SLIP = "expense.three_public_sum"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a settings file."""

    def to(text: str) -> Path:
        path = tmp_path / "设置.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return to


def flagged(gouji: Gouji) -> set[str]:
    return set(re.findall(r"（(\w+\.\w+)）$", gouji("flags").stdout, re.M))


def judged_by(gouji: Gouji) -> list[str]:
    """What `show` says of the settings."""
    last = gouji("show", "1").stdout.partition("核对情况")[2]
    lines = [line.strip() for line in last.splitlines()]
    return lines[next(place for place, line in enumerate(lines) if line.startswith("设置：")) :]


def test_the_settings_given_are_kept_until_others_or_none(gouji: Gouji, write: Write) -> None:
    off = write(f'off = "{SLIP}"')
    done = gouji("ingest", SAMPLE, "--settings", off)
    label = re.search(r"^设置：(设置\.toml（[0-9a-f]{8}）)。$", done.stdout, re.M)
    assert label
    assert SLIP not in flagged(gouji)
    assert judged_by(gouji)[:2] == [f"设置：{label[1]}", f"已关闭的规则：三公经费合计（{SLIP}）"]
    assert f"设置：{label[1]}。\n" in gouji("check").stdout
    assert SLIP not in flagged(gouji)

    gouji("check", "--settings", write(f'[severity]\n{SLIP} = "提示"'))
    assert SLIP in flagged(gouji)
    assert f"程度：三公经费合计（{SLIP}）为提示" in judged_by(gouji)

    assert "设置：" not in gouji("check", "--no-settings").stdout
    assert judged_by(gouji)[0] == "设置：缺省"
    assert SLIP in flagged(gouji)
    assert "设置：" not in gouji("check").stdout


def test_what_was_judged_by_other_settings_is_told_until_it_is_checked(gouji: Gouji, write: Write) -> None:
    gouji("ingest", SAMPLE)
    again = gouji("ingest", SAMPLE, OTHER, "--settings", write(f'off = "{SLIP}"'))
    told = "。另有 1 份报告是按别的设置核对的，要统一请运行 gouji check。"
    assert told in again.stdout
    assert re.search(r"望舒县水利局 .* 无变化：错误4 ", again.stdout)
    assert SLIP in flagged(gouji)
    assert "另有" not in gouji("check").stdout
    assert SLIP not in flagged(gouji)


def test_settings_for_years_and_regions_hold_for_those_alone(gouji: Gouji, write: Write) -> None:
    gouji("ingest", SAMPLE)
    for region, off in (("星泽市", False), ("望舒县", True), ("589", True)):
        gouji("check", "--settings", write(f'[[when]]\nyear = 2024\nregion = "{region}"\noff = "{SLIP}"'))
        assert (SLIP not in flagged(gouji)) is off


def test_the_environment_names_a_file_too(process: Process, write: Write) -> None:
    environment = {"GOUJI_SETTINGS": str(write(f'off = "{SLIP}"'))}
    assert "设置：设置.toml" in process("ingest", OTHER, env=environment).stdout.decode()
    assert "设置：" not in process("check", "--no-settings", env=environment).stdout.decode()
    listed = process("rules", env=environment).stdout.decode()
    assert re.search(rf"^  {SLIP} +关闭 ", listed, re.M)


@pytest.mark.parametrize("command", ["ingest", "check", "rules"])
def test_a_bad_file_stops_all_before_anything_is_touched(
    gouji: Gouji, write: Write, tmp_path: Path, command: str
) -> None:
    if command == "check":
        gouji("ingest", OTHER)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    path = write('overshoot = 1.5\noff = ["expense.three_public"]')
    arguments = [SAMPLE] if command == "ingest" else []
    done = gouji(command, *arguments, "--settings", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "设置文件 设置.toml 第2行：没有规则「expense.three_public」，是否指 expense." in done.stderr
    path.unlink()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_that_is_not_there_and_two_wishes_at_once_are_misuse(gouji: Gouji, write: Write) -> None:
    done = gouji("check", "--settings", "没有.toml")
    assert done.exit_code == 2
    assert "设置文件 没有.toml 打不开（没有这个文件）" in done.stderr
    done = gouji("check", "--settings", write(""), "--no-settings")
    assert done.exit_code == 2
    assert "只用一个" in done.stderr


def test_kept_settings_of_an_older_catalogue_are_refused_with_a_way_out(
    gouji: Gouji, write: Write, db: str
) -> None:
    gouji("ingest", OTHER, "--settings", write(f'off = "{SLIP}"'))
    with sqlite3.connect(db.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE settings_file SET text = 'off = \"gone.rule\"'")
    done = gouji("check")
    assert done.exit_code == 2
    assert "数据库里保存的设置不能再用" in done.stderr
    assert "没有规则「gone.rule」" in done.stderr
    assert gouji("check", "--no-settings").exit_code == 0


def test_the_rules_are_listed_as_a_file_sets_them(gouji: Gouji, write: Write) -> None:
    path = write(
        'adjustment_limit = 0.30\noff = "project"\n[severity]\ngrade.band = "提示"\n'
        f'[[when]]\nyear = 2024\nregion = "云岭县"\novershoot = 2\noff = "{SLIP}"\non = "project.sum"'
    )
    listed = gouji("rules", "--settings", path).stdout
    assert re.search(r"^  project\.sum +关闭 ", listed, re.M)
    assert re.search(r"^  grade\.band +提示 ", listed, re.M)
    assert "阈值：预算调整幅度 0.30，指标值偏低的倍数 1.3，" in listed
    line = f"  2024年度 “云岭县”开头的部门：指标值偏低的倍数 2，{SLIP} 关闭，project.sum 打开\n"
    assert line in listed
    assert "程度：关闭" in gouji("rules", "project.sum", "--settings", path).stdout
    assert "2024年度 “云岭县”开头的部门：关闭" in gouji("rules", SLIP, "--settings", path).stdout
