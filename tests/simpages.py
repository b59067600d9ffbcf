"""What the simulated server's pages say: the list of models, those of its flavour, replies and vectors. No HTTP."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

from simbehaviour import Behaviour
from simcache import PrefixCache
from simfaults import Response, spoilt
from simreplies import SPOILT, as_text, reply, tokenize
from simvectors import vector


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str, code: str | None = None, **headers: str) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers

    def response(self) -> Response:
        said = {"error": {"message": str(self), "type": "sim_error", "code": self.code}}
        return self.status, "application/json", _json(said), {k.replace("_", "-"): v for k, v in self.headers.items()}


class Pages:
    """The pages; what is asked of them adds to `counts`."""

    def __init__(self, be: Behaviour, counts: Counter[str]) -> None:
        self.be = be
        self._counts = counts
        self._cache = PrefixCache(be.cache_blocks)
        self._slots = asyncio.Semaphore(be.slots or 1_000_000)

    async def answer(self, method: str, path: str, body: bytes, row: dict[str, Any]) -> Response:
        """The response to a request; what it took goes into its `row`. Raises Refused."""
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
        self._counts.update(embedded=len(texts), embedding_tokens=tokens)
        data = [{"object": "embedding", "index": at, "embedding": vector(text)} for at, text in enumerate(texts)]
        if row["fault"] == "schema":
            data.pop()
        # In no certain order, as the protocol allows: each says its index.
        said = {"object": "list", "data": data[::-1], "usage": {"prompt_tokens": tokens, "total_tokens": tokens}}
        return 200, "application/json", _json(said), {}

    async def _chat(self, request: dict[str, Any], row: dict[str, Any]) -> Response:
        schema = self._check(request)
        async with self._slots:
            return 200, "application/json", _json(await self._completion(request, schema, row)), {}

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
        self._counts.update(replies=1, **spent)
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
