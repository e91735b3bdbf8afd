"""`gouji check`."""

from __future__ import annotations

from pathlib import Path

import click

from commands.opening import database, rulebook, settings_used
from outputs.ending import INTERRUPTED, terminable
from outputs.options import Settings, by_department, db_option, settings_options
from outputs.streams import writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="把已入库的报告重新核对一遍")
@by_department
@settings_options
@db_option()
@click.pass_obj
def check(
    settings: Settings,
    department: str | None,
    year: int | None,
    settings_file: Path | None,
    no_settings: bool,
) -> int:
    """不读文件，把已入库的报告重新核对一遍（规则、数据或设置有了更正之后）。"""
    book = rulebook(settings_file, no_settings)
    from judging import check as run
    from models.database import reading
    from outputs import chosen
    from outputs.ingested import Summary, by_which_settings, line
    from outputs.progress import Course

    summary = Summary()
    try:
        with (
            settings_used(),
            database(settings) as engine,
            terminable(),
            Course("核对") as course,
        ):
            with reading(engine) as db:
                ids = chosen.ids(db, department, year, latest_only=False)
            course.expect(len(ids))
            for outcome in run(engine, ids, book):
                summary.add(outcome)
                course.say(line(outcome))
                course.step("")
            with reading(engine) as db:
                by_settings = by_which_settings(db)
    except KeyboardInterrupt:
        click.echo("已中断。已核对的报告已更新，正在核对的没有改动；再运行一次即可。", err=True)
        return INTERRUPTED
    with writing_out():
        click.echo("\n".join(filter(None, [summary.checked(), summary.compared(), by_settings])))
    return summary.code
