"""Files that a person may edit: settings and prices, in one folder. Read, never needed; keys have no place in them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import SettingsError, nearest

SETTABLE = ("base_url", "model", "reader_model", "manager_model", "window", "concurrency", "library")
"""What `settings.toml` may hold: names of options, with an underscore for a dash."""
ANEW = "mend or remove the file; clew use URL --model M writes it anew"


def folder() -> Path:
    """Where the files are: `CLEW_CONFIG`, else the user's configuration folder; one that has none has no files."""
    named = os.environ.get("CLEW_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_dir

    try:
        return Path(user_config_dir("clew", appauthor=False))
    except RuntimeError:
        return Path(os.devnull) / "clew"


def settings_file() -> Path:
    return folder() / "settings.toml"


def prices_file() -> Path:
    return folder() / "prices.toml"


def read_settings() -> dict[str, Any]:
    """What the settings file says; nothing where there is none. Raises SettingsError for what cannot be meant."""
    path = settings_file()
    settings = read_table(path, ANEW)
    for name, value in settings.items():
        if name not in SETTABLE:
            raise SettingsError(f"{path}: there is no setting {name!r}", f"{nearest(name, SETTABLE)}; {ANEW}")
        if not isinstance(value, int if name in ("window", "concurrency") else str):
            raise SettingsError(f"{path}: {name} cannot be {value!r}", ANEW)
    return settings


def write_settings(values: Mapping[str, str | int]) -> Path:
    """Writes the settings file anew, whole or not at all. Raises SettingsError where it cannot be written."""
    path = settings_file()
    lines = ["# Written by clew use. An option or its environment variable counts more than what stands here.\n"]
    lines += [f"{name} = {_toml(value)}\n" for name, value in values.items()]
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text("".join(lines), encoding="utf-8")
        os.replace(fresh, path)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written: {error.strerror}", "name another folder with CLEW_CONFIG"
        ) from error
    return path


def read_table(path: Path, hint: str = "mend or remove the file") -> dict[str, Any]:
    """The TOML file at `path`; nothing where there is none. Raises SettingsError, with `hint`, for what is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}", hint) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}", hint) from None
    except RecursionError:
        raise SettingsError(f"{path} is nested without end", hint) from None


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or c in '"\\' else c for c in value)
    return f'"{escaped}"'
