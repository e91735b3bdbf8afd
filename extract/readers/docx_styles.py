"""What a style says about its paragraphs and runs: hidden, heading, numbered.

Only styles that the text uses are looked up, each once, through the styles it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extract.readers.docx_names import PPR, RPR, VAL, VANISH, children, on, w, whole

BODY_LEVEL = 9
"""The outline level of running text; below it stand headings."""

_HEADING_NAME = re.compile(r"(heading|标题|title|subtitle|副标题)\s*[0-9]*", re.IGNORECASE)
_NAME, _BASED_ON, _STYLE_ID = w("name"), w("basedOn"), w("styleId")
_OUTLINE, _NUMBERED, _NUMBER_ID, _LEVEL = w("outlineLvl"), w("numPr"), w("numId"), w("ilvl")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reference to a list: None where it isn't said, list "0" where numbering is switched off."""

    number_id: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """`outline` is the level from 0, None where neither level nor name says."""

    hidden: bool = False
    outline: int | None = None
    numbered: Numbered | None = None


PLAIN = Style()


class Styles:
    """The file's styles; `source` yields its w:style elements and is drawn on no further than needed."""

    def __init__(self, source: Iterator[etree._Element]) -> None:
        self._source = source
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}

    def __getitem__(self, style_id: str) -> Style:
        """The style with this id; one that the file doesn't hold is told by its id alone."""
        known = self._known.get(style_id)
        if known is None:
            known = self._known[style_id] = self._resolve(style_id)
        return known

    def _resolve(self, style_id: str) -> Style:
        element = self._element(style_id)
        if element is None:
            return Style(outline=0) if _HEADING_NAME.fullmatch(style_id) else PLAIN
        hidden: bool | None = None
        outline: int | None = None
        numbered: Numbered | None = None
        seen: set[str] = set()
        while element is not None and style_id not in seen:
            seen.add(style_id)
            style_id = ""
            for child in element:
                if child.tag == _BASED_ON:
                    style_id = child.get(VAL, "")
                elif child.tag == _NAME and outline is None and _HEADING_NAME.fullmatch(child.get(VAL, "")):
                    outline = 0
                elif child.tag == RPR and hidden is None:
                    hidden = next((on(toggle) for toggle in child.iterchildren(VANISH)), None)
                elif child.tag == PPR:
                    level, listed = paragraph_facts(child)
                    outline = level if outline is None else outline
                    numbered = numbered or listed
            element = self._element(style_id) if style_id else None
        return Style(bool(hidden), outline, numbered)

    def _element(self, style_id: str) -> etree._Element | None:
        while style_id not in self._elements:
            element = next(self._source, None)
            if element is None:
                return None
            self._elements.setdefault(element.get(_STYLE_ID, ""), element)
        return self._elements[style_id]


def paragraph_facts(properties: etree._Element) -> tuple[int | None, Numbered | None]:
    """Outline level and list of a w:pPr, as far as it gives them itself."""
    outline: int | None = None
    numbered: Numbered | None = None
    for child in children(properties):
        if child.tag == _OUTLINE:
            outline = whole(child.get(VAL), BODY_LEVEL)
        elif child.tag == _NUMBERED:
            numbered = read_numbered(child)
    return outline, numbered


def read_numbered(element: etree._Element) -> Numbered:
    number_id = next((child.get(VAL) for child in element.iterchildren(_NUMBER_ID)), None)
    level = next((whole(child.get(VAL)) for child in element.iterchildren(_LEVEL)), None)
    return Numbered(number_id, level)
