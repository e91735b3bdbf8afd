"""The image reader: each page of an image file as a picture of paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extract.document import Document, Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers import scan_models
from extract.readers.pages import blocks_of
from extract.readers.scan_image import frames


def read_picture(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read an image file. Raises Unreadable, also where recognition is switched off or not installed."""
    if not means.ocr:
        raise Unreadable("needs_ocr", "内容是图片，需要 OCR", scan_models.ORIGINAL)
    if not scan_models.installed():
        raise Unreadable("needs_ocr", "内容是图片，需要 OCR，但没有安装识别组件", scan_models.INSTALL)
    from extract.readers.scan import read_picture_page

    pages = [
        read_picture_page(frame.colour, number, frame.warp) for number, frame in enumerate(frames(path), 1)
    ]
    sheets = [page.sheet for page in pages]
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        raise Unreadable("empty", "图片里没有认出文字", "请核对是否选错了文件，或重新扫描清楚后再提交")
    notes = tuple(note for page in pages for note in page.notes())
    return Document(replace(source, reader="ocr", pages=len(pages)), tuple(blocks_of(sheets)), notes)
