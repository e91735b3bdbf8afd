"""The numbers Word counts by itself: «一、», «（二）», «1.2», which no text holds but every reader sees.

Bullets are no numbers and come out empty. One pass, constant work a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from extract.readers.docx_names import VAL, on, w, whole
from extract.readers.docx_numerals import ordinal
from extract.readers.docx_styles import Numbered, Styles

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` is the pattern with %1 to %9; a level above `restart` starts it anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    fresh: dict[int, int]
    """Levels that this list starts at a number of its own, until it has."""


class Numbering:
    """Counts the document's lists; `load` gives the numbering part when the first list is met."""

    def __init__(self, load: Callable[[], etree._Element | None], styles: Styles) -> None:
        self._load = load
        self._styles = styles
        self._abstracts: dict[str, etree._Element] | None = None
        self._numbers: dict[str, etree._Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}

    def label(self, numbered: Numbered, style_id: str) -> str:
        """The next number of a list with the gap behind it; empty for bullets and unknown lists."""
        found = self._list(numbered.number_id)
        if found is None:
            return ""
        index = numbered.level if numbered.level is not None else self._level_of(found, style_id)
        level = found.levels.get(index)
        if level is None:
            return ""
        counters = self._count(found, index)
        if level.form in ("bullet", "none") and not _PLACE.search(level.text):
            return "" if level.form == "bullet" else level.text
        text = _PLACE.sub(lambda place: self._printed(found, counters, level, int(place[1]) - 1), level.text)
        return text + level.gap if text.strip() else ""

    def _printed(self, found: _List, counters: list[int | None], level: Level, index: int) -> str:
        other = found.levels.get(index, Level())
        number = counters[index]
        if number is None:
            number = other.start
        return ordinal(number, "decimal" if level.legal else other.form)

    def _count(self, found: _List, index: int) -> list[int | None]:
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        forced = found.fresh.pop(index, None)
        current = counters[index]
        if forced is not None:
            counters[index] = forced
        else:
            counters[index] = found.levels[index].start if current is None else current + 1
        for deeper in range(index + 1, LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or index < restart:
                counters[deeper] = None
        return counters

    def _list(self, number_id: str | None) -> _List | None:
        if number_id in (None, "0"):
            return None
        if number_id not in self._lists:
            self._lists[number_id] = self._read_list(number_id)
        return self._lists[number_id]

    def _read_list(self, number_id: str) -> _List | None:
        number, abstract_id, abstract = self._definition(number_id)
        if number is None or abstract is None:
            return None
        levels = {whole(level.get(w("ilvl"))): _level(level) for level in abstract.iterchildren(w("lvl"))}
        fresh: dict[int, int] = {}
        for override in number.iterchildren(w("lvlOverride")):
            index = whole(override.get(w("ilvl")))
            for level in override.iterchildren(w("lvl")):
                levels[index] = _level(level)
            start = _value(override, "startOverride")
            if start is not None:
                fresh[index] = whole(start, 1)
                levels[index] = replace(levels.get(index, Level()), start=fresh[index])
        return _List(abstract_id, {i: levels[i] for i in levels if i < LEVELS}, fresh)

    def _definition(self, number_id: str) -> tuple[etree._Element | None, str, etree._Element | None]:
        """A list's w:num, and id and element of its w:abstractNum, through the style it may be kept in."""
        abstracts = self._all()
        number = self._numbers.get(number_id)
        abstract_id = "" if number is None else _value(number, "abstractNumId") or ""
        abstract = abstracts.get(abstract_id)
        link = None if abstract is None else _value(abstract, "numStyleLink")
        linked = None if link is None else self._styles[link].numbered
        other = None if linked is None else self._numbers.get(linked.number_id or "")
        if other is not None:
            abstract_id = _value(other, "abstractNumId") or ""
            abstract = abstracts.get(abstract_id)
        return number, abstract_id, abstract

    def _level_of(self, found: _List, style_id: str) -> int:
        """The level a style is tied to from the list's side, as Word's heading lists are."""
        abstract = self._all()[found.abstract]
        for level in abstract.iterchildren(w("lvl")):
            if style_id and _value(level, "pStyle") == style_id:
                return whole(level.get(w("ilvl")))
        return 0

    def _all(self) -> dict[str, etree._Element]:
        if self._abstracts is None:
            root = self._load()
            self._abstracts = {} if root is None else _by_id(root, "abstractNum", "abstractNumId")
            self._numbers = {} if root is None else _by_id(root, "num", "numId")
        return self._abstracts


def _by_id(root: etree._Element, name: str, key: str) -> dict[str, etree._Element]:
    return {element.get(w(key), ""): element for element in root.iterchildren(w(name))}


def _value(parent: etree._Element, name: str) -> str | None:
    return next((child.get(VAL) for child in parent.iterchildren(w(name))), None)


def _level(element: etree._Element) -> Level:
    start = _value(element, "start")
    restart = _value(element, "lvlRestart")
    return Level(
        start=0 if start is None else whole(start, 1),
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        gap="" if _value(element, "suff") == "nothing" else " ",
        legal=any(on(legal) for legal in element.iterchildren(w("isLgl"))),
        restart=None if restart is None else whole(restart),
    )
