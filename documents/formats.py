"""Which file is read how, told by its name and, where the name says nothing, by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from .html import load_html
from .loaded import Loaded
from .markdown import load_markdown
from .pdf import load_pdf
from .plain import load_code, load_plain

Loader = Callable[[bytes], Loaded]

COMPRESSED = ".gz"

_CODE = """
    bash bat c cc cfg clj cljs conf cpp cs css csv cxx dart diff el ex exs f90 fish go gradle graphql groovy h
    hpp hs ini ipynb java jl js json jsonl jsx kt less lisp lua m make mk ml mm ndjson nix patch php pl pm
    properties proto ps1 py pyi r rb rs sass scala scm scss sh sql svelte swift tcl tf toml ts tsv tsx v vb vhd
    vim vue xml xsd xsl yaml yml zig zsh
"""
_UNSUPPORTED = """
    doc docx odt rtf pages epub mobi azw azw3 fb2 djvu xls xlsx xlsb ods numbers ppt pptx odp key ps eps chm msg
    pst one vsd
"""
_BINARY = """
    7z a avi bin bmp bz2 class db dll dmg exe flac gif heic ico iso jar jpeg jpg lib lz4 mkv mov mp3 mp4 npy npz
    o obj ogg otf parquet pickle pkl png psd pt pth pyc rar safetensors so sqlite sqlite3 tar tgz tif tiff ttf
    wasm wav webm webp whl woff woff2 xz zip zst
"""

_LOADERS: dict[str, Loader] = {
    **dict.fromkeys((".txt", ".text", ".log", ".rst", ".org", ".tex", ".adoc", ".srt", ".vtt"), load_plain),
    **dict.fromkeys((".md", ".markdown"), load_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), load_html),
    ".pdf": load_pdf,
    **{f".{suffix}": load_code for suffix in _CODE.split()},
}
UNSUPPORTED = frozenset(f".{suffix}" for suffix in _UNSUPPORTED.split())
"""Documents that have text, in formats that are not read."""
_NO_TEXT = frozenset(f".{suffix}" for suffix in _BINARY.split())

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def suffix_of(path: PurePath) -> str:
    """The suffix in lower case, that of what is compressed included: `.txt.gz`; empty where there is none."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] == COMPRESSED:
        return "".join(suffixes)
    return suffixes[-1] if suffixes else ""


def loader_for(suffix: str, data: bytes) -> Loader:
    """How to read `data`; `suffix` as `suffix_of` gives it, without the compression's."""
    known = _LOADERS.get(suffix)
    if known:
        return known
    if b"%PDF-" in data[:1024]:
        return load_pdf
    return load_html if _HTML.match(data[:2048].removeprefix(b"\xef\xbb\xbf")) else load_plain


def worth_reading(path: PurePath) -> bool:
    """Whether a file met in a folder is read: by its name it holds text, in a format that is read."""
    inner = suffix_of(path).removesuffix(COMPRESSED)
    return inner not in UNSUPPORTED and inner not in _NO_TEXT and (inner in _LOADERS or suffix_of(path) == "")
