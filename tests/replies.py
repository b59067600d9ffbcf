"""A journal's store in memory."""

from __future__ import annotations


class Replies:
    """Records by key, and under which runs they were kept, in order."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {}
        self.runs: list[str] = []

    def load_reply(self, key: str) -> str | None:
        return self.records.get(key)

    def save_reply(self, key: str, record: str, run: str) -> None:
        self.records[key] = record
        self.runs.append(run)
