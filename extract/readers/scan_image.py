"""Image files as pictures of pages: png, jpg, tiff with several pages, bmp, gif, webp.

Sizes are checked before anything is unpacked, so that no image ends in a lack of memory.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from extract.failure import Unreadable
from extract.readers.scan_models import Pixels

PIXEL_LIMIT = 100_000_000
"""An A3 page at 600 dots an inch has 70 million."""
PAGE_LIMIT = 300
SHORTEST = 500
"""Pixels: an image whose longer side is shorter shows no page that could be read."""
DPI = 200
A4 = 11.69
PAGE_INCHES = (8.0, 17.0)
"""The longer side of a page of paper, where the image says how large it is; without that it counts as A4."""
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError)
COPY_AGAIN = "请确认图片能正常打开，重新扫描或拷贝后再提交"


class Frame(NamedTuple):
    """A page's blue, green and red pixels at about 200 an inch, and the matrix from them to points."""

    colour: Pixels
    warp: NDArray[np.float64]


def frames(file: Path | BinaryIO) -> Iterator[Frame]:
    """The pages of an image file as they are shown, upright by the camera's word. Raises Unreadable."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(file) as image:
                count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
                if count > PAGE_LIMIT:
                    message = f"图片共 {count} 页，超过 {PAGE_LIMIT} 页的上限"
                    raise Unreadable("too_large", message, "请只提交自评材料本身，或拆分后再提交")
                for index in range(count):
                    image.seek(index)
                    yield _frame(image)
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except BROKEN as error:
            raise Unreadable("broken", "图片已损坏或不完整", COPY_AGAIN) from error


def _too_large(size: str = "") -> Unreadable:
    message = f"图片的像素太多{size}，超过 {PIXEL_LIMIT // 1_000_000} 百万像素的上限"
    return Unreadable("too_large", message, "请以 200 至 300 dpi 重新扫描后再提交")


def _frame(image: Image.Image) -> Frame:
    wide, high = image.size
    if wide * high > PIXEL_LIMIT:
        raise _too_large(f"（{wide}×{high}）")
    if max(wide, high) < SHORTEST:
        message = f"图片太小（{wide}×{high}），看不清文字"
        raise Unreadable("needs_ocr", message, "请以 200 dpi 以上重新扫描后再提交")
    inches = _inches(image)
    longest = round(inches * DPI)
    image.draft("RGB", (min(wide, longest), min(high, longest)))
    shrink = max(1, max(image.size) // (2 * longest))
    flat = _plain(image.reduce(shrink) if shrink > 1 and image.mode in ("L", "RGB") else image)
    upright = ImageOps.exif_transpose(flat)
    scale = longest / max(upright.size)
    size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
    how = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.LANCZOS
    page = upright if abs(scale - 1) < 0.02 else upright.resize(size, how)
    points = inches * 72 / max(page.size)
    return Frame(np.asarray(page, np.uint8)[:, :, ::-1].copy(), np.diag([points, points, 1.0]))


def _inches(image: Image.Image) -> float:
    """How long the page's longer side is: by the image's own word where that makes a page, or A4's."""
    said = image.info.get("dpi")
    if isinstance(said, tuple) and len(said) == 2 and min(said) > 0:
        inches = max(image.width / float(said[0]), image.height / float(said[1]))
        if PAGE_INCHES[0] <= inches <= PAGE_INCHES[1]:
            return inches
    return A4


def _plain(image: Image.Image) -> Image.Image:
    """The image in red, green and blue, on white where it is transparent; its notes on turning kept."""
    exif = image.getexif()
    if image.mode.startswith("I") or image.mode == "F":
        low, high = image.convert("F").getextrema()
        span = max(1.0, float(str(high)) - float(str(low))) if not isinstance(low, tuple) else 255.0
        image = image.convert("F").point(lambda level: level * (255 / span)).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        image = Image.alpha_composite(white, clear)
    plain = image.convert("RGB")
    plain.info["exif"] = exif.tobytes() if exif else b""
    return plain
