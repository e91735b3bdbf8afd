"""Whether an OFD object shows on paper: its own colours, or those of the drawing parameters that it names.

Drawing parameters stand in the package's resources, may take over another's (`Relative`), and hold for all
objects of a layer that names them (GB/T 33190-2016, 8.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from lxml import etree

from extract.readers.ofd_xml import local, numbers
from extract.readers.scribe import WHITE

Use = Literal["Fill", "Stroke"]
USES: tuple[Use, ...] = ("Fill", "Stroke")
Pale = frozenset[tuple[str, Use]]
"""The drawing parameters, by id, that fill or stroke with what doesn't show."""


def pale_parameters(resources: Iterable[etree._Element]) -> Pale:
    """Those among all drawing parameters of the resources."""
    parameters = {
        element.get("ID", ""): element
        for resource in resources
        for element in resource.iter()
        if local(element) == "DrawParam"
    }
    return frozenset((key, use) for key in parameters for use in USES if _is_pale(parameters, key, use))


def is_inked(element: etree._Element, use: Use, default: bool, pale: Pale) -> bool:
    """Whether the object is filled or stroked (as a matter of course where `default`) with ink that shows."""
    said = element.get(use)
    if not (said.lower() in ("true", "1") if said else default):
        return False
    own = _colour(element, use)
    return _shows(own) if own is not None else (_named(element), use) not in pale


def _is_pale(parameters: Mapping[str, etree._Element], key: str, use: Use) -> bool:
    met: set[str] = set()
    while key in parameters and key not in met:
        met.add(key)
        colour = _colour(parameters[key], use)
        if colour is not None:
            return not _shows(colour)
        key = parameters[key].get("Relative", "")
    return False


def _colour(element: etree._Element, use: Use) -> etree._Element | None:
    return next((child for child in element if local(child) == f"{use}Color"), None)


def _shows(colour: etree._Element) -> bool:
    channels = numbers(colour.get("Value"))
    return colour.get("Alpha") != "0" and not (len(channels) == 3 and min(channels) >= WHITE)


def _named(element: etree._Element) -> str:
    """The drawing parameters that hold for an object: its own, or its layer's."""
    near = (one.get("DrawParam", "") for one in (element, *element.iterancestors()))
    return next(filter(None, near), "")
