"""A simulated OpenAI-compatible server on loopback: tokens, speed, prefix cache and failures of a real one, no model.

In a test: `with SimServer(window=4096) as server: ... server.url`. As a process: `python tests/simserver.py --port 0
--log requests.jsonl` prints its URL on the first line and serves until it is ended. Replies come from `simreplies`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from simcache import PrefixCache
from simfaults import FAULTS, Response, instead, send, spoilt
from simreplies import SPOILT, as_text, reply, tokenize
from simvectors import vector

__all__ = ["FAULTS", "Behaviour", "SimServer"]


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


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str, code: str | None = None, **headers: str) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers


class SimServer:
    """The server. Counters may be read at any time."""

    def __init__(self, port: int = 0, **behaviour: Any) -> None:
        self.be = Behaviour(**behaviour)
        self.port = port
        self.counts: Counter[str] = Counter()
        """requests, replies, prompt_tokens, cached_tokens, completion_tokens, fault:X, status:X, most_in_flight,
        connections."""
        self.requests: list[dict[str, Any]] = []
        """Path, headers (lower-case names), body and fault of every request, in order of arrival."""
        self._seen: Counter[str] = Counter()
        self._news: dict[str, int] = {}
        self._cache = PrefixCache(self.be.cache_blocks)
        self._in_flight = 0
        self._stretch = (0.0, 0)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> SimServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.start(), self._loop).result()
        return self

    def __exit__(self, *exc: object) -> None:
        asyncio.run_coroutine_threadsafe(self.stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def start(self) -> None:
        self._slots = asyncio.Semaphore(self.be.slots or 1_000_000)
        self._log = self.be.log.open("a", encoding="utf-8") if self.be.log else None
        self._tasks: set[asyncio.Task[None]] = set()
        self._outages: list[asyncio.Task[None]] = []
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=1 << 26)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for task in [*self._tasks, *self._outages]:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._outages, return_exceptions=True)
        await self._server.wait_closed()
        if self._log:
            self._log.close()

    @property
    def connections(self) -> int:
        """Connections that are open."""
        return len(self._tasks)

    async def _away(self, seconds: float) -> None:
        """Closes the door, hangs up on everybody, and comes back."""
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.sleep(seconds)
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=1 << 26)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self.counts["connections"] += 1
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its response; False when the connection is to be closed."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in head[1:] if row)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        came: dict[str, Any] = {"path": path, "headers": headers, "body": body, "fault": None}
        self.requests.append(came)
        started = time.monotonic()
        row: dict[str, Any] = {"path": path, "hash": hashlib.sha256(body).hexdigest()[:16], "fault": None}
        self._in_flight += 1
        self.counts["most_in_flight"] = max(self.counts["most_in_flight"], self._in_flight)
        try:
            response = await self._respond(method, path, headers, body, row)
            came["fault"] = row["fault"]
            self._note(row | {"status": response[0], "started": round(started, 6)}, time.monotonic() - started)
            return await send(reader, writer, response, row["fault"])
        finally:
            self._in_flight -= 1

    def _note(self, row: dict[str, Any], seconds: float) -> None:
        """Counts and logs a finished request, before its response is sent: who has the response finds the line."""
        self.counts[f"status:{row['status']}"] += 1
        if self._log:
            self._log.write(json.dumps(row | {"seconds": round(seconds, 6)}) + "\n")
            self._log.flush()

    async def _respond(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, row: dict[str, Any]
    ) -> Response:
        try:
            row["fault"] = self._fault_of(path, row["hash"])
            if self.be.redirect:
                raise Refused(307, "elsewhere", location=self.be.redirect + path.removeprefix("/v1"))
            if self.be.key and headers.get("authorization") != f"Bearer {self.be.key}":
                raise Refused(401, f"Incorrect API key provided: {headers.get('authorization')}", "invalid_api_key")
            trouble = instead(row["fault"], self.be.retry_after)
            if trouble is not None:
                return trouble
            if (method, path) == ("GET", "/v1/models"):
                entry = {"id": self.be.model, "object": "model", "owned_by": "sim"}
                told = {"max_model_len": self.be.told or self.be.window} if self._in_list else {}
                return 200, "application/json", _json({"object": "list", "data": [entry | told]}), {}
            page = self._page(path, body)
            if page is not None:
                return 200, "application/json", _json(page), {}
            if (method, path) == ("POST", "/api/chat") and self.be.flavour == "ollama":
                return await self._native(json.loads(body), row)
            if (method, path) == ("POST", "/v1/embeddings"):
                return await self._embed(json.loads(body), row)
            if (method, path) == ("POST", "/v1/chat/completions"):
                return await self._chat(json.loads(body), row)
            raise Refused(404, f"no such page: {path}")
        except Refused as error:
            said = {"error": {"message": str(error), "type": "sim_error", "code": error.code}}
            named = {name.replace("_", "-"): value for name, value in error.headers.items()}
            return error.status, "application/json", _json(said), named

    @property
    def _in_list(self) -> bool:
        return self.be.tell_window and self.be.flavour == "vllm"

    def _page(self, path: str, body: bytes) -> Any:
        """What this flavour's own pages say; None where it has no such page."""
        told = self.be.told or self.be.window
        match self.be.flavour, path:
            case _, "/tokenize" if self.be.tokenizes:
                given = json.loads(body)
                tokens = list(range(len(tokenize(given["content"]))))
                return {"tokens": tokens} if self.be.flavour == "llama-server" else {"count": len(tokens)}
            case "llama-server", "/props":
                return {"default_generation_settings": {"n_ctx": told}, "total_slots": 4}
            case "ollama", "/api/show":
                lines = f"num_ctx    {self.be.num_ctx}\nstop    x" if self.be.num_ctx else "stop    x"
                return {"parameters": lines, "model_info": {"qwen3.context_length": told}}
            case "ollama", "/api/ps":
                return {"models": []}
            case "lm-studio", "/api/v0/models":
                loaded = {"loaded_context_length": told} if self.be.tell_window else {}
                return {"data": [{"id": self.be.model, "max_context_length": 131072} | loaded]}
        return None

    async def _native(self, request: dict[str, Any], row: dict[str, Any]) -> Response:
        """Ollama's own chat: the context is the request's, a longer prompt is cut in silence."""
        options, form = request["options"], request.get("format")
        shape = {"type": "json_schema", "json_schema": {"schema": form}} if isinstance(form, dict) else {"type": "text"}
        self.be.cut = options["num_ctx"] - options["num_predict"]
        asked = {k: request[k] for k in ("model", "messages")} | {self.be.limit: options["num_predict"]}
        status, kind, payload, extra = await self._chat(asked | {"response_format": shape}, row)
        said = json.loads(payload)
        choice, usage = said["choices"][0], said["usage"]
        native = {"model": self.be.model, "message": choice["message"], "done_reason": choice["finish_reason"]}
        counts = {"prompt_eval_count": usage["prompt_tokens"], "eval_count": usage["completion_tokens"]}
        return status, kind, _json(native | counts), extra

    async def _embed(self, request: dict[str, Any], row: dict[str, Any]) -> Response:
        if request.get("model") != self.be.model:
            raise Refused(404, f"The model `{request.get('model')}` does not exist.", "model_not_found")
        texts = request["input"]
        tokens = sum(len(tokenize(text)) for text in texts)
        await _work(tokens, self.be.prefill)
        self.counts.update(embedded=len(texts), embedding_tokens=tokens)
        data = [{"object": "embedding", "index": at, "embedding": vector(text)} for at, text in enumerate(texts)]
        if row["fault"] == "schema":
            data.pop()
        # In no certain order, as the protocol allows: each says its index.
        said = {"object": "list", "data": data[::-1], "usage": {"prompt_tokens": tokens, "total_tokens": tokens}}
        return 200, "application/json", _json(said), {}

    async def _chat(self, request: dict[str, Any], row: dict[str, Any]) -> Response:
        if self.be.most is not None and self._in_flight > self.be.most:
            raise Refused(429, "too many requests at once", retry_after=str(self.be.retry_after))
        if wait := self._full():
            raise Refused(429, "the quota is used up", retry_after=f"{wait:.3f}")
        schema = self._check(request)
        async with self._slots:
            return 200, "application/json", _json(await self._completion(request, schema, row)), {}

    def _full(self) -> float:
        """Seconds until there is quota again, 0 where there is some; the request is counted."""
        stretch, at = divmod(time.monotonic(), self.be.quota_seconds)
        if self._stretch[0] != stretch:
            self._stretch = (stretch, 0)
        self._stretch = (stretch, self._stretch[1] + 1)
        full = self.be.quota is not None and self._stretch[1] > self.be.quota
        return self.be.quota_seconds - at if full else 0.0

    def _fault_of(self, path: str, mark: str) -> str | None:
        """What goes wrong with a request, counted."""
        if path.endswith(("/chat/completions", "/embeddings", "/api/chat")):
            self.counts["requests"] += 1
            fault = self._fault(mark)
            if self.be.outage and self.counts["requests"] == self.be.outage_at:
                self._outages.append(asyncio.create_task(self._away(self.be.outage)))
                fault = "drop"
        else:
            self.counts["pages"] += 1
            at = self.counts["pages"] - 1
            fault = self.be.greeting[at] if at < len(self.be.greeting) and self.be.greeting[at] != "ok" else None
        if fault:
            self.counts[f"fault:{fault}"] += 1
        return fault

    def _fault(self, mark: str) -> str | None:
        number = self.counts["requests"] - 1
        if number < len(self.be.script):
            return None if self.be.script[number] == "ok" else self.be.script[number]
        self._seen[mark] += 1
        if self._seen[mark] <= self.be.doomed.get(self._news.setdefault(mark, len(self._news)), 0):
            return "500"
        draw = hashlib.sha256(f"{self.be.seed} {mark} {self._seen[mark]}".encode()).digest()
        if int.from_bytes(draw[:4], "big") >= self.be.rate * 2**32:
            return None
        return self.be.kinds[draw[4] % len(self.be.kinds)]

    def _check(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """The requested shape. Raises Refused for what this server does not take."""
        if request.get("model") != self.be.model:
            raise Refused(404, f"The model `{request.get('model')}` does not exist.", "model_not_found")
        limits = [name for name in ("max_tokens", "max_completion_tokens") if name in request]
        if limits and limits != [self.be.limit]:
            raise Refused(400, f"Unsupported parameter: '{limits[0]}'. Use '{self.be.limit}' instead.")
        if "temperature" in request and not self.be.temperature:
            raise Refused(400, "Unsupported value: 'temperature' does not support 0.0 with this model.")
        if not self.be.system and any(message["role"] == "system" for message in request["messages"]):
            raise Refused(400, "System role not supported")
        form = request.get("response_format") or {}
        kind = form.get("type", "text")
        if (kind == "json_schema" and not self.be.json_schema) or (kind == "json_object" and not self.be.json_object):
            raise Refused(400, f"response_format type {kind} is not supported")
        if "tools" in request and not self.be.tools:
            raise Refused(400, "this model does not support tools")
        if "chat_template_kwargs" in request and not self.be.hushable:
            raise Refused(400, "unknown field: chat_template_kwargs")
        shape: dict[str, Any] | None = form["json_schema"]["schema"] if kind == "json_schema" else None
        return shape

    async def _completion(
        self, request: dict[str, Any], schema: dict[str, Any] | None, row: dict[str, Any]
    ) -> dict[str, Any]:
        """The completion. Raises Refused where the window cannot hold it."""
        prompt, limit = self._fitting(request)
        cached = self._cache.use(prompt)
        await _work(len(prompt) - cached, self.be.prefill)
        quiet = not request.get("chat_template_kwargs", {}).get("enable_thinking", True)
        thoughts = 0 if quiet else min(limit, self.be.thinks)
        text, cut_off = self._written(request, schema, row["fault"], limit - thoughts)
        tokens = len(tokenize(text)) + thoughts
        await _work(tokens, self.be.decode)
        spent = {"prompt_tokens": len(prompt), "cached_tokens": cached, "completion_tokens": tokens}
        row |= spent
        self.counts.update(replies=1, **spent)
        message = _message(text, request, thoughts)
        choice = {"index": 0, "message": message, "finish_reason": "length" if cut_off else "stop"}
        completion = {
            "id": "sim",
            "object": "chat.completion",
            "created": 0,
            "model": self.be.model,
            "choices": [] if row["fault"] == "choices" else [choice],
        }
        return completion | ({"usage": _usage(**spent)} if self.be.tell_usage else {})

    def _fitting(self, request: dict[str, Any]) -> tuple[list[str], int]:
        """The prompt's tokens, and how many the reply may have. Raises Refused where the window is too small."""
        prompt = [token for m in request["messages"] for token in (f"<{m['role']}>", *tokenize(m["content"]))]
        limit = request.get(self.be.limit, 256)
        if len(prompt) + limit > self.be.window:
            raise Refused(
                400,
                f"This model's maximum context length is {self.be.window} tokens, but {len(prompt)} tokens of prompt "
                f"and {limit} of completion were asked for.",
                "context_length_exceeded",
            )
        return prompt[-self.be.cut :] if self.be.cut else prompt, limit

    def _written(
        self, request: dict[str, Any], schema: dict[str, Any] | None, fault: str | None, limit: int
    ) -> tuple[str, bool]:
        """What the model writes, and whether it was cut off."""
        text = spoilt(fault, as_text(reply(request["messages"], schema)))
        text = SPOILT[self.be.spoil](text, request["messages"]) if self.be.spoil else text
        tokens = len(tokenize(text))
        cut_off = fault in ("length", "spaces") or tokens > limit
        if cut_off and fault != "spaces":
            text = text[: len(text) * min(limit, tokens // 2) // max(1, tokens)]
        return text, cut_off


def _usage(prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> dict[str, Any]:
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt_tokens + completion_tokens,
        "prompt_tokens_details": {"cached_tokens": cached_tokens},
    }


def _message(text: str, request: dict[str, Any], thoughts: int) -> dict[str, Any]:
    said: dict[str, Any] = {"reasoning_content": "hm " * thoughts} if thoughts else {}
    if "tools" in request:
        return said | {"role": "assistant", "content": None, "tool_calls": [{"function": {"arguments": text}}]}
    return said | {"role": "assistant", "content": text}


async def _work(tokens: int, rate: float | None) -> None:
    if rate:
        await asyncio.sleep(tokens / rate)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def main() -> None:
    """Options are the fields of `Behaviour`; lists and tuples are comma-separated, switches take 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    for option in fields(Behaviour):
        parser.add_argument("--" + option.name.replace("_", "-"), dest=option.name)
    given = vars(parser.parse_args())
    server = SimServer(given.pop("port"), **{k: _typed(k, v) for k, v in given.items() if v is not None})

    async def serve() -> None:
        await server.start()
        print(server.url, flush=True)
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve())


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


if __name__ == "__main__":
    main()
