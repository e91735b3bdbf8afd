"""Whether a page's text layer can be read, or the page is but a picture.

Missing layers, layers whose codes map to nothing or to the wrong characters, and layers that a
scanner's own OCR hid behind the picture are told apart from text that was typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.daily_han import COMMON
from extract.readers.layout import Glyph
from extract.readers.pdf_page import Layer

FEW = 10
PICTURE = 0.6
"""A page is a picture if images cover this share of it."""
SEEN = 0.02
DRAWN = 60
"""Paths on a page without text that make it likely that letters were drawn as outlines."""
WORST_UNMAPPED = 0.1
LEAST_COMMON = 0.7
NOTED_PICTURE = 0.12


def needs_ocr(layer: Layer, glyphs: Iterable[Glyph]) -> bool:
    """True for a page whose content can't be read from its text layer. A blank page needs none."""
    text = [glyph.text for glyph in glyphs]
    if layer.glyphs - layer.invisible < FEW and len(text) < FEW:
        return layer.cover >= SEEN or layer.paths >= DRAWN or layer.invisible > 0
    if layer.cover >= PICTURE and (layer.invisible > layer.glyphs / 2 or layer.image_over_text):
        return True
    if layer.unmapped > WORST_UNMAPPED * layer.glyphs:
        return True
    return _garbled(text)


def holds_picture(layer: Layer) -> bool:
    """Whether pictures take up enough of a readable page to hold a table or a text."""
    return NOTED_PICTURE <= layer.cover < PICTURE


def _garbled(text: list[str]) -> bool:
    """Han characters that hardly anyone writes: the codes map to the wrong ones."""
    han = [character for character in text if "\u3400" <= character <= "\u9fff" or character >= "\U00020000"]
    if len(han) < 2 * FEW:
        return False
    return sum(map(COMMON.__contains__, han)) < LEAST_COMMON * len(han)
