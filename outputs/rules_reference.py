"""The rule catalogue in words, from the rules themselves; run as a program it prints docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterator

import click

from outputs import wording
from outputs.show import Section
from outputs.streams import prepare_streams
from reconcile.catalogue import RULES
from reconcile.rule import Rule
from reconcile.rulebook import STANDARD, Change, Rulebook
from reconcile.settings import THRESHOLDS, Settings, said

OFF = "关闭"
_HEAD = """# 规则目录

本页由规则自身生成（`python -m outputs.rules_reference`），请勿手改。
程度：错误（必须更正）、核实（请说明或更正）、提示（供参考）。
"""


def titles() -> dict[str, str]:
    """Each rule's title by its code, in the catalogue's order."""
    return {rule.code: rule.title for rule in RULES}


def listing(book: Rulebook | None = None) -> Section:
    """All rules, a line each; with a settings file as grave as that makes them, and what else it sets."""
    settings = (book or STANDARD).everywhere()
    rows = tuple((rule.code, _weight(rule, settings), rule.title) for rule in RULES)
    lines = tuple(_other_settings(book)) if book is not None else ()
    return Section(f"规则目录（{len(RULES)} 条）", ("代码", "程度", "核对什么"), rows, lines)


def one(code: str, book: Rulebook | None = None) -> Section:
    """What one rule compares, why, and what to do."""
    rule = next(rule for rule in RULES if rule.code == code)
    weight = _weight(rule, (book or STANDARD).everywhere())
    lines = [f"程度：{weight}", *rule.explain.splitlines()]
    for change in book.changes if book is not None else ():
        now = _changed(change, code)
        if now and (change.years or change.regions):
            lines.append(f"{_whose(change)}：{now}")
    return Section(f"{rule.code} {rule.title}", lines=tuple(lines))


def _weight(rule: Rule, settings: Settings) -> str:
    """A rule's severity, or that it is off."""
    if rule.code in settings.off:
        return OFF
    return wording.SEVERITY[settings.severities.get(rule.code, rule.severity).value]


def _other_settings(book: Rulebook) -> Iterator[str]:
    """The file, the thresholds that hold everywhere, then what it sets for years and regions."""
    settings = book.everywhere()
    yield f"设置文件：{book.label}"
    yield "阈值：" + "，".join(f"{name} {said(getattr(settings, key))}" for key, name in THRESHOLDS.items())
    for change in book.changes:
        if change.years or change.regions:
            values = [f"{THRESHOLDS[key]} {said(value)}" for key, value in change.thresholds.items()]
            rules = [f"{code} {now}" for code in titles() if (now := _changed(change, code))]
            yield f"{_whose(change)}：{'，'.join([*values, *rules]) or '没有另外的设置'}"


def _changed(change: Change, code: str) -> str:
    """What a block makes of one rule, empty where nothing."""
    words = [wording.SEVERITY[change.severities[code].value]] if code in change.severities else []
    words += [OFF] if code in change.off else ["打开"] if code in change.on else []
    return "、".join(words)


def _whose(change: Change) -> str:
    years = f"{'、'.join(map(str, change.years))}年度" if change.years else ""
    regions = f"“{'、'.join(change.regions)}”开头的部门" if change.regions else ""
    return f"{years} {regions}".strip()


def markdown() -> str:
    """The whole of docs/rules.md: a section a block, a paragraph a rule."""
    text = [_HEAD]
    blocks = dict.fromkeys(rule.code.partition(".")[0] for rule in RULES)
    for block in blocks:
        text.append(f"## {block}\n")
        text += [_entry(rule) for rule in RULES if rule.code.partition(".")[0] == block]
    return "\n".join(text)


def _entry(rule: Rule) -> str:
    severity = wording.SEVERITY[rule.severity.value]
    return f"### `{rule.code}` {rule.title}\n\n程度：{severity}\n\n{rule.explain.strip()}\n"


if __name__ == "__main__":
    prepare_streams()
    click.echo(markdown(), nl=False)
