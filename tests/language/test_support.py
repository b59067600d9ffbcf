"""Whether what an answer cites holds its hard facts, or an equation that it shows gives them."""

from __future__ import annotations

from datetime import date

import pytest
from clew.language.facts import hard_facts
from clew.language.support import check_facts
from hypothesis import given, settings
from hypothesis import strategies as st

LETTER = (
    "Captain Gardiner of the Rachel had lost a little lad, but twelve years old. The ca-\nptain paid $1,577 on "
    "March 3, 1999 at 4:04 pm. “I will not do it,” he said of form 10-K."
)
REPORT = (
    "Net sales were 1,577 and total assets 32,765 (millions); the rate fell from 24.6% to 21.6 % at "
    "December 31, 2018 2017."
)
PASSAGES = [LETTER, REPORT]


@pytest.mark.parametrize(
    "answer",
    [
        "12 years",
        "He paid 1577 on 3 March 1999 [1].",
        "1999-03-03 at 16:04",
        "on 3/3/1999",
        "in March 1999",
        "captain gardiner of the Rachel: Gardiner's",
        '"a little lad, but twelve years old"',
        "'The captain paid' and \"I will not ... said of form\"",
        "December 31, 2017",
        "1,577 / 32,765 = 4.8%",
        "The margin was 4.8% (1,577 / 32,765 = 4.8%).",
        "(24.6 - 21.6) = 3.0 points, and 24.6% – 21.6% = 3.0%",
        "1,577 + 12 = 1,589; 1,589 × 2 = 3,178",
        "21.6 percent",
        "the 10-K",
    ],
)
def test_supported(answer: str) -> None:
    check = check_facts(answer, PASSAGES)
    assert check.unsupported == ()
    assert check.supported


@pytest.mark.parametrize(
    ("answer", "unsupported"),
    [
        ("thirteen years", ("thirteen",)),
        ("Captain Ahab", ("Captain Ahab",)),
        ("Gardiner Assets", ("Gardiner Assets",)),
        ("March 4, 1999", ("March 4, 1999",)),
        ("December 31, 2016", ("December 31, 2016",)),
        ("at 4:04 am", ("4:04 am",)),
        ('"I will do it"', ('"I will do it"',)),
        ("1,577 / 32,765 = 4.9%", ("4.9%",)),
        ("13 + 30 = 43", ("13", "30", "43")),
        ("1,577 million against 21.6 million", ("21.6 million",)),
        ("the 10-Q", ("10-Q",)),
        ("24.6 dollars and 30%", ("30%",)),
    ],
)
def test_unsupported(answer: str, unsupported: tuple[str, ...]) -> None:
    assert check_facts(answer, PASSAGES).unsupported == unsupported


def test_no_passages_support_nothing() -> None:
    assert check_facts("Ahab, 7", []).unsupported == ("Ahab", "7")
    assert check_facts("no facts here", []) == check_facts("", [])


def test_the_words_of_a_name_must_stand_together_in_one_passage() -> None:
    apart = ["Derick was there.", "A deer ran. " + "The sea was calm and the sky was clear. " * 3 + "Derick slept."]
    assert check_facts("Derick Deer", apart).unsupported == ("Derick Deer",)
    assert check_facts("Derick Deer", ["the master, Deer (Derick)"]).unsupported == ()


NUMBERS = st.integers(min_value=0, max_value=999_999_999)


@given(NUMBERS, st.sampled_from(["{}", "{:,}", "${:,}", "€ {}", "{:,} tons", "about {}."]))
def test_a_number_is_found_however_it_is_printed(number: int, form: str) -> None:
    passage = "The sum is " + form.format(number) + " in all."
    assert check_facts(f"It is {number} [1].", [passage]).unsupported == ()
    assert check_facts(f"It is {number + 1} [1].", [passage]).unsupported == (str(number + 1),)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)), st.integers(0, 4), st.integers(0, 4))
def test_a_date_is_found_in_any_of_its_forms(day: date, one: int, other: int) -> None:
    month = day.strftime("%B")
    forms = [
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.year:04}-{day.month:02}-{day.day:02}",
        f"the {day.day}th day of {month}, {day.year}",
        f"{day.strftime('%b')}. {day.day}, {day.year}",
    ]
    assert check_facts(f"On {forms[one]}.", [f"It was {forms[other]} when he left."]).unsupported == ()


