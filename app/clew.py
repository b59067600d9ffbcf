"""Clew itself: a library, the models that read it, and a way to open documents."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from ..core.book import Book
from ..core.errors import DocumentError, SettingsError, StoreError
from ..core.loop import Loop
from ..core.seams import ChatModel, Search
from ..core.trace import Trace
from ..core.types import Call, Role
from ..documents.shown import shown
from ..documents.sources import expand
from ..memory.index import Index
from ..memory.library import Library, default_folder
from ..memory.records import Records
from ..memory.runs import Runs
from ..models.choose import ModelSpec, build, parse_model, release
from ..models.journal import Journal
from ..models.limiter import Limiter
from ..models.lsa import Lsa
from ..models.meter import Budget, Meter
from ..models.validated import Validated
from .opening import Unread, open_book, stale
from .shelf import Shelf

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found."""

    documents: int
    damaged: tuple[str, ...]
    """Paths whose text is not what its id says."""
    rebuilt: tuple[str, ...]
    """Paths whose indexes were built anew."""


class Clew:
    """A library, the models that read it, and a way to open documents.

    Args:
        model: `extractive` (the default), `scripted:…`, `URL#NAME`, a NAME together with `base_url`, or a model object.
        base_url: of an OpenAI-compatible server, such as `http://localhost:8000/v1`.
        reader_model: serves reader and memory-writer, where it differs.
        manager_model: serves planner and manager, where it differs.
        library: folder; by default the user's data directory.
        window: tokens of prompt and reply together, where the server does not say.
        concurrency: calls in flight at once.
        call_seconds: deadline of one call.
        keep: `none` keeps text, replies and indexes only until `close`, in a folder of their own.
        trace: who watches.

    Raises:
        SettingsError: a model that is not known. StoreError: a library that cannot be used.
    """

    def __init__(
        self,
        model: str | ChatModel | None = None,
        *,
        base_url: str | None = None,
        reader_model: str | ChatModel | None = None,
        manager_model: str | ChatModel | None = None,
        library: Path | str | None = None,
        window: int | None = None,
        concurrency: int = 8,
        call_seconds: float = 600,
        keep: Literal["library", "none"] = "library",
        trace: Trace | None = None,
    ) -> None:
        self.trace = trace or Trace()
        self._window = window
        self._call_seconds = call_seconds
        named = (reader_model or model, manager_model or model)
        self._specs = [parse_model(one, base_url) if isinstance(one, str | None) else one for one in named]
        self._models: Mapping[Role, ChatModel] = {}
        self._places = asyncio.Semaphore(concurrency)
        self._loop = Loop()
        self._passing = tempfile.TemporaryDirectory(prefix="clew-") if keep == "none" else None
        folder = self._passing.name if self._passing else library
        self.library = Library(Path(folder) if folder else default_folder())
        self.library.tell = self.trace.notice
        self._index = Index(self.library, Lsa(), self.trace.progress)
        self._records = Records(self.library.database)
        self.runs = Runs(self.library.database)

    def __enter__(self) -> Clew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends what is under way, and closes connections and the library."""
        for model in {id(model): model for model in self._models.values()}.values():
            self._loop.run(release(model))
        self._loop.close()
        self.library.close()
        if self._passing:
            self._passing.cleanup()

    def open(self, names: str | Path | Iterable[str | Path], *, listed: bool = False) -> Shelf:
        """Files, folders or `-` (standard input) as one scope for questions.

        A file that cannot be read does not keep the others from being read: it is named in the answer.

        Args:
            names: paths, in the order they are to be read.
            listed: whether questions without a scope are asked of them from now on.

        Raises:
            DocumentError: none of them can be read.
        """
        given = [names] if isinstance(names, str | Path) else list(names)
        books: dict[str, Book] = {}
        unread: list[Unread] = []
        for source in expand([str(name) for name in given], self.trace.notice):
            try:
                opened = open_book(self.library, source.name, source.path, self.trace, listed=listed)
                first = books.setdefault(opened.book.id, opened.book)
                if first is not opened.book:
                    self.trace.notice(f"{source.name}: the same text as {first.name}, read once")
                if opened.replaced:
                    self._index.forget(opened.replaced)
            except DocumentError as error:
                unread.append(Unread(source.name, error))
        if not books:
            if len(unread) == 1:
                raise unread[0].error
            raise DocumentError(
                "no document could be read: " + "; ".join(str(u.error) for u in unread[:3])
                if unread
                else "no document",
                unread[0].error.hint if unread else "name a file",
            )
        return Shelf(self, books, tuple(unread))

    def listed(self) -> Shelf:
        """The documents that `clew index` was told of. Raises DocumentError when there are none."""
        books: dict[str, Book] = {}
        for kept in self.library.files(listed=True):
            since = stale(self.library, kept)
            if since:
                self.trace.notice(f"{kept.name} {since}")
            book = self.library.load(kept.document, kept.name)
            if book is not None:
                books.setdefault(book.id, book)
        if not books:
            raise DocumentError(
                f"no documents are listed in {self.library.folder}", "name a file, or list some with clew index FILE…"
            )
        return Shelf(self, books, ())

    def search(self, books: Sequence[Book]) -> Search:
        """The search over exactly `books`; what is missing of their indexes is built."""
        return self._index.search(books)

    def known(self, name: str) -> str:
        """The document id that a path, or an id or its beginning, stands for. Raises SettingsError."""
        path = name if name == "-" else shown(Path(name).resolve())
        files = self.library.files(listed=False)
        found = {f.document for f in files if f.path == path or (len(name) >= 6 and f.document.startswith(name))}
        if len(found) != 1:
            what = "stands for several documents" if found else "is not in the library"
            raise SettingsError(f"{name} {what}", "clew library list --all shows paths and ids")
        return found.pop()

    def remove(self, document: str) -> None:
        """Purges a document: text, indexes, runs over it and the replies they received."""
        self._index.forget(document)
        self.library.remove(document)

    def verify(self) -> Report:
        """Checks the database and every document, and builds the indexes that do not match theirs anew.

        Raises StoreError where the database itself is damaged.
        """
        damage = self.library.database.damage()
        if damage:
            raise StoreError(f"the library {self.library.folder} is damaged: {damage}", "move it away and index again")
        files = {file.document: file for file in self.library.files(listed=False)}
        damaged: list[str] = []
        rebuilt: list[str] = []
        for document, file in files.items():
            book = self.library.load(document, file.name)
            if book is None or book.id != document:
                damaged.append(file.path)
            elif file.listed and not self._index.sound(book):
                self._index.search([book])
                rebuilt.append(file.path)
        return Report(len(files), tuple(damaged), tuple(rebuilt))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs `work` on this Clew's own loop and waits for it."""
        return self._loop.run(work)

    async def connect(self) -> Mapping[Role, ChatModel]:
        """The models by role; servers are asked for their window on first use."""
        if not self._models:
            reader = await self._made(self._specs[0])
            manager = reader if self._specs[1] == self._specs[0] else await self._made(self._specs[1])
            if any(model.name.startswith("extractive@") for model in (reader, manager)):
                self.trace.notice("the built-in extractive model quotes, it does not reason; --base-url names a server")
            self._models = {"reader": reader, "memory_writer": reader, "planner": manager, "manager": manager}
        return self._models

    async def _made(self, spec: ModelSpec | ChatModel) -> ChatModel:
        if not isinstance(spec, ModelSpec):
            return spec
        return await build(spec, window=self._window, memo=self._records, notice=self.trace.notice)

    def wrapped(
        self, models: Mapping[Role, ChatModel], run: str, budgets: Sequence[Budget], salt: str
    ) -> dict[Role, ChatModel]:
        """`models` as a run uses them: journaled, validated, metered, limited; equal models share one stack."""
        stacks = {id(model): self._stack(model, run, budgets, salt) for model in models.values()}
        return {role: stacks[id(model)] for role, model in models.items()}

    def _stack(self, model: ChatModel, run: str, budgets: Sequence[Budget], salt: str) -> ChatModel:
        def again(call: Call) -> None:
            for budget in budgets:
                budget.again(call)

        limited = Limiter(
            model,
            places=self._places,
            call_seconds=self._call_seconds,
            on_retry=again,
            on_change=partial(self.trace.flight, object()),
        )
        return Journal(Validated(Meter(limited, *budgets)), self._records, run, salt)
