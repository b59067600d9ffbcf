"""Ranks the passages of several books for a question: BM25, the best sentence, vectors, then one hop along names.

1. BM25 over the scope; names of the question count as pairs of words too.
2. The best hundreds gain by their best single sentence: terms that stand together are about one thing.
3. Rankings by vectors, document by document, are fused in (`fusion`).
4. Pseudo-relevance feedback (Rocchio 1971; RM3, Lavrenko and Croft 2001) that follows names: what the first few
   passages hold and the question does not, names above all, is searched for too. It finds the second place that a
   question of several steps needs, and needs no model.
5. What says a phrase that the question puts in quotation marks, in its words, gains.
6. Where the question is about a document itself, what that begins with comes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.book import Book
from ..core.types import Passage, Span
from ..language.frontmatter import FRONT, asks_of_the_document
from ..language.quoted import quoted, verbatim
from ..language.tongues import language_of, main_language
from ..language.words import fold, marked, stems, stop_words
from .fusion import Ranking, fuse, scaled
from .lexical import LexicalIndex
from .numbering import Numbering
from .terms import is_pair, terms

if TYPE_CHECKING:
    from ..core.arrays import Floats

PAIR = 1.5
"""Weight of a pair of words of a name in the question; single words have 1."""
LOOKED_AT = 200
"""Passages whose sentences are looked at one by one."""
SENTENCE = 0.3
"""Weight of a passage's best sentence, against 1 of the passage."""
FEEDBACK = 5
"""Passages that the hop starts from."""
EXPANSION = 20
"""Terms that the hop follows."""
HOP = 1.0
"""Weight of what the hop finds, against 1 of the question's own terms."""
NAMES = 0.7
"""Share of a term's weight in the hop that depends on how far it is a name."""
SENTENCE_LENGTH = 12
"""Terms of an average sentence."""
BY_VECTORS = 200
"""Passages of each document that a ranking by vectors names."""
PHRASE = 1.0
"""What a passage gains that says a quoted phrase of the question, against 1 of the best."""
FRONTS = 3
"""Documents whose beginnings are looked at, the best of them."""

_SIGNS = "?!.,;:()\"'“”„«»¿¡؟"

VectorRanker = Callable[[str, int], Sequence[int]]
"""Question and limit to indexes of one document's passages, best first."""


