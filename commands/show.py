"""`gouji show`."""

from __future__ import annotations

import click

from commands.opening import reading, titles
from outputs.ending import OK
from outputs.options import Settings, db_option
from outputs.streams import writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="一份报告：各表、各问题及其位置")
@click.argument("which", metavar="编号或部门")
@click.option("--year", type=int, metavar="YEAR", help="哪一年度（缺省最近一年）")
@db_option()
@click.pass_obj
def show(settings: Settings, which: str, year: int | None) -> int:
    """看一份报告：读到了什么、哪里不对、在文件的什么位置、什么没有看懂。"""
    from outputs import chosen
    from outputs.show import everything_found, how_it_was_judged, what_was_read
    from outputs.terminal import print_flags, print_sections

    known = titles()
    with reading(settings) as db:
        stored = chosen.one(db, which, year)
    with writing_out():
        print_sections(what_was_read(stored.report))
        print_flags([everything_found(stored)], known)
        print_sections(how_it_was_judged(stored, known))
    return OK
