"""The objects of an OFD page as Ink (GB/T 33190-2016, chapters 8 to 13): text, paths, images.

Lengths are millimetres from the upper left corner; an object's own matrix applies before its boundary's
corner is added.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice, repeat
from typing import NamedTuple

from lxml import etree

from extract.document import Box
from extract.readers.characters import CHARACTERS, SPACES, UNMAPPED
from extract.readers.layout import Glyph, Ink, Overfull
from extract.readers.ofd_colours import Pale, is_inked
from extract.readers.ofd_xml import FAR, local, numbers
from extract.readers.scribe import THIN, Matrix, Point, Scribe, box_through, times

MM = 72 / 25.4
GLYPH_LIMIT = 60_000
OBJECT_LIMIT = 60_000
DEPTH_LIMIT = 12
ASCENT, DESCENT = 0.88, 0.12
"""Shares of the font size above and below the baseline."""
NARROW = 0.5
"""The advance of a last Latin character, in font sizes; a Han character's is 1."""
SLANT = 0.12
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
PATH_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
OPERANDS = {"M": 2, "L": 2, "S": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Mark(NamedTuple):
    """A character with its corners turned by the text's own quarter turns on the page as shown."""

    text: str
    box: Box
    spaced: bool
    quarter: int | None


@dataclass(slots=True)
class Sketch:
    """What the page's objects draw, in points on the page as it is shown; `pale` doesn't show."""

    pale: Pale = frozenset()
    marks: list[Mark] = field(default_factory=list)
    outlines: list[tuple[list[Point], bool]] = field(default_factory=list)
    images: list[tuple[str, Box]] = field(default_factory=list)
    unmapped: int = 0
    objects: int = 0


def draw(
    parent: etree._Element, sketch: Sketch, matrix: Matrix = (MM, 0, 0, MM, 0, 0), depth: int = 0
) -> None:
    """Enter every visible object under an element. Raises Overfull."""
    if depth > DEPTH_LIMIT:
        return
    for element in parent:
        if element.get("Visible", "true").lower() == "false" or element.get("Alpha") == "0":
            continue
        kind = local(element)
        sketch.objects += 1
        if sketch.objects > OBJECT_LIMIT:
            raise Overfull
        if kind in ("Layer", "PageBlock", "Content", "CompositeGraphicUnit"):
            draw(element, sketch, matrix, depth + 1)
        elif kind in ("CompositeObject", "Appearance"):
            draw(element, sketch, _placed(element, matrix), depth + 1)
        elif kind == "TextObject":
            _text(element, _placed(element, matrix), sketch)
        elif kind == "PathObject":
            _path(element, _placed(element, matrix), sketch)
        elif kind == "ImageObject":
            sketch.images.append(
                (element.get("ResourceID", ""), box_through((0, 0), (1, 1), _placed(element, matrix)))
            )


def ink_of(sketch: Sketch, number: int, width: float, height: float) -> Ink:
    """The page as it is read: upright is the direction of most of its text."""
    turns = [mark.quarter for mark in sketch.marks if mark.quarter is not None]
    upright = max(set(turns), key=turns.count) if turns else 0
    matrix = _upright(upright, width, height)
    ink = Ink(number, *((width, height) if upright % 2 == 0 else (height, width)), turn=upright)
    slanted = []
    for mark in sketch.marks:
        left, top, right, bottom = box_through(mark.box[:2], mark.box[2:], matrix)
        glyph = Glyph(mark.text, left, top, right, bottom, mark.spaced)
        if right < 0 or bottom < 0 or left > ink.width or top > ink.height:
            continue
        if mark.quarter == upright:
            ink.glyphs.append(glyph)
        elif mark.quarter is None:
            slanted.append(mark.text)
        else:
            ink.sideways.append(glyph._replace(turn=(mark.quarter - upright) % 4))
    ink.slanted = "".join(slanted)
    scribe = Scribe(ink)
    for points, stroked in sketch.outlines:
        moved = [_near(_moved(point, matrix), ink) for point in points]
        xs, ys = [x for x, _ in moved], [y for _, y in moved]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            scribe.thin(box)
        else:
            scribe.outline(moved, stroked)
    return ink


def _near(point: Point, ink: Ink) -> Point:
    """The point, or for one far off the page one less far in its direction along either axis."""
    x, y = point
    return (min(max(x, -ink.width), 2 * ink.width), min(max(y, -ink.height), 2 * ink.height))


def _upright(quarter: int, width: float, height: float) -> Matrix:
    """From the page as shown to the page as read, where its text runs `quarter` turns clockwise."""
    turned: tuple[Matrix, ...] = (
        IDENTITY,
        (0, -1, 1, 0, 0, width),
        (-1, 0, 0, -1, width, height),
        (0, 1, -1, 0, height, 0),
    )
    return turned[quarter]


def _moved(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)


def _placed(element: etree._Element, matrix: Matrix) -> Matrix:
    """From the object's own coordinates to points on the page."""
    own = numbers(element.get("CTM"))
    corner = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    a, b, c, d, e, f = own if len(own) == 6 else IDENTITY
    return times((a, b, c, d, e + corner[0], f + corner[1]), matrix)


def _text(element: etree._Element, matrix: Matrix, sketch: Sketch) -> None:
    size = next(iter(numbers(element.get("Size"))), 0.0)
    if size <= 0 or not (
        is_inked(element, "Fill", True, sketch.pale) or is_inked(element, "Stroke", False, sketch.pale)
    ):
        return
    scale = next(iter(numbers(element.get("HScale"))), 1.0) or 1.0
    reading = int(next(iter(numbers(element.get("ReadDirection"))), 0.0)) // 90 % 4
    turn = int(next(iter(numbers(element.get("CharDirection"))), 0.0)) // 90 % 4
    quarter = _quarter(matrix, (reading + turn) % 4 if reading == turn == 0 else turn)
    start: Point = (0.0, 0.0)
    for code in element:
        if local(code) != "TextCode":
            continue
        start = (_first(code.get("X"), start[0]), _first(code.get("Y"), start[1]))
        text = code.text or ""
        if len(sketch.marks) + len(text) > GLYPH_LIMIT:
            raise Overfull
        _line(text, code, start, size, scale, reading, quarter, matrix, sketch)


def _first(text: str | None, otherwise: float) -> float:
    return next(iter(numbers(text)), otherwise)


def _line(
    text: str,
    code: etree._Element,
    start: Point,
    size: float,
    scale: float,
    reading: int,
    quarter: int | None,
    matrix: Matrix,
    sketch: Sketch,
) -> None:
    """One TextCode: its characters, each advanced by the deltas given for it."""
    count = len(text)
    wide, high = _deltas(code.get("DeltaX"), count), _deltas(code.get("DeltaY"), count)
    if not wide and not high:
        steps = [_width(character) * size * scale for character in text]
        wide, high = (steps, []) if reading % 2 == 0 else ([], steps)
    xs = list(accumulate(islice(chain(wide, repeat(0.0)), max(0, count - 1)), initial=start[0]))
    ys = list(accumulate(islice(chain(high, repeat(0.0)), max(0, count - 1)), initial=start[1]))
    spaced = False
    for place, (character, x, y) in enumerate(zip(text, xs, ys, strict=False)):
        number = ord(character)
        if number in SPACES:
            spaced = True
            continue
        kept, unreadable = CHARACTERS[number]
        if unreadable:
            kept = UNMAPPED
            sketch.unmapped += 1
        if kept:
            step = abs(xs[place + 1] - x) if place + 1 < count else 0.0
            advance = min(step, size * scale) if step else _width(character) * size * scale
            box = box_through((x, y - ASCENT * size), (x + advance, y + DESCENT * size), matrix)
            sketch.marks.append(Mark(kept, box, spaced, quarter))
        spaced = False


def _width(character: str) -> float:
    return 1.0 if ord(character) > 0x2E7F else NARROW


def _deltas(text: str | None, count: int) -> list[float]:
    """A list of steps, in which «g n v» stands for n times v."""
    words = (text or "").split()
    found: list[float] = []
    place = 0
    while place < len(words) and len(found) < count:
        if words[place] == "g":
            given = numbers(" ".join(words[place + 1 : place + 3]))
            if len(given) < 2:
                break
            found += [given[1]] * min(max(0, int(given[0])), count)
            place += 3
            continue
        step = numbers(words[place])
        if not step:
            break
        found += step
        place += 1
    return found


def _quarter(matrix: Matrix, turned: int) -> int | None:
    """The quarter turns clockwise in which the text stands on the page, None for any other angle."""
    angle = math.atan2(matrix[1], matrix[0])
    quarter = round(angle / (math.pi / 2))
    if abs(angle - quarter * math.pi / 2) > SLANT:
        return None
    return (quarter + turned) % 4


def _path(element: etree._Element, matrix: Matrix, sketch: Sketch) -> None:
    stroked = is_inked(element, "Stroke", True, sketch.pale)
    filled = is_inked(element, "Fill", False, sketch.pale)
    if not stroked and not filled:
        return
    for child in element:
        if local(child) == "AbbreviatedData":
            for points in _outlines(child.text or ""):
                sketch.outlines.append(([_moved(point, matrix) for point in points], stroked))


def _outlines(data: str) -> Iterator[list[Point]]:
    """The path's straight pieces; a curve breaks a piece, for no rule is curved."""
    tokens = PATH_TOKEN.findall(data)
    if len(tokens) > OBJECT_LIMIT:
        raise Overfull
    outline: list[Point] = []
    place = 0
    while place < len(tokens):
        command = tokens[place]
        needs = OPERANDS.get(command)
        operands = tokens[place + 1 : place + 1 + (needs or 0)]
        place += 1 + (needs or 0)
        if needs is None or len(operands) < needs or any(word.isalpha() for word in operands):
            continue
        if command == "C":
            if len(outline) > 1:
                outline.append(outline[0])
            continue
        point = (float(operands[-2]), float(operands[-1]))
        if command != "L" or max(map(abs, point)) > FAR:
            if len(outline) > 1:
                yield outline
            outline = []
        if max(map(abs, point)) <= FAR:
            outline.append(point)
    if len(outline) > 1:
        yield outline
