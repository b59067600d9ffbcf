"""What a thing is, as texts say it: `Ada, the …`, `the mate was Ada`, `"Fee" means …`, `(the "Fee")`, `FEE. NOUN—…`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = r"[\"“]?[\w'’-]+(?: [\w'’-]+){0,2}[\"”]?"
_asked = re.compile(
    r"(?:meant by|(?:definition|meaning) of|how (?:is|are)) (?:an? |the )?(?:(?:term|word|expression) )?"
    rf"(?P<term>{_WORDS})(?= defined|\W*$| in )"
    rf"|what (?:does|do) (?:an? |the )?(?:(?:term|word|expression) )?(?P<word>{_WORDS}) (?:mean|stand for)\b"
    rf"|(?P<is>(?:who|what) (?:is|are|was|were) (?P<article>an? |the )?"
    rf"(?!(?:meant|(?:definition|meaning) of)\b)(?P<thing>{_WORDS}) ?\?*$)",
    re.IGNORECASE,
)
ASKING = frozenset("definition define defined meaning mean meant term word expression stand".split())
"""Words by which a definition is asked for, and which it does not hold."""
_ANY = r"(?:the|an?|one)"
_ONE = r"(?:the|an?|one|our|his|her|their|my)"
_ANY_SUCH = r"(?:^\W*|[^\w\s]\s?|\b(?:an?|the|any|every|each|this|these|all|such|of|now|and|but|term|word)\s)"
"""Before a thing of which any is meant, and not `that infernal` one."""
_NO_VERB = r"(?:(?!is\b|was\b|are\b|were\b|had\b|has\b|have\b|am\b|i\b|we\b|he\b|she\b|they\b|more\b)[\w’'-]+ ?)"
"""Words of an apposition."""
_NAMED = r"(?:named|called|known as|termed)"
_ACCENTED = {group[0]: f"[{group}]" for group in "aáàâäãå eéèêë iíìîï oóòôöõø uúùûü cç nñ yýÿ".split()}
_a_name = re.compile(r"[\"“]?[A-Z]")


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that a question asks for the meaning of."""

    words: str
    said: re.Pattern[str]
    """How a text says what it is."""
    explained: bool
    """No more than that is asked for: `What is the price?` may want the price, and not what one is."""


def asked_term(question: str) -> Term | None:
    """The thing whose meaning `question` asks for; None where it asks for anything else."""
    found = _asked.search(question)
    if not found:
        return None
    words = (found["thing"] or found["word"] or found["term"]).strip("\"“”'‘’")
    plain = not found["is"] or not (found["article"] or "").lower().startswith("the")
    own = not re.search(r"['’]s?\s", words)
    of_somebody = not found["is"] or found[0][:3].lower() != "who" or _a_name.match(found["thing"]) is not None
    return Term(words, _said_of(words), plain and own and of_somebody)


def _said_of(words: str) -> re.Pattern[str]:
    thing = r"\s+".join(_accented(re.escape(word)) for word in words.split())
    marked = rf"[\"“‘'_]{thing}s?[,.]?[\"”’'_]"
    ways = (
        rf"{'' if words[0].isupper() else _ANY_SUCH}\b{thing}s?(?:\s\([^()]*\))?,? (?:is|was|are|were) {_ONE} ",
        rf"\b{thing}s?(?:\s\([^()]*\))?, {_ONE if words[0].isupper() else _ANY} {_NO_VERB}{{1,8}}(?:[,.;:)—]|$)",
        rf"\b{thing}s?,? (?:(?:shall |will )?(?:means?|refers? to|denotes?|stands? for)|is defined as)\b",
        rf"\b{_NAMED} {thing}\b",
        *(_of_a_bearer(thing) if words[0].isupper() else []),
        rf"^\W*{thing}\W{{1,3}}(?:noun|n|verb|v|adj)\b",
        rf"^\W*{thing}\s?[:—–]\s?\w",
        rf"{marked}(?:,? (?:shall |will )?(?:means?|refers? to|includes?|has the meaning|is|are)\b)",
        rf"{marked}[^()]{{0,20}}\)",
        *([rf"\w \({thing}s?\)"] if thing.isupper() else []),
    )
    return re.compile("|".join(ways), re.IGNORECASE)


def _accented(word: str) -> str:
    """A pattern for `word` with accents or without: `Bezúkhov` for `Bezukhov`."""
    return "".join(_ACCENTED.get(letter, letter) for letter in word)


def _of_a_bearer(thing: str) -> list[str]:
    """How a text says who bears a name, the name behind: `The mate was Ada`, `her sister, Ada,`."""
    return [
        rf"^\W*{_ONE} [^,.;:!?]{{3,60}} (?:is|was|were|are) (?:\w+ )?{thing}\b",
        rf"\b(?:my|his|her|our|their|its|whose) [\w’'-]+(?: [\w’'-]+){{0,2}}, (?:\w+ )?{thing}(?=[,.;])",
    ]
