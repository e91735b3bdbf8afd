"""Lines and tables written as .docx: real merges, content controls, text boxes, tables in tables.

The same plan gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from samples.layout import Block, Cell, Line, Look, PageBreak, Table

EPOCH = (2025, 1, 1, 0, 0, 0)
TWIPS = 20
LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
LOOSE = '<w:spacing w:before="0" w:after="60" w:line="320" w:lineRule="auto"/>'
TIGHT = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
NAMESPACES = (
    nsdecls("w", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
SIZES = {"title": 18.0, "heading": 14.0}
ALIGNS = {"title": "center", "centre": "center", "right": "right"}


def write(blocks: Sequence[Block], path: Path, look: Look | None = None) -> None:
    """Writes the blocks to `path`."""
    look = look or Look()
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if look.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    width = ((29.7 if look.landscape else 21) - 4) / 2.54 * 72
    end = document.element.body.sectPr
    for block in blocks:
        for xml in _block(block, look, width):
            end.addprevious(parse_xml(xml))
    buffer = io.BytesIO()
    document.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(same_bytes(buffer.getvalue()))


def _block(block: Block, look: Look, width: float) -> list[str]:
    """The XML of a block; a table is followed by an empty line, or Word joins it with the next one."""
    if isinstance(block, PageBreak):
        return [f'<w:p {NAMESPACES}><w:r><w:br w:type="page"/></w:r></w:p>']
    if isinstance(block, Line):
        return [_line(block, look)]
    return [_hidden(block, look, width), f"<w:p {NAMESPACES}/>"]


def _line(line: Line, look: Look) -> str:
    size = SIZES.get(line.style, look.size + 1.5)
    bold = line.style in ("title", "heading")
    indent = '<w:ind w:firstLineChars="200" w:firstLine="480"/>' if line.style == "text" else ""
    align = ALIGNS.get(line.style, "both")
    level = '<w:outlineLvl w:val="0"/>' if line.style == "heading" else ""
    properties = f'<w:pPr>{LOOSE}{indent}<w:jc w:val="{align}"/>{level}</w:pPr>'
    return f"<w:p {NAMESPACES}>{properties}{_run(line.text, size, bold)}</w:p>"


def _run(text: str, size: float, bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    half = round(size * 2)
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    sizes = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    return f"<w:r><w:rPr>{FONT}{weight}{sizes}{LANGUAGE}</w:rPr>{words}</w:r>"


def _hidden(grid: Table, look: Look, width: float) -> str:
    if grid.wrap == "control":
        return _control(_table(grid, look, width))
    if grid.wrap == "text_box":
        return _text_box(_table(grid, look, width - 20), width)
    if grid.wrap == "nested":
        inner = _table(grid, look, width - 16)
        outer = Table(1, 1, (Cell("", 0, 0),))
        return _table(outer, look, width, f"{inner}<w:p/>")
    return _table(grid, look, width)


def _control(xml: str) -> str:
    return f"<w:sdt {NAMESPACES}><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"


def _text_box(xml: str, width: float) -> str:
    """A floating box as Word saves it: once for itself, once again for older readers."""
    emu = round(width * 12700)
    content = f"<w:txbxContent>{xml}<w:p/></w:txbxContent>"
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>'
    )
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    inline = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{emu}" cy="2400000"/>'
        f'<wp:docPr id="1" name="文本框"/><a:graphic><a:graphicData uri="{uri}">{shape}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    frame = f"width:{round(width)}pt;height:190pt"
    old = f'<w:pict><v:shape style="{frame}"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    choice = f'<mc:Choice Requires="wps">{inline}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:p {NAMESPACES}><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>"


def _table(grid: Table, look: Look, width: float, inner: str = "") -> str:
    twips = [round(share * width * TWIPS) for share in grid.shares()]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    kind = {"double": "double", "dashed": "dashed"}.get(look.rules, "single")
    open_sides = ("left", "right") if look.rules == "open_sides" else ()
    borders = "".join(
        f'<w:{side} w:val="{"nil" if side in open_sides else kind}" w:sz="4" w:color="000000"/>'
        for side in sides
    )
    columns = "".join(f'<w:gridCol w:w="{twip}"/>' for twip in twips)
    rows = "".join(_row(grid, row, look, twips, inner) for row in range(grid.rows))
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    return f"<w:tbl {NAMESPACES}>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(grid: Table, row: int, look: Look, twips: list[int], inner: str) -> str:
    touching = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span]
    cells = "".join(
        _cell(cell, row, look, twips, grid.wrap == "cell_control", inner)
        for cell in sorted(touching, key=lambda cell: cell.column)
    )
    whole = "" if inner else "<w:cantSplit/>"
    header = "<w:tblHeader/>" if look.repeat_header and row < grid.header else ""
    properties = f'<w:trPr>{whole}<w:trHeight w:val="400"/>{header}</w:trPr>'
    xml = f"<w:tr>{properties}{cells}</w:tr>"
    return (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>" if grid.wrap == "row_control" else xml
    )


def _cell(cell: Cell, row: int, look: Look, twips: list[int], control: bool, inner: str) -> str:
    width = sum(twips[cell.column : cell.column + cell.column_span])
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = ""
    if cell.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    properties = (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    )
    content = inner or _paragraphs(cell, row, look)
    xml = f"<w:tc>{properties}{content}</w:tc>"
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>" if control else xml


def _paragraphs(cell: Cell, row: int, look: Look) -> str:
    if row != cell.row or not cell.text:
        return f"<w:p><w:pPr>{TIGHT}</w:pPr></w:p>"
    align = "left" if len(cell.text) > 24 else "center"
    return "".join(
        f'<w:p><w:pPr>{TIGHT}<w:jc w:val="{align}"/></w:pPr>{_run(part, look.size)}</w:p>'
        for part in cell.text.split("\n")
    )


def same_bytes(package: bytes) -> bytes:
    """The package with every member dated alike."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()
