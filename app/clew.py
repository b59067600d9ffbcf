"""Clew itself: a library, the models that read it, and a way to open documents."""

from __future__ import annotations

import tempfile
from collections.abc import Coroutine, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from ..core.book import Book
from ..core.loop import Loop
from ..core.seams import ChatModel, Concepts, Embedder, Search
from ..core.trace import Trace
from ..core.wording import counted
from ..documents.pdf_ocr import ocr_program
from ..documents.sources import expand
from ..memory.index import Index
from ..memory.library import Library, default_folder
from ..memory.records import Records
from ..memory.runs import Runs
from ..models.choose import ModelSpec, parse_model
from ..models.embed import Each
from ..models.embedders import embedder as named_embedder
from .catalogue import Catalogue
from .engine import Engine
from .opened import each_once, nothing_read
from .opening import Opening
from .shelf import Shelf
from .told import Told

T = TypeVar("T")


class Clew:
    """A library, the models that read it, and a way to open documents.

    Args:
        model: `extractive` (the default), `scripted:…`, `URL#NAME`, a NAME together with `base_url`, or a model object.
        base_url: of an OpenAI-compatible server, such as `http://localhost:8000/v1`.
        reader_model: serves reader and memory-writer, where it differs.
        manager_model: serves planner and manager, where it differs.
        library: folder; by default the user's data directory.
        window: tokens of prompt and reply together, where the server does not say.
        embedder: makes vectors of passages: `lsa` (the default), `minilm`, `URL#NAME`, `module:Class`, or an object.
        concurrency: calls in flight at once.
        call_seconds: deadline of one call.
        keep: `none` keeps text, replies and indexes only until `close`, in a folder of their own.
        ocr: whether text is recognised in PDF sheets without any, by the program tesseract.
        trace: who watches.

    Raises:
        SettingsError: a model that is not known, `ocr` without tesseract. StoreError: a library that cannot be used.
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
        embedder: str | Embedder | None = None,
        concurrency: int = 8,
        call_seconds: float = 600,
        keep: Literal["library", "none"] = "library",
        ocr: bool = False,
        trace: Trace | None = None,
    ) -> None:
        if ocr:
            ocr_program()
        # Before a folder is made: a slip of the pen must not leave one behind.
        reader, manager = (_meant(one or model, base_url) for one in (reader_model, manager_model))
        self._ocr = ocr
        self.trace = trace or Trace()
        self._loop = Loop()
        self._closed = False
        self._passing = tempfile.TemporaryDirectory(prefix="clew-") if keep == "none" else None
        self.library = self._opened(library)
        self.facts = Records(self.library.database)
        """Small facts that the library keeps between runs, and the replies of models."""
        self.embedder = self._fitting(embedder, call_seconds)
        self._index = Index(self.library, self.embedder, self.trace.progress)
        self.catalogue = Catalogue(self.library, self._index, self.trace)
        self.runs = Runs(self.library.database)
        self.engine = Engine(
            reader,
            manager,
            window=window,
            concurrency=concurrency,
            call_seconds=call_seconds,
            records=self.facts,
            unfinished=self.runs.unfinished,
            trace=self.trace,
        )

    def _opened(self, folder: Path | str | None) -> Library:
        folder = self._passing.name if self._passing else folder
        library = Library(Path(folder) if folder else default_folder())
        library.tell = self.trace.notice
        return library

    def _fitting(self, embedder: str | Embedder | None, call_seconds: float) -> Embedder:
        if isinstance(embedder, str | None):
            return named_embedder(embedder, self.facts, call_seconds, self.trace.passing)
        return embedder

    def __enter__(self) -> Clew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends what is under way, and closes connections and the library. Once more is nothing more."""
        if self._closed or self._loop.foreign:
            return
        self._closed = True
        if self.engine.in_use:
            self._loop.run(self.engine.close())
        if isinstance(self.embedder, Each):
            self._close_embedder(self.embedder)
        self._loop.close()
        self.library.close()
        if self._passing:
            self._passing.cleanup()

    def _close_embedder(self, embedder: Each) -> None:
        """Lets go of an embedder's connections, and tells what it took that no question's usage holds."""
        embedder.close()
        spent = embedder.spent
        if spent.embedding_calls:
            took = (counted(spent.embedding_calls, "request"), counted(spent.embedding_tokens, "token"))
            self.trace.notice(f"embedding took {', '.join(took)}")

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
        sources = expand([str(name) for name in given], self.trace.notice)
        opened = Opening(self.library, self.trace, listed=listed, ocr=self._ocr).open(sources)
        self._index.forget(opened.replaced)
        unread = tuple(one for _, one in sorted(opened.unread.items()))
        if not opened.books:
            raise nothing_read([one.error for one in unread])
        return Shelf(self, each_once(opened, Told(self.trace)), unread)

    def listed(self, within: str | None = None) -> Shelf:
        """The documents that `clew index` was told of.

        Args:
            within: a pattern such as `reports/*` or `*.pdf`, for paths and names as `clew library list` shows them.

        Raises:
            DocumentError: nothing is listed. SettingsError: nothing listed matches.
        """
        return Shelf(self, {book.id: book for book in self.catalogue.listed(within)}, ())

    def prepare(self, shelf: Shelf) -> None:
        """Builds beforehand what questions about a shelf will want."""
        self._index.prepare(list(shelf.books.values()))

    def search(self, books: Sequence[Book]) -> Search:
        """The search over exactly `books`; what is missing of their indexes is built."""
        return self._index.search(books)

    @property
    def embeds_here(self) -> bool:
        """Whether vectors are made on this machine: those of others may cost something."""
        return self.embedder.name.startswith(("lsa-", "minilm-"))

    def search_here(self, books: Sequence[Book]) -> Search:
        """The search over exactly `books` with nothing sent to an embedder elsewhere: built-in vectors stand in."""
        index = self._index if self.embeds_here else Index(self.library, named_embedder(None), self.trace.progress)
        return index.search(books)

    def concepts(self, books: Sequence[Book]) -> Concepts:
        """The concept graph of exactly `books`; what is missing of it is built."""
        return self._index.connect(books)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs `work` on this Clew's own loop and waits for it."""
        return self._loop.run(work)

    async def bring(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs `work` on this Clew's own loop, whichever loop waits for it: there its connections are."""
        return await self._loop.bring(work)


def _meant(model: str | ChatModel | None, base_url: str | None) -> ModelSpec | ChatModel:
    return parse_model(model, base_url) if isinstance(model, str | None) else model
