"""`gouji rules`."""

from __future__ import annotations

from pathlib import Path

import click

from commands.opening import rulebook, titles
from outputs.ending import OK, Misuse
from outputs.options import settings_option
from outputs.streams import writing_out
from outputs.usage import Command
from outputs.wording import near


@click.command(cls=Command, short_help="规则目录，或一条规则的说明")
@click.argument("code", required=False, metavar="[规则代码]")
@settings_option
def rules(code: str | None, settings_file: Path | None) -> int:
    """列出全部规则；给出代码时说明这一条核对什么、为什么、怎么办。

    给出设置文件时，按它显示程度和关闭的规则。
    """
    book = rulebook(settings_file)
    from outputs import rules_reference as reference
    from outputs.terminal import print_sections

    if code is not None and code not in titles():
        raise Misuse(f"没有规则「{code}」{near(code, titles())}。全部规则见 gouji rules")
    with writing_out():
        print_sections([reference.listing(book) if code is None else reference.one(code, book)])
    return OK
