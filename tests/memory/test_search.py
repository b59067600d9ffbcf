"""The search: what shares rare words comes first, one hop along names finds the second place, ranks of vectors add."""

from __future__ import annotations

import numpy as np
import pytest
from clew.core.book import Book
from clew.core.types import Document
from clew.language.sentences import sentence_starts
from clew.memory.fusion import Ranking, fuse
from clew.memory.lexical_build import build
from clew.memory.search import PassageSearch, question_terms


def book(texts: list[str], name: str = "a.txt") -> Book:
    """A book of one passage a text."""
    text = "".join(t + "\n\n" for t in texts)
    sentences = sentence_starts(text)
    starts = [sum(len(t) + 2 for t in texts[:at]) for at in range(len(texts))]
    return Book(name, Document(text, (), (), "plain"), sentences, [sentences.index(start) for start in starts])


FILLER = [f"The weather in month {n} was calm, and the harbour town kept its usual trade in wool." for n in range(30)]
TEXTS = [
    *FILLER[:10],
    "Night Ferry is a 1952 film. It was directed by Carol Hampden.",
    *FILLER[10:20],
    "Carol Hampden was born in the village of Lower Wexcombe.",
    *FILLER[20:],
]


def ranked(search: PassageSearch, query: str, limit: int = 5) -> list[tuple[str, int]]:
    return [(passage.document, passage.index) for passage, _ in search.rank(query, limit)]


def test_a_quoted_phrase_is_looked_for_as_it_stands() -> None:
    near = "The affiliate of an affiliate is an affiliate, say the affiliates."
    one = book(
        [*FILLER[:5], *(f"{near} Case {n}." for n in range(9)), 'The term "Affiliate" means a sister firm.', *FILLER]
    )
    search = PassageSearch([one], build([one]))
    assert ranked(search, "What is an affiliate?", 1) != [(one.id, 14)]
    assert ranked(search, 'What is meant by "Affiliate"?', 1) == [(one.id, 14)]


def test_a_hop_along_names_finds_what_the_question_does_not_name() -> None:
    one = book(TEXTS)
    found = ranked(PassageSearch([one], build([one])), "Where was the director of Night Ferry born?", 2)
    assert sorted(found) == [(one.id, 10), (one.id, 21)]


def test_scores_fall_from_one_and_the_limit_holds() -> None:
    one = book(TEXTS)
    scores = [score for _, score in PassageSearch([one], build([one])).rank("the trade of the harbour town", 7)]
    assert len(scores) == 7
    assert scores[0] == pytest.approx(1)
    assert scores == sorted(scores, reverse=True)


def test_only_what_shares_something_is_found() -> None:
    one = book(TEXTS)
    search = PassageSearch([one], build([one]))
    assert search.rank("Zanzibar?", 5) == []
    assert search.rank("", 5) == []
    assert search.rank("what is it that they were", 5) == []


def test_several_books_in_their_order() -> None:
    one, other = book(FILLER, "one.txt"), book(TEXTS, "two.txt")
    assert ranked(PassageSearch([one, other], build([one, other])), "Night Ferry film", 1) == [(other.id, 10)]
    assert ranked(PassageSearch([other, one], build([other, one])), "Night Ferry film", 1) == [(other.id, 10)]


def test_terms_in_one_sentence_count_more_than_terms_far_apart() -> None:
    apart = "The owl slept in a barn for a while. Nobody came near that place all day. Later a fox ate grapes."
    close = "The owl saw a fox in that place later. Nobody came near the barn for a while. All day it ate grapes."
    one = book([*FILLER[:5], apart, close, *FILLER[5:]])
    assert ranked(PassageSearch([one], build([one])), "Which owl met the fox?", 1) == [(one.id, 6)]


def test_the_words_of_asking_do_not_matter() -> None:
    one = book(TEXTS)
    search = PassageSearch([one], build([one]))
    plain, asked = search.rank("Carol Hampden village", 5), search.rank("Which is the Carol Hampden village?", 5)
    assert plain == asked


