"""What reading costs: gouji's readers, its way to findings, the floors, and the peers' naive scripts."""

from __future__ import annotations

import zipfile

import docx
import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from bench.clock import Contenders
from extract.document import Source
from extract.forms.vocabulary import Vocabulary, load
from extract.readers.registry import read_document
from pipeline import read_file
from reconcile.catalogue import judge

WORDS: Vocabulary = load(None)


def word_contenders(source: Source) -> Contenders:
    """For one .docx. The peer's document is opened beforehand: its walk is measured alone."""
    opened = docx.Document(source.path)
    return {
        "floor": lambda: _parse_main_part(source.path),
        "reader": lambda: read_document(source),
        "to findings": lambda: to_findings(source),
        "peer": lambda: _walk_cells(opened),
    }


def pdf_contenders(source: Source) -> Contenders:
    """For one PDF."""
    return {
        "floor": lambda: _list_text_and_paths(source.path),
        "reader": lambda: read_document(source),
        "to findings": lambda: to_findings(source),
        "peer": lambda: _extract_tables(source.path),
    }


def to_findings(source: Source) -> object:
    """The way of one file alone from its bytes to findings."""
    return judge(read_file(source, WORDS))


def page_count(path: str) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _parse_main_part(path: str) -> object:
    with zipfile.ZipFile(path) as package, package.open("word/document.xml") as part:
        return etree.parse(part)


def _walk_cells(opened: docx.document.Document) -> int:
    return sum(len(cell.text) for table in opened.tables for row in table.rows for cell in row.cells)


def _list_text_and_paths(path: str) -> int:
    found = 0
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            found += len(page.get_textpage().get_text_bounded())
            found += sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]))
    return found


def _extract_tables(path: str) -> int:
    with pdfplumber.open(path) as document:
        return sum(len(page.extract_tables()) for page in document.pages)
