"""An event loop that now and then finds no address for a name: DNS that fails, without a name server."""

from __future__ import annotations

import asyncio
import random
import socket
from typing import Any


class FlakyLoop(asyncio.SelectorEventLoop):
    """Fails `rate` of all look-ups of a host's name, always the same ones in turn."""

    rate = 0.1

    def __init__(self) -> None:
        super().__init__()
        self._draw = random.Random(7)
        self.unresolved = 0
        """Look-ups that failed."""

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        if self._draw.random() < self.rate:
            self.unresolved += 1
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return await super().getaddrinfo(host, port, **options)
