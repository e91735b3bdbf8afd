"""Plain text: its lines as paragraphs. Lines that a program cut at a fixed width are put together again.

Only narratives come so; a table drawn with tabs, commas or lines is named, not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extract import kinds
from extract.document import Document, Paragraph, Source
from extract.encoding import decoded
from extract.failure import Unreadable
from extract.means import PLAIN, Means

SIZE_LIMIT = 8 << 20
LINE_LIMIT = 20_000
SEPARATED = 0.8
"""Lines of a table with separators have the same number of them, this share of them at least."""
NARROW = 100
"""Lines wider than this many half-width columns were not cut by a program."""
SLACK = 3
"""A full line may end this many columns early: a character or mark that had no room."""
_ROW = re.compile(r"\t[^\t]+\t|[│┃║┌├└─━═]|\|.*\|")
_ENDED = tuple("。！？；：:;.!?”）)》】")
_BEGUN = re.compile(r"\s|[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|[第●○■◆※*-]")


def read_text(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read a text file. Raises Unreadable."""
    if path.stat().st_size > SIZE_LIMIT:
        raise Unreadable("too_large", f"文本超过 {SIZE_LIMIT >> 20} MB 的上限", "请只提交自评材料本身")
    text = decoded(path.read_bytes())
    if text is None:
        raise Unreadable("broken", "文本里有不认识的字符，可能不是文本或已损坏", kinds.COPY_AGAIN)
    lines = [line.rstrip() for line in re.split(r"\r\n|[\r\n\f\v\x85\u2028\u2029]", text)]
    if _is_table([line for line in lines if line.strip()]):
        raise Unreadable("unsupported", "这是用逗号或制表符分隔的表格文本（CSV）", kinds.RESAVE_TABLE)
    rows = sum(map(_is_row, lines))
    told = [line for line in _whole([line for line in lines if not _is_row(line)]) if line.strip()]
    if not told:
        raise Unreadable("empty", "文本里没有任何内容", "请核对是否选错了文件")
    if len(told) > LINE_LIMIT:
        raise Unreadable("too_large", f"文本超过 {LINE_LIMIT} 行的上限", "请只提交自评材料本身")
    blocks = tuple(Paragraph(line, index) for index, line in enumerate(told))
    warnings = (f"文本里有 {rows} 行像是表格，没有读取，请提交带表格的 Word 文件",) if rows else ()
    return Document(replace(source, reader="text", pages=None), blocks, warnings)


def _is_row(line: str) -> bool:
    """A table's row drawn with tabs or lines: what its fields mean, running text can't tell."""
    return _ROW.search(line.strip()) is not None


def _is_table(lines: Sequence[str]) -> bool:
    if len(lines) < 2:
        return False
    for separator in "\t,;|":
        (count, often) = Counter(line.count(separator) for line in lines).most_common(1)[0]
        if count and often >= SEPARATED * len(lines):
            return True
    return False


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs: a full line that doesn't end a sentence goes on in the next."""
    widths = [_width(line) for line in lines]
    widest = max(widths, default=0)
    full = [widest - SLACK <= width <= widest for width in widths]
    cut = widest <= NARROW and sum(full) >= 3
    held = ""
    for line, is_full in zip(lines, full, strict=True):
        if held and (not line.strip() or _BEGUN.match(line)):
            yield held
            held = ""
        held += line
        if not (cut and is_full) or line.endswith(_ENDED):
            yield held
            held = ""
    yield held


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)
