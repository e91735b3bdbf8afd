"""One submission by every road on which a department may send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from samples import ofd, pdf, scans, word, workbook
from samples.archive import write_7z, write_zip
from samples.facts import Facts
from samples.golden import papers
from samples.layout import Block, PageBreak, Table
from samples.office import convert_all
from samples.telling import Paper

Road = Callable[[Facts, Path], list[Path]]
OFFICE_ROADS: Mapping[str, tuple[str, str]] = {
    "doc": ("docx", "doc:MS Word 97"),
    "rtf": ("docx", "rtf:Rich Text Format"),
    "odt": ("docx", "odt"),
    "html": ("docx", "html"),
    "xls": ("xlsx", "xls:MS Excel 97"),
    "ods": ("xlsx", "ods"),
}
"""What LibreOffice makes: from which kind, and its name of the format. A .wps is a .doc by another name."""


def _docx(facts: Facts, folder: Path) -> list[Path]:
    return _each(facts, folder, "docx", lambda paper, path: word.write(paper.blocks, path, paper.look))


def _pdf(facts: Facts, folder: Path) -> list[Path]:
    return _each(facts, folder, "pdf", lambda paper, path: pdf.write(paper.blocks, path, paper.look))


def _ofd(manner: ofd.Manner, facts: Facts, folder: Path) -> list[Path]:
    return _each(facts, folder, "ofd", lambda paper, path: ofd.write(paper.blocks, path, paper.look, manner))


def _xlsx(manner: workbook.Manner, facts: Facts, folder: Path) -> list[Path]:
    return _each(facts, folder, "xlsx", lambda paper, path: workbook.write(paper.blocks, path, manner))


def _beside_word(facts: Facts, folder: Path) -> list[Path]:
    """Tables in a workbook, the parts that have none in a Word file."""
    written = []
    for paper in papers(facts)[0]:
        parts = list(workbook.parts(paper.blocks))
        tables = [part for part in parts if any(isinstance(block, Table) for block in part)]
        words = [part for part in parts if part not in tables]
        if tables:
            written.append(folder / f"{paper.name}附表.xlsx")
            workbook.write(_apart(tables), written[-1])
        if words:
            written.append(folder / f"{paper.name}.docx")
            word.write(_apart(words), written[-1], paper.look)
    return written


def _apart(parts: Sequence[Sequence[Block]]) -> list[Block]:
    return [block for part in parts for block in (PageBreak(), *part)][1:]


def _packed(
    pack: Callable[[Sequence[Path], Path, Path], Path], suffix: str, facts: Facts, folder: Path
) -> list[Path]:
    files = _docx(facts, folder / "packed" / facts.department)
    return [pack(files, folder / "packed", folder / f"{facts.department}.{suffix}")]


def _each(facts: Facts, folder: Path, suffix: str, write: Callable[[Paper, Path], None]) -> list[Path]:
    written = []
    for paper in papers(facts)[0]:
        written.append(folder / f"{paper.name}.{suffix}")
        write(paper, written[-1])
    return written


ROADS: Mapping[str, Road] = {
    "docx": _docx,
    "pdf": _pdf,
    **{f"ofd, {manner}": partial(_ofd, manner) for manner in ofd.MANNERS},
    **{f"xlsx, {manner}": partial(_xlsx, manner) for manner in workbook.MANNERS},
    "xlsx beside docx": _beside_word,
    "zip": partial(_packed, write_zip, "zip"),
    "7z": partial(_packed, write_7z, "7z"),
}
"""Writers of a submission's files into a folder; each gives the paths to hand in."""


def scanned(facts: Facts, folder: Path, seed: int = 0) -> list[Path]:
    """The submission printed and scanned in colour at 200 dpi: PDFs without any text."""
    written = []
    for printed in _pdf(facts, folder / "printed"):
        chance = Random(seed)
        pictures = [scans.scanned(page, 200, chance) for page in scans.pages(printed)]
        written.append(folder / printed.name)
        pictures[0].save(written[-1], save_all=True, append_images=pictures[1:], resolution=200)
    return written


def by_office(many: Mapping[str, Facts], suffix: str, folder: Path) -> dict[str, list[Path]]:
    """The files that LibreOffice makes of each submission, by the submission's key; one call for all.

    What LibreOffice itself doesn't write well is left out of the originals: it doubles words of a content
    control in a .doc, and leaves a text box out of an .rtf.
    """
    origin, kind = OFFICE_ROADS[suffix]
    originals: dict[str, list[Path]] = {}
    for key, facts in many.items():
        for number, paper in enumerate(papers(facts)[0]):
            path = folder / "originals" / f"{key}-{number}.{origin}"
            if origin == "docx":
                word.write(_unwrapped(paper.blocks, suffix), path, paper.look)
            else:
                workbook.write(paper.blocks, path, workbook.MANNERS[len(originals) % 2])
            originals.setdefault(key, []).append(path)
    made = iter(convert_all([path for paths in originals.values() for path in paths], kind, folder))
    return {key: [next(made) for _ in paths] for key, paths in originals.items()}


def _unwrapped(blocks: Sequence[Block], suffix: str) -> list[Block]:
    lost = {"control", "row_control", "cell_control", *(("text_box",) if suffix == "rtf" else ())}
    return [
        replace(block, wrap="plain") if isinstance(block, Table) and block.wrap in lost else block
        for block in blocks
    ]
