"""A simulated OpenAI-compatible server on loopback: tokens, speed, prefix cache and failures of a real one, no model.

In a test: `with SimServer(window=4096) as server: ... server.url`. As a process: `python tests/simserver.py --port 0
--log requests.jsonl` prints its URL on the first line and serves until it is ended. What it is like is `Behaviour`,
what it says in `simpages`; here are connections, faults and refusals.
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
from typing import Any

from simbehaviour import Behaviour, add_options, chosen
from simfaults import FAULTS, Response, instead, send
from simpages import Pages, Refused

__all__ = ["FAULTS", "Behaviour", "SimServer"]

REPLIES = ("/chat/completions", "/api/chat")
VECTORS = ("/embeddings",)


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
        self._pages = Pages(self.be, self.counts)
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
            if path.endswith(REPLIES):
                self._refuse_too_much()
            return await self._pages.answer(method, path, body, row)
        except Refused as error:
            return error.response()

    def _refuse_too_much(self) -> None:
        """Raises Refused for a request too many: at once, or in this stretch of time."""
        if self.be.most is not None and self._in_flight > self.be.most:
            raise Refused(429, "too many requests at once", retry_after=str(self.be.retry_after))
        if wait := self._full():
            raise Refused(429, "the quota is used up", retry_after=f"{wait:.3f}")

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
        if path.endswith(REPLIES + VECTORS):
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    add_options(parser)
    given = vars(parser.parse_args())
    server = SimServer(given.pop("port"), **chosen(given))

    async def serve() -> None:
        await server.start()
        print(server.url, flush=True)
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve())


if __name__ == "__main__":
    main()
