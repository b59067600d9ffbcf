"""Clew itself: a library, the models that read it, and a way to open documents."""

from __future__ import annotations

import tempfile
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from ..core.book import Book
from ..core.errors import DocumentError, SettingsError
from ..core.loop import Loop
from ..core.seams import ChatModel, Concepts, Embedder, ReplyStore, Search
from ..core.settings import prices_file
from ..core.trace import Trace
from ..core.types import Call, Role
from ..documents.pdf_ocr import ocr_program
from ..documents.sources import expand
from ..memory.index import Index
from ..memory.library import Library, default_folder
from ..memory.records import Records
from ..memory.runs import Runs
from ..models.choose import ModelSpec, build, parse_model, release
from ..models.embed import Each
from ..models.embedders import embedder as named_embedder
from ..models.journal import Journal
from ..models.limiter import Limiter
from ..models.meter import Budget, Meter
from ..models.places import Places
from ..models.prices import Price, price_of, read_prices
from ..models.rates import Rates
from ..models.validated import Validated
from .catalogue import Catalogue
from .opening import Opening
from .shelf import Shelf

T = TypeVar("T")
FREE = ("extractive@", "scripted")
"""Models that cost nothing; what a model of one's own costs is not nothing, but not known."""


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
        self._ocr = ocr
        self.trace = trace or Trace()
        self._window = window
        self._call_seconds = call_seconds
        named = (reader_model or model, manager_model or model)
        self._specs = [parse_model(one, base_url) if isinstance(one, str | None) else one for one in named]
        self._models: Mapping[Role, ChatModel] = {}
        self.concurrency = concurrency
        self._places = Places(concurrency)
        self._loop = Loop()
        self._passing = tempfile.TemporaryDirectory(prefix="clew-") if keep == "none" else None
        folder = self._passing.name if self._passing else library
        self.library = Library(Path(folder) if folder else default_folder())
        self.library.tell = self.trace.notice
        self._records = Records(self.library.database)
        self._embedder = named_embedder(embedder, self._records) if isinstance(embedder, str | None) else embedder
        self._index = Index(self.library, self._embedder, self.trace.progress)
        self.catalogue = Catalogue(self.library, self._index, self.trace)
        self.runs = Runs(self.library.database)
        self.prices = read_prices(prices_file())
        """By model name or pattern, as the person's table has them."""

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
        if isinstance(self._embedder, Each):
            self._close_embedder(self._embedder)
        self._loop.close()
        self.library.close()
        if self._passing:
            self._passing.cleanup()

    def _close_embedder(self, embedder: Each) -> None:
        """Lets go of an embedder's connections, and tells what it took: no single question's usage holds it."""
        embedder.close()
        spent = embedder.spent
        if spent.calls:
            self.trace.notice(f"embedding took {spent.calls:,} requests, {spent.prompt_tokens:,} tokens")

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
            raise _nothing_read([one.error for one in unread])
        books: dict[str, Book] = {}
        told = Told(self.trace)
        for number in sorted(opened.books):
            book = opened.books[number]
            first = books.setdefault(book.id, book)
            if first is not book:
                first.also += (book.name,)
                told.notice(f"{book.name}: the same text as {first.name}, read once")
            for notice in opened.notices[number]:
                told.notice(notice if notice.startswith(book.name) else f"{book.name}: {notice}")
        told.rest("clew library show FILE tells")
        return Shelf(self, books, unread)

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

    def concepts(self, books: Sequence[Book]) -> Concepts:
        """The concept graph of exactly `books`; what is missing of it is built."""
        return self._index.graphs.connect(books)

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
            self._models = dict.fromkeys(("reader", "explorer", "memory_writer"), reader)
            self._models |= dict.fromkeys(("planner", "manager"), manager)
        return self._models

    async def _made(self, spec: ModelSpec | ChatModel) -> ChatModel:
        if not isinstance(spec, ModelSpec):
            return spec
        return await build(
            spec,
            window=self._window,
            memo=self._records,
            notice=self.trace.notice,
            timeout=self._call_seconds,
            settled=not self.runs.unfinished(),
        )

    def wrapped(
        self, models: Mapping[Role, ChatModel], run: str, budgets: Sequence[Budget], salt: str
    ) -> dict[Role, ChatModel]:
        """`models` as a run uses them: journaled, validated, metered, limited; equal models share one stack."""
        stacks = {id(model): self._stack(model, run, budgets, salt) for model in models.values()}
        return {role: stacks[id(model)] for role, model in models.items()}

    def budget(
        self,
        max_calls: int | None = None,
        max_tokens: int | None = None,
        max_seconds: float | None = None,
        max_cost: float | None = None,
    ) -> Budget:
        """Limits on a question or a job. Raises SettingsError for one on money where a price is unknown."""
        if max_cost is not None:
            for model in self._models.values():
                if self.price_of(model) is None:
                    raise SettingsError(
                        f"the price of {model.name} is not known, so a limit on money cannot be kept",
                        f"write it into {prices_file()} (clew doctor shows the form), or limit --max-tokens",
                    )
        return Budget(max_calls, max_tokens, max_seconds, max_cost, stopped=lambda: self.trace.stopping)

    @property
    def facts(self) -> Records:
        """Small facts that the library keeps between runs."""
        return self._records

    def price(self, role: Role) -> Price | None:
        """What the model of `role` costs; None where that is unknown. After `connect`."""
        return self.price_of(self._models[role])

    def price_of(self, model: ChatModel) -> Price | None:
        """What `model` costs; None where that is unknown."""
        return Price(0, 0, 0) if model.name.startswith(FREE) else price_of(model.name, self.prices)

    def rates(self, model: ChatModel) -> Rates:
        """What calls to `model` took so far."""
        return Rates(self._records, model.name)

    def unsent(self, model: ChatModel, *, fresh: bool) -> ChatModel:
        """`model` behind the replies that are kept; what it replies itself is not."""
        return Journal(Validated(model), _Unchanged(self._records), "", "nothing kept" if fresh else "")

    def _stack(self, model: ChatModel, run: str, budgets: Sequence[Budget], salt: str) -> ChatModel:
        def again(call: Call) -> None:
            for budget in budgets:
                budget.again(call)

        limited = Limiter(
            model,
            places=self._places,
            call_seconds=self._call_seconds,
            on_retry=again,
            on_change=partial(self.trace.flight, Sender(model.name)),
            stopped=lambda: self.trace.stopping,
        )
        metered = Meter(limited, *budgets, price=self.price_of(model))
        return Journal(Validated(metered), self._records, run, salt)


