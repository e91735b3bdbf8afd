"""What this machine has, and what each missing part costs."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

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
        _package("Word 读取", "lxml", "读不了 .docx"),
        _package("PDF 读取", "pypdfium2", "读不了 PDF"),
        _package("PDF 第二读法", "pdfplumber", "没有框线的 PDF 表格读不出来"),
        _package("PostgreSQL 驱动", "pg8000", "只能用 SQLite 数据库"),
        _office(),
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
    path = shutil.which("soffice") or shutil.which("libreoffice")
    cost = "本版本还不读 .doc、.wps、.rtf，请先另存为 .docx"
    return Thing("LibreOffice", path is not None, f"{path}（{cost}）" if path else "未安装", cost)


def _ocr() -> Thing:
    missing = [name for name in ("rapidocr", "onnxruntime", "cv2") if find_spec(name) is None]
    cost = "本版本还不读扫描件，只报告「需要文字识别」"
    detail = f"未安装 {'、'.join(missing)}" if missing else f"已安装（{cost}）"
    return Thing("文字识别（OCR）", not missing, detail, cost)
