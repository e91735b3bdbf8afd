"""The kinds of files a bureau receives: media type, what a clerk calls it, and what to do about it.

A kind without a remedy is read; every other is named and handed back with its remedy.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.failure import Reason


@dataclass(frozen=True, slots=True)
class Kind:
    """`suffixes` are the extensions that don't contradict the content. Texts are Chinese."""

    media_type: str
    name: str
    suffixes: tuple[str, ...]
    remedy: str = ""
    reason: Reason = "unsupported"
    locked: bool = False

    @property
    def is_read(self) -> bool:
        return not self.remedy


LOCKED = "application/x-locked"
"""What a file with a password has to be opened as."""

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".et")
SLIDES_SUFFIXES = (".pptx", ".pptm", ".potx", ".ppsx", ".ppsm", ".dps")

RESAVE_WORD = "请用 Word 或 WPS 打开，另存为 .docx 后重新导入"
RESAVE_TABLE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新导入"
RETYPE = "请提交 Word、WPS、PDF、OFD 文件或 Excel 工作簿"
UNPACK = "请解压后导入解出的文件夹"
UNLOCK = "请用密码打开，取消密码后另存，再重新导入"
PASSWORD = "请用 --password 给出密码，或取消密码后再导入"
COPY_AGAIN = "请重新拷贝或下载这份文件，确认能打开后再导入"

DOCX = Kind(f"{OOXML}.wordprocessingml.document", "Word 文档（.docx）", WORD_SUFFIXES)
DOTX = Kind(f"{OOXML}.wordprocessingml.template", "Word 模板（.dotx）", WORD_SUFFIXES)
DOCM = Kind("application/vnd.ms-word.document.macroEnabled.12", "带宏的 Word 文档（.docm）", WORD_SUFFIXES)
DOTM = Kind("application/vnd.ms-word.template.macroEnabled.12", "带宏的 Word 模板（.dotm）", WORD_SUFFIXES)
PDF = Kind("application/pdf", "PDF 文件", (".pdf",))

DOC = Kind("application/msword", "旧版 Word 文档（.doc、.wps）", (".doc", ".dot", ".wps", ".wpt"))
XLS = Kind("application/vnd.ms-excel", "旧版 Excel 工作簿（.xls）", (".xls", ".xlt", ".et", ".ett"))
PPT = Kind("application/vnd.ms-powerpoint", "旧版演示文稿（.ppt）", (".ppt", ".pps", ".dps"), RETYPE)
WORKS = Kind("application/vnd.ms-works", "Microsoft Works 文档", (".wps", ".wks"), RESAVE_WORD)
HWP = Kind("application/x-hwp", "韩文文档（.hwp）", (".hwp",), RETYPE)
MAIL = Kind("application/vnd.ms-outlook", "邮件（.msg）", (".msg",), "请把邮件里的附件另存出来后导入")
OLE = Kind("application/x-ole-storage", "不认识的 OLE 复合文件", (), RETYPE)
ENCRYPTED_OFFICE = Kind(
    "application/x-encrypted-ooxml",
    "Office 文件",
    (*WORD_SUFFIXES, *WORKBOOK_SUFFIXES, *SLIDES_SUFFIXES),
    locked=True,
)

XLSX = Kind(f"{OOXML}.spreadsheetml.sheet", "Excel 工作簿（.xlsx）", WORKBOOK_SUFFIXES)
XLSB = Kind(
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "二进制 Excel 工作簿（.xlsb）",
    (".xlsb",),
    RESAVE_TABLE,
)
PPTX = Kind(f"{OOXML}.presentationml.presentation", "演示文稿（.pptx）", SLIDES_SUFFIXES, RETYPE)
ODT = Kind(f"{ODF}.text", "ODF 文字文档（.odt）", (".odt", ".ott"))
ODS = Kind(f"{ODF}.spreadsheet", "ODF 表格（.ods）", (".ods", ".ots"))
ODP = Kind(f"{ODF}.presentation", "ODF 演示文稿（.odp）", (".odp", ".odg"), RETYPE)
FLAT_ODF = Kind(f"{ODF}.text-flat-xml", "单文件 ODF 文档（.fodt）", (".fodt", ".xml"))
FLAT_ODS = Kind(f"{ODF}.spreadsheet-flat-xml", "单文件 ODF 表格（.fods）", (".fods", ".xml"), RESAVE_TABLE)
OFD = Kind("application/ofd", "OFD 版式文件（.ofd）", (".ofd",))
UOF = Kind("application/vnd.uof", "标文通文档（.uot、.uos）", (".uof", ".uot", ".uos"), RESAVE_WORD)
EPUB = Kind("application/epub+zip", "电子书（.epub）", (".epub",), RETYPE)

RTF = Kind("application/rtf", "RTF 文档（.rtf）", (".rtf", ".doc"))
HTML = Kind("text/html", "网页（HTML）", (".html", ".htm", ".xhtml"))
MHTML = Kind("multipart/related", "单文件网页（MHTML）", (".mht", ".mhtml", ".eml"))
WORD_XML = Kind("application/vnd.ms-wordml+xml", "Word 2003 XML 文档", (".xml",), RESAVE_WORD)
"""Refused though LibreOffice converts it: it loses merged cells, and figures come into wrong columns."""
EXCEL_XML = Kind("application/vnd.ms-excel+xml", "Excel 2003 XML 表格", (".xml",), RESAVE_TABLE)
XML = Kind("application/xml", "XML 数据文件", (".xml", ".xsl", ".svg"), RETYPE)
TEXT = Kind("text/plain", "纯文本文件", (".txt", ".csv", ".md", ".log", ".tsv", ".json", ".text"))
IMAGE = Kind(
    "image/*",
    "图片",
    (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".dib", ".tif", ".tiff", ".webp"),
)
HEIC = Kind("image/heic", "手机照片（.heic）", (".heic", ".heif", ".avif"), "请另存为 .jpg 后重新导入")
ZIP = Kind("application/zip", "压缩包（.zip）", (".zip",))
ARCHIVE = Kind("application/x-archive", "压缩包", (".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar"))
PROGRAM = Kind("application/x-executable", "程序文件", (".exe", ".dll", ".so"), RETYPE, "not_a_document")
UNKNOWN = Kind("application/octet-stream", "不认识的文件", (), RETYPE, "not_a_document")
