"""gouji, one click program: its commands, and what it says of itself."""

from __future__ import annotations

import click

from commands import check, diff, export, flags, ingest, machine, register, rules, show, tallies, waive
from outputs.options import db_option, version_option
from outputs.usage import Group

EXIT_CODES = """\b
退出码：
  0    全部读入，没有发现问题
  1    全部读入，有需要核实的问题
  2    用法错误
  3    有文件未能读取（其余已入库）
  4    数据库故障（不会写入一半）
  130  被中断（Ctrl-C 或 SIGTERM；不会写入一半）
同时发生时取最重的一个：130 > 4 > 2 > 3 > 1 > 0。

\b
数据库地址也可以写在环境变量 GOUJI_DB 里；缺省为 sqlite:///gouji.db。"""


@click.group(cls=Group, epilog=EXIT_CODES)
@db_option(envvar="GOUJI_DB")
@version_option
def main() -> None:
    """勾稽：读入部门整体支出绩效自评材料，核对数字，存入数据库。"""


for command in (
    ingest.ingest,
    flags.flags,
    show.show,
    waive.waive,
    waive.waivers,
    diff.diff,
    export.export,
    check.check,
    tallies.tallies,
    rules.rules,
    register.register,
    machine.db,
    machine.doctor,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
