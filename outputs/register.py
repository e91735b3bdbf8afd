"""The bureau's register for a clerk: what an import changed, and the list itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.bureau import BOOK_WORDS, Entry
from extract.quantity import decimal_text
from models.store_register_import import Change
from outputs.show import Section

_MOST = 20


def year_words(year: int | None) -> str:
    return "各年度通用" if year is None else f"{year} 年度"


def changed(year: int | None, change: Change) -> Iterator[str]:
    """What an import changed, line by line: «2024 年度名录：共 12 个部门，新增 2，减少 1，更名 1»."""
    counts = f"新增 {len(change.new)}，减少 {len(change.gone)}，更名 {len(change.renamed)}"
    yield f"{year_words(year)}名录：共 {change.total} 个部门，{counts}"
    yield from _named("新增", [_whole(entry) for entry in change.new])
    yield from _named("减少", [_whole(entry) for entry in change.gone])
    renamed = [f"{old} → {_whole(entry)}" for old, entry in change.renamed]
    yield from _named("更名（原名称记为曾用名）", renamed)


def listed(year: int | None, entries: Sequence[Entry]) -> Section:
    """One year's register as a table; figures only where there are any."""
    names = [name for name in BOOK_WORDS if any(name in entry.figures for entry in entries)]
    head = ("编码", "名称", "曾用名", "主管部门", "应报送", *(BOOK_WORDS[name] for name in names))
    called = {entry.code: entry.name for entry in entries}
    rows = tuple(
        (
            entry.code,
            entry.name,
            "、".join(entry.aliases),
            called.get(entry.parent or "", ""),
            "是" if entry.must_submit else "否",
            *(decimal_text(entry.figures[name]) if name in entry.figures else "" for name in names),
        )
        for entry in entries
    )
    return Section(f"{year_words(year)}名录，{len(entries)} 个部门（金额单位：万元）", head, rows)


def _whole(entry: Entry) -> str:
    return f"{entry.name}（{entry.code}）"


def _named(word: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" 等 {len(names)} 个" if len(names) > _MOST else ""
        yield f"  {word}：{'、'.join(names[:_MOST])}{more}"
