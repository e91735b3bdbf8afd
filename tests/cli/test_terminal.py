"""What stands on a screen: real pseudo-terminals of several widths, nothing cut off, no number broken."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from extract.document import Locus
from outputs.folding import folded
from outputs.places import place_lines
from tests.cli.conftest import SAMPLES, command, environment

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_screen(db: str, columns: int, *arguments: object) -> tuple[int, list[str]]:
    """Exit code and lines of `gouji …` on a terminal so many columns wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = {name: value for name, value in environment(db).items() if name not in ("COLUMNS", "LINES")}
    running = subprocess.Popen(
        command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=env | {"TERM": "xterm-256color"}
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    return running.wait(), CONTROL.sub("", shown.decode()).replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize("columns", [60, 80, 132])
def test_flags_fit_the_screen_and_lose_nothing(filled: str, columns: int) -> None:
    code, lines = on_screen(filled, columns, "flags")
    assert code == 1
    assert max(cell_len(line) for line in lines) == columns
    what = "".join(line.split("│")[2].strip() for line in lines if line.count("│") == 4)
    squeezed = what.replace(" ", "")
    assert "基本支出701.92+项目支出661.46=1363.38，年度资金总额（全年执行数）1370.68，差7.30万元" in squeezed
    assert "可能：差额7.30漏列了一项支出" in squeezed
    assert "funding.nature_sum" in what


@pytest.mark.parametrize("columns", [60, 100])
def test_a_page_fits_the_screen_and_loses_nothing(filled: str, columns: int) -> None:
    code, lines = on_screen(filled, columns, "show", "1")
    assert code == 0
    assert max(cell_len(line) for line in lines) <= columns
    everything = "\n".join(lines)
    for figure in ("615.20", "1370.68", "1361.52", "95.83%", "「约二万」"):
        assert figure in everything
    assert "…" not in everything


def test_a_bar_runs_and_each_submission_has_its_line(db: str) -> None:
    code, lines = on_screen(db, 100, "ingest", SAMPLES / "望舒县水利局", SAMPLES / "云岭县文化和旅游局")
    assert code == 1
    everything = "\n".join(lines)
    assert "2/2" in everything
    assert "云岭县文化和旅游局 2024年度 第1版 1个文件 无问题" in everything
    assert "共 2 份报告：新入库 2 份" in everything


@given(st.text("基本支出，。（）“”701.92%+= 万元≥第3行docx", max_size=80), st.integers(12, 60))
def test_folding_only_breaks_lines(text: str, width: int) -> None:
    lines = folded(text, width).split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_folding_breaks_no_number_and_starts_no_line_with_a_comma() -> None:
    assert folded("基本支出 701.92 + 项目支出 661.46 = 1363.38，差 7.30 万元", 20).split("\n") == [
        "基本支出 701.92 + 项",
        "目支出 661.46 =",
        "1363.38，差",
        "7.30 万元",
    ]
    assert folded("附件3.docx 第3页 表2 第7列第5、7–8行", 16).split("\n") == [
        "附件3.docx 第3页",
        "表2",
        "第7列第5、7–8行",
    ]


def cells(*spots: tuple[int, int]) -> list[Locus]:
    return [Locus("附件3.docx", page=3, table=2, row=row, column=column) for row, column in spots]


@pytest.mark.parametrize(
    ("loci", "told"),
    [
        ([], []),
        (cells((4, 7), (5, 7)), ["附件3.docx 第3页 表2 第5行第8列、第6行第8列"]),
        (cells((4, 7), (4, 7)), ["附件3.docx 第3页 表2 第5行第8列"]),
        (cells((2, 6), *((row, 6) for row in range(11, 22))), ["附件3.docx 第3页 表2 第7列第3、12–22行"]),
        (
            [
                *cells((4, 7)),
                Locus("附件1.docx", paragraph=11),
                Locus("附件3.docx", part="文本框", paragraph=0),
            ],
            ["附件3.docx 第3页 表2 第5行第8列；文本框 第1段", "附件1.docx 第12段"],
        ),
        ([Locus("附件3.docx")], ["附件3.docx"]),
    ],
)
def test_places_in_words(loci: list[Locus], told: list[str]) -> None:
    assert place_lines(loci) == told
