"""Small OFD files for tests: pages of objects written as the standard's XML, in millimetres."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.document import Document, Source
from extract.readers.ofd import read_ofd

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0


def tag(name: str, inside: str = "", **attributes: str) -> str:
    """An element of the standard's namespace."""
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<ofd:{name}{given}>{inside}</ofd:{name}>"


def root(name: str, inside: str, space: str = SPACE) -> str:
    return f"<ofd:{name} {space}>{inside}</ofd:{name}>"


def text(x: float, y: float, words: str, more: str = "", inside: str = "") -> str:
    """A line of text whose upper left corner is given: Han characters as wide as high, others half."""
    steps = " ".join(str(SIZE if ord(character) > 0x2E7F else SIZE / 2) for character in words[:-1])
    wide = SIZE * len(words)
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} {wide} {SIZE}" Font="1" Size="{SIZE}" {more}>{inside}'
        f'<ofd:TextCode X="0" Y="{SIZE * 0.88}"{delta}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, more: str = 'LineWidth="0.3"', boundary: str = "0 0 210 297", inside: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="{boundary}" {more}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(
    rows: Sequence[Sequence[str]], x: float = 20, y: float = 30, wide: float = 35, high: float = 8
) -> str:
    """A ruled table, its lines drawn one by one."""
    columns = len(rows[0])
    right, bottom = x + wide * columns, y + high * len(rows)
    lines = [path(f"M {x} {y + high * k} L {right} {y + high * k}") for k in range(len(rows) + 1)]
    lines += [path(f"M {x + wide * k} {y} L {x + wide * k} {bottom}") for k in range(columns + 1)]
    words = [
        text(x + wide * column + 2, y + high * row + 2, word)
        for row, cells in enumerate(rows)
        for column, word in enumerate(cells)
        if word
    ]
    return "".join([*lines, *words])


def package(pages: Sequence[str], template: str = "", space: str = SPACE) -> dict[str, str]:
    """The parts of an OFD file whose pages hold these objects, each over the template's."""
    listed = "".join(
        tag("Page", ID=f"{k}", BaseLoc=f"Pages/Page_{k}/Content.xml") for k, _ in enumerate(pages, 1)
    )
    shared = tag("TemplatePage", ID="90", BaseLoc="Tpls/Tpl_0/Content.xml") if template else ""
    used = tag("Template", TemplateID="90") if template else ""
    area = tag("PageArea", tag("PhysicalBox", "0 0 210 297"))
    parts = {
        "OFD.xml": root("OFD", tag("DocBody", tag("DocRoot", "Doc_0/Document.xml")), space),
        "Doc_0/Document.xml": root(
            "Document", tag("CommonData", shared + area) + tag("Pages", listed), space
        ),
    }
    for k, objects in enumerate(pages, 1):
        content = used + tag("Content", tag("Layer", objects, ID="1"))
        parts[f"Doc_0/Pages/Page_{k}/Content.xml"] = root("Page", content, space)
    if template:
        content = tag("Content", tag("Layer", template, ID="2"))
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = root("Page", content, space)
    return parts


def write(target: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target


def read(target: Path, parts: Mapping[str, str | bytes]) -> Document:
    return read_ofd(write(target, parts), Source(target.name, str(target), "", "application/ofd", 0))


def shown(document: Document) -> list[list[list[str]]]:
    """Each table's cells by rows."""
    return [
        [[cell.text if cell else "" for cell in row] for row in grid.layout()] for grid in document.grids()
    ]