def test_vectors_find_what_shares_no_word() -> None:
    one = book(TEXTS)
    search = PassageSearch([one], build([one]), {one.id: lambda query, limit: [21, 3][:limit]}, lambda passages: 0.1)
    assert ranked(search, "xylography", 2)[0] == (one.id, 21)
    silent = PassageSearch([one], build([one]), {one.id: lambda query, limit: [21]}, weight=lambda passages: 0.0)
    assert silent.rank("xylography", 2) == []


def test_a_document_that_matches_little_lifts_its_own_ranking_little() -> None:
    scores = np.array([1.0, 0.4] + [0.0] * 18 + [0.05, 0.0] + [0.0] * 18, dtype=np.float32)
    both = [Ranking(0, 20, [1], 0.3), Ranking(20, 20, [1], 0.3)]
    fused = fuse(scores, both)
    assert fused[1] == pytest.approx(0.7)
    assert fused[21] == pytest.approx(0.3 * 0.05)


def test_names_of_a_question_are_pairs_however_they_are_written() -> None:
    assert question_terms("Who is Carol Hampden?") == question_terms("who is carol hampden")
    assert question_terms("carol carol")["carol"] == 2


GERMAN = [
    "Der Hafenmeister von Ulmenau hat die Häuser am Kai im Frühjahr an die Stadt verkauft.",
    "Die Fischer von Ulmenau haben ihre Netze am Abend auf dem Markt geflickt und verkauft.",
]


def test_a_question_finds_other_forms_of_its_words_in_its_own_language() -> None:
    mixed = book([*TEXTS, *GERMAN])
    search = PassageSearch([mixed], build([mixed]))
    assert ranked(search, "Wer verkaufte das Haus?", 1) == [(mixed.id, len(TEXTS))]
    assert ranked(search, "Who directed Night Ferry?", 1) == [(mixed.id, 10)]


def test_passages_of_another_language_leave_an_english_ranking_as_it_was() -> None:
    plain, mixed = book(TEXTS), book([*TEXTS, *GERMAN])
    alone, among = PassageSearch([plain], build([plain])), PassageSearch([mixed], build([mixed]))
    for question in ("Where was Carol Hampden born?", "Who directed Night Ferry?", "the weather in month 7"):
        assert [at for _, at in ranked(among, question, 5)] == [at for _, at in ranked(alone, question, 5)]


def test_a_name_is_as_rare_as_in_all_languages_together() -> None:
    texts = [f"Napoleon was with the army in the year {n} and then went to the south." for n in range(20)]
    one = book([*texts, "Napoleon war mit der Armee in dem Jahr und ging dann nach Ulmenau."])
    assert ranked(PassageSearch([one], build([one])), "When was Napoleon with the army in the year 7?", 1) == [
        (one.id, 7)
    ]


PREAMBLE = "LEASE\n\nBy and between Ada Moth and Bo Hall, as of May 2, 1931."
CLAUSES = [
    f"{n}. Each of the parties shall keep room {n} of this lease in good repair, and sign for it." for n in range(90)
]


def test_a_question_about_a_document_itself_looks_at_its_beginning_first() -> None:
    one, other = book([PREAMBLE, *CLAUSES], "lease.txt"), book(FILLER, "weather.txt")
    search = PassageSearch([other, one], build([other, one]))
    found = ranked(search, "Who are the parties to this lease?", 40)
    assert found[0] == (one.id, 0)
    scores = [score for _, score in search.rank("Who are the parties to this lease?", 40)]
    assert scores[0] == pytest.approx(1)
    assert scores == sorted(scores, reverse=True)
    assert (one.id, 0) not in ranked(search, "What shall each of the parties keep in good repair?", 3)


def test_a_document_shorter_than_a_beginning_is_all_of_it() -> None:
    one, nothing = book([PREAMBLE], "lease.txt"), book([], "empty.txt")
    assert ranked(PassageSearch([nothing, one], build([nothing, one])), "Who signed this lease?") == [(one.id, 0)]
