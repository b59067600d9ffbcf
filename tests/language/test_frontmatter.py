"""Which questions are about a document itself."""

from __future__ import annotations

import pytest
from clew.language.frontmatter import asks_of_the_document


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
        "",
    ],
)
def test_about_what_it_says(question: str) -> None:
    assert not asks_of_the_document(question)
