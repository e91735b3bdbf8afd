"""The words of WordprocessingML that the reader knows, and how their values are written."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_O = "{urn:schemas-microsoft-com:office:office}"


def w(name: str) -> str:
    """The full name of an element or attribute of the main vocabulary."""
    return _W + name


VAL = w("val")

DOCUMENT, BODY = w("document"), w("body")
P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, TRPR, TCPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
TEXT_BOX = w("txbxContent")
FIELD_CHAR, SYM, BR = w("fldChar"), w("sym"), w("br")
VANISH, RUN_STYLE, FONTS = w("vanish"), w("rStyle"), w("rFonts")
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
MATH_TEXT, MATH_DENOMINATOR = _M + "t", _M + "den"
ALT_CHUNK, SUB_DOCUMENT, OLE_OBJECT = w("altChunk"), w("subDoc"), _O + "OLEObject"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = w("footnoteReference"), w("endnoteReference")

_SILENT = (
    "pPr rPr trPr tcPr tblPr tblPrEx tblGrid sdtPr sdtEndPr smartTagPr customXmlPr "
    "del moveFrom delText instrText delInstrText rt rubyPr numPr"
)
SILENT = frozenset({*map(w, _SILENT.split()), _M + "rPr", _M + "ctrlPr"})
"""Elements of which nothing is shown: properties, deletions, field instructions, ruby readings."""


children: Callable[[etree._Element], list[etree._Element]] = itemgetter(slice(None))
backwards: Callable[[etree._Element], list[etree._Element]] = itemgetter(slice(None, None, -1))
"""An element's children as a list, from the first or from the last: twice as fast as its iterators."""


def on(element: etree._Element) -> bool:
    """A toggle property: present and not switched off."""
    return element.get(VAL, "1") not in ("0", "false", "off")


def whole(text: str | None, default: int = 0, highest: int = 1 << 20) -> int:
    """A whole number from an attribute, `default` where there is none, between 0 and `highest`."""
    try:
        return min(max(int(text or ""), 0), highest)
    except ValueError:
        return default


_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "pc": 240.0, "pi": 240.0}


def twips(text: str | None) -> float:
    """A length in 1/20 pt; ISO-strict files write it with a unit. 0 where it can't be read."""
    if not text:
        return 0.0
    try:
        length = float(text)
    except ValueError:
        length = _with_unit(text)
    return length if 0 < length < 1e6 else 0.0


def _with_unit(text: str) -> float:
    try:
        return float(text[:-2]) * _UNITS.get(text[-2:], 0.0)
    except ValueError:
        return 0.0


def shown(alternate: etree._Element) -> etree._Element | None:
    """The one branch of an mc:AlternateContent to read: the first choice with text, else the fallback."""
    branches = [branch for branch in alternate if branch.tag in (CHOICE, FALLBACK)]
    for branch in branches:
        if next(branch.iter(P, T, TBL, MATH_TEXT), None) is not None:
            return branch
    return branches[0] if branches else None
