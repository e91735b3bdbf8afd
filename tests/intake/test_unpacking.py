"""Archives: names in any encoding, every kind, passwords, bombs; nothing outside the scratch folder."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import rars

from extract import kinds
from extract.document import Source
from extract.failure import Failure
from extract.incoming import Stage, incoming
from extract.intake import take
from extract.means import Means
from extract.scratch import scratch_folder
from extract.submission import folder_of
from extract.unpacking import seven
from extract.unpacking.room import Limits
from extract.unpacking.unpack import unpack
from tests.intake.build import word

DOCX, PDF = word(), b"%PDF-1.7 " + b"x" * 50
TOWN = "望舒县水利局"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def opened(
    path: Path, scratch: Path, *passwords: str, limits: Limits | None = None
) -> list[Source | Failure]:
    source = take(path)
    assert isinstance(source, Source)
    return unpack(source, Means(passwords, scratch), limits)


def ends(found: list[Source | Failure]) -> list[tuple[str, str]]:
    """Name, and what became of it: «read» or the reason why not."""
    return [
        (one.name, "read") if isinstance(one, Source) else (one.path.rpartition(" › ")[2], one.reason)
        for one in found
    ]


def zipped(path: Path, files: dict[str, bytes], encoding: str = "utf-8", flag: int = 0x800) -> Path:
    """A zip whose names stand in it in this encoding, with or without the UTF-8 flag."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(_Named(name.encode(encoding), flag), content, zipfile.ZIP_DEFLATED)
    return path


class _Named(zipfile.ZipInfo):
    """An entry whose name is written as given bytes."""

    def __init__(self, name: bytes, flag: int) -> None:
        super().__init__(name.decode("cp437"), (2025, 4, 1, 9, 0, 0))
        self._name, self._flag = name, flag

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (zipfile's own name)
        return self._name, self._flag


@pytest.mark.parametrize(
    ("encoding", "flag"), [("gb18030", 0), ("utf-8", 0), ("utf-8", 0x800), ("big5", 0)], ids=str
)
def test_names_in_the_encoding_that_was_meant(
    tmp_path: Path, scratch: Path, encoding: str, flag: int
) -> None:
    name = "水利局/部門整體支出績效自評表.docx" if encoding == "big5" else f"{TOWN}/附件2基础数据表.docx"
    path = zipped(tmp_path / "a.zip", {name: DOCX}, encoding, flag)
    (found,) = opened(path, scratch)
    assert isinstance(found, Source)
    assert (found.name, found.path) == (name.rpartition("/")[2], f"{path} › {name}")
    assert (found.media_type, found.file.read_bytes()) == (kinds.DOCX.media_type, DOCX)
    assert found.file.is_relative_to(scratch)


def seven_zipped(path: Path, files: dict[str, bytes], *options: str) -> Path:
    folder = path.parent / "packed"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    program = seven.program()
    assert program is not None
    command = [program, "a", "-bd", *options, str(path), *files]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return path


FILES = {"附件1.docx": DOCX, "附件3.pdf": PDF}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.7z", ()),
        ("a.zip", ("-mm=Deflate64",)),
        ("a.tar", ()),
        ("a.zip", ("-mm=LZMA",)),
        ("a.zip", ("-mm=BZip2",)),
    ],
    ids=["7z", "deflate64", "tar", "lzma", "bzip2"],
)
def test_every_kind_of_archive_gives_its_files(
    tmp_path: Path, scratch: Path, name: str, options: tuple[str, ...]
) -> None:
    files = {name: content * 40 if content == PDF else content for name, content in FILES.items()}
    found = opened(seven_zipped(tmp_path / name, files, *options), scratch)
    assert ends(found) == [("附件1.docx", "read"), ("附件3.pdf", "read")]
    assert [one.file.read_bytes() for one in found if isinstance(one, Source)] == list(files.values())