class PassageSearch:
    """A search over `books` in their order.

    Args:
        books: the scope.
        index: built over exactly these.
        vectors: rankers by document id, for the documents that have one.
        weight: of a vector ranking, from the number of passages of its document.
    """

    narrows = False

    def __init__(
        self,
        books: Sequence[Book],
        index: LexicalIndex,
        vectors: Mapping[str, VectorRanker] | None = None,
        weight: Callable[[int], float] = lambda passages: 0.0,
    ) -> None:
        self._books = books
        self._index = index
        self._numbering = Numbering(books)
        self._vectors = vectors or {}
        self._weight = weight
        self._languages: dict[str, str] = {}

    def rank(self, query: str, limit: int) -> list[tuple[Passage, float]]:
        """At most `limit` passages that share something with `query`, best first; scores fall from 1."""
        scores, leads = self._direct(query)
        scores = scaled(scores + HOP * scaled(self._index.scores(leads)))
        scores = self._with_phrases(scores, quoted(query))
        if asks_of_the_document(query):
            scores = self._with_fronts(scores)
        return [(self._numbering.passage(at), float(scores[at])) for at in best(scores, limit)]

    def leads(self, query: str) -> dict[str, float]:
        """Terms, with weights, that the best passages for `query` hold and the question does not."""
        return self._direct(query)[1]

    def _direct(self, query: str) -> tuple[Floats, dict[str, float]]:
        """What the question itself finds, the best as 1, and what that leads to."""
        wanted = self._as_one(query, question_terms(query, self._index.languages))
        scores = self._with_sentences(scaled(self._index.scores(wanted)), wanted)
        scores = fuse(scores, self._rankings(query))
        return scores, self._leads(scores, wanted)

    def _with_phrases(self, scores: Floats, phrases: Sequence[str]) -> Floats:
        """More for what says one of `phrases` in its words, best of all in quotation marks."""
        for at in best(scores, LOOKED_AT) if phrases else []:
            text = self._numbering.book(at).text(self._numbering.passage(at).span)
            scores[at] += PHRASE * max(verbatim(text, phrase) for phrase in phrases)
        return scaled(scores)

    def _with_fronts(self, scores: Floats) -> Floats:
        """What the best documents begin with before all else, in its order."""
        import numpy as np

        ranked = (self._numbering.place(at) for at in best(scores, LOOKED_AT))
        books = list(dict.fromkeys([*ranked, *range(len(self._books))]))[:FRONTS]
        fronts = [at for place in books for at in self._front(place)]
        lifted = scores * np.float32(0.5)
        lifted[fronts] = np.linspace(1.0, 0.5, len(fronts), endpoint=False, dtype=lifted.dtype)
        return lifted

    def _front(self, place: int) -> range:
        """Numbers of the passages that a book begins with."""
        book, first = self._books[place], self._numbering.firsts[place]
        end = min(FRONT, book.extent.characters)
        passages = book.passages_over(Span(book.id, 0, end)) if end else []
        return range(first, first + len(passages))

    def _as_one(self, query: str, weights: dict[str, float]) -> dict[str, float]:
        """`weights`, where a word that several languages stem in their ways is as rare as all its forms together."""
        if len(self._index.languages) < 2:
            return weights
        for word in dict.fromkeys(query.split()):
            forms = {form for language in self._index.languages for form in terms(word, language).all}
            for form in forms & weights.keys():
                alone = self._index.rarity(form)
                weights[form] *= self._index.rarity(*forms) / alone if alone else 1.0
        return weights

    def _rankings(self, query: str) -> list[Ranking]:
        found = []
        for book, first in zip(self._books, self._numbering.firsts, strict=True):
            ranker, weight = self._vectors.get(book.id), self._weight(len(book))
            if ranker is not None and weight:
                found.append(Ranking(first, len(book), ranker(query, BY_VECTORS), weight))
        return found

    def _with_sentences(self, scores: Floats, wanted: Mapping[str, float]) -> Floats:
        import numpy as np

        gains = np.zeros_like(scores)
        for at in best(scores, LOOKED_AT):
            book, passage = self._numbering.book(at), self._numbering.passage(at)
            gains[at] = max((score for _, score in self._sentences(book, passage.span, wanted)), default=0.0)
        return scaled(scores + SENTENCE * scaled(gains))

    def _sentences(self, book: Book, span: Span, wanted: Mapping[str, float]) -> list[tuple[Span, float]]:
        found = []
        language = self._language(book, span)
        for sentence in book.sentences_in(span):
            held = terms(book.text(sentence), language).all
            common = wanted.keys() & held
            if common:
                length = 1 + 1.2 * (0.6 + 0.4 * len(held) / SENTENCE_LENGTH)
                found.append((sentence, sum(wanted[term] * self._index.rarity(term) for term in common) / length))
        return found

    def _language(self, book: Book, span: Span) -> str:
        """The language of a passage, as it was indexed."""
        if book.id not in self._languages:
            self._languages[book.id] = main_language(book.document.text)
        return language_of(book.text(span), self._languages[book.id])

    def _leads(self, scores: Floats, wanted: Mapping[str, float]) -> dict[str, float]:
        """What the best passages hold and the question does not, names above all."""
        weights: defaultdict[str, float] = defaultdict(float)
        for at in best(scores, FEEDBACK):
            book, span = self._numbering.book(at), self._numbering.passage(at).span
            for term in set(terms(book.text(span), self._language(book, span)).all) - wanted.keys():
                if self._index.frequency(term) > 1:
                    named = 1 - NAMES + NAMES * self._index.share(term)
                    weights[term] += float(scores[at]) ** 2 * self._index.weight(term, at) * named
        # Terms of equal weight in alphabetical order: sets have none.
        return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:EXPANSION])


def question_terms(question: str, languages: Sequence[str] = ("en",)) -> dict[str, float]:
    """Terms of a question with their weights; words side by side may be a name however they are written.

    The question is stemmed as each of `languages`, but without the words of grammar of its own.
    """
    weights: dict[str, float] = {}
    own = language_of(question)
    spoken = [word for word in question.split() if fold(word).strip(_SIGNS) not in stop_words(own)]
    for language in languages:
        # What says nothing in its own language may be a rare word of another.
        asked = question if language == own or len(languages) == 1 else " ".join(spoken)
        found = marked(stems(asked, language), language)
        weights |= Counter(found)
        for left, right in zip(found, found[1:], strict=False):
            weights[f"{left} {right}"] = PAIR
        for term in terms(asked, language).all:
            if is_pair(term):
                weights[term] = PAIR
    return weights


def best(scores: Floats, limit: int) -> list[int]:
    """Positions of the highest scores above 0, best first, equal ones in order."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")[:limit]
    return [int(at) for at in order if scores[at] > 0]
