"""Walking: every file once, in one order, each ending as a Source or as a Failure that says what to do."""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from pathlib import Path

import pytest

from extract import intake
from extract.document import Source
from extract.failure import Failure
from extract.intake import gather, natural, printable, take
from extract.sandbox import run_all
from tests.intake.build import ole2, word

NOBODY = 65534


def failure(path: Path) -> Failure:
    (found,) = gather([path])
    assert isinstance(found, Failure)
    assert found.path == str(path)
    assert found.remedy
    return found


def source(path: Path) -> Source:
    (found,) = gather([path])
    assert isinstance(found, Source), found
    return found


def names(*paths: Path) -> list[str]:
    return [Path(found.path).name for found in gather(paths)]


def put(path: Path, content: bytes | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(word() if content is None else content)
    return path


def test_a_source_is_its_bytes(tmp_path: Path) -> None:
    path = put(tmp_path / "附件2.docx")
    found = source(path)
    assert found.name == "附件2.docx"
    assert found.path == str(path)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (found.size, found.note) == (path.stat().st_size, "")


def test_a_folder_is_read_in_natural_order_files_before_folders(tmp_path: Path) -> None:
    for name in (
        "附件10.docx",
        "附件2.docx",
        "附件1.docx",
        "02局/b.docx",
        "1局/a.docx",
        "1局/内/c.docx",
        "²³.docx",
    ):
        put(tmp_path / name)
    assert names(tmp_path) == [
        "²³.docx",
        "附件1.docx",
        "附件2.docx",
        "附件10.docx",
        "a.docx",
        "c.docx",
        "b.docx",
    ]


def test_natural_order_is_total_for_names_that_differ_only_in_zeros() -> None:
    assert sorted(["a010", "a10", "a9", "b", "a", "10", "9"], key=natural) == [
        "9", "10", "a", "a9", "a010", "a10", "b",
    ]  # fmt: skip


def test_paths_keep_their_order_and_no_file_comes_twice(tmp_path: Path) -> None:
    first, second = put(tmp_path / "b" / "1.docx"), put(tmp_path / "a" / "2.docx")
    assert names(first, tmp_path, second) == ["1.docx", "2.docx"]


def test_the_same_bytes_under_two_names_are_two_sources(tmp_path: Path) -> None:
    put(tmp_path / "a.docx")
    put(tmp_path / "b.docx")
    found = list(gather([tmp_path]))
    assert [entry.name for entry in found if isinstance(entry, Source)] == ["a.docx", "b.docx"]
    assert len({entry.sha256 for entry in found if isinstance(entry, Source)}) == 1


def test_the_systems_own_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "._a.docx", "Thumbs.db", "desktop.ini", ".git/x.docx", "__MACOSX/a.docx"):
        put(tmp_path / name, b"\0\1\2")
    assert list(gather([tmp_path])) == []


def test_a_hidden_file_that_is_named_itself_is_read(tmp_path: Path) -> None:
    assert source(put(tmp_path / ".a.docx")).name == ".a.docx"


@pytest.mark.parametrize("suffix", [".pdf", ".doc", ".tmp", ".DOC"])
def test_a_wrong_extension_is_read_for_what_it_is_and_noted(tmp_path: Path, suffix: str) -> None:
    found = source(put(tmp_path / f"报告{suffix}"))
    assert found.media_type.endswith("wordprocessingml.document")
    assert found.note == f"扩展名与内容不符：扩展名是 {suffix}，内容是Word 文档（.docx）"


@pytest.mark.parametrize("name", ["报告.docx", "报告.DOCX", "报告.docm", "报告"])
def test_an_extension_that_fits_or_is_missing_is_not_noted(tmp_path: Path, name: str) -> None:
    assert source(put(tmp_path / name)).note == ""


