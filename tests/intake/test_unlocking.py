"""Files with a password: opened by the one that fits, named where none does; a broken lock is no crash."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
import zlib
from pathlib import Path

import msoffcrypto
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from extract import kinds
from extract.document import Source
from extract.failure import Failure
from extract.incoming import incoming
from extract.intake import take
from extract.means import Means
from extract.readers.registry import read_document
from extract.unlocking.unlock import is_locked, unlock
from tests.notation import write_docx

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
real = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus lies outside the checkout")
PASSWORD = "绩效2024"
TABLE = "项目 | 决算数\n三公经费 | 0.96\n"


def locked_word(path: Path, password: str) -> Path:
    plain = write_docx(TABLE, path.with_name("plain.docx"))
    with plain.open("rb") as file, path.open("wb") as out:
        msoffcrypto.OfficeFile(file).encrypt(password, out)
    return path


def locked_sheet(path: Path, password: str) -> Path:
    """An .ods whose content is encrypted as ODF 1.2 says: start key SHA-256, PBKDF2, AES-256 in CBC mode."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><table:table table:name="表">'
        "<table:table-row><table:table-cell><text:p>三公经费</text:p></table:table-cell>"
        "<table:table-cell><text:p>0.96</text:p></table:table-cell></table:table-row></table:table>"
        "</office:document-content>"
    )
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = deflater.compress(content.encode()) + deflater.flush()
    padded = packed + bytes(16 - len(packed) % 16)
    salt, vector = b"s" * 16, b"v" * 16
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(password.encode()).digest(), salt, 1000, 32)
    encryptor = Cipher(AES(key), CBC(vector)).encryptor()
    words = {
        name: base64.b64encode(raw).decode()
        for name, raw in {
            "salt": salt,
            "vector": vector,
            "sum": hashlib.sha256(padded[:1024]).digest(),
        }.items()
    }
    manifest = MANIFEST.format(**words)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kinds.ODS.media_type)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", encryptor.update(padded) + encryptor.finalize())
    return path


MANIFEST = """<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="content.xml" m:size="1">
<m:encryption-data m:checksum-type="SHA256/1K" m:checksum="{sum}">
<m:algorithm m:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"
  m:initialisation-vector="{vector}"/>
<m:key-derivation m:key-derivation-name="PBKDF2" m:key-size="32" m:iteration-count="1000" m:salt="{salt}"/>
<m:start-key-generation m:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256"/>
</m:encryption-data></m:file-entry></m:manifest>"""
LOCKED = {"附件2.docx": locked_word, "附件2.ods": locked_sheet}


@pytest.fixture(params=LOCKED)
def locked(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    source = take(LOCKED[request.param](tmp_path / request.param, PASSWORD))
    assert isinstance(source, Source)
    assert is_locked(source)
    return source


def test_the_password_opens_it(locked: Source, tmp_path: Path) -> None:
    found = unlock(locked, Means(("错的", PASSWORD), tmp_path))
    assert isinstance(found, Source)
    assert found.path == locked.path
    (grid,) = read_document(found).grids()
    assert [cell.text for cell in grid.cells][-2:] == ["三公经费", "0.96"]


@pytest.mark.parametrize(
    ("passwords", "message"), [((), "文件设有打开密码"), (("错的",), "给出的密码都打不开这份文件")]
)
def test_without_it_the_file_is_encrypted(
    locked: Source, tmp_path: Path, passwords: tuple[str, ...], message: str
) -> None:
    found = unlock(locked, Means(passwords, tmp_path))
    assert isinstance(found, Failure)
    assert (found.reason, found.message, "--password" in found.remedy) == ("encrypted", message, True)


def test_office_s_own_default_password_needs_no_telling(tmp_path: Path) -> None:
    path = locked_word(tmp_path / "附件2.docx", "VelvetSweatshop")
    (*_, found) = incoming([path], (), Means((), tmp_path), jobs=1)
    assert isinstance(found, Source)
    assert found.media_type == kinds.DOCX.media_type


def test_one_in_an_archive_is_unlocked_there(tmp_path: Path) -> None:
    path = tmp_path / "某局.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(locked_word(tmp_path / "a.docx", PASSWORD), "附件2.docx")
    (*_, found) = incoming([path], (), Means((PASSWORD,), tmp_path), jobs=1)
    assert isinstance(found, Source)
    assert (found.path, found.media_type) == (f"{path} › 附件2.docx", kinds.DOCX.media_type)


@pytest.mark.parametrize("cut", [600, 3000])
def test_a_broken_lock_is_named(tmp_path: Path, cut: int) -> None:
    whole = locked_word(tmp_path / "a.docx", PASSWORD).read_bytes()
    path = tmp_path / "b.docx"
    path.write_bytes(whole[:cut] + bytes(len(whole) - cut))
    source = take(path)
    ended = unlock(source, Means((PASSWORD,), tmp_path)) if isinstance(source, Source) else source
    assert isinstance(ended, Failure)
    assert ended.reason in ("encrypted", "broken")


KNOWN = {
    "libreoffice/Encrypted_MSO2007_abc.docx": "abc",
    "msoffcrypto/ecma376standard_password.docx": "Password1234_",
    "msoffcrypto/xor_password_123456789012345.xls": "123456789012345",
    "poi/password_tika_binaryrc4.doc": "tika",
    "tika/testEXCEL_protected_passtika.xls": "tika",
    "tika/testODTEncrypted.odt": "tika",
}


@real
@pytest.mark.parametrize("name", KNOWN)
def test_real_ones_open_by_their_passwords(tmp_path: Path, name: str) -> None:
    (*_, found) = incoming([CORPUS / name], (), Means((KNOWN[name],), tmp_path), jobs=1)
    assert isinstance(found, Source), found
    assert read_document(found).blocks


def test_the_test_s_own_lock_is_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(locked_sheet(tmp_path / "a.ods", PASSWORD).read_bytes())) as package:
        assert b"text:p" not in package.read("content.xml")
