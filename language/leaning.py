"""Which sentences lean on the one before: they begin with a word that refers back to what was said."""

from __future__ import annotations

import re

from .words import fold

_leans_back = re.compile(
    r"\W*(?:he|she|it|they|his|her|hers|its|their|this|that|these|those|such|both|there|here|then)\b", re.IGNORECASE
)
_LEANING = {
    "de": "er sie es ihn ihm ihr ihre sein seine dies diese dieser dieses dort dabei dafur",
    "nl": "hij zij ze hij het dit deze dat die daar zijn haar",
    "fr": "il elle ils elles ce cela celui celle cette ces son sa ses leur leurs",
    "es": "el ella ellos ellas este esta esto estos ese esa eso su sus fue fueron era eran lo",
    "pt": "ele ela eles elas este esta isto esse essa isso seu sua foi foram era eram",
    "it": "egli ella esso essa essi lui lei questo questa suo sua fu furono era erano lo",
    "ca": "ell ella ells elles aquest aquesta aixo fou era",
    "ro": "el ea ei ele acesta aceasta acestea",
    "sv": "den det han hon de detta denna dessa dar hans hennes dess",
    "da": "den det han hun de dette denne disse der hans hendes dens",
    "no": "den det han hun de dette denne disse der hans hennes dens",
    "fi": "se ne han he tama nama siella siina sen hanen",
    "hu": "o ok ez az ezt azt ott itt",
    "tr": "o bu bunlar onlar bunu onu burada orada",
    "pl": "on ona ono oni ten ta to tam jego jej",
    "cs": "on ona ono oni ten ta to tam jeho jeji",
    "ru": "он она оно они это этот эта там его ее их",
    "el": "αυτοσ αυτη αυτο αυτοι αυτα εκει",
    "ar": "هو هي هم هذا هذه ذلك",
    "he": "הוא היא הם הן זה זו שם",
    "hi": "यह वह ये वे इसे उसे इसका उसका",
}
"""Language -> first words, folded, of sentences that refer to what was said before; also verbs without a subject."""
_first_word = re.compile(r"[^\W\d_]+")


def leans_back(text: str, language: str) -> bool:
    """Whether `text` begins with a word that refers to what was said before."""
    if language == "en":
        return _leans_back.match(text) is not None
    first = _first_word.search(text)
    return first is not None and fold(first[0]) in _LEANING.get(language, "").split()
