"""Numbers in files: how those of paragraphs and list items are written (ECMA-376, 17.18.59), and what digits state."""

from __future__ import annotations

LETTERS = 40
"""Letters of a number that is written in letters; longer ones are mistakes."""

_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)


def written(number: int, style: str) -> str:
    """`number` in one of Word's styles; those that are not known, as ordinals in words, in digits."""
    if style == "decimalZero":
        return f"{number:02d}"
    if style in {"lowerLetter", "upperLetter"} and 0 < number <= 26 * LETTERS:
        times, at = divmod(number - 1, 26)
        letters = chr(ord("a") + at) * (times + 1)  # after z Word writes aa, bb, cc
        return letters if style == "lowerLetter" else letters.upper()
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if style == "lowerRoman" else roman.upper()
    return "" if style in {"bullet", "none"} else str(number)


def whole(value: str, digits: int) -> int | None:
    """The number that `value` states in at most so many digits; None where it states none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= digits else None
