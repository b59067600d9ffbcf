"""Text recognition for sheets without a text layer, by the `tesseract` program where it is installed and asked for."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from ..core.errors import DocumentError, SettingsError

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

RESOLUTION = 300
"""Dots per inch that the program works best with."""
LARGEST = 6_000
"""Pixels of the longer side; larger sheets are drawn smaller."""
SECONDS = 120
"""For one sheet."""


def ocr_program() -> str:
    """Path of the program. Raises SettingsError where it is not installed."""
    found = shutil.which("tesseract")
    if found is None:
        raise SettingsError(
            "--ocr needs the program tesseract, which is not installed",
            "install it (apt install tesseract-ocr, brew install tesseract), or run ocrmypdf in.pdf out.pdf elsewhere",
        )
    return found


def ocr_page(page: PdfPage, program: str, seconds: float = SECONDS) -> str:
    """The text that `program` recognises on a drawn sheet, ending with a line end; empty where there is none.

    Raises DocumentError where the program fails or takes longer than `seconds`.
    """
    try:
        done = subprocess.run(
            [program, "stdin", "stdout"], input=_drawn(page), capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"text recognition took more than {seconds:g} s", "leave out --ocr") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise DocumentError("text recognition failed", f"try it by hand: {program} --version") from error
    text = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n").replace("\f", "\n").strip()
    return text + "\n" if text else ""


def _drawn(page: PdfPage) -> bytes:
    """The sheet in grey as a portable graymap (netpbm, P5)."""
    longer = max(page.get_size())
    scale = min(RESOLUTION / 72, LARGEST / max(longer, 1))
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        rows = memoryview(bitmap.buffer).cast("B")
        lines = [bytes(rows[at * bitmap.stride : at * bitmap.stride + bitmap.width]) for at in range(bitmap.height)]
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)
