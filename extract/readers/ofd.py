"""The OFD reader (GB/T 33190-2016): a fixed-layout document's tables and text, as its pages show them.

Everything is read straight from the package's XML; tables come by the same finder as a PDF's. A seal or
signature is named and not verified; an encrypted package is Unreadable.
"""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from extract.document import Box, Document, Source
from extract.failure import Unreadable
from extract.means import PLAIN, Means
from extract.readers import scan_models
from extract.readers.layout import Overfull
from extract.readers.ofd_colours import Pale, pale_parameters
from extract.readers.ofd_page import MM, Sketch, draw, ink_of
from extract.readers.ofd_xml import local, numbers
from extract.readers.pages import blocks_of, sheet_of
from extract.readers.sheet import Sheet
from extract.readers.zip_package import ZipPackage

if TYPE_CHECKING:
    from extract.readers.scan import Scanned

PAGE_LIMIT = 300
A4 = (210.0, 297.0)
PICTURE = 0.5
"""An image that covers this share of a page without text is a scan."""
SAVE_AGAIN = "请用 OFD 阅读器打开原文件，另存一份，或转为可选中文字的 PDF 后重新报送"


class Package(ZipPackage):
    """An open OFD package."""

    remedy = SAVE_AGAIN

    def tree(self, name: str) -> etree._Element | None:
        """The root of a part, None where there is no such part."""
        return self.xml(name) if name and name in self else None


@dataclass(slots=True)
class _Pages:
    means: Means = PLAIN
    scans: list[Scanned] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    for_ocr: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    overfull: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)

    def warnings(self) -> Iterator[str]:
        for page_numbers, words in (
            (self.for_ocr, f"没有文字，只有图片，需要 OCR{self._missing()}，本页内容没有读取"),
            (self.missing, "在文件里找不到，没有读取"),
            (self.overfull, "文字或图形过多，没有读取"),
            (self.pictures, "有大幅图片，图片里的内容没有读取"),
            (self.unmapped, "有无法识别的字符，以“\ufffd”代替"),
        ):
            yield from (f"第{number}页{words}" for number in page_numbers)
        for scanned in self.scans:
            yield from scanned.notes()

    @property
    def recognises(self) -> bool:
        return self.means.ocr and scan_models.installed()

    def _missing(self) -> str:
        """What keeps pages from being recognised, if it is that something isn't installed."""
        return f"，但没有安装识别组件（{scan_models.PIP}）" if self.means.ocr and not self.recognises else ""


@dataclass(slots=True)
class _Body:
    """One document of the package: its folder, page size, template pages by id, annotations by page id, the
    drawing parameters that don't show, the parts of images by id."""

    folder: str
    size: tuple[float, float]
    templates: dict[str, str]
    annotations: dict[str, str]
    pages: list[tuple[str, str]]
    pale: Pale
    pictures: dict[str, str]


def read_ofd(path: Path, source: Source, means: Means = PLAIN) -> Document:
    """Read an OFD file, its pictured pages too where the means allow. Raises Unreadable."""
    with Package(path) as package:
        root = package.tree("OFD.xml")
        if root is None:
            raise Unreadable("broken", "OFD 文件缺少主文件 OFD.xml", SAVE_AGAIN)
        _refuse_encrypted(package)
        bodies = [_body(package, name) for name in _texts(root, "DocRoot")]
        found = [(body, page) for body in bodies if body is not None for page in body.pages]
        if len(found) > PAGE_LIMIT:
            message = f"共 {len(found)} 页，超过 {PAGE_LIMIT} 页的上限"
            raise Unreadable("too_large", message, "请只提交自评材料本身，或拆分后再提交")
        pages = _Pages(means)
        for number, (body, (page_id, name)) in enumerate(found, 1):
            _read_page(package, body, page_id, name, number, pages)
        warnings = [*pages.warnings(), *_signed(package, root)]
    _refuse_unreadable(pages)
    reader = "ofd+ocr" if pages.scans else "ofd"
    return Document(
        replace(source, reader=reader, pages=len(found)), tuple(blocks_of(pages.sheets)), tuple(warnings)
    )


def _refuse_encrypted(package: Package) -> None:
    if "Encryptions.xml" in package or "EncryptEntries.xml" in package:
        raise Unreadable("encrypted", "OFD 文件已加密", "请用 OFD 阅读器解除加密，另存后再提交")


def _signed(package: Package, root: etree._Element) -> Iterator[str]:
    listed = [package.tree(_resolved("", name)) for name in _texts(root, "Signatures")]
    count = sum(local(element) == "Signature" for tree in listed if tree is not None for element in tree)
    if count or "OFDEntries.xml" in package:
        yield "文件带有电子签章或完整性签名，本程序不验证其真伪"


def _body(package: Package, name: str) -> _Body | None:
    name = _resolved("", name)
    tree = package.tree(name)
    if tree is None:
        return None
    folder = posixpath.dirname(name)
    area = next(
        (found for element in tree.iter() if local(element) == "PageArea" and (found := _size(element))), A4
    )
    templates = {
        element.get("ID", ""): _resolved(folder, element.get("BaseLoc", ""))
        for element in tree.iter()
        if local(element) == "TemplatePage"
    }
    pages = [
        (element.get("ID", ""), _resolved(folder, element.get("BaseLoc", "")))
        for group in tree
        if local(group) == "Pages"
        for element in group
        if local(element) == "Page"
    ]
    resources = dict(_resources(package, tree, folder))
    pale = pale_parameters(resources.values())
    pictures = {key: part for name, root in resources.items() for key, part in _pictures(name, root)}
    return _Body(folder, area, templates, _annotations(package, tree, folder), pages, pale, pictures)


