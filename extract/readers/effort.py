"""How long reading a file may take, and how much memory: recognition needs more of both, by the page."""

from __future__ import annotations

from extract import kinds
from extract.document import Source
from extract.means import Means
from extract.readers.scan_models import installed
from extract.sandbox import Limits

PAGE_BYTES = 15_000
"""No scanned page is smaller: a black-and-white one in the tightest compression."""
PAGES = 300
"""The readers' own limit on pages."""
SECONDS_A_PAGE = 30.0
"""By the wall clock, on a machine that does much else; three of CPU."""
MEMORY = 3_000_000_000
PICTURES = frozenset((kinds.PDF.media_type, kinds.OFD.media_type, kinds.IMAGE.media_type))


def limits_for(source: Source, means: Means) -> Limits:
    """The sandbox's limits for a source: the usual ones, unless it may hold scanned pages to recognise."""
    usual = Limits()
    if not means.ocr or source.type not in PICTURES or not installed():
        return usual
    pages = min(PAGES, 1 + source.size // PAGE_BYTES)
    return Limits(memory=MEMORY, seconds=usual.seconds + SECONDS_A_PAGE * pages, answer=usual.answer)
