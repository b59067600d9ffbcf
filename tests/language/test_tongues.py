"""The language of a text is told by its script and its little words, and in doubt by what it stands in."""

from __future__ import annotations

import pytest
from clew.language.grammar import GRAMMAR, STEMMERS
from clew.language.tongues import language_of, main_language
from clew.language.words import languages_of, marked, stems, words
from hypothesis import given
from hypothesis import strategies as st

ENGLISH = "The captain of the ship was known to all of us, and he had never been seen without his hat. "
GERMAN = "Der Kapitän des Schiffes war uns allen bekannt, und man hatte ihn nie ohne seinen Hut gesehen. "


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who signed the contract?", "en"),
        ("Wer hat den Vertrag unterschrieben?", "de"),
        ("Qui a signé le contrat ?", "fr"),
        ("¿Quién firmó el contrato?", "es"),
        ("Chi ha firmato il contratto?", "it"),
        ("Quem assinou o contrato com a empresa?", "pt"),
        ("Wie heeft het contract ondertekend?", "nl"),
        ("Хто підписав договір?", "uk"),
        ("Кой подписа договора?", "bg"),
        ("چه کسی قرارداد را امضا کرد؟", "fa"),
        ("معاہدے پر کس نے دستخط کیے؟", "ur"),
        ("Kdo podepsal smlouvu?", "cs"),
        ("12 / 30 = 40 %", ""),
        ("", ""),
    ],
)
def test_a_question_tells_its_language(question: str, language: str) -> None:
    assert language_of(question) == language


def test_a_few_foreign_words_do_not_make_a_text_foreign() -> None:
    assert language_of("“De balena vero sufficit, si rex habeat caput.”", "en") == "en"
    assert language_of("Revenue 1,577", "de") == "de"
    assert language_of(GERMAN, "en") == "de"
    assert language_of(ENGLISH, "de") == "en"


def test_most_of_a_long_text_tells() -> None:
    assert main_language(ENGLISH * 200 + GERMAN * 20) == "en"
    assert main_language(GERMAN * 200 + ENGLISH * 20) == "de"
    assert main_language("Revenue 1,577\nCosts 32,765") == "en"
    assert main_language("kwa hivyo walikwenda nyumbani pamoja tena " * 30) == ""


def test_a_long_text_is_told_by_samples_of_it() -> None:
    assert main_language(ENGLISH * 40_000) == "en"
    assert main_language("\n" * 1_000_000 + GERMAN * 40_000) == "de"


def test_every_stemmer_belongs_to_a_language_that_can_be_told() -> None:
    import Stemmer

    assert set(STEMMERS.values()) <= set(Stemmer.algorithms())
    assert set(STEMMERS) - {"en"} <= set(GRAMMAR)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Häuser", "Hauses"),
        ("fr", "l'inauguration", "inaugurations"),
        ("es", "construcciones", "construcción"),
        ("it", "dell'azienda", "aziende"),
        ("ru", "красный", "красная"),
        ("fi", "sillan", "silta"),
        ("tr", "İstanbul'da", "istanbul"),
        ("el", "γέφυρα", "γέφυρες"),
        ("ar", "المهندس", "مهندس"),
        ("he", "הגשר", "גשר"),
        ("pt", "١٢", "12"),
        ("de", "1.577,30", "1577,3"),
        ("fr", "Réunions", "réunion"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language) != []


def test_words_of_grammar_have_no_stems() -> None:
    assert stems("Wer ist der mit dem und die?", "de") == []
    assert stems("¿Quién es el que no está con ellos?", "es") == []
    assert stems("die war", "en") == ["die", "war"]


def test_terms_carry_their_language_and_tell_it() -> None:
    held = [*marked(stems("the houses", "en"), "en"), *marked(stems("die Häuser 12 东京", "de"), "de")]
    assert held == ["hous", "de:haus", "12", "东京"]
    assert languages_of(held) == ("en", "de")


@given(st.text(max_size=300), st.sampled_from(["", "en", "zh", "he", "fa", *GRAMMAR]))
def test_no_text_breaks_the_words(text: str, language: str) -> None:
    found = stems(text, language)
    assert all(found)
    assert all(words(text))
    assert language_of(text, language) in {"", "en", "zh", "ja", "ko", "th", *GRAMMAR}
    assert len(marked(found, language)) == len(found)
