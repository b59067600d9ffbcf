"""What the simulated server is like: windows, speeds, manners and faults; and the same as options of a command."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass
class Behaviour:
    """What the server is like. Speeds are tokens per second, None is at once."""

    model: str = "sim"
    window: int = 8192
    tell_window: bool = True
    told: int | None = None
    """The window it claims, where that is not the true one."""
    flavour: str = "vllm"
    """Which server's own pages it has: vllm (and the window in the list of models), llama-server, ollama, lm-studio."""
    num_ctx: int | None = None
    """Ollama: the context that its files set; None leaves it to the caller. `window` is the model's own limit."""
    tokenizes: bool = False
    """Whether /tokenize answers."""
    tell_usage: bool = True
    prefill: float | None = None
    decode: float | None = None
    slots: int | None = None
    """Requests worked on at once; the others wait."""
    cache_blocks: int = 100_000
    system: bool = True
    """Whether a system message is taken."""
    json_schema: bool = True
    json_object: bool = True
    tools: bool = True
    thinks: int = 0
    """Tokens of thoughts before a reply; they come first out of the output limit, as reasoning_content."""
    hushable: bool = True
    """Whether chat_template_kwargs are taken, and thoughts can be turned off by them."""
    spoil: str = ""
    """How every reply is spoilt: a name in `simreplies.SPOILT`."""
    temperature: bool = True
    """Whether a temperature is accepted."""
    limit: str = "max_tokens"
    """Name of the output limit that is accepted."""
    cut: int | None = None
    """Reads at most so many tokens of a prompt, in silence."""
    key: str | None = None
    """The key that is asked for."""
    redirect: str | None = None
    """Sends every request to this address."""
    script: list[str] = field(default_factory=list)
    """Faults of the first requests, "ok" for none."""
    rate: float = 0.0
    """Share of the later requests that fail. Decided by the request's body and how often it came, not by order."""
    doomed: dict[int, int] = field(default_factory=dict)
    """By number of a new request, from 0: how often it fails with 500, however it is repeated."""
    most: int | None = None
    """Requests at once; what is more is refused with 429."""
    quota: int | None = None
    """Requests answered in every stretch of `quota_seconds`; what is more is refused with 429 until it is over."""
    quota_seconds: float = 0.5
    kinds: tuple[str, ...] = ("429", "500", "503", "drop", "half")
    """Faults, as `simfaults` has them."""
    greeting: list[str] = field(default_factory=list)
    """Faults of the first requests for other pages than replies and vectors, "ok" for none."""
    outage: float = 0.0
    """Seconds for which nobody listens, and all connections are gone, when request `outage_at` comes."""
    outage_at: int = 1
    seed: int = 0
    retry_after: float = 0.0
    log: Path | None = None
    """Gets one JSON line for every finished request."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """An option for every field; lists and tuples are comma-separated, switches take 0 or 1."""
    for option in fields(Behaviour):
        parser.add_argument("--" + option.name.replace("_", "-"), dest=option.name)


def chosen(given: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given as options, in their types."""
    return {name: _typed(name, value) for name, value in given.items() if value is not None}


def _typed(name: str, value: str) -> Any:
    kind = str(Behaviour.__dataclass_fields__[name].type)
    if kind.startswith(("list", "tuple")):
        return [part for part in value.split(",") if part]
    for word, make in (
        ("bool", lambda v: v not in ("0", "no", "false")),
        ("int", int),
        ("float", float),
        ("Path", Path),
    ):
        if kind.startswith(word):
            return make(value)
    return value
