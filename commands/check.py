"""`gouji check`."""

from __future__ import annotations

import click

from commands.opening import database
from outputs.ending import INTERRUPTED, terminable
from outputs.options import Settings, by_department, db_option
from outputs.streams import writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="把已入库的报告重新核对一遍")
@by_department
@db_option()
@click.pass_obj
def check(settings: Settings, department: str | None, year: int | None) -> int:
    """不读文件，把已入库的报告重新核对一遍（规则或数据有了更正之后）。"""
    from models.database import reading
    from outputs import chosen
    from outputs.ingested import Summary, line
    from outputs.progress import Course
    from pipeline import check as run

    summary = Summary()
    try:
        with database(settings) as engine, terminable(), Course("核对") as course:
            with reading(engine) as db:
                ids = chosen.ids(db, department, year, latest_only=False)
            course.expect(len(ids))
            for outcome in run(engine, ids):
                summary.add(outcome)
                course.say(line(outcome))
                course.step("")
    except KeyboardInterrupt:
        click.echo("已中断。已核对的报告已更新，正在核对的没有改动；再运行一次即可。", err=True)
        return INTERRUPTED
    with writing_out():
        click.echo(summary.checked())
    return summary.code
