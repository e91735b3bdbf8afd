"""`gouji db` and `gouji doctor`: what the program stands on."""

from __future__ import annotations

import click

from commands.opening import opened
from outputs.ending import DATABASE, OK
from outputs.options import Settings, db_option
from outputs.streams import writing_out
from outputs.usage import Command, Group


@click.group(cls=Group, short_help="数据库结构：升级、查看版本")
@db_option()
def db() -> None:
    """数据库结构：升级、查看版本。"""


@db.command(short_help="把数据库结构升到最新版")
@db_option()
@click.pass_obj
def upgrade(settings: Settings) -> int:
    """把数据库结构升到最新版，已有数据保留。"""
    from models import database

    with opened(settings.db) as engine:
        database.upgrade(engine)
        click.echo(f"数据库结构已是最新版：{database.current(engine)}")
    return OK


@db.command(short_help="数据库结构现在的版本")
@db_option()
@click.pass_obj
def current(settings: Settings) -> int:
    """数据库结构现在的版本。"""
    from models import database

    with opened(settings.db) as engine:
        click.echo(database.current(engine) or "空数据库，还没有表；gouji db upgrade 或 gouji ingest 会建立")
    return OK


@click.command(cls=Command, short_help="这台机器有什么、缺什么、缺了会怎样")
@db_option()
@click.pass_obj
def doctor(settings: Settings) -> int:
    """检查这台机器：有什么、缺什么、缺了会怎样。数据库不能用时退出码为 4。"""
    from models.trouble import DatabaseTrouble
    from outputs import machine
    from outputs.terminal import print_sections

    code = OK
    try:
        database = machine.database(settings.db)
    except DatabaseTrouble as error:
        code, database = DATABASE, machine.Thing("数据库", False, error.message, error.remedy)
    with writing_out():
        print_sections([machine.section([*machine.parts(), database])])
    return code
