"""Odd, damaged and hostile packages: each opens, or fails with its own reason and a Chinese remedy."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from pathlib import Path

import pytest

from extract.failure import Unreadable
from extract.readers.docx import read_docx
from extract.readers.zip_package import Limits
from tests.readers.docx_builder import (
    NAMESPACES,
    SOURCE,
    STRICT,
    blocks,
    document,
    paragraph,
    part,
    relationships,
    shown,
    texts,
    write,
)

SIMPLE = document(blocks("# 一、概况\n\n@ 900 900\n编制数 | 24"))
HAN = re.compile("[\u4e00-\u9fff]{4}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.docx"


def refusal(path: Path, limits: Limits | None = None) -> str:
    """The reason with which a file is refused; its words must be Chinese."""
    with pytest.raises(Unreadable) as caught:
        read_docx(path, SOURCE, limits=limits)
    assert HAN.search(caught.value.message)
    assert HAN.search(caught.value.remedy)
    return caught.value.reason


def rewrite(path: Path, name: str, content: str | bytes) -> Path:
    """The same package with one part replaced or added."""
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part_name, data in {**parts, name: content}.items():
            package.writestr(part_name, data)
    return path


def test_source_comes_back_with_the_readers_name(path: Path) -> None:
    read = read_docx(write(path, SIMPLE), SOURCE)
    assert (read.source.name, read.source.reader, read.source.pages) == (SOURCE.name, "docx", None)
    assert [type(block).__name__ for block in read.blocks] == ["Paragraph", "Grid"]


def test_main_part_under_another_name(path: Path) -> None:
    assert shown(read_docx(write(path, SIMPLE, name="content/main7.xml"), SOURCE)) == [["编制数", "24"]]


def test_main_part_told_by_content_types_alone(path: Path) -> None:
    rewrite(write(path, SIMPLE, name="content/main7.xml"), "_rels/.rels", relationships({}))
    assert shown(read_docx(path, SOURCE)) == [["编制数", "24"]]


def test_main_part_told_by_its_usual_name_alone(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", SIMPLE)
    assert shown(read_docx(path, SOURCE)) == [["编制数", "24"]]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_macro_and_template_types(path: Path, content_type: str) -> None:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    rewrite(write(path, SIMPLE), "[Content_Types].xml", types)
    assert shown(read_docx(path, SOURCE)) == [["编制数", "24"]]


def test_iso_strict(path: Path) -> None:
    body = blocks("# 一、概况\n\n@ 900 900 900\n编制数 | 24 [2]\n^ | 1 | 2")
    body = body.replace('<w:gridCol w:w="900"/>', '<w:gridCol w:w="45pt"/>')
    read = read_docx(write(path, document(body, {**NAMESPACES, **STRICT})), SOURCE)
    assert shown(read) == [["编制数", "24", "24"], ["", "1", "2"]]
    assert [block.kind for block in read.paragraphs()] == ["heading"]


def test_utf_16_parts(path: Path) -> None:
    main = ('<?xml version="1.0" encoding="UTF-16"?>' + SIMPLE).encode("utf-16")
    assert shown(read_docx(write(path, main), SOURCE)) == [["编制数", "24"]]


def test_junk_before_the_zip(path: Path) -> None:
    write(path, SIMPLE)
    path.write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + path.read_bytes())
    assert shown(read_docx(path, SOURCE)) == [["编制数", "24"]]


def test_dangling_relationships_and_a_missing_image(path: Path) -> None:
    dangling = relationships({"image": "media/gone.png", "header": "gone.xml", "styles": "../../../x.xml"})
    rewrite(write(path, SIMPLE), "word/_rels/document.xml.rels", dangling)
    read = read_docx(path, SOURCE)
    assert shown(read) == [["编制数", "24"]]
    assert any("word/gone.xml" in warning for warning in read.warnings)


def test_backslashes_and_other_case_in_part_names(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("_rels/.rels", relationships({"officeDocument": "/Word/Document.xml"}))
        package.writestr("word\\document.xml", SIMPLE)
    assert shown(read_docx(path, SOURCE)) == [["编制数", "24"]]


def test_broken_part_beside_the_document_is_a_warning(path: Path) -> None:
    main = document(paragraph("概况", '<w:pStyle w:val="1"/>'))
    read = read_docx(write(path, main, {"styles": "<w:styles"}), SOURCE)
    assert texts(read) == ["概况"]
    assert any("styles" in warning for warning in read.warnings)


def test_empty_file(path: Path) -> None:
    path.write_bytes(b"")
    assert refusal(path) == "empty"


def test_missing_file(path: Path) -> None:
    assert refusal(path) == "no_access"


@pytest.mark.parametrize("content", [b"plain words", b"%PDF-1.7", b"{\\rtf1"])
def test_no_zip(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refusal(path) == "not_a_document"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_truncated_zip(path: Path, share: float) -> None:
    whole = write(path, SIMPLE).read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(path) == "truncated"


@pytest.mark.parametrize("kind", ["sheet", "presentation"])
def test_other_office_file(path: Path, kind: str) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("_rels/.rels", relationships({"officeDocument": "x/main.xml"}))
        package.writestr("x/main.xml", f"<{kind}/>")
    assert refusal(path) == "not_a_document"


def test_zip_of_anything(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "x")
    assert refusal(path) == "not_a_document"


def test_broken_xml(path: Path) -> None:
    assert refusal(write(path, SIMPLE[:-20])) == "broken"


def test_damaged_part(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        package.writestr("word/document.xml", SIMPLE)
    path.write_bytes(path.read_bytes().replace("编制数".encode(), "编制員".encode()))
    assert refusal(path) == "broken"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
        '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_dtd_and_entities(path: Path, xml: str, encoding: str) -> None:
    main = f'<?xml version="1.0" encoding="{encoding}"?>{xml}{SIMPLE.replace("24", "&x;")}'.encode(encoding)
    assert refusal(write(path, main)) == "hostile"


def test_entities_in_a_part_beside_the_document(path: Path) -> None:
    main = document(paragraph("概况", '<w:pStyle w:val="1"/>'))
    styles = "<!DOCTYPE a [<!ENTITY x 'y'>]>" + part("styles", "")
    assert refusal(write(path, main, {"styles": styles})) == "hostile"


def test_xml_nested_too_deep(path: Path) -> None:
    assert refusal(write(path, document("<w:sdt>" * 400 + "</w:sdt>" * 400))) == "hostile"


def test_declared_bomb(path: Path) -> None:
    write(path, document(" " * 3_000_000))
    assert refusal(path, Limits(part=1_000_000)) == "hostile"


def test_bomb_that_declares_little(path: Path) -> None:
    write(path, document(" " * 3_000_000))
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("word/document.xml").file_size
    lying = path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 1000))
    path.write_bytes(lying)
    assert refusal(path) == "hostile"
    assert refusal(path, Limits(part=1_000_000)) == "hostile"


def test_bomb_in_all_parts_together(path: Path) -> None:
    write(path, SIMPLE)
    rewrite(path, "word/media/image1.bmp", bytes(3_000_000))
    assert refusal(path, Limits(declared=2_000_000)) == "hostile"


def test_many_entries(path: Path) -> None:
    write(path, SIMPLE)
    assert refusal(path, Limits(entries=3)) == "hostile"


def test_large_but_honest(path: Path) -> None:
    noise = random.Random(2).randbytes(300_000).hex()
    write(path, document(paragraph(noise)))
    assert refusal(path, Limits(part=500_000)) == "too_large"
    assert refusal(path, Limits(declared=500_000)) == "too_large"
    assert texts(read_docx(path, SOURCE)) == [noise]


def test_encrypted_entries(path: Path) -> None:
    data = bytearray(write(path, SIMPLE).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)
    assert refusal(path) == "encrypted"


@pytest.mark.parametrize(
    ("stream", "reason"), [("EncryptedPackage", "encrypted"), ("WordDocument", "unsupported")]
)
def test_ole_container(path: Path, stream: str, reason: str) -> None:
    path.write_bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1016) + stream.encode("utf-16-le") + bytes(512)
    )
    assert refusal(path) == reason


def test_compression_word_does_not_know(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("word/document.xml", SIMPLE)
    assert refusal(path) == "unsupported"


def test_flipped_bytes_end_in_a_document_or_a_reason(path: Path) -> None:
    whole = write(path, SIMPLE, {"styles": part("styles", "")}).read_bytes()
    dice = random.Random(7)
    outcomes = set()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data)
        try:
            read_docx(path, SOURCE)
            outcomes.add("read")
        except Unreadable as failure:
            outcomes.add(failure.reason)
    assert {"read", "broken"} <= outcomes
