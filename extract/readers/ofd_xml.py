"""What every part of an OFD package is read by: names without namespaces, lists of numbers."""

from __future__ import annotations

from lxml import etree

FAR = 100_000.0
"""Millimetres: no page is so large."""


def local(element: etree._Element) -> str:
    """An element's name without its namespace: real files use several, and some none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of a blank-separated list; what is none, or no length on any page, ends it."""
    found = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not abs(value) < FAR:
            break
        found.append(value)
    return found
