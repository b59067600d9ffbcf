"""Embedders other than the built-in one: what each is named by, paid once, and told where it cannot be had."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clew import Clew
from clew.cli.words import spent
from clew.core.errors import ClewError, ModelError, ModelUnavailable, SettingsError
from clew.core.types import Usage
from clew.memory.parts import Parts
from clew.models.embed import BATCH, Each
from clew.models.embed_endpoint import EndpointVectors
from clew.models.embed_here import MINILM_FILES, MiniLm
from clew.models.embedders import embedder
from clew.models.limiter import Patience
from clew.models.lsa import Lsa
from simvectors import WIDE, vector

TEXTS = [f"Sentence {at} is about the number {at}." for at in range(3 * BATCH + 5)]


async def at_once(seconds: float) -> None:
    """No waiting in tests."""


class Counting:
    """A source that counts what it is asked."""

    name = "counting"
    parallel = 1
    spent = Usage()

    def __init__(self, fails_after: int | None = None) -> None:
        self.embedded: list[str] = []
        self.left = fails_after
        self.shape = lambda rows: rows

    def texts(self, texts: Sequence[str]) -> Any:
        if self.left is not None:
            if not self.left:
                raise ModelError("killed here")
            self.left -= 1
        self.embedded += texts
        return self.shape([vector(text) for text in texts])

    def query(self, text: str) -> Any:
        return self.texts([text])[0]

    def close(self) -> None: ...


class Notes(dict[str, str]):
    """A memo."""

    def recall(self, key: str) -> str | None:
        return self.get(key)

    def keep(self, key: str, value: str) -> None:
        self[key] = value


@pytest.fixture
def served(serve) -> Iterator[Any]:
    made: list[EndpointVectors] = []

    def one(**behaviour: Any) -> tuple[Any, EndpointVectors]:
        server = serve(**behaviour)
        made.append(EndpointVectors(server.url, "sim", patience=Patience(sleep=at_once)))
        return server, made[-1]

    yield one
    for source in made:
        source.close()


def test_texts_are_sent_in_batches_and_come_back_in_order(served, tmp_path):
    server, source = served()
    told: list[tuple[int, int]] = []
    basis, vectors = Each(source).fit(TEXTS, Parts(tmp_path / "parts", lambda done, total: told.append((done, total))))
    assert server.counts["requests"] == source.spent.embedding_calls == 4
    assert server.counts["embedded"] == len(TEXTS)
    assert source.spent.embedding_tokens == server.counts["embedding_tokens"] > 0
    assert vectors.shape == (len(TEXTS), WIDE)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert int(np.argmax(vectors @ basis.embed("the number 17"))) == 17
    assert told[-1] == (len(TEXTS), len(TEXTS))


def test_what_passes_is_tried_again(served, tmp_path):
    kinds = ["503", "429", "502", "408", "drop", "reset", "half", "malformed", "wrapped", "html"]
    server, source = served(script=["ok", *(kind for fault in kinds for kind in (fault, "ok"))])
    texts = TEXTS * 3
    for at in range(0, len(texts), BATCH):
        source.texts(texts[at : at + BATCH])
    assert sum(server.counts[f"fault:{kind}"] for kind in kinds) >= 9
    assert server.counts["embedded"] >= len(texts)
    assert source.spent.embedding_calls == server.counts["requests"]


def test_a_request_for_vectors_that_drips_is_given_up(serve):
    source = EndpointVectors(serve(script=["drip"]).url, "sim", patience=Patience(tries=1), timeout=0.3)
    with pytest.raises(ModelUnavailable, match=r"did not answer within 0.3 s"):
        source.texts(TEXTS[:2])
    source.close()


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [({"model": "other"}, "does not exist"), ({"script": ["schema"] * 9}, "31 vectors for 32"), ({"key": "k"}, "401")],
    ids=["unknown", "too-few", "key"],
)
def test_what_is_wrong_for_good_is_told_at_once(served, tmp_path, behaviour, message):
    server, source = served(**behaviour)
    with pytest.raises(ModelUnavailable, match=message):
        Each(source).fit(TEXTS[:BATCH], Parts(tmp_path))
    assert len(server.requests) == 1


def test_a_killed_indexing_pays_no_batch_twice(tmp_path):
    first, again = Counting(fails_after=2), Counting()
    with pytest.raises(ModelError, match="killed"):
        Each(first).fit(TEXTS, Parts(tmp_path / "parts"))
    _, vectors = Each(again).fit(TEXTS, Parts(tmp_path / "parts"))
    assert first.embedded + again.embedded == TEXTS
    assert np.array_equal(vectors, Each(Counting()).fit(TEXTS, Parts(tmp_path / "other"))[1])


def test_a_torn_batch_is_embedded_again(tmp_path):
    Each(Counting()).fit(TEXTS[:3], Parts(tmp_path))
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:50])
    again = Counting()
    Each(again).fit(TEXTS[:3], Parts(tmp_path))
    assert again.embedded == TEXTS[:3]


def test_a_question_is_paid_once(tmp_path):
    source, notes = Counting(), Notes()
    basis, _ = Each(source, notes).fit(TEXTS[:3], Parts(tmp_path))
    first = basis.embed("Which number?")
    again = Each(source, notes).load(basis.to_bytes()).embed("Which number?")
    assert np.array_equal(first, again)
    assert source.embedded.count("Which number?") == 1


def test_vectors_of_another_size_are_no_longer_compared(tmp_path):
    source = Counting()
    basis, _ = Each(source).fit(TEXTS[:3], Parts(tmp_path))
    source.shape = lambda rows: [row[:9] for row in rows]
    with pytest.raises(ModelError, match="gives 9 numbers, the index has 64"):
        basis.embed("Which number?")


@pytest.mark.parametrize(
    "shape", [lambda rows: rows[1:], lambda rows: [[float("nan")] * 4] * 3, lambda rows: ["x"] * 3]
)
def test_what_is_no_vectors_is_told(tmp_path, shape):
    source = Counting()
    source.shape = shape
    with pytest.raises(ModelError, match="embedder counting gave no"):
        Each(source).fit(TEXTS[:3], Parts(tmp_path))


def test_data_that_is_no_basis_says_so():
    for data in (b"", b"{}", b"[1]", b'{"dimension": null}'):
        with pytest.raises(ValueError, match="."):
            Each(Counting()).load(data)


def test_names_can_be_names_of_collections(served):
    _, source = served()
    other = EndpointVectors("http://localhost:1/v1", "BAAI/bge-m3: (ä)")
    assert source.name != other.name
    assert other.name.replace("-", "").replace(".", "").isascii()
    assert other.name.startswith("BAAI-bge-m3-")
    other.close()


@pytest.mark.parametrize(
    ("spec", "message", "hint"),
    [
        ("lsaa", "no embedder 'lsaa'", "did you mean lsa"),
        ("http://localhost:1/v1", "no model", "URL#NAME"),
        ("no.such.module:Class", "cannot import", "BaseEmbedding"),
        ("builtins:dict", "no BaseEmbedding", "module:Class"),
    ],
)
def test_what_means_nothing_is_told(spec, message, hint):
    with pytest.raises(SettingsError, match=message) as caught:
        embedder(spec)
    assert hint in (caught.value.hint or "")


def test_the_built_in_one_is_what_nothing_names():
    assert isinstance(embedder(None), Lsa)
    assert isinstance(embedder("lsa"), Lsa)


def test_minilm_is_used_where_its_files_are_and_never_downloaded(tmp_path):
    with pytest.raises(SettingsError, match="vocab.txt") as caught:
        MiniLm(tmp_path)
    assert "nothing is downloaded" in (caught.value.hint or "")
    for name in MINILM_FILES:
        (tmp_path / name).touch()
    assert MiniLm(tmp_path).name == "minilm-l6-v2"


LLAMA_INDEX = """
from llama_index.core.base.embeddings.base import BaseEmbedding
from simvectors import vector