def _resources(package: Package, tree: etree._Element, folder: str) -> Iterator[tuple[str, etree._Element]]:
    """The document's resources by their parts' names; without those that are damaged a page still shows
    its text."""
    for name in (*_texts(tree, "PublicRes"), *_texts(tree, "DocumentRes")):
        with contextlib.suppress(Unreadable):
            part = package.tree(_resolved(folder, name))
            if part is not None:
                yield _resolved(folder, name), part


def _pictures(name: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    """The images of a resource part: their ids, and the parts that hold them."""
    folder = posixpath.join(posixpath.dirname(name), root.get("BaseLoc", "").replace("\\", "/"))
    for media in root.iter():
        if local(media) == "MultiMedia":
            for file in _texts(media, "MediaFile"):
                yield media.get("ID", ""), _resolved(folder, file)


def _annotations(package: Package, tree: etree._Element, folder: str) -> dict[str, str]:
    """The part that holds each page's annotations, by the page's id."""
    found = {}
    for name in _texts(tree, "Annotations"):
        place = _resolved(folder, name)
        listing = package.tree(place)
        for page in listing if listing is not None else ():
            for located in _texts(page, "FileLoc"):
                beside = _resolved(posixpath.dirname(place), located)
                found[page.get("PageID", "")] = beside if beside in package else _resolved(folder, located)
    return found


def _read_page(package: Package, body: _Body, page_id: str, name: str, number: int, pages: _Pages) -> None:
    tree = package.tree(name)
    if tree is None:
        pages.missing.append(number)
        return
    width, height = (length * MM for length in _size(tree) or body.size)
    sketch = Sketch(body.pale)
    try:
        for template in (element for element in tree if local(element) == "Template"):
            below = package.tree(body.templates.get(template.get("TemplateID", ""), ""))
            if below is not None:
                draw(below, sketch)
        draw(tree, sketch)
        noted = package.tree(body.annotations.get(page_id, ""))
        for note in noted if noted is not None else ():
            if note.get("Visible", "true").lower() != "false":
                draw(note, sketch)
    except Overfull:
        pages.overfull.append(number)
        return
    picture, box = max(sketch.images, key=lambda image: _area(image[1]), default=("", (0.0, 0.0, 0.0, 0.0)))
    if _area(box) > PICTURE * width * height:
        if not sketch.marks and _recognised(package, body.pictures.get(picture, ""), box, number, pages):
            return
        (pages.pictures if sketch.marks else pages.for_ocr).append(number)
    if sketch.unmapped:
        pages.unmapped.append(number)
    try:
        pages.sheets.append(sheet_of(ink_of(sketch, number, width, height)))
    except Overfull:
        pages.overfull.append(number)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _recognised(package: Package, part: str, box: Box, number: int, pages: _Pages) -> bool:
    """Whether a page that is but a picture was read from its image."""
    if not pages.recognises or part not in package:
        return False
    from extract.readers.ofd_scan import read_pictured_page

    try:
        scanned = read_pictured_page(package.read(part), box, number)
    except Unreadable:
        return False
    pages.scans.append(scanned)
    pages.sheets.append(scanned.sheet)
    return True


def _refuse_unreadable(pages: _Pages) -> None:
    """Raise where no page holds anything that was read."""
    if any(sheet.lines or sheet.grids for sheet in pages.sheets):
        return
    if pages.for_ocr:
        if pages.means.ocr and not pages.recognises:
            message = "各页都是图片，需要 OCR，但没有安装识别组件"
            raise Unreadable("needs_ocr", message, scan_models.INSTALL)
        raise Unreadable("needs_ocr", "各页都是图片，需要 OCR", scan_models.ORIGINAL)
    if pages.scans:
        message = "各页都是图片，没有认出文字"
        raise Unreadable("empty", message, "请核对是否选错了文件，或重新扫描清楚后再提交")
    if pages.overfull:
        raise Unreadable("too_large", "各页的文字或图形都超过上限", "请只提交自评材料本身")
    if pages.missing:
        raise Unreadable("truncated", "OFD 文件里的页面找不到", SAVE_AGAIN)
    raise Unreadable("empty", "OFD 文件里没有任何内容", "请核对是否选错了文件")


def _size(tree: etree._Element) -> tuple[float, float] | None:
    """Width and height in mm of the first physical box that an element holds."""
    for element in tree.iter():
        if local(element) == "PhysicalBox":
            box = numbers(element.text)
            if len(box) == 4 and min(box[2:]) > 0:
                return box[2], box[3]
    return None


def _texts(tree: etree._Element, name: str) -> list[str]:
    """The words of the elements of one name, wherever they stand under the tree; blank ones left out."""
    words = ((element.text or "").strip() for element in tree.iter() if local(element) == name)
    return [text for text in words if text]


def _resolved(folder: str, name: str) -> str:
    """A part's name out of one that may be absolute or relative to a folder, with either slash."""
    return (
        posixpath.normpath(posixpath.join("/", folder, name.replace("\\", "/"))).lstrip("/") if name else ""
    )
