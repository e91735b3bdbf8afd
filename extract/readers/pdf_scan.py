"""A PDF page that is but a picture: drawn by PDFium, then read as any scan."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from extract.readers.scan import Scanned, read_picture_page

DPI = 200
LONGEST = 4700
"""Pixels: pages longer than 23 inches are drawn smaller."""


def read_scanned_page(page: Any, number: int) -> Scanned:
    """The page as it is shown, annotations too, read from its picture."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(DPI / 72, LONGEST / max(width, height))
    wide, high = max(8, round(width * scale)), max(8, round(height * scale))
    bitmap = pdfium.FPDFBitmap_Create(wide, high, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        held = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    colour = np.frombuffer(held, np.uint8).reshape(high, stride // 4, 4)[:, :wide, :3].copy()
    return read_picture_page(colour, number, np.diag([1 / scale, 1 / scale, 1.0]))
