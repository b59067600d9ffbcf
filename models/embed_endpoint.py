"""Vectors from the `/embeddings` of an OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.errors import ModelUnavailable
from ..core.loop import Loop
from ..core.types import Usage
from .bill import Bill, whose
from .embed import identity
from .endpoint.bodies import parsed, tokens
from .endpoint.completion import told
from .endpoint.faults import unreadable
from .endpoint.wire import Wire
from .limiter import Patience

PARALLEL = 4
"""Requests under way at once."""


class EndpointVectors:
    """A server's embedding model, as `models.embed.Source`. Retries as all calls do.

    Args:
        base_url: of the API.
        model: the server's name for the model.
        api_key: sent as bearer token; None sends none.
        patience: how failures that pass are tried again.
        timeout: deadline of a request.
    """

    parallel = PARALLEL

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str | None = None,
        patience: Patience | None = None,
        timeout: float = 600.0,
    ) -> None:
        self._wire = Wire(base_url, api_key, timeout)
        self._model = model
        self._patience = patience or Patience()
        self._loop = Loop()
        self.name = identity(model, f"{self._wire.url}#{model}", "model")
        self._nobodys = Bill()

    @property
    def spent(self) -> Usage:
        """What was sent for no question, further tries included."""
        return self._nobodys.usage

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
        bill = whose(self._nobodys)
        bill.add(Usage(embedding_calls=1))
        answered = await self._wire.embed(body)
        status, said = told(answered.status, answered.text)
        if status != 200:
            raise self._wire.refusal(self._model, 0, status, said, answered.headers)
        try:
            data = parsed(answered.text)
        except ValueError:
            raise unreadable(self._wire.url, answered.text, self._wire.spoke) from None
        vectors, embedded = self._read(data)
        if len(vectors) != count:
            raise ModelUnavailable(f"{self._wire.url} gave {len(vectors)} vectors for {count} texts", passing=False)
        self._wire.spoke = True
        bill.add(Usage(embedding_tokens=embedded))
        return vectors

    def _read(self, data: Any) -> tuple[list[list[float]], int]:
        """The vectors in the order of their texts, and the tokens that were embedded; 0 where that is not told."""
        try:
            rows = sorted(data["data"], key=lambda row: int(row["index"]))
            vectors = [list(map(float, row["embedding"])) for row in rows]
            return vectors, tokens((data.get("usage") or {}).get("prompt_tokens")) or 0
        except (ValueError, OverflowError, KeyError, TypeError, AttributeError) as error:
            raise ModelUnavailable(
                f"{self._wire.url} replied to /embeddings with something else",
                f"is {self._model} an embedding model of this server, and is the path right?",
                passing=False,
            ) from error