@given(NUMBERS, NUMBERS.filter(bool), st.sampled_from("+-*/"), st.integers(0, 3))
def test_a_shown_equation_supports_its_result_and_only_when_right(a: int, b: int, sign: str, places: int) -> None:
    value = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    shown = f"{value:.{places}f}" if sign == "/" else f"{value}"
    passages = [f"first {a}", f"second {b}"]
    assert check_facts(f"{a} {sign} {b} = {shown}", passages).unsupported == ()
    wrong = f"{value + 3:.{places}f}" if sign == "/" else f"{value + 3}"
    if abs(float(wrong)) not in (a, b):
        assert wrong.lstrip("-") in check_facts(f"{a} {sign} {b} = {wrong}", passages).unsupported


@given(st.text(max_size=300), st.lists(st.text(max_size=200), max_size=3))
@settings(max_examples=150)
def test_any_text_can_be_checked(answer: str, passages: list[str]) -> None:
    facts = {fact.text for fact in hard_facts(answer, passages)}
    check = check_facts(answer, passages)
    assert {*check.supported, *check.unsupported} == facts


@given(st.text(alphabet="0123456789 +-*/()=.,%$x×", max_size=120))
@settings(max_examples=150)
def test_arithmetic_of_any_shape_can_be_checked(answer: str) -> None:
    check_facts(answer, [answer])


@given(
    st.lists(
        st.sampled_from("Ahab Pequod Moss Quito twelve 1,577 1851 “Lo!” March the of said and".split()), max_size=12
    )
)
def test_an_answer_made_of_its_passage_is_supported(words: list[str]) -> None:
    text = " ".join(words)
    assert check_facts(text, [text]).unsupported == ()


@pytest.mark.parametrize(
    ("answer", "passage", "held"),
    [
        ("Es kostet 1.577,30 €.", "Der Preis beträgt 1.577,30 € im Jahr.", True),
        ("It costs 1,577.30 euros.", "Der Preis beträgt 1.577,30 € im Jahr.", True),
        ("It costs 1,577.40 euros.", "Der Preis beträgt 1.577,30 € im Jahr.", False),
        ("3,5 %", "Der Anteil liegt bei 3,5 % der Summe.", True),
        ("3.5%", "Der Anteil liegt bei 3,5 % der Summe.", True),
        ("4,5 %", "Der Anteil liegt bei 3,5 % der Summe.", False),
        ("It cost 48,500 francs.", "Le chantier du pont coûta environ 48 500 francs.", True),
        ("am 3. Mai 2019", "Der Vertrag wurde am 3. Mai 2019 geschlossen.", True),
        ("on 3 May 2019", "Der Vertrag wurde am 3. Mai 2019 geschlossen.", True),
        ("am 4. Mai 2019", "Der Vertrag wurde am 3. Mai 2019 geschlossen.", False),
        ("5 de mayo de 2019", "Se firmó el 3 de mayo de 2019.", False),
        ("1874. május 3", "A hidat 1874. május 3-án adták át.", True),
        ("on 3 May 1874", "افتتح الجسر في ٣ مايو ١٨٧٤.", True),
        ("on 4 May 1874", "افتتح الجسر في ٣ مايو ١٨٧٤.", False),
        ("12 arches", "पुल २१४ मीटर लंबा है और उसमें १२ मेहराब हैं।", True),
        ("13 arches", "पुल २१४ मीटर लंबा है और उसमें १२ मेहराब हैं।", False),
        ("2019年5月3日", "双方于２０１９年５月３日签署。", True),
        ("on 3 May 2019", "双方于2019年5月3日签署。", True),
        ("2019年5月4日", "双方于2019年5月3日签署。", False),
        ("2019년 5월 4일", "계약은 2019년 5월 3일에 체결되었다.", False),
        ("a ratio of 1.577", "Revenue was 1,577 in all of the year.", False),
    ],
)
def test_numbers_and_dates_of_other_languages(answer: str, passage: str, held: bool) -> None:
    assert bool(check_facts(answer, [passage]).unsupported) is not held
    assert check_facts(passage, [passage]).unsupported == ()


def test_german_nouns_are_no_names_but_names_are() -> None:
    passage = "Die Vereinbarung mit Herrn Müller wurde in Ulm geschlossen."
    assert check_facts("Der Vertrag mit Müller gilt.", [passage]).unsupported == ()
    assert check_facts("Der Vertrag mit Maier gilt.", [passage]).unsupported == ("Maier",)


@pytest.mark.parametrize("name", ["Zo", "Zoroast", "Roaster"])
def test_a_name_is_held_as_a_whole(name: str) -> None:
    passages = ["They spoke of Zoroaster.", "They spoke of Zo-\nroaster and of Smith-\nJones."]
    assert check_facts(f"It was {name}.", passages).unsupported == (name,)
    assert check_facts("It was Zoroaster, or Smith-Jones.", passages[1:]).unsupported == ()
