"""Words for colours, by which a text says what colour something is without the word `colour`."""

from __future__ import annotations

import re

_NAMED = (
    "black|white|red|blue|green|yellow|brown|gr[ae]y|pink|purple|orange|violet|scarlet|crimson|azure|turquoise|beige|"
    "maroon|magenta|cyan|teal|lilac|lavender|mauve|indigo|khaki|navy|olive|tawny|russet|auburn|blond|blonde|hazel|amber|"
    "ivory|ebony|golden|gold|silver|silvery|bronze|copper|cream|rosy|ruddy|sable|snowy|vermilion|ochre|emerald|"
    "roan|chestnut|dun|sallow|swarthy|colou?rless"
)
COLOURS = rf"\b(?:{_NAMED}|(?:black|white|redd?|blu|green|yellow|brown|gr[ae]y|pink|purpl)ish)\b"
"""A pattern; case is the reader's affair."""
_colour = re.compile(COLOURS, re.IGNORECASE)


def colours(text: str) -> list[tuple[int, int]]:
    """Where a colour is named in `text`, by start and end."""
    return [match.span() for match in _colour.finditer(text)]
