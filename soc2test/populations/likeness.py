"""When two texts name the same mailbox or login, and when they only look so. Both sides of every join ask here.

A false match is as bad as a miss: an address matches in any case, and no further. Dots and plus-aliases stay, for only
the domain's owner knows whether ann+aws@ is ann@. What merely looks the same (full width, a Kelvin sign, ss for a sharp
s, an invisible character) is no match and no certain miss either: a join over it is unknown.
"""

import re
import unicodedata

__all__ = ["LOOK_ALIKES", "looks_like", "normal_email", "one_mailbox", "one_name"]

LOOK_ALIKES = str.maketrans(
    "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445"
    "\u0443\u04bb\u0501\u051b\u051d\u03b1\u03bf\u03bf\u03c1\u03bd",
    "aceijopsxyhdqwaoopv",
)
"""Small Cyrillic and Greek letters that print as Latin ones do (after the Unicode Consortium's confusables): by them
two texts may be one, and never are."""

_WORDS = re.compile(r"[^\W\d_]+")


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
    if text.isascii():
        return "".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(each for each in folded if not each.isspace() and unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFKC", seen)


def one_mailbox(one: str, other: str) -> bool:
    """Whether two addresses may be those of one mailbox: but for case, look-alikes, dots and a plus-alias."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(address: str) -> str:
    local, _, domain = looks_like(address).translate(LOOK_ALIKES).rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def one_name(one: str, other: str) -> bool:
    """Whether two names may be those of one person: the same words in any order, with accents, initials or more."""
    short, long = sorted((_words(one), _words(other)), key=len)
    if len(short) < 2:  # noqa: PLR2004  # a single word is a name only where nothing stands beside it
        return bool(short) and short == long
    whole = [word for word in short if len(word) > 1 and word in long]
    return bool(whole) and all(any(_abbreviates(word, of) for of in long) for word in short)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().translate(LOOK_ALIKES))
    return _WORDS.findall("".join(each for each in plain if unicodedata.category(each) not in ("Mn", "Cf")))


def _abbreviates(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _lower(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 and lower.isascii() == letter.isascii() else letter
