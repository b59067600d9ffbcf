"""From the words of `--embedder` to an embedder."""

from __future__ import annotations

import os
from collections.abc import Callable

from ..core.errors import SettingsError, nearest
from ..core.seams import Embedder, Memo
from .choose import api_key, parse_model, without_user

_FORMS = ("lsa", "minilm", "URL#NAME", "module:Class")


def embedder(
    spec: str | None,
    memo: Memo | None = None,
    call_seconds: float = 600.0,
    tell: Callable[[str], None] = lambda line: None,
) -> Embedder:
    """The embedder that `spec` names; the built-in one where nothing is named.

    Args:
        spec: `lsa`, `minilm`, `URL#NAME` of an OpenAI-compatible server, or `module:Class` of LlamaIndex.
        memo: remembers the vectors of questions.
        call_seconds: deadline of one request.
        tell: told when a server is waited for.

    Raises SettingsError, which names what would do.
    """
    from .embed import Each

    spec = (spec or "lsa").strip()
    if spec == "lsa":
        from .lsa import Lsa

        return Lsa()
    if spec == "minilm":
        from .embed_here import MiniLm

        return Each(MiniLm(), memo)
    if "://" in spec:
        from .embed_endpoint import EndpointVectors
        from .limiter import Patience
        from .outages import Outage

        named = parse_model(spec)
        url = named.base_url or ""
        patience = Patience(outage=Outage(without_user(url), tell))
        return Each(EndpointVectors(url, named.target, api_key(url, os.environ), patience, call_seconds), memo)
    if ":" in spec:
        from .embed_here import LlamaIndexVectors

        return Each(LlamaIndexVectors(spec), memo)
    raise SettingsError(f"there is no embedder {spec!r}", nearest(spec, _FORMS))
