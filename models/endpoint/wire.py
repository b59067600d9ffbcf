"""The one file that speaks HTTP to chat servers: a request in, status and body out, through the `openai` SDK.

It judges no reply. A request that gets none becomes a ModelUnavailable.
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from ...core.egress import name_host
from ...core.errors import ModelUnavailable
from .bodies import PACKED, NoBody
from .bounded import bound
from .faults import OPENAI_HOST, refused, unreachable

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_SECONDS = 10.0
SHORT = 6
"""Characters of a credential below which it is also part of other words: `?v=1` stands in every server's numbers."""
_UNEXPLAINED = frozenset({403, 404})
"""What proxies say, without a word of the server's own, while there is no server behind them."""

_PLAIN_HEADERS = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-length", "content-type", "user-agent"}
    # By this one the SDK recognises, in its own request, that the raw response is wanted.
    | {"x-stainless-raw-response"}
)


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]


class _Raw(Protocol):
    """The part of the SDK's raw response that is used."""

    @property
    def http_response(self) -> Any: ...


_RAW: Any = object
"""What the SDK is told to make of a page; the raw response is taken instead."""


class Wire:
    """One server.

    Args:
        base_url: of the API. A user and password in it are sent as basic authorization, a query with every request.
        api_key: sent as bearer token; None sends none.
        timeout: seconds within which the whole of a reply is to be there, however slowly it drips.
    """

    def __init__(self, base_url: str, api_key: str | None, timeout: float) -> None:
        parts = urlsplit(base_url)
        host = parts.netloc.rpartition("@")[2]
        self.url = urlunsplit((parts.scheme.lower(), host.lower(), parts.path.rstrip("/"), "", ""))
        """The address without credentials and query."""
        self._query = dict(parse_qsl(parts.query))
        self.spoke = False
        """Whether it has answered as such a server does: then it is there, and what fails now may pass."""
        self.is_openai = parts.hostname == OPENAI_HOST
        self._timeout = timeout
        told = (api_key, parts.password or parts.username, *self._query.values())
        self._secrets = [form for secret in told if secret for form in dict.fromkeys((secret, unquote(secret)))]
        self._client = self._open(api_key, _authorization(parts.username, parts.password, api_key))
        name_host(self.url)
        self._root = self.url.removesuffix("/v1")
        self._list = self._client.models.with_raw_response.list

    async def chat(self, body: Mapping[str, Any]) -> Answered:
        """`POST /chat/completions` with `body`. Raises ModelUnavailable when no whole reply came."""
        return await self._posted("/chat/completions", body)

    async def embed(self, body: Mapping[str, Any]) -> Answered:
        """`POST /embeddings` with `body`. Raises ModelUnavailable when no whole reply came."""
        return await self._posted("/embeddings", body)

    async def models(self, seconds: float) -> Answered:
        """`GET /models`, given up after `seconds`. Raises ModelUnavailable when no whole reply came."""
        return await self._answered(self._list(timeout=seconds), seconds)

    async def page(self, path: str, body: Mapping[str, Any] | None, seconds: float) -> Answered:
        """A page beside the common protocol: GET, or POST where there is a `body`. `path` begins where `/v1` would.

        Raises ModelUnavailable when no whole reply came within `seconds`.
        """
        options: Any = {"headers": {"x-stainless-raw-response": "true"}, "timeout": seconds}
        url = self._root + path
        if body is None:
            return await self._answered(self._client.get(url, cast_to=_RAW, options=options), seconds)
        return await self._answered(self._client.post(url, cast_to=_RAW, body=body, options=options), seconds)

    def refusal(self, model: str, window: int, status: int, said: str, headers: Mapping[str, str]) -> ModelUnavailable:
        """The error for a reply other than success; the arguments are those of `faults.refused`."""
        error = refused(self.url, model, window, status, self._hide(said), headers)
        if self.spoke and not said and status in _UNEXPLAINED:
            error.passing = error.away = True
        error.away = error.away and self.spoke
        return error

    def _hide(self, words: str) -> str:
        """`words` without the credentials of this server, which some servers quote."""
        for secret in self._secrets:
            alone = rf"(?<!\w){re.escape(secret)}(?!\w)" if len(secret) < SHORT else re.escape(secret)
            words = re.sub(alone, "***", words)
        return words

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def _posted(self, path: str, body: Mapping[str, Any]) -> Answered:
        """Not by the SDK's own method for the path: that walks through every message to check its form."""
        options: Any = {"headers": {"x-stainless-raw-response": "true"}}
        request = self._client.post(path, cast_to=_RAW, body=dict(body), options=options)
        return await self._answered(request, self._timeout)

    async def _answered(self, request: Awaitable[_Raw], seconds: float) -> Answered:
        import openai

        try:
            # The SDK's own limit is one from byte to byte: a reply that drips never meets it.
            async with asyncio.timeout(seconds):
                response = (await request).http_response
        except openai.APIStatusError as error:
            response = error.response
        except (openai.OpenAIError, TimeoutError, NoBody) as error:
            failed = unreachable(self.url, error, seconds)
            failed.away = failed.away and self.spoke
            raise failed from None
        # JSON is UTF-8 (RFC 8259, 8.1), whatever the header says.
        return Answered(response.status_code, response.content.decode("utf-8", "replace"), response.headers)

    def _open(self, api_key: str | None, authorization: str | None) -> AsyncOpenAI:
        """The SDK's client: no retries, redirects or endless replies, only our own headers to hosts but OpenAI's."""
        import openai

        async def strip(request: Any) -> None:
            """Leaves out what the SDK adds from the environment (OPENAI_ORG_ID …) and about this machine."""
            if not self.is_openai:
                for header in [name for name in request.headers if name.lower() not in _PLAIN_HEADERS]:
                    del request.headers[header]
            request.headers["accept-encoding"] = PACKED
            if authorization:
                request.headers["authorization"] = authorization

        limits = openai.Timeout(self._timeout, connect=CONNECT_SECONDS)
        return openai.AsyncOpenAI(
            # Without a key of its own the SDK would look for one in the environment.
            api_key=api_key or "none",
            base_url=self.url,
            default_query=self._query,
            max_retries=0,
            timeout=limits,
            http_client=openai.DefaultAsyncHttpxClient(
                follow_redirects=False, timeout=limits, event_hooks={"request": [strip], "response": [bound]}
            ),
        )


def _authorization(user: str | None, password: str | None, api_key: str | None) -> str | None:
    if api_key:
        return f"Bearer {api_key}"
    if user:
        pair = f"{unquote(user)}:{unquote(password or '')}"
        return "Basic " + base64.b64encode(pair.encode()).decode()
    return None