def test_a_rar(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "a.rar"
    builder = rars.RarBuilder()
    for name, content in FILES.items():
        builder.add_bytes(content, name)
    path.write_bytes(builder.to_bytes())
    assert ends(opened(path, scratch)) == [("附件1.docx", "read"), ("附件3.pdf", "read")]


def test_a_tar_by_gzip_is_two_archives(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in FILES.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        link = tarfile.TarInfo("链接.docx")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    assert ends(opened(path, scratch)) == [("附件1.docx", "read"), ("附件3.pdf", "read")]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.zip", ("-p2024jx", "-mem=ZipCrypto")),
        ("a.zip", ("-p2024jx", "-mem=AES256")),
        ("a.7z", ("-p2024绩效",)),
        ("a.7z", ("-p2024绩效", "-mhe=on")),
    ],
    ids=["zipcrypto", "aes", "7z", "7z with names"],
)
def test_a_password_opens_what_it_locks_and_nothing_else_does(
    tmp_path: Path, scratch: Path, name: str, options: tuple[str, ...]
) -> None:
    path = seven_zipped(tmp_path / name, FILES, *options)
    assert {reason for _, reason in ends(opened(path, scratch))} == {"encrypted"}
    wrong = opened(path, scratch, "错的")
    assert {reason for _, reason in ends(wrong)} == {"encrypted"}
    assert {one.message for one in wrong if isinstance(one, Failure)} == {"给出的密码都打不开这个压缩包"}
    found = opened(path, scratch, "错的", options[0][2:])
    assert ends(found) == [("附件1.docx", "read"), ("附件3.pdf", "read")]


def test_7_zip_is_told_no_password_where_other_users_could_see_it(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = seven_zipped(tmp_path / "a.7z", FILES, "-psecret")
    listening, log = tmp_path / "7zz", tmp_path / "log"
    listening.write_text(f'#!/bin/bash\necho "$@" >> {log}\nexec {seven.program()} "$@"\n')
    listening.chmod(0o755)
    monkeypatch.setattr(seven, "program", lambda: str(listening))
    assert {reason for _, reason in ends(opened(path, scratch, "secret"))} == {"read"}
    assert (len(log.read_text().splitlines()), "secret" in log.read_text()) == (2, False)


def test_archives_in_archives_up_to_a_depth(tmp_path: Path, scratch: Path) -> None:
    path = zipped(tmp_path / "1.zip", {"附件1.docx": DOCX})
    for depth in range(2, 6):
        path = zipped(tmp_path / f"{depth}.zip", {"内.zip": path.read_bytes(), f"附件{depth}.docx": DOCX})
    assert ends(opened(path, scratch)) == [
        ("附件5.docx", "read"),
        ("附件4.docx", "read"),
        ("附件3.docx", "read"),
        ("内.zip", "too_large"),
    ]


def test_the_system_s_own_files_are_left_out_and_every_other_is_told(tmp_path: Path, scratch: Path) -> None:
    files = {
        "__MACOSX/._附件1.docx": b"x",
        "附件1.docx": DOCX,
        "~$附件1.docx": b"x",
        "空.docx": b"",
        "说明.txt": b"abc",
    }
    found = ends(opened(zipped(tmp_path / "a.zip", files), scratch))
    assert found == [
        ("~$附件1.docx", "lock_file"),
        ("空.docx", "empty"),
        ("说明.txt", "read"),
        ("附件1.docx", "read"),
    ]


@pytest.mark.parametrize("name", ["../../出来.docx", "/etc/出来.docx", "C:\\a\\..\\出来.docx"])
def test_no_name_leads_out_of_the_scratch_folder(tmp_path: Path, scratch: Path, name: str) -> None:
    (found,) = opened(zipped(tmp_path / "a.zip", {name: DOCX}), scratch)
    assert isinstance(found, Source)
    assert found.file.is_relative_to(scratch)
    assert (found.name, ".." in found.path.rpartition(" › ")[2]) == ("出来.docx", False)


def test_a_bomb_by_its_own_word_and_one_that_lies(tmp_path: Path, scratch: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"附件1.docx": bytes(3_000_000)})
    small = Limits(total=1_000_000, ratio=100)
    assert ends(opened(path, scratch, limits=small)) == [(str(path), "hostile")]
    raw = bytearray(path.read_bytes())
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)
    assert ends(opened(path, scratch, limits=small))[0][1] in ("too_large", "broken")
    assert sum(one.stat().st_size for one in scratch.rglob("*") if one.is_file()) < 2_000_000


