"""Words that turn a statement round, by language: denials, and those that name the side of a date, a number or a whole.

They are words of grammar, which nothing else is matched by; whether two statements say the same hangs on them.
Languages that deny within a verb (Turkish, Czech in part) or are written without spaces need few: their words differ.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .words import fold, words


class Turns(NamedTuple):
    """What turns a statement round in it."""

    denies: bool
    sides: frozenset[str]
    """Words that name a side, folded."""


def turns(text: str, language: str) -> Turns:
    """How `text`, in `language`, is turned round; a denial in any language counts where that is not known."""
    found = _parts(text)
    return Turns(not found.isdisjoint(_denials(language)), found & _sides(language))


def _parts(text: str) -> frozenset[str]:
    """Words of `text`, folded, and what stands before and behind their apostrophes: `n'est`; of `isn't` it is `n't`."""
    found: set[str] = set()
    for word in words(text):
        found.update((word, *word.split("'"), *(["n't"] if word.endswith("n't") else [])))
    return frozenset(found)


@cache
def _denials(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in DENIALS.get(language, " ".join(DENIALS.values())).split())


@cache
def _sides(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in SIDES.get(language, "").split())


DENIALS = {
    "en": "no not n't never none nor neither nobody nothing without cannot nowhere",
    "de": """nein nicht nichts kein keine keinen keinem keiner keines keins nie niemals niemand nirgends weder
        ohne""",
    "nl": "nee neen niet niets geen nooit niemand nergens noch zonder",
    "da": "nej ikke intet ingen aldrig uden",
    "no": "nei ikke ingen ingenting intet aldri uten",
    "sv": "nej inte ej icke inget ingen inga ingenting aldrig utan",
    "fr": "non ne n pas jamais aucun aucune rien nul nulle ni sans",
    "es": "no nunca jamás nada ningún ninguno ninguna nadie tampoco ni sin",
    "pt": "não nunca jamais nada nenhum nenhuma ninguém tampouco nem sem",
    "it": "no non mai nessun nessuno nessuna niente nulla senza",
    "ca": "no mai res cap ningú tampoc ni sense",
    "ro": "nu n niciodată nimeni nimic niciun nicio nici fără",
    "fi": "ei en et emme ette eivät eikä älä koskaan ilman",
    "hu": "nem ne sem se nincs nincsenek soha senki semmi sehol nélkül",
    "tr": "hayır değil değildir yok yoktur hiç asla olmadan",
    "pl": "nie ani nigdy nikt nic nigdzie żaden żadna żadne bez",
    "cs": "ne není nejsou nebyl nebyla nebylo nikdy nikdo nic nikde žádný žádná žádné ani bez",
    "id": "tidak bukan tak tiada belum tanpa jangan",
    "et": "ei pole polnud mitte mingit kunagi keegi ilma",
    "lt": "ne nėra nebuvo niekada niekas be nei",
    "eu": "ez inoiz ezer inor gabe",
    "eo": "ne neniam neniu nenio nenie sen",
    "ga": "ní níl nach ná gan",
    "ru": "нет не ни никогда никто ничего ничто никакой нигде без",
    "uk": "ні не немає нема ніколи ніхто нічого ніде без",
    "bg": "не няма никога никой нищо никъде нито без",
    "sr": "не није нису нема никад никада нико ништа ни без",
    "el": "όχι δεν δε μη μην ποτέ κανείς κανένας τίποτα ούτε χωρίς",
    "ar": "لا لم لن ليس ليست ليسوا غير بدون دون",
    "fa": "نه نیست نبود نیستند هرگز هیچ بدون",
    "ur": "نہیں نہ مت کبھی بغیر",
    "he": "לא אין אינו אינה אינם אף מעולם בלי ללא",
    "hi": "नहीं न ना मत कभी बिना",
    "ne": "होइन छैन थिएन नभएको बिना",
    "hy": "ոչ չէ չի չկա երբեք առանց",
    "ta": "இல்லை அல்ல வேண்டாம் இல்லாமல்",
    "ko": "안 못 없다 아니",
}
"""By ISO 639-1 code."""
SIDES = {
    "en": """before after until since above below over under more less fewer most least all every some few many
        only except""",
    "de": """vor nach bis seit ab über unter mehr weniger meisten wenigsten mindestens höchstens alle jeder einige
        wenige viele nur außer""",
    "nl": "voor na tot sinds vanaf boven onder over meer minder meeste minste alle elke enkele weinig veel alleen",
    "fr": """avant après jusque jusqu depuis dessus dessous plus moins tous toutes chaque quelques peu beaucoup
        seulement sauf""",
    "es": """antes después hasta desde sobre bajo más menos todos todas cada algunos algunas pocos muchos sólo solo
        excepto""",
    "pt": "antes depois após até desde sobre sob mais menos todos todas cada alguns algumas poucos muitos só",
    "it": """prima dopo fino sopra sotto più meno tutti tutte ogni alcuni alcune pochi molti solo soltanto
        eccetto""",
    "ru": "до после над под более больше менее меньше все каждый некоторые немногие многие только кроме",
}
"""By ISO 639-1 code."""
