"""A paragraph's words as a reader of the page sees them.

Insertions count, deletions and hidden text don't; a field counts with its result; of two drawings of
one thing one is read. Tables and text boxes found inside a paragraph are handed back, not flattened.
Linear in the paragraph's elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from extract.readers.docx_names import (
    ALT_CHUNK,
    ALTERNATE,
    BR,
    ENDNOTE_REFERENCE,
    FIELD_CHAR,
    FONTS,
    FOOTNOTE_REFERENCE,
    MATH_DENOMINATOR,
    MATH_TEXT,
    OLE_OBJECT,
    PPR,
    RPR,
    RUN_STYLE,
    SILENT,
    SUB_DOCUMENT,
    SYM,
    TBL,
    TEXT_BOX,
    VAL,
    VANISH,
    P,
    R,
    T,
    backwards,
    children,
    on,
    shown,
    w,
    whole,
)
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_styles import BODY_LEVEL, PLAIN, Numbered, Style, Styles, paragraph_facts
from extract.readers.docx_symbols import PRIVATE, in_font, is_symbol_font, symbol

_SPACE = " \t\r\n"
_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    MATH_DENOMINATOR: "/",
}
_FONT_SLOTS = (w("ascii"), w("hAnsi"), w("eastAsia"), w("cs"))
_TEXT, _INNER, _BLOCKS = (T, MATH_TEXT), (TBL, TEXT_BOX), (P, TBL)
_OTHER_FILES = (ALT_CHUNK, SUB_DOCUMENT)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORM_DATA, _CHECK_BOX, _DROP_DOWN = w("ffData"), w("checkBox"), w("ddList")
_STYLE, _MARK_GONE = w("pStyle"), (w("del"), w("moveFrom"))


class Line(NamedTuple):
    """A paragraph read: `open_end` says that its mark is deleted and the next one continues it;
    `inner` are the tables (w:tbl) and text boxes (w:txbxContent) that stand in it."""

    text: str
    heading: bool
    open_end: bool
    inner: tuple[etree._Element, ...]


@dataclass(slots=True)
class _Field:
    """A field that has begun: where its words start among the pieces, and what a form field shows."""

    mark: int
    shows: str | None
    result: bool = False


class TextReader:
    """Reads paragraphs of one document in order, since list numbers are counted on the way.

    `seen` collects the notes, objects and parts met: names of elements, with their program or target.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.seen: set[str] = set()

    def paragraph(self, element: etree._Element) -> Line:
        style, heading, open_end, label = PLAIN, False, False, ""
        pending = backwards(element)
        if pending and pending[-1].tag == PPR:
            style, heading, open_end, label = self._properties(pending.pop())
        pieces: list[str] = [label] if label else []
        inner: list[etree._Element] = []
        fields: list[_Field] = []
        while pending:
            child = pending.pop()
            tag = child.tag
            if tag in _TEXT:
                pieces.append(_words(child))
            elif tag == R:
                parts = backwards(child)
                stated = parts.pop() if parts and parts[-1].tag == RPR else None
                if style.hidden if stated is None else self._hidden(stated, style):
                    parts = [part for part in parts if part.tag == FIELD_CHAR]
                pending.extend(parts)
            elif tag in SILENT:
                continue
            elif tag == FIELD_CHAR:
                _field(child, pieces, fields)
            elif tag in _INNER:
                inner.append(child)
            elif tag == ALTERNATE:
                branch = shown(child)
                pending.extend([] if branch is None else backwards(branch))
            else:
                pieces.append(self._other(child))
                pending.extend(backwards(child))
        text = "".join(pieces).replace("\u00ad", "")
        return Line(text, heading, open_end, tuple(inner))

    def _other(self, element: etree._Element) -> str:
        """The character an element stands for; of elements that only wrap others, nothing."""
        tag = element.tag
        if tag in _FIXED:
            return _FIXED[tag]
        if tag == BR:
            return "\n" if element.get(w("type"), "textWrapping") == "textWrapping" else ""
        if tag == SYM:
            return symbol(element.get(w("char")), element.get(w("font")))
        if tag in (FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE):
            self.seen.add(tag)
        elif tag == OLE_OBJECT:
            self.seen.add(f"{tag} {element.get('ProgID', '')}")
        return ""

    def _properties(self, properties: etree._Element) -> tuple[Style, bool, bool, str]:
        """Style, heading or not, mark deleted or not, and the list number of a w:pPr."""
        style_id, open_end = "", False
        for child in children(properties):
            if child.tag == _STYLE:
                style_id = child.get(VAL, "")
            elif child.tag == RPR:
                open_end = any(mark.tag in _MARK_GONE for mark in child)
        style = self._styles[style_id] if style_id else PLAIN
        outline, numbered = paragraph_facts(properties)
        if outline is None:
            outline = style.outline
        label = "" if open_end else self._label(numbered, style, style_id)
        return style, outline is not None and outline < BODY_LEVEL, open_end, label

    def _label(self, own: Numbered | None, style: Style, style_id: str) -> str:
        if own is None or own.number_id is None:
            listed = style.numbered
            if own is not None and listed is not None:
                listed = Numbered(listed.number_id, own.level)
        else:
            listed = own
        return "" if listed is None else self._numbering.label(listed, style_id)

    def _hidden(self, properties: etree._Element, style: Style) -> bool:
        """Whether a w:rPr hides its run, by itself or by the styles of run and paragraph."""
        hidden = style.hidden
        for child in children(properties):
            if child.tag == VANISH:
                return on(child)
            if child.tag == RUN_STYLE:
                hidden = hidden != self._styles[child.get(VAL, "")].hidden
        return hidden


