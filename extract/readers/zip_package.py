"""Opens a document that is a zip of XML parts: parts by name in any case, never without a limit.

Nothing is unpacked that was not asked for; what is asked for is measured as it comes out, because an
archive's own figures may lie. XML is parsed without entities, DTDs and network.
"""

from __future__ import annotations

import copy
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from lxml import etree

from extract.failure import Unreadable
from extract.filetype import ZIP_FAULTS

MB = 1 << 20
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))

SAVE_AGAIN = "请打开原文件，另存一份后重新报送"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes a single part and all parts read may have, bytes all parts may declare, number of parts;
    beyond `ratio` times its packed size a part too large is called a bomb."""

    part: int = 32 * MB
    read: int = 64 * MB
    declared: int = 1024 * MB
    entries: int = 10_000
    ratio: int = 100


class ZipPackage:
    """An open package; use it in a `with`. Every method may raise Unreadable, with this class's remedy."""

    remedy = SAVE_AGAIN

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._read = 0
        self._zip = self._opened(path)
        self._parts = {part_key(info.filename): info for info in self._zip.infolist()}
        self._check_directory(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._parts

    def xml(self, name: str) -> etree._Element:
        """The root of a part's tree, without comments and processing instructions."""
        return self.parsed(self.checked(name), name)

    def checked(self, name: str) -> bytes:
        """The bytes of an XML part that brings no DTD."""
        data = self.read(name)
        if any(mark in data for mark in DOCTYPES):
            raise self.hostile(f"文件内部的 {name} 带有 DTD 或实体定义")
        return data

    def read(self, name: str) -> bytes:
        """The bytes of a part, read past the size it declares so that a lie shows."""
        info = self._parts[part_key(name)]
        if info.flag_bits & 1:
            raise Unreadable("encrypted", "文件已加密", "请取消密码保护后重新报送")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("unsupported", f"文件内部的 {name} 用了不支持的压缩方式", self.remedy)
        room = min(self._limits.part, self._limits.read - self._read)
        if info.file_size > room:
            raise self._too_large(info, info.file_size)
        probe = copy.copy(info)
        probe.file_size = 2 * room + MB
        try:
            with self._zip.open(probe) as stream:
                data = stream.read(room + 1)
        except ZIP_FAULTS as fault:
            raise Unreadable("broken", f"文件内部的 {name} 已损坏，无法解压", self.remedy) from fault
        if len(data) > info.file_size:
            raise self.hostile(f"文件内部的 {name} 解压后比它声明的大")
        self._read += len(data)
        return data

    def _check_directory(self, path: Path) -> None:
        infos = self._zip.infolist()
        if len(infos) > self._limits.entries:
            raise self.hostile(f"压缩包里有 {len(infos)} 个文件，远多于正常的文档")
        declared = sum(info.file_size for info in infos)
        if declared > self._limits.declared:
            packed = max(path.stat().st_size, 1)
            if declared > packed * self._limits.ratio:
                raise self.hostile("文件解压后大得异常")
            raise Unreadable("too_large", "文件太大", "请压缩文件中的图片，或拆分后重新报送")

    def _too_large(self, info: zipfile.ZipInfo, size: int) -> Unreadable:
        if size > max(info.compress_size, 1) * self._limits.ratio:
            return self.hostile(f"文件内部的 {info.filename} 解压后大得异常")
        return Unreadable("too_large", f"文件内部的 {info.filename} 太大", "请拆分文件后重新报送")

    def parsed(self, data: bytes, name: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise self.syntax(fault, name) from fault
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.hostile(f"文件内部的 {name} 带有 DTD 或实体定义")
        return root

    def syntax(self, fault: etree.XMLSyntaxError, name: str) -> Unreadable:
        if getattr(fault, "code", 0) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            return self.hostile(f"文件内部的 {name} 嵌套过深或内容异常")
        return Unreadable("broken", f"文件内部的 {name} 已损坏，不是完整的 XML", self.remedy)

    def hostile(self, message: str) -> Unreadable:
        return Unreadable("hostile", f"{message}，可能是恶意文件，已停止读取", self.remedy)

    def not_a_zip(self, path: Path) -> Unreadable:
        """Why a file that should be a package is none."""
        return Unreadable("truncated", "文件不完整或已损坏", self.remedy)

    def _opened(self, path: Path) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(path)
        except (PermissionError, FileNotFoundError, IsADirectoryError) as fault:
            raise Unreadable("no_access", "文件打不开", "请检查文件是否存在、是否有读取权限") from fault
        except ZIP_FAULTS as fault:
            raise self.not_a_zip(path) from fault


def part_key(name: str) -> str:
    """A part's name as packages mean it: no leading slash, either slash, any case."""
    return name.replace("\\", "/").lstrip("/").lower()