class Words(BaseEmbedding):
    def _get_text_embedding(self, text): return vector(text)
    def _get_query_embedding(self, query): return vector(query)
    async def _aget_query_embedding(self, query): return vector(query)

class Broken(Words):
    def _get_text_embedding(self, text): raise OSError("no weights")
"""


@pytest.fixture
def plugins(tmp_path, monkeypatch) -> None:
    (tmp_path / "words_of_mine.py").write_text(LLAMA_INDEX)
    monkeypatch.chdir(tmp_path)
    yield
    sys.modules.pop("words_of_mine", None)


def test_classes_of_llama_index_are_embedders(plugins, tmp_path):
    basis, vectors = embedder("words_of_mine:Words").fit(TEXTS, Parts(tmp_path / "parts"))
    assert int(np.argmax(vectors @ basis.embed("the number 9"))) == 9
    with pytest.raises(ModelError, match="OSError: no weights"):
        embedder("words_of_mine:Broken").fit(TEXTS, Parts(tmp_path / "others"))


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text(
        "\n\n".join(f"Chapter {n}. " + f"The keeper of tower {n} counts his lamps. " * 20 for n in range(40))
    )
    return path


def test_an_index_is_made_once_and_anew_for_another_embedder(serve, book, tmp_path):
    server = serve()
    embedded = []
    for spec in (f"{server.url}#sim", f"{server.url}#sim", None, f"{server.url}#sim"):
        with Clew(library=tmp_path / "library", embedder=spec) as clew:
            answer = clew.open(book).ask("Who counts the lamps of tower 7?", strategy="retrieve")
        assert answer.evidence
        embedded.append(server.counts["embedded"])
    assert embedded[0] > 20
    assert set(embedded) == {embedded[0]}
    assert not list((tmp_path / "library" / "embedding").glob("**/*.npy"))


@pytest.mark.parametrize("several", [False, True])
def test_what_embedding_took_is_in_the_usage_of_the_question_it_was_done_for(serve, book, tmp_path, several):
    server = serve(prefill=20_000.0)
    questions = [f"Who counts the lamps of tower {n}?" for n in (7, 8, 9)]
    notices: list[str] = []
    with Clew(library=tmp_path / "library", embedder=f"{server.url}#sim") as clew:
        clew.trace.on_notice = notices.append
        shelf = clew.open(book)
        ask = shelf.ask_each if several else lambda asked, **named: [shelf.ask(one, **named) for one in asked]
        answers = ask(questions, strategy="retrieve")
        again = shelf.ask(questions[0], strategy="retrieve")
    assert sum(answer.usage.embedding_calls for answer in answers) == server.counts["requests"]
    assert sum(answer.usage.embedding_tokens for answer in answers) == server.counts["embedding_tokens"]
    assert server.counts["embedded"] == 40 + 3, "each passage and each question once"
    assert all(spent(answer.usage).endswith("tokens embedded") for answer in answers)
    assert "embedded" not in spent(again.usage)
    assert again.usage.embedding_calls == again.to_dict()["usage"]["embedding_tokens"] == 0
    assert not any("embedding took" in notice for notice in notices)


def test_questions_side_by_side_wait_for_one_index(serve, book, tmp_path):
    server = serve(prefill=20_000.0)
    with Clew(library=tmp_path / "library", embedder=f"{server.url}#sim") as clew, ThreadPoolExecutor(3) as pool:
        books = list(clew.open(book).books.values())
        list(pool.map(clew.search, [books] * 3))
    assert server.counts["embedded"] == 40


def test_what_embedding_took_beforehand_is_told(serve, book, tmp_path):
    server = serve()
    notices: list[str] = []
    with Clew(library=tmp_path / "library", embedder=f"{server.url}#sim") as clew:
        clew.trace.on_notice = notices.append
        clew.prepare(clew.open(book))
    assert f"embedding took 2 requests, {server.counts['embedding_tokens']:,} tokens" in notices


def test_removing_a_document_removes_its_vectors_of_every_embedder(serve, book, tmp_path):
    server = serve()
    library = tmp_path / "library"
    with Clew(library=library, embedder=f"{server.url}#sim") as clew:
        clew.prepare(clew.open(book))
    with Clew(library=library) as clew:
        (document,) = clew.open(book).books
        clew.catalogue.remove([document])
    before = server.counts["embedded"]
    with Clew(library=library, embedder=f"{server.url}#sim") as clew:
        clew.prepare(clew.open(book))
    assert server.counts["embedded"] == 2 * before


def test_a_server_that_fails_ends_the_question_with_a_reason(serve, book, tmp_path):
    with Clew(library=tmp_path / "library", embedder=f"{serve(model='other').url}#sim") as clew:
        shelf = clew.open(book)
        with pytest.raises(ClewError, match="does not exist"):
            shelf.ask("Who counts?", strategy="retrieve")
