"""OpenDocument packages with a password (ODF 1.2 part 3, chapter 4): each part encrypted by itself.

Understood are the algorithms of ODF 1.2 and 1.3: a key by PBKDF2, AES in CBC mode or Blowfish in CFB mode,
the start key by SHA-256 or SHA-1. What newer programs may use instead (Argon2id, AES-GCM) is named.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from lxml import etree

from extract.failure import Unreadable

MANIFEST = "META-INF/manifest.xml"
SPACE = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
PART_LIMIT = 64 << 20
ITERATION_LIMIT = 1_000_000
CHECKED = 1024
"""The checksum is of so many first bytes of the part."""
RESAVE = "请用 LibreOffice 或 WPS 打开，取消密码后另存，再重新导入"


@dataclass(frozen=True, slots=True)
class Lock:
    """How one part is encrypted."""

    algorithm: str
    vector: bytes
    salt: bytes
    iterations: int
    key_size: int
    start_key: str
    checksum: bytes
    checksum_type: str


def unlock_odf(path: Path, password: str, target: Path) -> bool:
    """Write the package without its password; False where the password is another one. Raises Unreadable."""
    with zipfile.ZipFile(path) as package:
        locks = dict(_locks(package.read(MANIFEST)))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for info in package.infolist():
                content = package.read(info)
                lock = locks.get(info.filename)
                if lock is not None:
                    plain = _opened(content, lock, password)
                    if plain is None:
                        return False
                    content = plain
                if info.filename == MANIFEST:
                    content = _without_locks(content)
                out.writestr(info.filename, content)
    return True


def _parsed(manifest: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(manifest, parser)


def _locks(manifest: bytes) -> Iterator[tuple[str, Lock]]:
    for entry in _parsed(manifest).iter(f"{SPACE}file-entry"):
        data = entry.find(f"{SPACE}encryption-data")
        if data is None:
            continue
        given = {child.tag.removeprefix(SPACE): dict(child.attrib) for child in data}
        algorithm, derived = given.get("algorithm", {}), given.get("key-derivation", {})
        derivation = str(derived.get(f"{SPACE}key-derivation-name", "PBKDF2"))
        if not derivation.upper().endswith("PBKDF2"):
            raise Unreadable("encrypted", "文件用了较新的加密方式，这里还打不开", RESAVE)
        yield (
            str(entry.get(f"{SPACE}full-path")),
            Lock(
                str(algorithm.get(f"{SPACE}algorithm-name", "")).lower(),
                b64decode(algorithm.get(f"{SPACE}initialisation-vector", "")),
                b64decode(derived.get(f"{SPACE}salt", "")),
                min(int(derived.get(f"{SPACE}iteration-count", "1024")), ITERATION_LIMIT),
                int(derived.get(f"{SPACE}key-size", "16")),
                str(given.get("start-key-generation", {}).get(f"{SPACE}start-key-generation-name", "SHA1")),
                b64decode(data.get(f"{SPACE}checksum", "")),
                str(data.get(f"{SPACE}checksum-type", "")),
            ),
        )


def _opened(content: bytes, lock: Lock, password: str) -> bytes | None:
    """The part as it was, None for another password."""
    start = hashlib.sha256 if "256" in lock.start_key else hashlib.sha1
    digest = start(password.encode("utf-8")).digest()
    key = hashlib.pbkdf2_hmac("sha1", digest, lock.salt, lock.iterations, lock.key_size)
    if "aes" in lock.algorithm and "cbc" in lock.algorithm:
        decryptor = Cipher(AES(key), CBC(lock.vector)).decryptor()
    elif "blowfish" in lock.algorithm:
        decryptor = Cipher(Blowfish(key), CFB(lock.vector)).decryptor()
    else:
        raise Unreadable("encrypted", "文件用了较新的加密方式，这里还打不开", RESAVE)
    packed = decryptor.update(content[: len(content) // 16 * 16] if "aes" in lock.algorithm else content)
    packed += decryptor.finalize()
    if not _fits(packed, lock):
        return None
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = inflater.decompress(packed, PART_LIMIT)
    except zlib.error:
        return None
    if inflater.unconsumed_tail:
        raise Unreadable("hostile", "文件解压后大得异常，已停止读取", RESAVE)
    return plain


def _fits(packed: bytes, lock: Lock) -> bool:
    """Whether the checksum says that the password was right; without one, unpacking must tell."""
    if not lock.checksum:
        return True
    made = hashlib.sha256 if "256" in lock.checksum_type else hashlib.sha1
    return made(packed[:CHECKED]).digest() == lock.checksum


def _without_locks(manifest: bytes) -> bytes:
    root = _parsed(manifest)
    for entry in root.iter(f"{SPACE}file-entry"):
        for data in entry.findall(f"{SPACE}encryption-data"):
            entry.remove(data)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
