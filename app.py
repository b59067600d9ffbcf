"""Clew for Python: opens documents, asks them. The one place where the parts are put together.

with Clew("extractive") as clew:
    answer = clew.open("contract.pdf").ask("When does the term end?")
    print(answer.status, answer.text, [c.quote for c in answer.citations])
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from .agents.desk import Desk
from .agents.fit import divide
from .agents.strategies import MessageForm, Order, entry
from .agents.strategies.auto import Auto
from .core.book import Book
from .core.errors import DocumentError, SettingsError, StoreError
from .core.loop import Loop
from .core.seams import ChatModel, Search
from .core.trace import Trace
from .core.types import Answer, Call, Role
from .memory.index import Index
from .memory.library import Library, default_folder
from .memory.records import Records
from .memory.runs import Runs
from .models.choose import ModelSpec, build, parse_model, release
from .models.journal import Journal
from .models.limiter import Limiter
from .models.lsa import Lsa
from .models.meter import Budget, Meter
from .models.validated import Validated
from .prompts import PROMPTS

T = TypeVar("T")

PARSER = "1"
"""Changes when loaders or borders of passages change: files are then read anew."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the question's scope that could not be opened."""

    name: str
    error: DocumentError


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
        self.library = Library(Path(library) if library else default_folder())
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

    def open(self, names: str | Path | Iterable[str | Path], *, listed: bool = False) -> Shelf:
        """Files, folders or `-` (standard input) as one scope for questions.

        A file that cannot be read does not keep the others from being read: it is named in the answer.

        Args:
            names: paths, in the order they are to be read.
            listed: whether questions without a scope are asked of them from now on.

        Raises:
            DocumentError: none of them can be read.
        """
        from .documents.sources import expand

        given = [names] if isinstance(names, str | Path) else list(names)
        books: dict[str, Book] = {}
        unread: list[Unread] = []
        for source in expand([str(name) for name in given]):
            try:
                book = self._open(source.name, source.path, listed=listed)
                books.setdefault(book.id, book)
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
            book = self.library.load(kept.document, kept.name)
            if book is not None:
                books.setdefault(book.id, book)
        if not books:
            raise DocumentError(
                f"no documents are listed in {self.library.folder}", "name a file, or list some with clew index FILE…"
            )
        return Shelf(self, books, ())

    def _open(self, name: str, path: Path | None, *, listed: bool) -> Book:
        from .documents.load import read_file, read_stream
        from .documents.passages import prepare

        if path is None:
            loaded = read_stream(sys.stdin.buffer)
            key, content = Path("-"), loaded.document.id
        else:
            key, content, loaded = path.resolve(), _content(path), None
        found = self.library.find(content)
        book = self.library.load(found[0], name) if found else None
        notices = found[1] if found else ()
        if book is None:
            self.trace.progress(f"reading {name}")
            loaded = loaded or read_file(path or key)
            book, notices = prepare(name, loaded.document), loaded.notices
        for notice in notices:
            self.trace.notice(f"{name}: {notice}")
        dropped = self.library.keep(key, content, book, notices, listed=listed)
        if dropped:
            self._index.forget(dropped)
        return book

    def search(self, books: Sequence[Book]) -> Search:
        """The search over exactly `books`; what is missing of their indexes is built."""
        return self._index.search(books)

    def known(self, name: str) -> str:
        """The document id that a path, or an id or its beginning, stands for. Raises SettingsError."""
        path = str(Path(name).resolve())
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
            if "extractive" in (reader.name, manager.name):
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


@dataclass(frozen=True, slots=True)
class Options:
    """How a question is to be answered. None is no limit."""

    strategy: str = "auto"
    order: Order = "left"
    """Direction of `chain`."""
    message: MessageForm = "lines"
    """Form of the message that `chain` hands on."""
    max_calls: int | None = None
    max_tokens: int | None = None
    max_seconds: float | None = None
    evidence_tokens: int = 4000
    """How much evidence to offer with the answer."""
    fresh: bool = False
    """Not to use replies of earlier runs."""


