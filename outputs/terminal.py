"""What clerks read: tables as wide as their terminal, whole lines where there is none."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from outputs import wording
from outputs.flags import Flagged, text_lines
from outputs.folding import folded
from outputs.places import by_file
from outputs.show import Section

_UNBOUNDED = 100_000
_WEIGHT = 4
_FRAME = _WEIGHT + 10
"""The first column, three cells' padding and four rules."""
_LEAST = 12
_INDENT = 2
_GAP = 3
_COLOURS = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


def print_flags(found: Iterable[Flagged], titles: dict[str, str]) -> None:
    """Each submission's findings: a table on a terminal, lines that can be searched elsewhere."""
    if sys.stdout.isatty():
        console = Console(highlight=False)
        for one in found:
            console.print(_flags(one, titles, console.width), "")
    else:
        for one in found:
            print("\n".join(text_lines(one, titles)))


def print_sections(sections: Iterable[Section]) -> None:
    """Sections one below another: as wide as the screen, or with whole lines where there is none."""
    if sys.stdout.isatty():
        console = Console(highlight=False)
        for section in sections:
            console.print(_section(section, console.width), "")
    else:
        for section in sections:
            print(_whole_lines(_section(section, None)))


def _flags(one: Flagged, titles: dict[str, str], width: int) -> Table:
    """A submission's findings in a box: nothing is cut off, what is too long runs on in the next line."""
    where = max(_LEAST, (width - _FRAME) * 2 // 7)
    what = max(_LEAST, width - _FRAME - where)
    table = Table(
        title=Text(folded(one.heading, width), style="bold"),
        title_justify="left",
        box=box.ROUNDED,
        show_lines=True,
    )
    table.add_column("程度", width=_WEIGHT)
    table.add_column("问题", width=what)
    table.add_column("位置", width=where)
    for each in one.findings:
        finding = each.finding
        style = _COLOURS[finding.severity.value] if finding.flagged else "dim"
        title = f"{each.number}. {titles.get(finding.rule, finding.rule)}"
        told = Text(folded(title, what), style="bold")
        told.append(f"\n{folded(finding.message, what)}", style="not bold")
        if finding.hint:
            told.append(f"\n{folded(finding.hint, what)}", style="italic not bold")
        if finding.waiver is not None:
            told.append(f"\n{folded(wording.waived(finding), what)}", style="green not bold")
        told.append(f"\n{folded(finding.rule, what)}", style="dim not bold")
        places = [line for file, spots in by_file(finding.places).items() for line in (file, *spots)]
        table.add_row(
            Text(wording.weight(finding), style=style), told, Text(folded("\n".join(places), where))
        )
    return table


def _whole_lines(renderable: RenderableType) -> str:
    """What rich prints on an endlessly wide page, without the blanks at the end of its lines."""
    paper = io.StringIO()
    Console(file=paper, width=_UNBOUNDED, no_color=True, highlight=False).print(renderable)
    return "\n".join(line.rstrip() for line in paper.getvalue().splitlines()) + "\n"


def _section(section: Section, width: int | None) -> RenderableType:
    """A section for a screen of this width, or for a page without end."""
    parts: list[RenderableType] = [Text(section.title, style="bold")]
    if section.rows:
        parts.append(Padding(_table(section, width), (0, 0, 0, _INDENT)))
    elif section.head:
        parts.append(Text("  （未见）"))
    for line in section.lines:
        parts.append(Padding(Text(folded(line, width - _INDENT) if width else line), (0, 0, 0, _INDENT)))
    return Group(*parts)


def _table(section: Section, width: int | None) -> Table:
    table = Table(box=box.SIMPLE_HEAD if width else None, show_edge=False, pad_edge=False)
    lines = [section.head, *section.rows]
    widths = [
        max(cell_len(part) for line in lines for part in line[place].split("\n"))
        for place in range(len(section.head))
    ]
    if width:
        room = width - _INDENT - _GAP * (len(widths) - 1)
        while sum(widths) > max(room, _LEAST):
            widths[widths.index(max(widths))] -= 1
    for head, cells in zip(section.head, widths, strict=True):
        table.add_column(folded(head, cells), width=cells)
    for row in section.rows:
        table.add_row(*(Text(folded(cell, cells)) for cell, cells in zip(row, widths, strict=True)))
    return table
