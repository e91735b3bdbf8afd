"""Opens an Office Open XML package: parts by relationship and content, never by name.

ISO-strict namespaces come out as the transitional ones, so that readers know one vocabulary.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from extract.failure import Unreadable
from extract.readers.zip_package import MB, ZipPackage

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
STRICT = b"http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
MAIN_SUFFIX = "main+xml"
SAVE_AGAIN = "请用 Word 或 WPS 打开原文件，另存为 .docx 后重新报送"


@dataclass(frozen=True, slots=True)
class Relationship:
    """`kind` is the last word of the type («styles», «header»); `target` a part's name."""

    kind: str
    target: str


class Package(ZipPackage):
    """An open Office Open XML package."""

    remedy = SAVE_AGAIN

    def main(self) -> str | None:
        """The name of the part that holds the document, or None where no part claims to."""
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and relationship.target in self:
                return relationship.target
        for name in self._declared_mains():
            if name in self:
                return name
        return "word/document.xml" if "word/document.xml" in self else None

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The inner relationships of a part by their id; none where the part or its list is missing."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self:
            return {}
        found = {}
        for element in self.xml(listing):
            target = element.get("Target")
            if target is None or element.get("TargetMode") == "External":
                continue
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relationship(kind, _resolve(folder, target))
        return found

    def xml(self, name: str) -> etree._Element:
        """The root of a part's tree, without comments and processing instructions."""
        data = self.checked(name)
        root = self.parsed(data, name)
        if STRICT in data or root.tag.startswith("{" + STRICT.decode()):
            root = self.parsed(_transitional(etree.tostring(root)), name)
        return root

    def each(self, name: str, tag: str) -> Iterator[etree._Element]:
        """A part's elements of one name, parsed no further than they are asked for."""
        data = self.checked(name)
        if STRICT in data:
            yield from self.xml(name).iter(tag)
            return
        try:
            for _, element in etree.iterparse(BytesIO(data), tag=tag, resolve_entities=False):
                yield element
        except etree.XMLSyntaxError as fault:
            raise self.syntax(fault, name) from fault

    def _declared_mains(self) -> list[str]:
        if "[Content_Types].xml" not in self:
            return []
        return [
            element.get("PartName", "").lstrip("/")
            for element in self.xml("[Content_Types].xml")
            if element.get("ContentType", "").endswith(MAIN_SUFFIX)
        ]

    def not_a_zip(self, path: Path) -> Unreadable:
        """Says what the file is instead; the search for a name in it is bounded by its first megabytes."""
        with path.open("rb") as file:
            head = file.read(4 * MB)
        if not head:
            return Unreadable("empty", "文件是空的（0 字节）", "请重新导出或重新上传原文件")
        if head.startswith(OLE_MAGIC):
            if "EncryptedPackage".encode("utf-16-le") in head:
                return Unreadable("encrypted", "文件已用密码加密", "请取消密码保护后重新报送")
            return Unreadable("unsupported", "文件不是 .docx，而是旧版 Office 文件", SAVE_AGAIN)
        if b"PK\x03\x04" in head:
            return Unreadable("truncated", "文件不完整，可能没有传完", "请重新上传完整的原文件")
        return Unreadable("not_a_document", "文件不是 Word 文档", SAVE_AGAIN)


def _transitional(data: bytes) -> bytes:
    for strict, transitional in TRANSITIONAL.items():
        data = data.replace(b'"' + STRICT + strict + b'"', b'"' + transitional + b'"')
    return data


def _resolve(folder: str, target: str) -> str:
    target = unquote(target.replace("\\", "/"))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
