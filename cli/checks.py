"""What `clew doctor` looks at: each check gives a line, and what to do where something is amiss."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..core.errors import ClewError
from ..core.settings import prices_file, read_settings, settings_file
from ..core.trace import Trace
from ..core.wording import counted
from . import options as o

if TYPE_CHECKING:
    from ..app import Clew
    from ..core.seams import ChatModel
    from ..core.types import Role

OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's."""

    name: str
    state: Literal["good", "note", "bad"]
    """`note` is worth knowing and keeps nothing from working."""
    value: str
    remedy: str | None = None


def checks(models: o.Models, library: str | None, sources: Mapping[str, str]) -> Iterator[Check]:
    """Every check, in order; one fails without keeping the others from being made.

    Args:
        sources: where the value of each option comes from, for those that were set.
    """
    yield _python()
    yield from _packages()
    yield _settings(sources)
    yield _tracing()
    yield _gpu()
    try:
        clew = o.clew(Trace(), library, models)
    except ClewError as error:
        yield Check("library", "bad", str(error), error.hint)
        return
    with clew:
        yield _library(clew)
        yield from _models(clew, models)


def _settings(sources: Mapping[str, str]) -> Check:
    try:
        read_settings()
    except ClewError as error:
        return Check("settings", "bad", str(error), error.hint)
    file = settings_file()
    return Check("settings", "good" if file.is_file() else "note", str(file), _set_by(sources))


def _set_by(sources: Mapping[str, str]) -> str | None:
    told = ", ".join(f"{name} from {source}" for name, source in sorted(sources.items()))
    return told or "nothing is set: clew use URL --model M writes it"


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] >= OLDEST
    return Check("python", "good" if good else "bad", version, None if good else "Clew needs Python 3.11 or later")


def _packages() -> Iterator[Check]:
    from importlib.metadata import PackageNotFoundError, requires, version

    names = [row.split(">")[0].split(";")[0].strip() for row in requires("clew") or () if "extra ==" not in row]
    missing = []
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    value = f"clew {version('clew')}, {counted(len(names), 'package')}"
    remedy = f"pip install {' '.join(missing)}" if missing else None
    yield Check("packages", "bad" if missing else "good", value, remedy)


def _tracing() -> Check:
    """Other packages' tracing is switched off whatever the environment says."""
    named = [name for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2") if os.environ.get(name)]
    return Check("tracing", "good", "off" + (f"; {', '.join(named)} is set and not heeded" if named else ""))


def _gpu() -> Check:
    if shutil.which("nvidia-smi") is None:
        return Check("gpu", "note", "none that nvidia-smi knows of")
    command = ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        told = ""
    return Check("gpu", "good" if told else "note", told.replace("\n", "; ") or "nvidia-smi does not answer")


def _library(clew: Clew) -> Check:
    damage = clew.library.database.damage()
    files = len(clew.library.files(listed=True))
    value = f"{clew.library.folder}, {counted(files, 'document')} listed"
    return Check("library", "bad" if damage else "good", damage or value, "clew library verify" if damage else None)


def _models(clew: Clew, models: o.Models) -> Iterator[Check]:
    started = time.monotonic()
    try:
        by_role = clew.run(clew.engine.connect())
    except ClewError as error:
        yield Check("endpoint", "bad", str(error), error.hint)
        return
    seconds = time.monotonic() - started
    for model in {model.name: model for model in by_role.values()}.values():
        yield Check("model", "good", f"{model.name}, {_roles(model, by_role)}")
        yield _window(model, models.window, clew.trace.notices)
        yield from _asked(clew, model, seconds)
        yield _price(clew, model)
        yield _speed(clew, model)
        yield _probed(clew, model)


def _roles(model: ChatModel, by_role: Mapping[Role, ChatModel]) -> str:
    roles = [role.replace("_", "-") for role, one in by_role.items() if one is model]
    return "in every role" if len(roles) == len(by_role) else ", ".join(roles)


def _window(model: ChatModel, named: int | None, notices: list[str]) -> Check:
    assumed = next((line for line in notices if "--window" in line), None)
    origin = "as named" if named else "assumed" if assumed else "as the model says"
    return Check("window", "note" if assumed else "good", f"{model.window:,} tokens, {origin}", assumed)


def _asked(clew: Clew, model: ChatModel, connected: float) -> Iterator[Check]:
    """One short call to a server: whether it replies, how it wants to be asked, how long that takes."""
    from ..core.types import Call
    from ..models.endpoint.ladder import RUNGS
    from ..models.endpoint.model import Endpoint
    from ..models.validated import Validated
    from ..prompts import Plan

    if not isinstance(model, Endpoint):
        return
    prompt = Plan("Is anybody there?")
    tokens = sum(model.count(message.content) for message in prompt.messages())
    call = Call("planner", prompt, prompt.messages(), prompt.schema(), 256, tokens)
    started = time.monotonic()
    try:
        reply = clew.run(Validated(model).complete(call))
    except ClewError as error:
        yield Check("reply", "bad", str(error), error.hint)
        return
    seconds = time.monotonic() - started
    yield Check("endpoint", "good", f"{model.kind}, answered its list in {connected:.2f} s, a call in {seconds:.2f} s")
    thoughts = "" if model.manner.thoughts == "free" else f", thoughts {model.manner.thoughts}"
    degraded = reply.usage.degraded > 0
    yield Check(
        "replies",
        "note" if degraded else "good",
        f"asked for as {RUNGS[model.manner.rung]}{thoughts}" + (", and did not fit" if degraded else ""),
        "another model, or a larger one, may follow the reply format better" if degraded else None,
    )


def _price(clew: Clew, model: ChatModel) -> Check:
    price = clew.engine.price_of(model)
    if price is None:
        form = f'["{model.name.rpartition("#")[2]}"] with prompt = …, completion = …, USD for a million tokens'
        return Check("price", "note", "unknown", f"to have one, write into {prices_file()}: {form}")
    if not price.prompt and not price.completion:
        return Check("price", "good", "nothing")
    value = f"{price.prompt:g} and {price.completion:g} USD for a million prompt and reply tokens"
    return Check("price", "good", value)


def _speed(clew: Clew, model: ChatModel) -> Check:
    from ..models.endpoint.model import Endpoint

    if not isinstance(model, Endpoint):
        return Check("speed", "good", "that of this machine; only servers are measured")
    rate = clew.engine.rates(model).of("reader")
    if rate is None:
        return Check("speed", "note", "not measured yet", "any question to it does")
    return Check(
        "speed", "good", f"{rate.seconds / rate.calls:.1f} s a call, over {counted(round(rate.calls), 'call')}"
    )


def _probed(clew: Clew, model: ChatModel) -> Check:
    from ..evals.probe import kept, line

    found = kept(clew.facts, model.name)
    if found is None:
        return Check("probe", "note", "not probed yet", "clew probe measures how well it reads, in sixty calls")
    return Check("probe", "good", line(found).removeprefix(f"{model.name}, "))
