"""Things that a user brings along, named `module:name` on the command line: a script, a reranker, an embedder."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from .errors import SettingsError


def plugin(spec: str, hint: str) -> Any:
    """What `module:name` names; modules of the current folder are found too. Raises SettingsError, with `hint`.

    Importing a module runs it: `spec` may only come from whoever started the program, never from a document.
    """
    module, _, name = spec.rpartition(":")
    if not module or not name:
        raise SettingsError(f"{spec} is not module:name", hint)
    here = str(Path.cwd())
    sys.path.append(here)
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ImportError as error:
        raise SettingsError(f"cannot import {module}: {error}", hint) from None
    finally:
        # The entry of ours, the last: the folder may have stood there before.
        del sys.path[len(sys.path) - 1 - sys.path[::-1].index(here)]
    if not callable(found):
        raise SettingsError(f"{module} has no function {name}", hint)
    return found
