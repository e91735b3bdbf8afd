"""Running text of a web page: lines as a browser shows them, and the tables between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BREAKS = HEADINGS | {
    "p",
    "div",
    "br",
    "hr",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "pre",
    "blockquote",
    "center",
}
BREAKS |= {"table", "tr", "td", "th", "caption", "body", "form", "fieldset", "address", "details", "summary"}
BREAKS |= {"article", "aside", "figure", "figcaption", "footer", "header", "main", "nav", "section"}
UNSEEN = frozenset({"head", "title", "script", "style", "template", "noframes", "iframe", "object", "select"})
UNSEEN |= {"del", "audio", "video"}
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef、。“”]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
"""A line's end in the source between two ideographs shows as nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    heading: bool = False


def is_shown(element: etree._Element) -> bool:
    """Whether a browser would show an element, as far as it says so itself."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.get("hidden") is not None:
        return False
    return not HIDING.search(element.get("style", ""))


def read_lines(container: etree._Element) -> Iterator[Line | etree._Element]:
    """The lines of an element that are not blank, and each outermost table in its place."""
    words: list[str] = [container.text or ""]
    heading = 0
    walk = etree.iterwalk(container, events=("start", "end"))
    next(walk)
    for event, element in walk:
        if element is container:
            break
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not is_shown(element) or tag == "table":
                walk.skip_subtree()
            if tag in BREAKS:
                yield from _flushed(words, heading)
            if tag == "table" and is_shown(element):
                yield element
            elif is_shown(element):
                heading += tag in HEADINGS
                words.append(element.text or "")
            continue
        if tag in BREAKS:
            yield from _flushed(words, heading)
        if is_shown(element):
            heading -= tag in HEADINGS
        words.append(element.tail or "")
    yield from _flushed(words, heading)


def _flushed(words: list[str], heading: int) -> Iterator[Line]:
    text = _SPACES.sub(" ", _BROKEN.sub("", "".join(words))).strip(" ")
    words.clear()
    if text.strip():
        yield Line(text, heading > 0)
