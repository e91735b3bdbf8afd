"""Opens an Office Open XML package: parts by relationship and content, never by name, never without a limit.

Nothing is unpacked that was not asked for; what is asked for is measured as it comes out, because an
archive's own figures may lie. XML is parsed without entities, DTDs and network. ISO-strict namespaces
come out as the transitional ones, so that readers know one vocabulary.
"""

from __future__ import annotations

import copy
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

from lxml import etree

from extract.failure import Unreadable

MB = 1 << 20
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
STRICT = b"http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
MAIN_SUFFIX = "main+xml"
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    ValueError,
    OverflowError,
    RuntimeError,
)
"""What zipfile raises on damaged archives; NotImplementedError is a RuntimeError."""

SAVE_AGAIN = "请用 Word 或 WPS 打开原文件，另存为 .docx 后重新报送"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes a single part and all parts read may have, bytes all parts may declare, number of parts;
    beyond `ratio` times its packed size a part too large is called a bomb."""

    part: int = 32 * MB
    read: int = 64 * MB
    declared: int = 1024 * MB
    entries: int = 10_000
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Relationship:
    """`kind` is the last word of the type («styles», «header»); `target` a part's name."""

    kind: str
    target: str


class Package:
    """An open package; use it in a `with`. Every method may raise Unreadable."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._read = 0
        self._zip = _open_zip(path)
        self._parts = {_key(info.filename): info for info in self._zip.infolist()}
        self._check_directory(path)

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def main(self) -> str | None:
        """The name of the part that holds the document, or None where no part claims to."""
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and relationship.target in self:
                return relationship.target
        for name in self._declared_mains():
            if name in self:
                return name
        return "word/document.xml" if "word/document.xml" in self else None

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

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
        data = self._checked(name)
        root = _parse(data, name)
        if STRICT in data or root.tag.startswith("{" + STRICT.decode()):
            root = _parse(_transitional(etree.tostring(root)), name)
        return root

    def each(self, name: str, tag: str) -> Iterator[etree._Element]:
        """A part's elements of one name, parsed no further than they are asked for."""
        data = self._checked(name)
        if STRICT in data:
            yield from self.xml(name).iter(tag)
            return
        try:
            for _, element in etree.iterparse(BytesIO(data), tag=tag, resolve_entities=False):
                yield element
        except etree.XMLSyntaxError as fault:
            raise _syntax(fault, name) from fault

    def _checked(self, name: str) -> bytes:
        data = self.read(name)
        if any(mark in data for mark in DOCTYPES):
            raise _hostile(f"文件内部的 {name} 带有 DTD 或实体定义")
        return data

    def read(self, name: str) -> bytes:
        """The bytes of a part, read past the size it declares so that a lie shows."""
        info = self._parts[_key(name)]
        if info.flag_bits & 1:
            raise Unreadable("encrypted", "文件已加密", "请取消密码保护后重新报送")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("unsupported", f"文件内部的 {name} 用了 Word 不支持的压缩方式", SAVE_AGAIN)
        room = min(self._limits.part, self._limits.read - self._read)
        if info.file_size > room:
            raise self._too_large(info, info.file_size)
        probe = copy.copy(info)
        probe.file_size = 2 * room + MB
        try:
            with self._zip.open(probe) as stream:
                data = stream.read(room + 1)
        except ZIP_FAULTS as fault:
            raise Unreadable("broken", f"文件内部的 {name} 已损坏，无法解压", SAVE_AGAIN) from fault
        if len(data) > info.file_size:
            raise _hostile(f"文件内部的 {name} 解压后比它声明的大")
        self._read += len(data)
        return data

    def _check_directory(self, path: Path) -> None:
        infos = self._zip.infolist()
        if len(infos) > self._limits.entries:
            raise _hostile(f"压缩包里有 {len(infos)} 个文件，远多于正常的 Word 文件")
        declared = sum(info.file_size for info in infos)
        if declared > self._limits.declared:
            packed = max(path.stat().st_size, 1)
            if declared > packed * self._limits.ratio:
                raise _hostile("文件解压后大得异常")
            raise Unreadable("too_large", "文件太大", "请压缩文件中的图片，或拆分后重新报送")

    def _too_large(self, info: zipfile.ZipInfo, size: int) -> Unreadable:
        if size > max(info.compress_size, 1) * self._limits.ratio:
            return _hostile(f"文件内部的 {info.filename} 解压后大得异常")
        return Unreadable("too_large", f"文件内部的 {info.filename} 太大", "请拆分文件后重新报送")

    def _declared_mains(self) -> list[str]:
        if "[Content_Types].xml" not in self:
            return []
        return [
            element.get("PartName", "").lstrip("/")
            for element in self.xml("[Content_Types].xml")
            if element.get("ContentType", "").endswith(MAIN_SUFFIX)
        ]


def _open_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (PermissionError, FileNotFoundError, IsADirectoryError) as fault:
        raise Unreadable("no_access", "文件打不开", "请检查文件是否存在、是否有读取权限") from fault
    except ZIP_FAULTS as fault:
        raise _not_a_zip(path) from fault


def _not_a_zip(path: Path) -> Unreadable:
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


def _parse(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise _syntax(fault, name) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise _hostile(f"文件内部的 {name} 带有 DTD 或实体定义")
    return root


def _syntax(fault: etree.XMLSyntaxError, name: str) -> Unreadable:
    if getattr(fault, "code", 0) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        return _hostile(f"文件内部的 {name} 嵌套过深或内容异常")
    return Unreadable("broken", f"文件内部的 {name} 已损坏，不是完整的 XML", SAVE_AGAIN)


def _transitional(data: bytes) -> bytes:
    for strict, transitional in TRANSITIONAL.items():
        data = data.replace(b'"' + STRICT + strict + b'"', b'"' + transitional + b'"')
    return data


def _hostile(message: str) -> Unreadable:
    return Unreadable("hostile", f"{message}，可能是恶意文件，已停止读取", SAVE_AGAIN)


def _resolve(folder: str, target: str) -> str:
    target = unquote(target.replace("\\", "/"))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
