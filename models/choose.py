"""From the words of `--model` to a model: which kind is meant, at which server, with which key."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from ..core.errors import SettingsError, nearest
from ..core.seams import ChatModel, Memo
from .endpoint.faults import OPENAI_HOST

if TYPE_CHECKING:
    from .outages import Outage

Kind = Literal["extractive", "scripted", "local", "endpoint"]

_FORMS = ("extractive", "local:FOLDER", "URL#NAME")


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model, named but not made."""

    kind: Kind
    target: str
    """What is scripted, the folder of weights, or the server's name for the model; empty for `extractive`."""
    base_url: str | None = None
    """Of the server; None for models of this machine."""


def parse_model(spec: str | None, base_url: str | None = None) -> ModelSpec:
    """The model that `spec` names; with neither `spec` nor `base_url` the built-in one.

    Args:
        spec: `extractive`, `scripted:…`, `local:FOLDER`, `URL#NAME`, or a NAME at `base_url`.
        base_url: of an OpenAI-compatible server.

    Raises SettingsError, which names what would do.
    """
    spec = (spec or "").strip()
    if spec == "extractive" or (not spec and not base_url):
        return ModelSpec("extractive", "")
    if not spec:
        raise SettingsError(f"which model of {without_user(base_url or '')}?", "name it with --model or CLEW_MODEL")
    if spec.startswith("scripted:"):
        return ModelSpec("scripted", spec.removeprefix("scripted:"))
    if spec.startswith("local:"):
        return ModelSpec("local", spec.removeprefix("local:"))
    if "://" in spec:
        url, _, name = spec.partition("#")
        if not name:
            raise SettingsError(f"{without_user(url)} names a server, but no model", "write it as URL#NAME")
        return ModelSpec("endpoint", name, _checked(url))
    if not base_url:
        url, sharp, _ = spec.partition("#")
        if sharp:
            _checked(url)
        hint = "say where it runs with --base-url or CLEW_BASE_URL, or as URL#NAME"
        raise SettingsError(f"the model {spec!r} needs a server", f"{hint}; {nearest(spec, _FORMS)}")
    return ModelSpec("endpoint", spec, _checked(base_url))


async def build(
    spec: ModelSpec,
    *,
    window: int | None = None,
    memo: Memo | None = None,
    notice: Callable[[str], None] = lambda line: None,
    timeout: float = 600.0,
    settled: bool = True,
    environment: Mapping[str, str] | None = None,
    outage: Outage | None = None,
) -> ChatModel:
    """The model itself. Only a server is asked anything, and only for its window.

    Args:
        window: tokens of prompt and completion together; None leaves it to the model or its server.
        memo: remembers what servers told.
        notice: told what the user should know.
        timeout: seconds after which a request is given up.
        settled: no run is unfinished, so that what was learnt of a server may change how text is cut.
        environment: where the key is looked up; None is the process's.
        outage: told when the server is waited for.

    Raises SettingsError for a script that is not there, ModelUnavailable for a server that is not.
    """
    if spec.kind == "extractive":
        return _extractive(window)
    if spec.kind == "scripted":
        return _scripted(spec.target, window)
    if spec.kind == "local":
        return await _local(spec.target, window, notice)
    from .endpoint.model import Endpoint
    from .limiter import Patience

    base_url = spec.base_url or ""
    return await Endpoint.connect(
        base_url,
        spec.target,
        api_key=api_key(base_url, os.environ if environment is None else environment),
        window=window,
        memo=memo,
        notice=notice,
        timeout=timeout,
        settled=settled,
        patience=Patience(outage=outage),
    )


def _extractive(window: int | None) -> ChatModel:
    from .extractive.model import Extractive

    model = Extractive()
    model.window = window or model.window
    return model


def _scripted(script: str, window: int | None) -> ChatModel:
    from .scripted import Scripted

    return Scripted.from_spec(script) if window is None else Scripted.from_spec(script, window=window)


async def _local(folder: str, window: int | None, notice: Callable[[str], None]) -> ChatModel:
    from .local.model import Local

    model = await asyncio.to_thread(Local.open, folder, window)
    if model.device == "cpu":
        notice("no GPU that can be used: the model runs on the CPU, which may take minutes a chunk")
    return model


def quotes_only(name: str) -> bool:
    """Whether a model's name is that of the built-in one, whatever its rules: it quotes, it does not reason."""
    return name.startswith("extractive@")


async def release(model: ChatModel) -> None:
    """Closes the connections of a model that has any, and ends its threads."""
    from .endpoint.model import Endpoint
    from .local.model import Local

    if isinstance(model, Endpoint | Local):
        await model.close()


def api_key(base_url: str, environment: Mapping[str, str]) -> str | None:
    """The key for a server: CLEW_API_KEY; else OPENAI_API_KEY, for OpenAI's own host alone; else none."""
    parts = urlsplit(base_url)
    names = ["CLEW_API_KEY"]
    if parts.hostname == OPENAI_HOST and parts.scheme == "https":
        names.append("OPENAI_API_KEY")
    return next((environment[name] for name in names if environment.get(name)), None)


def _checked(url: str) -> str:
    """`url`, if it can be one of a server."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise SettingsError(f"{without_user(url)} is no address of a server", "write it like http://localhost:8000/v1")
    return url


def without_user(url: str) -> str:
    """`url` without a user and password, and without a query, in which keys are sent too."""
    scheme, separator, rest = url.partition("?")[0].rpartition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"


def tells_secret(words: str) -> bool:
    """Whether a model or an address, as it was named, holds a user, a password or a key."""
    address = words.partition("#")[0]
    return "://" in address and without_user(address) != address
