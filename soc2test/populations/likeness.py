"""When two texts name the same mailbox or login, and when they only look so. Both sides of every join ask here.

A false match is as bad as a miss: an address matches in any case, and no further. Dots and plus-aliases stay, for only
the domain's owner knows whether ann+aws@ is ann@. What merely looks the same (full width, a Kelvin sign, ss for a sharp
s, an invisible character) is no match and no certain miss either: a join over it is unknown.
"""

import unicodedata

__all__ = ["LOOK_ALIKES", "looks_like", "normal_email"]

LOOK_ALIKES = str.maketrans(
    "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445"
    "\u0443\u04bb\u0501\u051b\u051d\u03b1\u03bf\u03bf\u03c1\u03bd",
    "aceijopsxyhdqwaoopv",
)
"""Small Cyrillic and Greek letters that print as Latin ones do (after the Unicode Consortium's confusables): by them
two texts may be one, and never are."""


def normal_email(text: str) -> str:
    """An address as joins compare it: without blanks around it, without case, accents composed.

    A letter that is not ASCII never becomes one: the Kelvin sign is no k, the dotless i no i.
    """
    text = text.strip()
    if text.isascii():
        return text.lower()
    if any(unicodedata.normalize("NFC", each).isascii() != each.isascii() for each in text):
        return "".join(map(_lower, text))
    # composing may make capitals of what had none alone, so twice
    return unicodedata.normalize("NFC", "".join(map(_lower, unicodedata.normalize("NFC", text))))


def looks_like(text: str) -> str:
    """Texts that people would take for the same have one look: without case, width, blanks, invisible characters."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(each for each in folded if not each.isspace() and unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFKC", seen)


def _lower(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 and lower.isascii() == letter.isascii() else letter
