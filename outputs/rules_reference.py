"""The rule catalogue in words, from the rules themselves; run as a program it prints docs/rules.md."""

from __future__ import annotations

import click

from outputs import wording
from outputs.show import Section
from outputs.streams import prepare_streams
from reconcile.catalogue import RULES
from reconcile.rule import Rule

_HEAD = """# 规则目录

本页由规则自身生成（`python -m outputs.rules_reference`），请勿手改。
程度：错误（必须更正）、核实（请说明或更正）、提示（供参考）。
"""


def titles() -> dict[str, str]:
    """Each rule's title by its code, in the catalogue's order."""
    return {rule.code: rule.title for rule in RULES}


def listing() -> Section:
    """All rules, a line each."""
    rows = tuple((rule.code, wording.SEVERITY[rule.severity.value], rule.title) for rule in RULES)
    return Section(f"规则目录（{len(RULES)} 条）", ("代码", "程度", "核对什么"), rows)


def one(code: str) -> Section:
    """What one rule compares, why, and what to do."""
    rule = next(rule for rule in RULES if rule.code == code)
    lines = (f"程度：{wording.SEVERITY[rule.severity.value]}", *rule.explain.splitlines())
    return Section(f"{rule.code} {rule.title}", lines=lines)


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
