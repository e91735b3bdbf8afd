"""Ten lines of text become a .docx as Word, WPS or a careless program might have written it.

    # 一、部门概况                     a heading
    单位：万元                         a paragraph
    @ 1000 2000 40 3000               a table begins; the widths are its w:tblGrid
    编制数 [v w1000] | 24 [2]          its rows: cells parted by |, in brackets a cell's properties
    ^ | 12 [2]                        ^ continues the cell above
    {before 1 indent 1000} 一半        a row's properties in braces
                                      an empty line ends the table
    <w:p>…</w:p>                      XML stays as it is, in cells too

Cell properties: a number is w:gridSpan, wN a width in twips, pN in fiftieths of a percent, v begins and
^ continues a vertical merge, h begins and < continues an old horizontal one. In a paragraph or cell
that holds XML, words outside it are not allowed: write them as runs.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from extract.document import Document, Source
from extract.readers.docx import read_docx

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
STRICT = {
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "m": "http://purl.oclc.org/ooxml/officeDocument/math",
}
OFFICE = NAMESPACES["r"]
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SOURCE = Source("样表.docx", "样表.docx", "0" * 64, "", 0)

_PROPERTIES = re.compile(r"\[([^\]\[]*)\]\s*$")
_ROW_PROPERTIES = re.compile(r"^\{([^}]*)\}")


def run(text: str, properties: str = "") -> str:
    """A w:r with its properties («<w:vanish/>») and text."""
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{kept}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A w:p of words or of XML."""
    kept = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{kept}{content if content.startswith('<') else run(content) if content else ''}</w:p>"


def blocks(text: str) -> str:
    """The XML of a text in the notation above."""
    found, rows, grid = [], [], ""
    in_table = False
    for line in [*(line.strip() for line in text.strip().splitlines()), ""]:
        if in_table and line:
            rows.append(_row(line))
        elif in_table:
            found.append(f"<w:tbl>{grid}{''.join(rows)}</w:tbl>")
            in_table, rows = False, []
        elif line.startswith("@"):
            in_table = True
            widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in line[1:].split())
            grid = f"<w:tblPr/><w:tblGrid>{widths}</w:tblGrid>" if widths else "<w:tblPr/>"
        elif line.startswith("# "):
            found.append(paragraph(line[2:], '<w:outlineLvl w:val="0"/>'))
        elif line:
            found.append(line if line.startswith("<") else paragraph(line))
    return "".join(found)


def document(body: str, namespaces: Mapping[str, str] = NAMESPACES) -> str:
    """A main part around the XML of its body."""
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in namespaces.items())
    return f"<w:document {declared}><w:body>{body}</w:body></w:document>"


def part(name: str, content: str) -> str:
    """Another part («styles», «numbering») around its XML."""
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    return f"<w:{name} {declared}>{content}</w:{name}>"


def relationships(targets: Mapping[str, str], base: str = OFFICE) -> str:
    """A list of relationships: kind → target."""
    listed = "".join(
        f'<Relationship Id="rId{index}" Type="{base}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def write(
    path: Path,
    main: str | bytes,
    others: Mapping[str, str | bytes] | None = None,
    name: str = "word/document.xml",
) -> Path:
    """A package whose main part is `main`; `others` are parts by kind, related to it; gives the path back."""
    folder = name.rpartition("/")[0]
    parts = dict(others or {})
    content_types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{name}" ContentType="{WORD_TYPE}"/></Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", content_types)
        package.writestr("_rels/.rels", relationships({"officeDocument": name}))
        package.writestr(name, main)
        listing = f"{folder}/_rels/{name.rpartition('/')[2]}.rels"
        package.writestr(listing, relationships({kind: f"{kind}.xml" for kind in parts}))
        for kind, content in parts.items():
            package.writestr(f"{folder}/{kind}.xml", content)
    return path


def read(path: Path, text: str, **others: str) -> Document:
    """What the reader makes of a text in the notation above, written to `path`."""
    wrapped = {kind: part(kind, content) for kind, content in others.items()}
    return read_docx(write(path, document(blocks(text)), wrapped), SOURCE)


def shown(document: Document, table: int = 1) -> list[list[str]]:
    """A table's layout: each cell's text in every place it covers, «·» where there is none."""
    grid = next(grid for grid in document.grids() if grid.number == table)
    return [["·" if cell is None else cell.text for cell in row] for row in grid.layout()]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs()]


def _row(line: str) -> str:
    stated = _ROW_PROPERTIES.match(line)
    words = stated[1].split() if stated else []
    line = line[stated.end() :] if stated else line
    cells = "".join(_cell(cell.strip()) for cell in re.split(r"\|", line))
    return f"<w:tr><w:trPr>{_row_properties(words)}</w:trPr>{cells}</w:tr>"


def _row_properties(words: list[str]) -> str:
    if words and words[0] in ("del", "hidden"):
        return f"<w:{words[0]}/>"
    names = {"before": "gridBefore", "after": "gridAfter"}
    listed = ""
    for name, value in zip(words[::2], words[1::2], strict=True):
        if name == "indent":
            listed += f'<w:wBefore w:w="{value}" w:type="dxa"/>'
        else:
            listed += f'<w:{names[name]} w:val="{value}"/>'
    return listed


def _cell(cell: str) -> str:
    stated = _PROPERTIES.search(cell)
    words = stated[1].split() if stated else []
    text = cell[: stated.start()].strip() if stated else cell
    if text == "^":
        text, words = "", ["^", *words]
    properties = "".join(_cell_property(word) for word in words)
    content = text if text.startswith(("<w:p", "<w:tbl", "<w:sdt", "<mc:")) else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _cell_property(word: str) -> str:
    marks = {
        "v": '<w:vMerge w:val="restart"/>',
        "^": "<w:vMerge/>",
        "h": '<w:hMerge w:val="restart"/>',
        "<": '<w:hMerge w:val="continue"/>',
    }
    if word in marks:
        return marks[word]
    if word[0] in "wp":
        kind = "dxa" if word[0] == "w" else "pct"
        return f'<w:tcW w:w="{word[1:]}" w:type="{kind}"/>'
    return f'<w:gridSpan w:val="{word}"/>'
