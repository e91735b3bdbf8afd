"""`gouji register`: the bureau's own list of departments, and who of it has not submitted."""

from __future__ import annotations

from pathlib import Path

import click

from commands.opening import database, reading
from extract.bureau import BOOK_UNITS
from outputs.ending import OK, UNREAD, Misuse
from outputs.options import Settings, db_option, in_format
from outputs.streams import write_utf8, writing_out
from outputs.usage import Command, Group


@click.group(cls=Group, short_help="财政部门名录：导入、查看、未报送的部门")
@db_option()
def register() -> None:
    """财政部门自己的部门名录（台账）：有哪些部门、叫过什么名称、谁应报送、账上的数。"""


@register.command("import", cls=Command, short_help="导入名录（xlsx、xls、csv），代替同年度原有的")
@click.argument("path", type=click.Path(path_type=Path), metavar="文件")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="YEAR", help="名录的年度（文件里没有写时）")
@click.option("--unit", type=click.Choice(BOOK_UNITS), help="金额单位（文件里没有写时）")
@db_option()
@click.pass_obj
def take(settings: Settings, path: Path, year: int | None, unit: str | None) -> int:
    """导入部门名录，整体代替同年度原有的名录；有一处不对就什么也不改。

    \b
    必需的列：编码、名称。可有：曾用名、主管部门、是否报送、年度、编制数、实有人数、
    年初预算数、全年预算数、预算数、决算数。详见 docs/register.md
    """
    if not path.exists():
        raise Misuse(f"找不到：{path}。请检查路径")
    from extract.failure import Failure, Unreadable
    from extract.intake import printable
    from extract.register_file import BadRegister, read_register
    from models.store_register_import import import_registers
    from outputs import register as out

    try:
        read = read_register(path, year, unit)
    except BadRegister as error:
        raise Misuse(f"名录没有导入，原有的没有改动。\n{error}") from error
    except Unreadable as error:
        failure = Failure(printable(str(path)), error.reason, error.message, error.remedy)
        click.echo(f"未能读取：{failure.printed()}\n名录没有导入，原有的没有改动。", err=True)
        return UNREAD
    with database(settings, create=True) as engine:
        changes = import_registers(engine, read.by_year)
    with writing_out():
        for one, change in changes.items():
            click.echo("\n".join(out.changed(one, change)))
        for remark in read.remarks:
            click.echo(f"注意：{remark}。")
        click.echo("已入库的报告请运行 gouji check，按新的名录重新核对。")
    return OK


@register.command("list", cls=Command, short_help="名录里的部门")
@click.option("--year", type=int, metavar="YEAR", help="只看这一年度的名录")
@db_option()
@click.pass_obj
def listing(settings: Settings, year: int | None) -> int:
    """列出名录：编码、名称、曾用名、主管部门、是否报送、账上的数。"""
    from models.store_register import read_register, register_years
    from outputs import register as out
    from outputs.terminal import print_sections

    with reading(settings) as db:
        known = register_years(db)
        years = known if year is None else [year if year in known else None]
        found = [(one, read_register(db, one)) for one in years if one in known]
    with writing_out():
        print_sections(out.listed(one, entries) for one, entries in found)
        if not found:
            click.echo(f"没有{f' {year} 年度的' if year else ''}名录。请先运行 gouji register import 文件")
    return OK


@register.command(cls=Command, short_help="还没有报送的部门")
@click.option("--year", type=int, metavar="YEAR", help="只看这一年度")
@in_format("table", "json", "csv")
@db_option()
@click.pass_obj
def missing(settings: Settings, year: int | None, form: str) -> int:
    """按名录列出应报送而没有报送的部门。"""
    from models.store_register import register_years
    from outputs import unfiled
    from outputs.terminal import print_sections

    with reading(settings) as db:
        found = unfiled.chosen(db, None, year)
        known = register_years(db)
    with writing_out():
        if form == "json":
            write_utf8(unfiled.json_text(found))
        elif form == "csv":
            write_utf8(unfiled.csv_text(found))
        elif found:
            print_sections(unfiled.sections(found))
        elif known:
            click.echo("名录里应报送的部门都已报送。")
        else:
            click.echo("还没有名录。请先运行 gouji register import 文件")
    return OK
