"""The tallies: how often each rule was examined over many submissions, and how that ended.

A rule that saw nothing has not passed: it does not apply, and says so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.store_tallies import COUNTS, Added
from outputs import wording
from outputs.show import Section
from outputs.spreadsheet import csv_lines
from reconcile.rule import names

NOT_APPLICABLE = "不适用"
UNUSED = "未使用"
_HEAD = {
    "rule": "规则代码",
    "title": "规则",
    "applied": "核对的报告",
    "not_applicable": "不适用的报告",
    "not_judged": "未使用的报告",
    "examined": "核对处数",
    **wording.VERDICT,
}


@dataclass(frozen=True, slots=True)
class Tallied:
    """One rule over the submissions chosen, `submissions` in all."""

    rule: str
    title: str
    submissions: int
    added: Added

    @property
    def not_judged(self) -> int:
        """On how many of them the rule was off, or not yet known."""
        return self.submissions - self.added.on

    def record(self) -> dict[str, str | int]:
        counts = {name: getattr(self.added, name) for name in COUNTS}
        return {
            "rule": self.rule,
            "title": self.title,
            "applied": self.added.applied,
            "not_applicable": self.added.not_applicable,
            "not_judged": self.not_judged,
            "examined": self.added.examined,
            **counts,
        }


def tallied(
    found: Mapping[str, Added], titles: Mapping[str, str], submissions: int, wanted: Sequence[str] = ()
) -> list[Tallied]:
    """Every rule of the catalogue that is asked for (all, without patterns), also those that saw nothing,
    in its order; then stored rules that the catalogue no longer has."""
    codes = [*titles, *sorted(code for code in found if code not in titles)]
    return [
        Tallied(code, titles.get(code, "（已取消的规则）"), submissions, found.get(code, Added()))
        for code in codes
        if not wanted or any(names(pattern, code) for pattern in wanted)
    ]


def sections(rules: Sequence[Tallied], submissions: int) -> Iterator[Section]:
    """A line a rule, and what it comes to."""
    head = ("规则", "代码", "报告", NOT_APPLICABLE, UNUSED, "处数", *wording.VERDICT.values())
    total = Counter({name: sum(getattr(one.added, name) for one in rules) for name in COUNTS})
    idle = sum(one.added.on > 0 and not one.added.applied for one in rules)
    unused = sum(one.not_judged > 0 for one in rules)
    lines = [f"{submissions} 份报告，{wording.compared(total)}"]
    if idle:
        lines.append(f"{idle} 条规则没有可核对的内容（{NOT_APPLICABLE}），不等于没有问题。")
    if unused:
        lines.append(f"{unused} 条规则在部分或全部报告上{UNUSED}：设置里关闭了，或是核对之后才有的规则。")
    yield Section(f"核对统计（{len(rules)} 条规则）", head, tuple(_line(one) for one in rules), tuple(lines))


def json_text(rules: Sequence[Tallied]) -> str:
    """An object a rule."""
    return json.dumps([one.record() for one in rules], ensure_ascii=False, indent=2) + "\n"


def csv_text(rules: Sequence[Tallied]) -> str:
    """A line a rule with Chinese column heads, as Excel opens it."""
    rows = [[one.record()[column] for column in _HEAD] for one in rules]
    return "".join(csv_lines(list(_HEAD.values()), rows))


def _line(one: Tallied) -> tuple[str, ...]:
    added = one.added
    reports = (one.title, one.rule, *map(str, (added.applied, added.not_applicable, one.not_judged)))
    if not added.applied:
        return (*reports, NOT_APPLICABLE if added.on else UNUSED, *[""] * len(COUNTS))
    return (*reports, str(added.examined), *(str(getattr(added, name)) for name in COUNTS))
