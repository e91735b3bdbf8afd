"""`gouji diff`."""

from __future__ import annotations

import click

from commands.opening import reading, titles
from outputs.ending import OK
from outputs.options import Settings, db_option, in_format
from outputs.streams import write_utf8, writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="两版报告之间：改了什么，问题解决了没有")
@click.argument("first", metavar="编号或部门")
@click.argument("second", required=False, metavar="[编号]")
@click.option("--year", type=int, metavar="YEAR", help="哪一年度（只写部门时；缺省最近一年）")
@in_format("table", "json")
@db_option()
@click.pass_obj
def diff(settings: Settings, first: str, second: str | None, year: int | None, form: str) -> int:
    """比较两份报告：改动的数字和文字，增减的行，已解决、仍存在和新出现的问题。

    \b
    gouji diff 3 8       编号 3 与编号 8
    gouji diff 水利局    该部门最近一年的最后两版
    """
    from outputs import chosen
    from outputs import diff as out
    from outputs.terminal import print_sections

    known = titles()
    with reading(settings) as db:
        before, after = chosen.pair(db, first, second, year)
    compared = out.compare(before, after)
    with writing_out():
        if form == "json":
            write_utf8(out.json_text(compared))
        else:
            print_sections(out.sections(compared, known))
    return OK
