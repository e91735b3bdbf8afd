"""An OFD page that is but a picture: the image that covers it, read as any scan."""

from __future__ import annotations

from io import BytesIO

import numpy as np

from extract.document import Box
from extract.readers.scan import Scanned, read_picture_page
from extract.readers.scan_image import frames


def read_pictured_page(picture: bytes, box: Box, number: int) -> Scanned:
    """The page by its image, which fills the box (in points). Raises Unreadable for a damaged image."""
    frame = next(frames(BytesIO(picture)))
    high, wide = frame.colour.shape[:2]
    left, top, right, bottom = box
    warp = np.diag([(right - left) / wide, (bottom - top) / high, 1.0])
    warp[:2, 2] = left, top
    return read_picture_page(frame.colour, number, warp)
