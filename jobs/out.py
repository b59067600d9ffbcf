"""The answers file of a batch: what it already holds, and appending to it a whole line at a time."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from io import RawIOBase
from pathlib import Path
from types import TracebackType
from typing import Any

from ..core.errors import SettingsError
from ..core.serialize import json_line


class Out:
    """The answers file, held by one job at a time from making it until `close`.

    Opening it mends it: errors, answers that a limit or a failure cut short, and what a kill left of a last line are
    dropped, for they are tried again. Raises SettingsError, with the file untouched, where it holds anything else or
    another job writes to it.
    """

    def __init__(self, path: Path) -> None:
        from filelock import FileLock, Timeout

        self.path = path.resolve()
        self.answered: dict[str, str] = {}
        """Content fingerprints of answered rows, by id."""
        self._lock = FileLock(f"{self.path}.lock")
        try:
            placed(path)
            self._lock.acquire(blocking=False)
            self._mend()
            self.path.open("a").close()
        except Timeout as error:
            raise SettingsError(f"another job is writing to {path}", "wait for it, or name another --out") from error
        except OSError as error:
            self.close()
            raise _unwritable(path, error) from error
        except SettingsError:
            self.close()
            raise

    def __enter__(self) -> Out:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets other jobs write to it."""
        if self._lock.is_locked:
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()

    def append(self, data: dict[str, Any]) -> None:
        """Writes one row: a whole line, or nothing. Raises SettingsError where the file cannot be written to."""
        # What is no character, as half a surrogate pair is none, becomes the escape that JSON has for it.
        line = (json_line(data) + "\n").encode("utf-8", "backslashreplace")
        try:
            with self.path.open("ab", buffering=0) as file:
                _write_whole(file, line)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def drop(self, ids: Collection[str]) -> None:
        """Takes answered rows out again: what they answered has changed."""
        if ids:
            lines = lines_of(self.path)
            self._replace([line for line in lines if str(json_object(line).get("id")) not in ids])
            self.answered = {known: row for known, row in self.answered.items() if known not in ids}

    def _mend(self) -> None:
        lines = lines_of(self.path) if self.path.exists() else []
        kept, self.answered = sound(self.path, lines)
        if len(kept) < len(lines):
            self._replace(kept)

    def _replace(self, lines: list[str]) -> None:
        """Writes the whole file anew, for whom it was before; a kill leaves the old or the new one."""
        fresh = self.path.with_name(self.path.name + ".new")
        try:
            fresh.write_text("".join(lines), encoding="utf-8")
            shutil.copymode(self.path, fresh)
            os.replace(fresh, self.path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise _unwritable(self.path, error) from error


def _write_whole(file: RawIOBase, line: bytes) -> None:
    """Adds `line` at the end. Half of one, which a full disk leaves, is taken out again: the next would continue it."""
    before = file.seek(0, os.SEEK_END)
    left = memoryview(line)
    try:
        while left:
            left = left[file.write(left) or 0 :]
    except OSError:
        file.truncate(before)
        raise


def answered_in(path: Path) -> dict[str, str]:
    """Content fingerprints, by id, of the rows that a file answers; the file stays as it is.

    Raises SettingsError where it cannot hold answers, as `Out` does.
    """
    placed(path)
    try:
        return sound(path, lines_of(path))[1] if path.exists() else {}
    except OSError as error:
        raise _unwritable(path, error) from error


def placed(path: Path) -> None:
    """Raises SettingsError where `path` is no place for a file."""
    if path.exists() and not path.is_file():
        raise SettingsError(f"{path} is no file", "name a file for the answers with --out")
    if not path.parent.is_dir():
        raise SettingsError(f"there is no folder {path.parent}", "make it, or name another file with --out")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise SettingsError(f"answers cannot be written to {path}", "name a file that can be with --out")


def _unwritable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(f"answers cannot be written to {path}: {error.strerror}", "name a file that can be with --out")


def lines_of(path: Path) -> list[str]:
    """The lines of a file, each with its end."""
    # Not `splitlines`: a quote may hold other signs that end a line.
    return re.findall(r"[^\n]*\n|[^\n]+", path.read_bytes().decode("utf-8", "replace"))


def sound(path: Path, lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The lines of answers that need no further run, and their content fingerprints by id.

    Raises SettingsError where a line is neither an answer, nor an error, nor what a kill left of one.
    """
    kept, answered = [], {}
    for line, data in whole(path, lines):
        if finished(data):
            answered[str(data["id"])] = str(data["row"])
            kept.append(line)
    return kept, answered


def whole(path: Path, lines: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lines of rows, answers and errors, each with its object; what a kill left of a last line is none.

    Raises SettingsError where a line is anything else.
    """
    for number, line in enumerate(lines, 1):
        data = json_object(line)
        ours = "id" in data and "row" in data
        torn = number == len(lines) and not line.endswith("\n") and line.startswith("{")
        if line.strip() and not ours and not torn:
            raise SettingsError(
                f"{path} holds something else than answers (line {number})", "clew batch did not write it: name another"
            )
        if ours and not torn:
            yield line, data


def finished(data: dict[str, Any]) -> bool:
    """Whether a row needs no further run: it was answered, and neither a limit nor a failure cut that short."""
    coverage = data.get("coverage") or {}
    return data.get("schema") == "clew.answer/1" and data.get("limit_reached") is None and not coverage.get("failed")


def json_object(line: str) -> dict[str, Any]:
    """The JSON object on a line; an empty one where there is none."""
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