class Shelf:
    """Documents opened together: the scope of a question, and nothing beside it."""

    def __init__(self, clew: Clew, books: dict[str, Book], unread: tuple[Unread, ...]) -> None:
        self._clew = clew
        self.books = books
        """By document id, in reading order."""
        self.unread = unread

    def ask(self, question: str, options: Options | None = None, **named: Any) -> Answer:
        """`aask`, waited for. Works in notebooks too."""
        return self._clew.run(self.aask(question, options, **named))

    async def aask(
        self, question: str, options: Options | None = None, *, budget: Budget | None = None, **named: Any
    ) -> Answer:
        """The answer to `question` from these documents.

        Args:
            options: or single fields of `Options` by name, as in `aask(question, strategy="chain")`.
            budget: a budget shared with other questions, beside the limits of `options`.

        Raises:
            SettingsError: empty or over-long question, unknown strategy, a text that `full` has no room for.
            ModelError: the model or its server failed. StoreError: the library cannot be used.
        """
        from .agents.graph import run
        from .agents.settle import settle
        from .models.tokens import cl100k

        started = time.monotonic()
        options = replace(options or Options(), **named)
        chosen = entry(options.strategy)
        models = await self._clew.connect()
        question = checked(question, models["reader"])
        run_id = self._begin(question, options, models)
        own = Budget(options.max_calls, options.max_tokens, options.max_seconds)
        own.reserve(1, (options.max_tokens or 0) // 4, (options.max_seconds or 0) / 5)
        budgets = [own] if budget is None else [own, budget]
        desk = Desk(
            question,
            self.books,
            self._clew.wrapped(models, run_id, budgets, salt=run_id if options.fresh else ""),
            lambda: self._clew.search(list(self.books.values())),
            self._clew.trace,
        )
        strategy = chosen.make(options.order, options.message)
        if strategy.searches:
            # Built aside: indexing a long book takes seconds in which other questions go on.
            await asyncio.to_thread(lambda: desk.rank)
        state = await run(strategy, desk)
        if desk.trouble and not state["read"]:
            raise desk.trouble
        answer = settle(
            state,
            strategy,
            desk,
            run=run_id,
            asked=options.strategy,
            route=strategy.route(state, desk) if isinstance(strategy, Auto) else None,
            model=label(models),
            usage=replace(own.spent, replayed=desk.replayed, seconds=round(time.monotonic() - started, 3)),
            unreadable=[(unread.name, unread.error) for unread in self.unread],
            evidence_tokens=options.evidence_tokens,
            count=cl100k(),
        )
        self._clew.runs.finish(answer)
        return answer

    def _begin(self, question: str, options: Options, models: Mapping[Role, ChatModel]) -> str:
        """The run that this question is, or continues: its identity is everything that could change the answer."""
        identity = [
            question,
            list(self.books),
            [options.strategy, options.order, options.message],
            {role: [model.name, model.window] for role, model in models.items()},
            [kind.fingerprint() for kind in PROMPTS],
        ]
        fingerprint = hashlib.sha256(json.dumps(identity).encode()).hexdigest()
        documents = list(self.books)
        return self._clew.runs.begin(
            fingerprint, question, options.strategy, label(models), documents, fresh=options.fresh
        )


def checked(question: str, model: ChatModel) -> str:
    """`question` without white space around it. Raises SettingsError when there is none, or too much."""
    question = question.strip()
    if not question:
        raise SettingsError("the question is empty", 'write it in quotes: clew ask "Who …?" FILE')
    tokens, most = model.count(question), divide(model).question
    if tokens > most:
        raise SettingsError(
            f"the question takes {tokens:,} tokens; the window of {model.window:,} leaves {most:,} for it",
            "shorten it, and name the text it speaks of as a FILE",
        )
    return question


def label(models: Mapping[Role, ChatModel]) -> str:
    """The models of a run, for people."""
    return " + ".join(dict.fromkeys(models[role].name for role in ("reader", "manager")))


def _content(path: Path) -> str:
    """Identity of what reading a file gives: its bytes, how it is read, and by which version of the reader.

    Empty, and so known to nobody, where it cannot be read: what is wrong with it is the loader's to say.
    """
    from .documents.formats import suffix_of

    try:
        with path.open("rb") as file:
            return f"{PARSER}:{suffix_of(path)}:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError:
        return ""
