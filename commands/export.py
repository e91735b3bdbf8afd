"""`gouji export`."""

from __future__ import annotations

from pathlib import Path

import click

from commands.opening import reading
from outputs.ending import OK, Misuse
from outputs.options import Settings, choosing, db_option
from outputs.streams import write_utf8, writing_out
from outputs.usage import Command


@click.command(cls=Command, short_help="导出记录：JSON（每行一份）或 CSV")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "xlsx", "parquet"]),
    default="jsonl",
    help="输出格式（缺省 jsonl；后两种尚不能用）",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="写到文件或（csv）文件夹"
)
@choosing
@db_option()
@click.pass_obj
def export(
    settings: Settings,
    form: str,
    output: Path | None,
    department: str | None,
    year: int | None,
    all_revisions: bool,
) -> int:
    """导出记录。

    \b
    jsonl  每份报告一行，见 docs/record.md
    csv    每个数字一行；-o 给出文件夹时，每类内容一个 CSV 文件
    """
    from outputs import chosen
    from outputs import export as out

    if form in ("xlsx", "parquet"):
        raise Misuse(f"本版本还不能导出 {form}，请改用 --format jsonl 或 --format csv")
    with reading(settings) as db:
        ids = chosen.ids(db, department, year, latest_only=not all_revisions)
        submissions = chosen.submissions(db, ids)
        with writing_out():
            if output is None:
                for piece in out.pieces(form, submissions):
                    write_utf8(piece)
            else:
                out.write(form, submissions, output)
                click.echo(f"已写到 {output}", err=True)
    return OK
