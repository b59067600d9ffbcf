"""Questions of several steps about invented people, as a corpus for haystacks and as a desk with a simulated reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clew.agents.desk import Desk
from clew.agents.graph import ROLES
from clew.evals.cases import Case, Corpus, Paragraph
from clew.evals.simulated import Fact, Profile, Puzzle, Simulated
from clew.evals.trial import Watched
from clew.models.validated import Validated
from island import InOrder, small_book

PERFECT = Profile()
CHAIN = Puzzle(
    "In which harbour lies the boat of the man who taught Irsa Velm?",
    ("Tarn Haven",),
    (
        Fact("Irsa Velm learned her letters from Bodo Kask.", "Bodo Kask", "Who taught Irsa Velm?"),
        Fact("Bodo Kask owns the boat Silver Eel.", "Silver Eel", "Which boat does #1 own?", (0,)),
        Fact("The Silver Eel lies in Tarn Haven all winter.", "Tarn Haven", "In which harbour lies #2?", (1,)),
    ),
)
FORK = Puzzle(
    "Which is older, the mill of Anders Quill or the mill of Petra Lune?",
    ("the mill of Petra Lune",),
    (
        Fact("Anders Quill grinds his corn at Low Mill.", "Low Mill", "Which is the mill of Anders Quill?"),
        Fact("Petra Lune grinds her rye at Crow Mill.", "Crow Mill", "Which is the mill of Petra Lune?"),
        Fact("Low Mill was built in 1790.", "1790", "When was #1 built?", (0,)),
        Fact("Crow Mill was built in 1702.", "1702", "When was #2 built?", (1,)),
    ),
)
APART = Puzzle(
    "Do the sisters Mabel Orth and Wanda Orth keep the same animal?",
    ("no",),
    (
        Fact("Mabel Orth keeps a grey goose.", "a grey goose", "Which animal does Mabel Orth keep?"),
        Fact("Wanda Orth keeps a lame pony.", "a lame pony", "Which animal does Wanda Orth keep?"),
    ),
)
HIDDEN = Puzzle(
    "Do the sisters Mabel Orth and Wanda Orth keep one animal?",
    ("no",),
    (APART.facts[0], Fact("Her twin feeds some lame pony.", "lame pony", "What is fed?")),
)
"""Its second fact shares no word with what is looked up."""
PUZZLES = (CHAIN, FORK, APART)
IDLE = [f"Entry {n} notes that the wind on day {n} was neither stronger nor weaker than before." for n in range(900)]
LENGTH = 200


def text_with(facts: Mapping[int, str], length: int = LENGTH) -> list[str]:
    """So many idle lines, with sentences in place of some of them."""
    return [facts.get(at, line) for at, line in enumerate(IDLE[:length])]


def desk_of(
    puzzle: Puzzle, lines: Sequence[str], profile: Profile = PERFECT, *, seed: int = 0, window: int = 3000
) -> tuple[Desk, Watched]:
    """A desk with a text and a simulated reader, and the model that remembers what a manager was shown."""
    book = small_book(lines, "riddles.txt", 4)
    watched = Watched(Validated(Simulated("test", profile, [puzzle], seed=seed, window=window)))
    models = dict.fromkeys(ROLES, watched)
    return Desk(puzzle.question, {book.id: book}, models, lambda: InOrder([book])), watched


def small_corpus() -> Corpus:
    """The puzzles as a corpus: a paragraph for every fact, and 120 that state none."""
    paragraphs = {f"idle-{n}": Paragraph(f"idle-{n}", f"Day {n}", IDLE[n]) for n in range(120)}
    cases = []
    for number, puzzle in enumerate(PUZZLES):
        gold = tuple(f"gold-{number}-{at}" for at in range(len(puzzle.facts)))
        for key, fact in zip(gold, puzzle.facts, strict=True):
            paragraphs[key] = Paragraph(key, f"Page {key[5:]}", f"This is a page. {fact.text} It ends here.")
        cases.append(Case(f"riddle-{number}", "riddles", "riddle", puzzle, gold, (*gold, f"idle-{number}")))
    return Corpus("riddles", paragraphs, tuple(cases))
