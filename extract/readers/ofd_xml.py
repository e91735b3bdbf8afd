"""What every part of an OFD package is read by: names without namespaces, lists of numbers."""

from __future__ import annotations

import math

from lxml import etree


def local(element: etree._Element) -> str:
    """An element's name without its namespace: real files use several, and some none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of a blank-separated list; what is none ends it."""
    found = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not math.isfinite(value):
            break
        found.append(value)
    return found
