"""Plain text: a narrative's paragraphs, in any encoding that a clerk's machine writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Document, Source
from extract.failure import Unreadable
from extract.intake import take
from extract.readers.registry import read_document

WORDS = "部门整体支出绩效自评报告\r\n\r\n一、全年支出 710.47 万元。\n二、项目支出91.01万元。\n"


def read(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    source = take(path)
    assert isinstance(source, Source)
    return read_document(source)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_line_is_a_paragraph_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path / "自评报告.txt", WORDS.encode(encoding))
    assert [(p.index, p.text) for p in found.paragraphs()] == [
        (0, "部门整体支出绩效自评报告"),
        (1, "一、全年支出 710.47 万元。"),
        (2, "二、项目支出91.01万元。"),
    ]
    assert (found.source.reader, found.warnings) == ("text", ())


def test_lines_cut_at_a_width_are_put_together_again(tmp_path: Path) -> None:
    words = """自评报告
　　本单位全年预算七百一十万元，其中基本支出六百一
十九万元，项目支出九十一万元，项目支出执行率达到百
分之百，按期完成。
　　第二段从这里开始，单位人员编制二十四人，实际在
职二十三人，控制率合规。
"""
    found = read(tmp_path / "a.txt", words.encode())
    assert [len(p.text) for p in found.paragraphs()] == [4, 59, 37]
    assert "六百一十九万元" in list(found.paragraphs())[1].text


def test_rows_drawn_in_text_are_named_not_read(tmp_path: Path) -> None:
    found = read(tmp_path / "a.txt", f"{WORDS}项目支出\t1.00\t2.00\n│三公│3.00│\n".encode())
    assert len(list(found.paragraphs())) == 3
    assert found.warnings == ("文本里有 2 行像是表格，没有读取，请提交带表格的 Word 文件",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("项目,决算数\n三公经费,0.96\n公务接待,0.10\n", "unsupported"),
        ("项目\t决算数\n三公经费\t0.96\n", "unsupported"),
        (" \n\r\n", "empty"),
    ],
)
def test_what_is_no_narrative_is_named(content: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(tmp_path / "a.csv", content.encode())
    assert raised.value.reason == reason