TOLD = 20
"""Notices about files that are told one by one."""


class Told:
    """Notices about many files: some in full, the others counted."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._count = 0

    def notice(self, text: str) -> None:
        self._count += 1
        if self._count <= TOLD:
            self._trace.notice(text)

    def rest(self, where: str) -> None:
        if self._count > TOLD:
            self._trace.notice(f"{self._count - TOLD:,} more notices about files; {where}")


def _nothing_read(errors: Sequence[DocumentError]) -> DocumentError:
    if len(errors) == 1:
        return errors[0]
    if not errors:
        return DocumentError("no document", "name a file")
    more = f"; and {len(errors) - 3:,} others" if len(errors) > 3 else ""
    return DocumentError("no document could be read: " + "; ".join(map(str, errors[:3])) + more, errors[0].hint)


class Sender:
    """Whose calls are in flight; every one is another, though they have one name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __str__(self) -> str:
        return self._name


class _Unchanged:
    """Replies that can be read and not added to. Implements `core.seams.ReplyStore`."""

    def __init__(self, store: ReplyStore) -> None:
        self._store = store

    def load_reply(self, key: str) -> str | None:
        """The record under `key`, or None."""
        return self._store.load_reply(key)

    def save_reply(self, key: str, record: str, run: str) -> None:
        """Keeps nothing."""