def test_a_bomb_that_only_7zip_opens_is_stopped(tmp_path: Path, scratch: Path) -> None:
    path = seven_zipped(tmp_path / "a.7z", {"附件1.docx": bytes(50_000_000)})
    assert ends(opened(path, scratch, limits=Limits(total=1_000_000)))[0][1] == "hostile"


def test_too_many_files(tmp_path: Path, scratch: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{number}.docx": b"x" for number in range(30)})
    assert ends(opened(path, scratch, limits=Limits(files=20))) == [(str(path), "too_large")]


BEGINNINGS = {
    "a.zip": b"PK\x05\x06" + bytes(18),
    "a.7z": b"7z\xbc\xaf\x27\x1c",
    "a.rar": b"Rar!\x1a\x07\x01\x00",
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_what_is_broken_says_so(tmp_path: Path, scratch: Path, name: str) -> None:
    path = tmp_path / name
    beginning = {
        "a.zip": b"PK\x05\x06" + bytes(18),
        "a.7z": b"7z\xbc\xaf\x27\x1c",
        "a.rar": b"Rar!\x1a\x07\x01\x00",
    }
    path.write_bytes(beginning[name] + b"\x99" * 200)
    ((_, reason),) = ends(opened(path, scratch))
    assert reason in ("broken", "empty")


def test_an_empty_archive_says_so(tmp_path: Path, scratch: Path) -> None:
    assert ends(opened(zipped(tmp_path / "a.zip", {}), scratch))[0][1] == "empty"


def test_without_7zip_a_7z_names_the_remedy(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = seven_zipped(tmp_path / "a.7z", FILES)
    monkeypatch.setattr(seven, "program", lambda: None)
    (found,) = opened(path, scratch)
    assert isinstance(found, Failure)
    assert "7-Zip" in found.message
    assert "安装" in found.remedy


def test_an_archive_is_a_folder_read_after_the_files_beside_it(tmp_path: Path, scratch: Path) -> None:
    top = tmp_path / "报送"
    top.mkdir()
    zipped(top / "甲.zip", {"附件1.docx": DOCX, "内/附件2.docx": DOCX})
    (top / "附件9.docx").write_bytes(DOCX)
    found = [one for one in incoming([top], (), Means((), scratch), jobs=1) if not isinstance(one, Stage)]
    assert [one.name for one in found if isinstance(one, Source)] == [
        "附件9.docx",
        "附件1.docx",
        "附件2.docx",
    ]
    folders = [folder_of(one.path) for one in found if isinstance(one, Source)]
    assert folders == [top, top / "甲.zip", top / "甲.zip" / "内"]


def test_an_entry_damaged_in_lzma_is_named_and_the_others_are_in(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("坏.docx", DOCX)
        archive.writestr("附件1.docx", DOCX, zipfile.ZIP_STORED)
    whole = bytearray(path.read_bytes())
    start = whole.index("坏.docx".encode()) + len("坏.docx".encode())
    whole[start + 4 : start + 200] = bytes(196)
    path.write_bytes(whole)
    assert ends(opened(path, scratch)) == [("坏.docx", "broken"), ("附件1.docx", "read")]


def test_the_scratch_folder_is_gone_at_the_end_and_swept_after_a_kill(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    script = """
import time
from extract.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "a").write_text("x")
    print("made", flush=True)
    time.sleep(60)
"""
    top = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=top, env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "made\n"
        run.kill()
    (left,) = tmp_path.glob("gouji-*")
    done = "from extract.scratch import scratch_folder\nwith scratch_folder() as folder: print(folder)"
    made = subprocess.run(
        [sys.executable, "-c", done], cwd=top, env=environment, capture_output=True, text=True, check=True
    )
    assert not left.exists()
    assert not Path(made.stdout.strip()).exists()


def test_two_runs_leave_each_other_s_folder_alone() -> None:
    with scratch_folder() as one, scratch_folder() as other:
        assert one.exists()
        assert one != other
    assert not one.exists()
