"""What a scanner, a telephone and a stamp make of a printed page: the same picture in the ways it may come.

Pages are rendered from PDFs (`pages`); `variants` gives each way by its name, the noise always the same for
a seed. Pictures are RGB.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

Picture = Image.Image
PAPER = (255, 255, 255)
RED, BLACK = (214, 32, 38), (25, 25, 25)
SEAL = 1.6
"""Inches across a round seal."""
DESK = (96, 84, 70)


def pages(pdf: Path, dpi: int = 200, only: Sequence[int] | None = None) -> list[Picture]:
    """The pages of a PDF (counted from 0; all without `only`) as pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        numbers = range(len(document)) if only is None else only
        return [document[n].render(scale=dpi / 72).to_pil().convert("RGB") for n in numbers]


def variants(page: Picture, dpi: int = 200, seed: int = 0) -> dict[str, Picture]:
    """Every way in which one page at `dpi` may come, by its name."""
    return {name: make(page, dpi, random.Random(f"{name}{seed}")) for name, make in VARIANTS.items()}


def scanned(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """A good scan: grain, a hair of blur, JPEG."""
    grain = Image.effect_noise(page.size, 14).convert("RGB")
    blurred = page.filter(ImageFilter.GaussianBlur(0.4 * dpi / 200))
    noisy = ImageChops.add(blurred, grain, scale=1.0, offset=-128)
    return compressed(Image.blend(blurred, noisy, 0.6), 80)


def at_150(page: Picture, dpi: int, chance: random.Random) -> Picture:
    width, height = page.size
    return scanned(
        page.resize((width * 150 // dpi, height * 150 // dpi), Image.Resampling.LANCZOS), 150, chance
    )


def skewed(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """Turned by 1.5 to 2.5 degrees either way."""
    angle = chance.choice((-1, 1)) * chance.uniform(1.5, 2.5)
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=PAPER)
    return scanned(turned, dpi, chance)


def grey(page: Picture, dpi: int, chance: random.Random) -> Picture:
    return scanned(page, dpi, chance).convert("L").convert("RGB")


def faint(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """A worn toner: half of the contrast is gone."""
    return scanned(Image.blend(page, Image.new("RGB", page.size, PAPER), 0.5), dpi, chance)


def upside_down(page: Picture, dpi: int, chance: random.Random) -> Picture:
    return scanned(page, dpi, chance).transpose(Image.Transpose.ROTATE_180)


def on_its_side(page: Picture, dpi: int, chance: random.Random) -> Picture:
    return scanned(page, dpi, chance).transpose(Image.Transpose.ROTATE_90)


def sealed(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """Two red seals, anywhere on the page's middle."""
    for _ in range(2):
        page = stamped(page, dpi, _spot(page, chance), RED, chance)
    return scanned(page, dpi, chance)


def black_sealed(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """A black-and-white copy of a sealed page."""
    return black_and_white(stamped(page, dpi, _spot(page, chance), BLACK, chance), dpi, chance)


def black_and_white(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """A copy in two tones."""
    return scanned(page, dpi, chance).convert("L").point(lambda level: 255 * (level > 150)).convert("RGB")


def photographed(page: Picture, dpi: int, chance: random.Random) -> Picture:
    """Seen by a telephone held askew: perspective, a shade over the page, a desk around it."""
    width, height = page.size
    edge = 0.05 * width
    framed = Image.new("RGB", (width + 2 * int(edge), height + 2 * int(edge)), DESK)
    framed.paste(page, (int(edge), int(edge)))
    w, h = framed.size
    corners = [(0, 0), (w, 0), (w, h), (0, h)]
    seen = [(x + chance.uniform(-0.02, 0.02) * w, y + chance.uniform(-0.02, 0.02) * h) for x, y in corners]
    photo = framed.transform(
        framed.size,
        Image.Transform.PERSPECTIVE,
        homography(corners, seen),
        Image.Resampling.BICUBIC,
        fillcolor=DESK,
    )
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(photo.size)
    shaded = ImageChops.multiply(photo, shade.point(lambda level: 165 + level * 90 // 255).convert("RGB"))
    soft = shaded.filter(ImageFilter.GaussianBlur(0.8))
    return compressed(ImageEnhance.Color(soft).enhance(0.9), 75)


VARIANTS: Mapping[str, Callable[[Picture, int, random.Random], Picture]] = {
    "scanned": scanned,
    "at_150": at_150,
    "skewed": skewed,
    "grey": grey,
    "faint": faint,
    "upside_down": upside_down,
    "on_its_side": on_its_side,
    "sealed": sealed,
    "black_sealed": black_sealed,
    "black_and_white": black_and_white,
    "photographed": photographed,
}


def stamped(
    page: Picture, dpi: int, at: tuple[int, int], ink: tuple[int, int, int], chance: random.Random
) -> Picture:
    """The page with a round seal about `at`: a ring, a star, letters along the ring, worn ink."""
    size = int(SEAL * dpi)
    stamp = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(stamp)
    wide = max(3, size // 34)
    draw.ellipse((wide, wide, size - wide, size - wide), outline=235, width=wide)
    half = size / 2
    draw.polygon(
        [_around(half, half * (0.3 if i % 2 == 0 else 0.12), i * 36 - 90) for i in range(10)], fill=235
    )
    for angle in range(150, 391, 20):
        x, y = _around(half, half * 0.72, angle)
        reach = size // 22
        for _ in range(4):
            offset = chance.uniform(-reach, reach)
            draw.line((x - reach, y + offset, x + reach, y - offset), fill=235, width=max(2, size // 90))
    worn = Image.effect_noise((size, size), 60).point(lambda level: 255 if level > 70 else 120)
    stamp = ImageChops.multiply(stamp, worn).rotate(chance.uniform(-15, 15))
    layer = Image.new("RGB", page.size, PAPER)
    layer.paste(Image.new("RGB", (size, size), ink), (at[0] - size // 2, at[1] - size // 2), stamp)
    return ImageChops.multiply(page, layer)


def compressed(page: Picture, quality: int) -> Picture:
    """The picture after a trip through JPEG."""
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def homography(
    target: Sequence[tuple[float, float]], origin: Sequence[tuple[float, float]]
) -> tuple[float, ...]:
    """The eight numbers by which Pillow finds, for a point of the target, its point of origin."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, origin, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        best = max(range(i, 8), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(8):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i], strict=True)]
    return tuple(row[8] for row in rows)


def _around(middle: float, radius: float, angle: float) -> tuple[float, float]:
    return (
        middle + radius * math.cos(math.radians(angle)),
        middle + radius * math.sin(math.radians(angle)),
    )


def _spot(page: Picture, chance: random.Random) -> tuple[int, int]:
    width, height = page.size
    return int(width * chance.uniform(0.25, 0.8)), int(height * chance.uniform(0.2, 0.75))
