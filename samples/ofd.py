"""Lines and tables drawn as .ofd (GB/T 33190-2016): characters and paths in millimetres.

Three manners: `lines`, each rule a path and each line of words a text of its own; `boxes`, a closed path a
cell and text under a matrix; `template`, the rules on a template page below the page that holds the words.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics

from samples.drawing import FONT, draw, page_size
from samples.layout import Block, Look

Manner = Literal["lines", "boxes", "template"]
MANNERS: tuple[Manner, ...] = ("lines", "boxes", "template")
MM = 25.4 / 72
ASCENT = 0.88
STROKE = 0.5
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
EPOCH = (2025, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class OfdPen:
    """A pen that collects each page's objects: its rules and its words."""

    scaled: bool
    pages: list[tuple[list[str], list[str]]] = field(default_factory=lambda: [([], [])])
    drawn: int = 1000

    def text(self, x: float, top: float, words: str, size: float, align: str) -> None:
        steps = [pdfmetrics.stringWidth(character, FONT, size) for character in words]
        wide = sum(steps)
        left = x - {"centre": wide / 2, "right": wide}.get(align, 0.0)
        boundary = _mm(left, top - ASCENT * size, wide, size)
        scale = size * MM if self.scaled else 1.0
        matrix = f' CTM="{scale:.4f} 0 0 {scale:.4f} 0 0"' if self.scaled else ""
        own = size * MM / scale
        deltas = " ".join(f"{step * MM / scale:.4f}" for step in steps[:-1])
        code = f'<ofd:TextCode X="0" Y="{ASCENT * own:.4f}"'
        code += f' DeltaX="{deltas}">' if deltas else ">"
        self.pages[-1][1].append(
            f'<ofd:TextObject ID="{self._next()}" Boundary="{boundary}" Font="1" Size="{own:.4f}"{matrix}>'
            f"{code}{escape(words)}</ofd:TextCode></ofd:TextObject>"
        )

    def rule(self, x0: float, top0: float, x1: float, top1: float, dashed: bool) -> None:
        pattern = ' DashPattern="0.7 0.35"' if dashed else ""
        wide, high = max(x1 - x0, STROKE), max(top1 - top0, STROKE)
        self._path(x0, top0, wide, high, f"M 0 0 L {_mm(x1 - x0, top1 - top0)}", pattern)

    def box(self, x0: float, top0: float, x1: float, top1: float, filled: bool) -> None:
        right, bottom = _mm(x1 - x0), _mm(top1 - top0)
        data = f"M 0 0 L {right} 0 L {right} {bottom} L 0 {bottom} C"
        self._path(x0, top0, x1 - x0, top1 - top0, data, ' Stroke="false" Fill="true"' if filled else "")

    def end_page(self) -> None:
        self.pages.append(([], []))

    def _next(self) -> int:
        self.drawn += 1
        return self.drawn

    def _path(self, x: float, top: float, wide: float, high: float, data: str, more: str) -> None:
        place = f'Boundary="{_mm(x, top, wide, high)}" LineWidth="{_mm(STROKE)}"'
        self.pages[-1][0].append(
            f'<ofd:PathObject ID="{self._next()}" {place}{more}>'
            f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def write(blocks: Sequence[Block], path: Path, look: Look | None = None, manner: Manner = "lines") -> None:
    """Writes the blocks to `path`."""
    look = look or Look()
    if manner == "boxes":
        look = replace(look, rules="boxes")
    pen = OfdPen(scaled=manner == "boxes")
    draw(blocks, pen, look)
    width, height = page_size(look)
    parts = _package(pen.pages[:-1], _mm(0, 0, width, height), manner == "template")
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')


def _package(pages: Sequence[tuple[list[str], list[str]]], area: str, parted: bool) -> dict[str, str]:
    """The parts of the package by name; where `parted`, each page's rules on a template page of its own."""
    listed, templates = "", ""
    parts: dict[str, str] = {}
    for number, (rules, words) in enumerate(pages):
        place = f"Pages/Page_{number}/Content.xml"
        listed += f'<ofd:Page ID="{number + 100}" BaseLoc="{place}"/>'
        below = ""
        if parted:
            shared = f"Tpls/Tpl_{number}/Content.xml"
            templates += f'<ofd:TemplatePage ID="{number + 500}" BaseLoc="{shared}"/>'
            below = f'<ofd:Template TemplateID="{number + 500}" ZOrder="Background"/>'
            parts[f"Doc_0/{shared}"] = _page("", area, rules)
        parts[f"Doc_0/{place}"] = _page(below, area, words if parted else [*rules, *words])
    main = (
        f"<ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>{area}"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{templates}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
    )
    font = '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
    head = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}>{main}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res">{font}</ofd:Res>',
    }
    return head | parts


def _page(below: str, area: str, objects: Sequence[str]) -> str:
    drawn = "".join(objects)
    return (
        f"<ofd:Page {SPACE}>{below}<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="2" Type="Body">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _mm(*points: float) -> str:
    return " ".join(f"{point * MM:.4f}" for point in points)
