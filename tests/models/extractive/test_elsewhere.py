"""What the built-in model calls the nearest only: quotes of another event, another person, another sense of a word."""

from __future__ import annotations

import pytest
from clew.core.types import Need
from clew.models.extractive.ask import ask
from clew.models.extractive.gist import chosen
from clew.models.extractive.lead import NEAREST
from clew.models.extractive.model import reply_to
from clew.models.extractive.page import Page
from clew.models.extractive.quote import is_heading
from clew.models.extractive.rank import rank
from clew.prompts import Answer, Exhibit, Exhibits, Needs, Verdict

LONG = (
    "The keeper shall have the form of lease that the harbour then offers to new keepers, and such other papers as the "
    "harbour may require for the lamp kept under this lease, and those papers will take the place of this lease and of "
    "its papers in all respects, and their terms may differ from the terms of this lease, also, at the will of the "
    "harbour alone, in a higher royalty."
)


def answered(question: str, *evidence: str) -> Verdict:
    items = tuple(Exhibit(at, "book", text, 1, 0.9) for at, text in enumerate(evidence, 1))
    found = reply_to(Answer(Exhibits(items), "", question, Needs((Need(1, question),))))
    assert isinstance(found, Verdict)
    return found


@pytest.mark.parametrize(
    ("question", "evidence", "open_"),
    [
        # Somebody else did it, or to somebody else, or nobody is named.
        ("Who killed Anders?", "Anders, running beside Tamsin, killed a whale.", True),
        ("Who killed Anders?", "Tamsin killed Anders with a lamp.", False),
        ("Who wounded Anders?", "They brought Tamsin the news that Anders was wounded.", True),
        ("Who wounded Anders?", "Anders was wounded by Tamsin.", False),
        ("Who audits the harbour?", "We have audited the harbour of Vellmouth and its Office.", True),
        ("Who did Ilse marry?", "When Tamsin told Ilse that Anders was married, Ilse did not believe her.", True),
        ("Who did Ilse marry?", "Ilse married Anders in the spring.", False),
        # It only would have happened, or is over.
        ("Who jumped overboard?", "If Anders were here now, I’d tell him to jump overboard.", True),
        ("Who jumped overboard?", "It was Anders who jumped overboard.", False),
        ("Who is the captain of the Heron?", "Tamsin Brandt, captain of the Heron, 2012-2018", True),
        ("Who is the captain of the Heron?", "Tamsin Brandt is the captain of the Heron.", False),
        # The mate of some other ship, and what contracts of some kind may say.
        ("Who is the first mate?", "By Tamsin Brandt of Vellmouth, first mate of said vessel.", True),
        ("Who is the first mate?", "Anders was once the first mate of a whaler.", True),
        ("Who is the first mate?", "The first mate was Ilse Brandt, a native of a small town.", False),
        ("Who was the mate of a whaler?", "Anders was once the mate of a whaler.", False),
        ("What must the keeper insure?", "Here signs the keeper, for Bo Insurance Agency, at its office.", True),
        ("What must the keeper insure?", "The keeper has insurance of the lamp with Bo Insurance Agency.", False),
        ("Which law governs?", "Laws: Leases which specify that the law of Vellmouth governs are void.", True),
        ("Which law governs?", "Any provision that requires that the law of Vellmouth governs is void.", True),
        ("Which law governs?", "The law of Vellmouth governs any provision that requires a lamp.", False),
        ("Which law governs?", "It is agreed in a provision of this lease that the law of Vellmouth governs.", False),
        # When it happened is told by itself.
        ("When did Anders die?", "At the instant he died, Anders remembered that he was asleep.", True),
        ("When did Anders die?", "Anders died when the lamp went out.", False),
        ("When does the lease end?", "The lease of its lamp was made on 3 May 1851.", True),
        ("When does the lease end?", "The lease ends on 3 May 1851.", False),
        # How long it is ago is not how long it is.
        ("How long is a whale?", "Ignorance, till some seventy years back, invested the whale.", True),
        ("How long is a whale?", "A whale is ninety feet long.", False),
        ("How old is Ilse?", "Before Ilse had sung, fourteen-year-old Peter rushed in.", True),
        # A name is no place, and what a thing is called does not tell where it is.
        ("Where was Anders wounded?", "“Mother,” said Tamsin, “Anders is here, wounded.”", True),
        ("Where was Anders wounded?", "Anders was wounded at Vellmouth.", False),
        # Another sense, another relation, a longer name.
        ("What royalty does Ilse pay?", "Ilse has a royalty-free, fully paid up licence.", True),
        ("Who is Ilse's sister?", "Anna Brandt spoke of a match for Ilse's sister-in-law.", True),
        ("Where was the father of Ilse born?", "Ilse was born in Vellmouth.", True),
        ("When was the Ada Light founded?", "The Ada Light Foundation has 52 lamps by 2025.", True),
        # Half of a question has to be there, and be quoted; a pronoun stands for names alone.
        ("How much insurance must Ilse carry?", "Ilse gives its customers support of levels 1 and 2.", True),
        ("What royalty must the keeper pay?", LONG, True),
        ("What is the royalty of the lamp?", "AUTHORITY FOR PAYMENTS OF ROYALTY (Name of Keeper) OF THE LAMP", True),
    ],
)
def test_what_is_elsewhere_is_called_the_nearest(question: str, evidence: str, open_: bool) -> None:
    found = answered(question, evidence)
    assert (found.missing, NEAREST in found.answer) == ([question] if open_ else [], open_)


def test_what_happened_is_quoted_and_not_told() -> None:
    took = "A whale had taken the leg of Anders."
    found = answered("What happened to Anders's leg?", "Anders happens to have a wicked name.", took)
    assert found.answer == f"The built-in model does not tell what happens; {NEAREST} {took} [2]"


def test_what_something_is_called_does_not_tell_where_it_was() -> None:
    how = "How the battle of Bo and the battle of Cod Bay were fought is told."
    assert answered("Where was the battle of Bo fought?", how).answer != "Cod Bay [1]"


def test_a_noun_made_from_a_verb_says_less_than_the_verb() -> None:
    lines = ["It is against no law or government regulation.", "It shall be governed by the laws of Vellmouth."]
    found = rank(Page([1, 2], lines, ["", ""], [0, 1]), ask("Which law governs?"))
    assert [hit.at for hit in found] == [1, 0]


def test_capitals_without_an_end_are_a_heading_and_figures_are_none() -> None:
    assert is_heading("AUTHORITY FOR PAYMENTS OF ROYALTY (Name of Keeper)")
    assert is_heading("HARBOUR OF VELLMOUTH LEASE EXHIBIT F-3 FORM OF ROYALTY (to be signed by the keeper)")
    assert not is_heading("TOTAL REVENUE OF THE LAMP 52,862 42,380")


def test_by_how_much_it_changed_is_not_how_much_it_is() -> None:
    question = "What was the income of the light in 1850?"
    changed = "A storm reduced the income of the light by $9 million, or $1.57 a lamp, in 1850."
    assert answered(question, changed).missing == [question]
    assert not answered(question, "The income of the light was $9 million in 1850.").missing


def test_half_a_sentence_is_no_point_of_a_summary() -> None:
    half = "Either party may end this lease of the light and of the lamp at will by"
    whole = "The lease of the light ends when either party says so in May."
    assert chosen([half, whole], "", 16) == [1]
    assert chosen([half], "", 16) == [0]
