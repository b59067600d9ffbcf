"""Office files written by hand, so that tests know every mark in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw", "presentation")
)
STYLES = """
    <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>
    <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
"""


def zipped(members: Mapping[str, str | bytes], *, stored: Sequence[str] = ()) -> bytes:
    """A ZIP archive of `members`, those named in `stored` not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def relations(kinds: Mapping[str, str]) -> str:
    """A part that relates ids, which are the targets, to kinds."""
    lines = "".join(f'<Relationship Id="{t}" Type="{_R}/{kind}" Target="{t}"/>' for t, kind in kinds.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def docx_parts(body: str, **parts: str) -> dict[str, str | bytes]:
    """Members of a Word document with `body` as its marked text; other parts by kind, such as `footnotes`."""
    inner = {"styles": STYLES, **parts}
    members: dict[str, str | bytes] = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations({f"{kind}.xml": kind.rstrip("0123456789") for kind in inner}),
    }
    for kind, content in inner.items():
        members[f"word/{kind}.xml"] = f"<w:{kind} {_W}>{content}</w:{kind}>"
    return members


def docx(body: str, **parts: str) -> bytes:
    """A Word document."""
    return zipped(docx_parts(body, **parts))


def p(words: str, style: str = "", properties: str = "") -> str:
    """A paragraph of a Word document."""
    properties += f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def xlsx_parts(
    sheets: Mapping[str, str], strings: Sequence[str] = (), styles: str = "", book: str = ""
) -> dict[str, str | bytes]:
    """Members of a workbook; `sheets` by name, each the marks of its rows."""
    related = {f"sheet{at}.xml": "worksheet" for at in range(len(sheets))}
    listed = "".join(f'<sheet name="{escape(name)}" r:id="sheet{at}.xml"/>' for at, name in enumerate(sheets))
    members: dict[str, str | bytes] = {
        "_rels/.rels": relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": f'<workbook {_S} xmlns:r="{_R}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations({**related, "strings.xml": "sharedStrings", "styles.xml": "styles"}),
        "xl/strings.xml": f"<sst {_S}>{''.join(f'<si><t>{escape(s)}</t></si>' for s in strings)}</sst>",
        "xl/styles.xml": f"<styleSheet {_S}>{styles}</styleSheet>",
    }
    for at, rows in enumerate(sheets.values()):
        members[f"xl/sheet{at}.xml"] = f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>"
    return members


def epub_parts(pages: Mapping[str, str], titles: Mapping[str, str] | None = None) -> dict[str, str | bytes]:
    """Members of a book; `pages` by file name in reading order, `titles` of its contents by file name."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    points = "".join(
        f"<navPoint><navLabel><text>{escape(title)}</text></navLabel><content src='{name}#x'/></navPoint>"
        for name, title in (titles or {}).items()
    )
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container><rootfiles><rootfile full-path='OPS/p.opf'/></rootfiles></container>",
        "OPS/p.opf": f"<package><manifest>{items}<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>"
        f"</manifest><spine toc='ncx'>{spine}</spine></package>",
        "OPS/toc.ncx": '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
        f"<ncx><docTitle><text>Book</text></docTitle><navMap>{points}</navMap></ncx>",
        **{
            f"OPS/{name}": f"<html><head><title>Book</title></head><body>{text}</body></html>"
            for name, text in pages.items()
        },
    }


def epub(pages: Mapping[str, str], titles: Mapping[str, str] | None = None) -> bytes:
    """A book."""
    return zipped(epub_parts(pages, titles), stored=["mimetype"])


def odf_parts(body: str, kind: str = "text", styles: str = "") -> dict[str, str | bytes]:
    """Members of an OpenDocument file of a `kind`: text, spreadsheet, presentation."""
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
    }


def odf(body: str, kind: str = "text", styles: str = "") -> bytes:
    """An OpenDocument file."""
    return zipped(odf_parts(body, kind, styles), stored=["mimetype"])
