"""Form fields of a PDF sheet as lines of text: what was filled in stands in no text layer.

Fields are read from the file; no script in it runs.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST = 5_000
"""Fields of a sheet."""
_PASSWORD = 1 << 13


def field_lines(page: PdfPage) -> list[str]:
    """`name: value` for each filled field, in the file's order; a name as the form shows it, where it does.

    A box that is not ticked, an empty field and a password are left out; a field shown twice is one line. The
    document's forms must have been opened (`init_forms`).
    """
    return list(dict.fromkeys(_lines(page))) if page.formenv else []


def _lines(page: PdfPage) -> Iterator[str]:
    from pypdfium2 import raw

    for number in range(min(MOST, raw.FPDFPage_GetAnnotCount(page))):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET:
                line = _line(page.formenv, note)
                if line:
                    yield line
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _line(form: Any, note: Any) -> str | None:
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    name = _words(raw.FPDFAnnot_GetFormFieldAlternateName, form, note)
    name = name or _words(raw.FPDFAnnot_GetFormFieldName, form, note)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        value = (_words(raw.FPDFAnnot_GetFormFieldExportValue, form, note) or "yes") if _ticked(form, note) else ""
    elif kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        secret = kind == raw.FPDF_FORMFIELD_TEXTFIELD and raw.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD
        value = "" if secret else _words(raw.FPDFAnnot_GetFormFieldValue, form, note)
    else:
        return None
    return f"{name}: {value}" if name and value else None


def _ticked(form: Any, note: Any) -> bool:
    from pypdfium2 import raw

    return bool(raw.FPDFAnnot_IsChecked(form, note))


def _words(read: Callable[..., int], form: Any, note: Any) -> str:
    """A string of the field, on one line."""
    from pypdfium2 import raw

    size = read(form, note, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    read(form, note, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return " ".join(buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "ignore").split())
