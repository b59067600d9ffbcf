"""Vectors from the `/embeddings` of an OpenAI-compatible server."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Sequence
from typing import Any

from ..core.errors import ModelUnavailable
from ..core.loop import Loop
from ..core.types import Usage
from .completion import told
from .faults import refused
from .limiter import Patience
from .wire import Wire

PARALLEL = 4
"""Requests under way at once."""


class EndpointVectors:
    """A server's embedding model, as `models.embed.Source`. Retries as all calls do.

    Args:
        base_url: of the API.
        model: the server's name for the model.
        api_key: sent as bearer token; None sends none.
        patience: how failures that pass are tried again.
        timeout: seconds without a byte after which a request is given up.
    """

    parallel = PARALLEL

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str | None = None,
        patience: Patience | None = None,
        timeout: float = 120.0,
    ) -> None:
        self._wire = Wire(base_url, api_key, timeout)
        self._model = model
        self._patience = patience or Patience()
        self._loop = Loop()
        self._lock = threading.Lock()
        known = f"{self._wire.url}#{model}"
        slug = re.sub(r"[^A-Za-z0-9]+", "-", model).strip("-")[:40] or "model"
        self.name = f"{slug}-{hashlib.sha256(known.encode()).hexdigest()[:12]}"
        self.spent = Usage()
        """What was sent so far, further tries included."""

    def texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text. Raises ModelUnavailable."""
        # An empty text is refused by some servers.
        body = {"model": self._model, "input": [text or " " for text in texts], "encoding_format": "float"}
        return self._loop.run(self._patience.retry(lambda number: self._asked(body, len(texts))))

    def query(self, text: str) -> list[float]:
        return self.texts([text])[0]

    def close(self) -> None:
        """Closes the connections."""
        self._loop.run(self._wire.close())
        self._loop.close()

    async def _asked(self, body: dict[str, Any], count: int) -> list[list[float]]:
        with self._lock:
            self.spent += Usage(calls=1)
        answered = await self._wire.embed(body)
        if answered.status != 200:
            status, said = told(answered.status, answered.text)
            raise refused(self._wire.url, self._model, 0, status, self._wire.hide(said), answered.headers)
        try:
            data = json.loads(answered.text)
            rows = sorted(data["data"], key=lambda row: int(row["index"]))
            vectors = [list(map(float, row["embedding"])) for row in rows]
            tokens = int((data.get("usage") or {}).get("prompt_tokens") or 0)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelUnavailable(
                f"{self._wire.url} replied to /embeddings with something else",
                f"is {self._model} an embedding model of this server, and is the path right?",
                passing=False,
            ) from error
        if len(vectors) != count:
            raise ModelUnavailable(f"{self._wire.url} gave {len(vectors)} vectors for {count} texts", passing=False)
        with self._lock:
            self.spent += Usage(prompt_tokens=tokens)
        return vectors
