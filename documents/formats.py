"""Which file is read how, told by its name and, where the name says nothing or is wrong, by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePath

from ..core.errors import DocumentError
from .delimited import load_delimited
from .docx import load_docx
from .epub import load_epub
from .foreign import SUFFIXES as FOREIGN
from .foreign import load_foreign
from .html import load_html
from .loaded import Loaded
from .mail import load_mail, load_mailbox
from .markdown import load_markdown
from .notebook import load_notebook
from .odf import load_odf
from .pdf import load_pdf
from .plain import load_code, load_plain
from .rtf import load_rtf
from .subtitles import load_subtitles
from .xlsx import load_xlsx

Loader = Callable[[bytes], Loaded]

COMPRESSED = ".gz"

_CODE = """
    bash bat c cc cfg clj cljs conf cpp cs css cxx dart diff el ex exs f90 fish go gradle graphql groovy h
    hpp hs ini java jl js json jsonl jsx kt less lisp lua m make mk ml mm ndjson nix patch php pl pm
    properties proto ps1 py pyi r rb rs sass scala scm scss sh sql svelte swift tcl tf toml ts tsx v vb vhd
    vim vue xml xsd xsl yaml yml zig zsh
"""
_UNSUPPORTED = """
    doc dot pages mobi azw azw3 fb2 djvu xlsb xlt numbers pps key ps eps chm msg pst one vsd
"""
_BINARY = """
    7z a avi bin bmp bz2 class db dll dmg exe flac gif heic ico iso jar jpeg jpg lib lz4 mkv mov mp3 mp4 npy npz
    o obj ogg otf parquet pickle pkl png psd pt pth pyc rar safetensors so sqlite sqlite3 tar tgz tif tiff ttf
    wasm wav webm webp whl woff woff2 xz zip zst
"""

_LOADERS: dict[str, Loader] = {
    **dict.fromkeys((".txt", ".text", ".log", ".rst", ".org", ".tex", ".adoc"), load_plain),
    **dict.fromkeys((".md", ".markdown"), load_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), load_html),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), load_docx),
    **dict.fromkeys((".odt", ".ott", ".ods", ".ots", ".odp", ".otp"), load_odf),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), load_xlsx),
    **dict.fromkeys((".csv", ".tsv"), load_delimited),
    **dict.fromkeys((".srt", ".vtt"), load_subtitles),
    ".pdf": load_pdf,
    ".epub": load_epub,
    ".rtf": load_rtf,
    ".eml": load_mail,
    ".mbox": load_mailbox,
    ".ipynb": load_notebook,
    **{suffix: partial(load_foreign, suffix=suffix) for suffix in FOREIGN},
    **{f".{suffix}": load_code for suffix in _CODE.split()},
}
_NOT_READ = frozenset(f".{suffix}" for suffix in _UNSUPPORTED.split())
"""Documents that have text, in formats that are not read."""
_NO_TEXT = frozenset(f".{suffix}" for suffix in _BINARY.split())
_PACKED = frozenset((load_docx, load_xlsx, load_odf, load_epub))
"""Loaders of ZIP archives."""

_SIMPLE = frozenset((load_plain, load_code, load_markdown, load_subtitles, load_notebook, load_rtf))
"""Loaders that are Clew's own and take time and memory in proportion to the file; of a table they take more, for its
headers are written in every row."""
_PACKER = (b"\x1f\x8b", b"PK\x03\x04")
"""How what is compressed begins."""
HEAD = 4_096
"""Bytes at a file's beginning that tell whether it is simple."""

_TO_TEXT = "convert it to text, Markdown, HTML or PDF first"
_CONVERT = {".doc": "convert it: soffice --headless --convert-to docx FILE"}

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_MEMBERS: tuple[tuple[bytes, Loader], ...] = (
    (b"application/epub+zip", load_epub),
    (b"application/vnd.oasis.opendocument.", load_odf),
    (b"word/document.xml", load_docx),
    (b"xl/workbook.xml", load_xlsx),
)
"""What stands, not compressed, in archives that are documents: the type at the top, or names of members."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def suffix_of(path: PurePath) -> str:
    """The suffix in lower case, that of what is compressed included: `.txt.gz`; empty where there is none."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] == COMPRESSED:
        return "".join(suffixes)
    return suffixes[-1] if suffixes else ""


def loader_for(suffix: str, data: bytes) -> Loader:
    """How to read `data`; `suffix` as `suffix_of` gives it, without the compression's.

    Raises DocumentError for a format that is known and not read.
    """
    known = _LOADERS.get(suffix)
    if known in _PACKED and data.startswith(_OLE):
        raise DocumentError("is encrypted, or in the format of before 2007", f"save it as {suffix}, without a password")
    if known:
        return known
    seen = _by_content(data)
    if seen is None and suffix in _NOT_READ:
        raise DocumentError(f"{suffix} files are not read", _CONVERT.get(suffix, _TO_TEXT))
    if seen is None and suffix in _NO_TEXT:
        raise DocumentError(f"{suffix} files hold no text", "name the documents themselves")
    return seen or load_plain


def _by_content(data: bytes) -> Loader | None:
    """What the first bytes say; None where they say nothing."""
    if b"%PDF-" in data[:1024]:
        return load_pdf
    if data.startswith(b"{\\rtf"):
        return load_rtf
    if data.startswith(b"PK\x03\x04"):
        return next((loader for sign, loader in _MEMBERS if sign in data), None)
    return load_html if _HTML.match(data[:2048].removeprefix(b"\xef\xbb\xbf")) else None


def is_simple(suffix: str, head: bytes) -> bool:
    """Whether reading a file that begins with `head` takes time and memory in proportion to it, whatever it holds.

    Raises DocumentError for a format that is known and not read.
    """
    packed = suffix.endswith(COMPRESSED) or head.startswith(_PACKER)
    return not packed and loader_for(suffix, head) in _SIMPLE


def worth_reading(path: PurePath) -> bool:
    """Whether a file met in a folder belongs to what is asked about: by its name it holds text.

    One in a format that is not read here belongs to it as well: it is named as unread, not passed over in silence.
    """
    inner = suffix_of(path).removesuffix(COMPRESSED)
    return inner in _LOADERS or inner in _NOT_READ or suffix_of(path) == ""
