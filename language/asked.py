"""What kind of answer a question asks for in other languages than English, told by the words it is asked with.

Few kinds, by plain rules: a date, a number, money, a share, a person, a place. A person or a place has a form only
where names have capitals and other nouns have none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from .dates import dates
from .names import names
from .numerals import numerals
from .words import fold, plain_digits, stop_words

Kind = Literal["person", "place", "date", "money", "percent", "number", "any"]
Place = tuple[int, int]

# Of folded questions, in this order: `wie viel Prozent` is no mere `wie viel`.
_ASKED: dict[str, tuple[tuple[Kind, str], ...]] = {
    "de": (
        ("percent", r"wie ?viel prozent|prozentsatz|zinssatz|anteil"),
        ("money", r"was kostet|wie ?viel (?:geld|euro|kost|zahl)|\b(?:preis|miete|kosten|gebuhr|gehalt|umsatz)\b"),
        ("number", r"\bwie ?viele?\b|\bwie (?:hoch|lang|alt|gross|weit|tief|schwer|breit|oft)e?\b"),
        ("date", r"\bwann\b|welche[mns]? (?:jahr|tag|monat|datum)|geburtsdatum"),
        ("person", r"\bwe[rmn]\b|\bwessen\b"),
        ("place", r"\bwo(?:hin|her)?\b|welche[mrns]? (?:stadt|land|ort|dorf)"),
    ),
    "nl": (
        ("percent", r"hoeveel procent|percentage"),
        ("money", r"wat kost|hoeveel (?:geld|euro|kost|betaal)|\b(?:prijs|huur|kosten|salaris|omzet|winst)\b"),
        ("number", r"\bhoeveel\b|\bhoe (?:hoog|lang|oud|groot|ver|diep|zwaar|breed|vaak)\b"),
        ("date", r"\bwanneer\b|welke? (?:jaar|dag|maand|datum)"),
        ("person", r"\bwie(?:ns)?\b"),
        ("place", r"\bwaar\b(?!om)|welke? (?:stad|land|plaats|dorp)"),
    ),
    "fr": (
        ("percent", r"quel(?:le)? (?:pourcentage|taux|part)"),
        ("money", r"combien (?:coute|d'argent|d'euros|gagne)|\b(?:prix|loyer|salaire|tarif|montant|benefice)\b"),
        ("number", r"\bcombien\b|quel(?:le)? (?:age|taille|hauteur|longueur|nombre|distance|superficie|population)"),
        ("date", r"\bquand\b|quel(?:le)? (?:annee|jour|mois|date|siecle)"),
        ("person", r"\b(?:a |de |par |avec |pour )?qui\b(?! est-ce que)|\bquel(?:le)? (?:auteur|architecte|personne)"),
        ("place", r"(?<!\w)ou (?=\w+[- ])|\bd'ou\b|quel(?:le)? (?:ville|pays|lieu|village|rue)"),
    ),
    "es": (
        ("percent", r"que porcentaje"),
        ("money", r"cuanto (?:cuesta|costo|dinero|pag|gan)|\b(?:precio|alquiler|salario|tarifa|importe|beneficio)\b"),
        ("number", r"\bcuant[oa]s?\b|que (?:edad|altura|longitud|numero|distancia|superficie)"),
        ("date", r"\bcuando\b|que (?:ano|dia|mes|fecha|siglo)"),
        ("person", r"\bquien(?:es)?\b"),
        ("place", r"\bdonde\b|que (?:ciudad|pais|lugar|pueblo|calle)"),
    ),
    "pt": (
        ("percent", r"que percentagem|qual (?:a|o) (?:percentagem|porcentagem|taxa)"),
        ("money", r"quanto (?:custa|custou|dinheiro|pag|ganh)|\b(?:preco|aluguel|renda|salario|tarifa|valor|lucro)\b"),
        ("number", r"\bquant[oa]s?\b|qual (?:e )?(?:a|o) (?:idade|altura|comprimento|numero|distancia|area)"),
        ("date", r"\bquando\b|que (?:ano|dia|mes|data|seculo)"),
        ("person", r"\bquem\b"),
        ("place", r"\bonde\b|que (?:cidade|pais|lugar|aldeia|rua)"),
    ),
    "it": (
        ("percent", r"che percentuale|quale percentuale"),
        ("money", r"quanto (?:costa|costava|denaro|pag|guadagn)|\b(?:prezzo|affitto|stipendio|tariffa|canone)\b"),
        ("number", r"\bquant[oaie]\b|qual(?:e| e) (?:l'eta|l'altezza|la lunghezza|il numero|la distanza)"),
        ("date", r"\bquando\b|(?:che|quale) (?:anno|giorno|mese|data|secolo)"),
        ("person", r"\bchi\b"),
        ("place", r"\bdove\b|\bdov'|(?:che|quale) (?:citta|paese|luogo|via)"),
    ),
    "ru": (
        ("percent", r"скол\w+ процент|как\w+ процент|как\w+ дол"),
        ("money", r"сколько сто\w+|сколько (?:денег|рублеи)|какова? (?:цена|стоимость)|\b(?:зарплата|аренда)\b"),
        ("number", r"\bсколько\b|какова (?:высота|длина|площадь|ширина|глубина)"),
        ("date", r"\bкогда\b|как\w+ (?:год\w*|день|дня|месяц\w*|дат\w+|век\w*)"),
        ("person", r"\bк(?:то|ого|ому|ем)\b"),
        ("place", r"\b(?:где|куда|откуда)\b|как\w+ (?:город\w*|стран\w+|мест\w+)"),
    ),
    "zh": (
        ("percent", r"百分之|比例"),
        ("money", r"多少[钱錢元]|价格|價格|租金|费用"),
        ("date", r"什么时候|甚麼時候|何时|何時|哪[一]?年|哪[一]?天|几月|幾月|日期"),
        ("number", r"多少|几[个人层年天米名]|幾|多[高长大远深]"),
    ),
    "ja": (
        ("percent", r"何パーセント|割合|何%"),
        ("money", r"いくら|何円|価格|料金|家賃"),
        ("date", r"いつ|何年|何月|何日|何曜日"),
        ("number", r"いくつ|何[人個台本枚階歳回件キメ]|どれくらい|どのくらい"),
    ),
    "ko": (("date", r"언제|몇 ?년|며칠"), ("money", r"얼마"), ("number", r"몇")),
    "sv": (("date", r"\bnar\b|vilket ar"), ("number", r"hur (?:mang|mycket|hog|lang|gammal)"), ("person", r"\bvem")),
    "da": (("date", r"\bhvornar\b"), ("number", r"hvor (?:mange|meget|hoj|høj|lang|gammel)"), ("person", r"\bhvem\b")),
    "no": (("date", r"\bnar\b"), ("number", r"hvor (?:mange|mye|hoy|høy|lang|gammel)"), ("person", r"\bhvem\b")),
    "pl": (("date", r"\bkiedy\b"), ("number", r"\bilu?\b"), ("person", r"\bk(?:to|ogo|omu|im)\b")),
    "fi": (("date", r"\bmilloin\b"), ("number", r"kuinka (?:monta|paljon)|\bmontako\b|\bpaljonko\b")),
    "hu": (("date", r"\bmikor\b"), ("number", r"\bhany\b|\bmennyi\b")),
    "ro": (("date", r"\bcand\b"), ("number", r"\bc[aâ]t(?:i|e|a)?\b"), ("person", r"\bcine\b")),
    "tr": (("date", r"ne zaman"), ("number", r"\bkac\b"), ("person", r"\bkim(?:dir|in|e)?\b")),
    "el": (("date", r"\bποτε\b"), ("number", r"\bποσ(?:ο|α|οι|εσ|η)\b")),
    "ar": (("date", r"متى"), ("number", r"كم")),
    "he": (("date", r"מתי"), ("number", r"כמה")),
    "hi": (("date", r"कब"), ("number", r"कितन")),
}  # fmt: skip
_MEASURED: dict[str, str] = {
    "de": r"wie (?:hoch|lang|alt|gross|weit|tief|schwer|breit|oft)e?",
    "nl": r"hoe (?:hoog|lang|oud|groot|ver|diep|zwaar|breed|vaak)",
    "sv": r"hur (?:hog|lang|gammal|stor|djup|bred)t?",
    "da": r"hvor (?:høj|hoj|lang|gammel|stor|dyb|bred)t?",
    "no": r"hvor (?:høy|hoy|lang|gammel|stor|dyp|bred)t?",
}
"""What asks for a measure, of folded questions: the answer names the measure and hardly ever repeats the word."""
_ALL_NOUNS_HAVE_CAPITALS = frozenset(("de",))
_ONLY_ASKS = re.compile(
    r"[到从從]?什[么麼]时?候?|甚麼|哪[里裡些个個年天位]|[谁誰][是的]?|多少|几[个個]|何[时時]|为什么|怎[么樣样]|请问|[吗呢？]"
    r"|誰(?:です|でした)?か?|何(?=[がをはでに年月日人])|どこ|いつ|いくつ|いくら|なぜ|どう|どの"
    r"|(?:まし|でし)?たか|ですか|ますか|でしょうか"
    r"|누[구가]|언제|어디(?:에서?)?|무엇|얼마나?|어떻게|(?:습니|입니|합니|됩니|었습니|았습니)까|인가요?"
    r"|ใคร(?:เป็น)?|อะไร|เมื่อไหร่|เมื่อใด|ที่ไหน|ที่ใด|เท่าไหร่|เท่าไร|กี่|ทำไม|อย่างไร|หรือไม่"
)
_IN_PASSING = re.compile(r"[的了是在和与與为為有被将將把其这這那]|结束|結束|开始|開始|^[\u3041-\u309f]+$")
"""What makes a pair of characters one of grammar, or of the everyday words by which is asked when something is."""
_COUNTED = {
    "de": "zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig dreissig hundert tausend",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig honderd duizend",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent mille",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cien mil",
    "pt": "dois duas tres quatro cinco seis sete oito nove dez onze doze quinze vinte trinta cem mil",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici quindici venti trenta cento mille",
    "ru": "два две три четыре пять шесть семь восемь девять десять двенадцать двадцать тридцать сто тысяча",
}
_word = re.compile(r"[^\W\d_]+")
_last_word = re.compile(r"([^\W\d_]+)['’ ]*$")
_BY = frozenset("par por pelo pela da dal dalla door av af de przez od qui quien quem chi wie".split())
"""Little words behind which stands who did something."""
_han_number = re.compile(r"[一二三四五六七八九十百千万萬億亿两兩]+(?=[\u4e00-\u9fff])")
_year = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?![\d.,]\d|\d)")
_sum = re.compile(
    r"(?:[$€£¥￥₽₹₺₩฿]|\b(?:EUR|USD|CHF|Rs\.?)\s?)\s?\d[\d.,\s]*"
    r"|\d[\d.,\u00a0\u202f' ]*\s?"
    r"(?:(?:Mio|Mrd|mln|mld|млн|млрд|millions?|millones|milhões|milioni|Millionen|miljoen)\.?\s)?"
    r"(?:[€$£¥₽₹₺₩฿]|EUR|USD|CHF|[Ee]uros?\b|Franken\b|kr\b|zł|Kč|Ft\b|lei\b|руб|[万萬億亿]?[元円圆圓]|[만억]?원|บาท|TL\b|[Dd]ol)"
)


def kind_of(question: str, language: str) -> Kind:
    """The kind that `question` asks for; `any` where its words do not tell, or the kind has no form."""
    asked = fold(question)
    kind: Kind = next((kind for kind, rule in _rules(language) if rule.search(asked)), "any")
    return "any" if kind in ("person", "place") and not names_have_form(language) else kind


def names_have_form(language: str) -> bool:
    """Whether a capital within a sentence makes a name, as far as is known here."""
    return language not in _ALL_NOUNS_HAVE_CAPITALS


def find_kind(kind: str, text: str, language: str) -> list[Place]:
    """The places of `text`, in `language`, that could be an answer of `kind`."""
    match kind:
        case "date":
            return [(m.start, m.end) for m in dates(text)] + [m.span() for m in _year.finditer(plain_digits(text))]
        case "number":
            return _numbers(text, language)
        case "percent":
            return [(n.start, n.end) for n in numerals(text) if n.unit == "%"]
        case "money":
            return [(m.start(), m.end()) for m in _sum.finditer(plain_digits(text))]
        case "place":
            return _names(text, language)
        case "person":
            return [place for place in _names(text, language) if _is_somebody(text, place, language)]
    return []


def without_asking(question: str, language: str) -> str:
    """`question` without the words it is asked with, as far as a text that answers it would not have them."""
    asked = _ONLY_ASKS.sub(" ", question)
    measured = _MEASURED.get(language)
    folded = fold(asked)
    found = re.search(rf"\b{measured}\b", folded) if measured and len(folded) == len(asked) else None
    return asked[: found.start()] + asked[found.end() :] if found else asked


def in_passing(pair: str) -> bool:
    """Whether a pair of characters holds one of grammar."""
    return _IN_PASSING.search(pair) is not None


def _numbers(text: str, language: str) -> list[Place]:
    dated = [(m.start, m.end) for m in dates(text)]
    found = [(n.start, n.end) for n in numerals(text) if not n.in_words]
    counted = frozenset(_COUNTED.get(language, "").split())
    found += [(m.start(), m.end()) for m in _word.finditer(text) if counted and fold(m[0]) in counted]
    if language in ("zh", "ja"):
        found += [(m.start(), m.end()) for m in _han_number.finditer(text)]
    return sorted(place for place in found if not any(s < place[1] and place[0] < e for s, e in dated))


def _names(text: str, language: str) -> list[Place]:
    stops = stop_words(language)
    return [
        (name.start, name.end)
        for name in names(text)
        if not (name.initial and len(name.words) == 1) and fold(name.text) not in stops
    ]


def _is_somebody(text: str, place: Place, language: str) -> bool:
    """A name of two words, or of one that stands behind no little word but that for who did something."""
    before = _last_word.search(text[: place[0]])
    little = before is not None and fold(before[1]) in stop_words(language) - _BY
    return " " in text[place[0] : place[1]] or not little


@cache
def _rules(language: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rule)) for kind, rule in _ASKED.get(language, ()))