def _words(element: etree._Element) -> str:
    """The text of a w:t or m:t: spaces at its ends count only where the file asks to keep them."""
    text = element.text
    if not text:
        return ""
    if (text[0] in _SPACE or text[-1] in _SPACE) and not _keeps_space(element):
        text = text.strip(_SPACE)
    if "\n" in text:
        text = text.replace("\n", " ")
    if len(text) == 1 or PRIVATE.search(text):
        return in_font(text, _symbol_font(element.getparent()))
    return text


def _keeps_space(element: etree._Element) -> bool:
    own = element.get(_XML_SPACE)
    if own is None:
        above = (parent.get(_XML_SPACE) for parent in element.iterancestors())
        own = next((value for value in above if value is not None), None)
    return own == "preserve"


def _symbol_font(run: etree._Element | None) -> str:
    """The symbol font of a run, empty where it has none."""
    properties = run[0] if run is not None and len(run) else None
    if properties is None or properties.tag != RPR:
        return ""
    for fonts in properties.iterchildren(FONTS):
        for slot in _FONT_SLOTS:
            if is_symbol_font(fonts.get(slot, "")):
                return fonts.get(slot, "")
    return ""


def _field(element: etree._Element, pieces: list[str], fields: list[_Field]) -> None:
    """Follows a field: words between its beginning and its separator are instruction and go.

    A field that never ends within its paragraph keeps its words: better too many than lost.
    """
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        fields.append(_Field(len(pieces), _form_field(element)))
    elif kind == "separate" and fields:
        del pieces[fields[-1].mark :]
        fields[-1].result = True
    elif kind == "end" and fields:
        field = fields.pop()
        if field.shows is not None:
            pieces[field.mark :] = [field.shows]
        elif not field.result:
            del pieces[field.mark :]


def _form_field(begin: etree._Element) -> str | None:
    """What a check box or a drop-down list of a form shows; None for other fields."""
    for data in begin.iterchildren(_FORM_DATA):
        for box in data.iterchildren(_CHECK_BOX):
            states = {child.tag: on(child) for child in box}
            return "☑" if states.get(w("checked"), states.get(w("default"), False)) else "□"
        for listing in data.iterchildren(_DROP_DOWN):
            return _chosen(listing)
    return None


def _chosen(listing: etree._Element) -> str:
    entries = [child.get(VAL, "") for child in listing.iterchildren(w("listEntry"))]
    chosen = {child.tag: whole(child.get(VAL)) for child in listing if child.tag != w("listEntry")}
    index = chosen.get(w("result"), chosen.get(w("default"), 0))
    return entries[index] if index < len(entries) else ""


def flow(element: etree._Element, seen: set[str]) -> list[etree._Element]:
    """The w:p and w:tbl under `element` in reading order, through every wrapper, none inside another."""
    found = []
    pending = backwards(element)
    while pending:
        child = pending.pop()
        tag = child.tag
        if tag in _BLOCKS:
            found.append(child)
        elif tag in SILENT:
            continue
        elif tag == ALTERNATE:
            branch = shown(child)
            pending.extend([] if branch is None else backwards(branch))
        else:
            if tag in _OTHER_FILES:
                seen.add(tag)
            pending.extend(backwards(child))
    return found
