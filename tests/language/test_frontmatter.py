"""Which questions are about a document itself."""

from __future__ import annotations

import pytest
from clew.language.frontmatter import asked_of_itself, asks_of_the_document


@pytest.mark.parametrize(
    "question",
    [
        "Who are the parties to this agreement?",
        "Who are the parties?",
        "What is the title of this contract?",
        "What is the date of the annual report?",
        "When was this agreement first entered into?",
        "Between whom is the lease concluded?",
        "Who signed the contract?",
        "who wrote this novel",
        "What kind of document is this?",
        "What is this report about?",
        "The contract's date?",
        'Which text, if any, concerns "Document Name"?',
    ],
)
def test_about_the_document_itself(question: str) -> None:
    assert asks_of_the_document(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the name of Queequeg's native island?",
        "Can a party terminate this contract without cause?",
        "What payments are made under this agreement?",
        "Who wrote the book named after the artist of the year?",
        "When does the agreement end?",
        "Which parties opposed the law?",
        "What kind of licence does the contract grant?",
        "Is it owned jointly (between the parties to the contract)?",
        "What are the duties of the parties to this agreement?",
        "Which parties may sign sublicense agreements?",
        "Who wrote the letter to the captain?",
        "Who wrote the first report?",
        "When was the agreement with the caterer signed?",
        "",
    ],
)
def test_about_what_it_says(question: str) -> None:
    assert not asks_of_the_document(question)


@pytest.mark.parametrize(
    ("question", "what", "certain"),
    [
        ("What's the name of the agreement?", "title", True),
        ("Which book is this?", "title", True),
        ("What is this memo about?", "subject", True),
        ("What is the subject of this message?", "subject", True),
        ("On what date was the agreement executed?", "date", True),
        ("What is the effective date of this policy?", "date", True),
        ("When was this published?", "date", True),
        ("When was the letter sent?", "date", False),
        ("Which version of the handbook is this?", "version", True),
        ("By whom was this novel written?", "maker", True),
        ("Which company filed this report?", "maker", True),
        ("Who wrote the report?", "maker", False),
        ("Who is the letter addressed to?", "addressee", False),
        ("To whom is this letter?", "addressee", True),
        ("Who is this contract between?", "parties", True),
        ("Between which companies was the agreement made?", "parties", True),
    ],
)
def test_what_is_asked_of_it_and_whether_it_is_this_document(question: str, what: str, certain: bool) -> None:
    asked = asked_of_itself(question)
    assert asked is not None
    assert (asked.what, asked.certain) == (what, certain)