REFUSED = {
    "empty": ("a.docx", b"", "文件是空的（0 字节）"),
    "not_a_document": (
        "a.docx",
        bytes(300),
        "这不是文档，而是不认识的文件；扩展名与内容不符：扩展名是 .docx，内容是不认识的文件",
    ),
    "truncated": ("a.docx", word()[:200], "文件不完整，末尾缺失（多半是拷贝或下载中断）"),
    "unsupported": ("a.xml", b"<w:wordDocument xmlns:w='x'/>", "本版本还不能读取Word 2003 XML 文档"),
    "lock_file": (
        "~$附件2.docx",
        b"\x08user".ljust(162, b"\0"),
        "这是 Word 或 WPS 打开文件时留下的锁定文件，不是文档，说明原文件可能正被打开",
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_file_that_is_not_read_says_why(tmp_path: Path, reason: str) -> None:
    name, content, message = REFUSED[reason]
    found = failure(put(tmp_path / name, content))
    assert (found.reason, found.message) == (reason, message)


def test_a_picture_called_docx_is_named_for_both(tmp_path: Path) -> None:
    found = failure(put(tmp_path / "a.docx", b"\x00\x00\x00\x18ftypheic"))
    assert (
        found.message
        == "本版本还不能读取手机照片（.heic）；扩展名与内容不符：扩展名是 .docx，内容是手机照片（.heic）"
    )


def test_a_works_document_is_told_to_be_saved_anew(tmp_path: Path) -> None:
    found = failure(put(tmp_path / "a.wps", ole2({"MatOST": bytes(5000)})))
    assert found.remedy == "请用 Word 或 WPS 打开，另存为 .docx 后重新导入"


def test_one_bad_file_leaves_the_others(tmp_path: Path) -> None:
    put(tmp_path / "1.docx")
    put(tmp_path / "2.docx", b"")
    put(tmp_path / "3.docx")
    assert [type(found) for found in gather([tmp_path])] == [Source, Failure, Source]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(intake.SIZE_LIMIT + 1)
    found = failure(path)
    assert (found.reason, found.message) == ("too_large", "文件有 200 MB，超过上限 200 MB")


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    assert failure(tmp_path / "没有.docx").message == "找不到这个文件或文件夹"
    (tmp_path / "断.docx").symlink_to(tmp_path / "没有.docx")
    assert failure(tmp_path / "断.docx").message == "链接指向的文件不存在"
    (tmp_path / "圈.docx").symlink_to(tmp_path / "圈.docx")
    assert failure(tmp_path / "圈.docx").message == "链接绕成了圈，指不到任何文件"


def test_a_link_back_to_its_own_folder_is_said_and_ends(tmp_path: Path) -> None:
    put(tmp_path / "局" / "1.docx")
    (tmp_path / "局" / "上级").symlink_to(tmp_path)
    read, loop = gather([tmp_path])
    assert isinstance(read, Source)
    assert isinstance(loop, Failure)
    assert loop.message == "这个链接指回了它的上级文件夹，没有再读一遍"


def test_a_link_to_a_file_or_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "别处" / "1.docx")
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "局").symlink_to(tmp_path / "别处")
    assert names(tmp_path / "收件") == ["1.docx"]


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("插座.docx")
        found = list(gather([tmp_path, Path("/dev/zero")]))
    assert [entry.reason for entry in found if isinstance(entry, Failure)] == ["not_a_document"] * 3


def test_folders_nested_deeper_than_python_calls(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1200):
            os.mkdir("d")
            os.chdir("d")
        Path("a.docx").write_bytes(word())
        assert names(tmp_path) == ["a.docx"]
        os.remove("a.docx")
        for _ in range(1200):
            os.chdir("..")
            os.rmdir("d")
    finally:
        os.chdir(here)


def test_a_path_too_long_to_open_is_said(tmp_path: Path) -> None:
    found = failure(tmp_path / ("很" * 200 + ".docx"))
    assert found.message == "文件夹层数太深，路径过长"


def test_names_in_gbk_can_be_opened_and_printed(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "附件2".encode("gbk") + b".docx"
    with open(raw, "wb") as file:
        file.write(word())
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.docx", "wb") as file:
        file.write(b"")
    read, odd = sorted(gather([tmp_path]), key=lambda found: isinstance(found, Failure))
    assert isinstance(read, Source)
    assert read.name == "附件2.docx"
    assert os.path.exists(read.path)
    assert odd.path.endswith("/\\xff\\xfe.docx")
    assert printable("正常.docx") == "正常.docx"


def test_without_rights_each_file_and_folder_is_named() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        put(folder / "1.docx")
        put(folder / "2.docx").chmod(0)
        put(folder / "局" / "3.docx")
        (folder / "局").chmod(0)
        ((_, found),) = run_all(_gather_as_nobody, [folder], jobs=1)
        (folder / "局").chmod(0o755)
    assert isinstance(found, list), found
    assert [(Path(entry.path).name, getattr(entry, "message", "")) for entry in found] == [
        ("1.docx", ""),
        ("2.docx", "没有权限打开这个文件"),
        ("局", "没有权限打开这个文件夹"),
    ]


def _gather_as_nobody(folder: Path) -> list[Source | Failure]:
    """In a child: root may read everything, so root steps down first."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return list(gather([folder]))


def test_take_reads_one_file(tmp_path: Path) -> None:
    assert isinstance(take(put(tmp_path / "a.docx")), Source)
