"""What people write where they have nothing to write: it fills a field and says nothing.

One list for registers, soc2.yaml and the files beside it, so that a word refused in one place passes in none.
"""

import re

__all__ = ["is_placeholder"]

_WORDS = frozenset(
    (
        "tbd", "tba", "tbc", "todo", "fixme", "na", "notapplicable", "notavailable", "notknown", "unknown",
        "none", "null", "nil", "nan", "undefined", "unassigned", "notset", "placeholder", "dummy", "changeme", "fillme",
        "fillin", "loremipsum", "yourname", "namehere", "nvt", "entfällt", "keine",
    )
)  # fmt: skip
"""Written without blanks, dots, slashes and dashes, so that `n.a.`, `N/A` and `n - a` are one word."""
_OF_AN_ADDRESS = frozenset(
    ("tbd", "tba", "tbc", "todo", "none", "null", "unknown", "changeme", "placeholder", "dummy", "notapplicable")
)
"""Before the @. Short words are left out that are also names of people (`na@`)."""
_TO_BE = re.compile(r"tobe(defined|determined|decided|announced|confirmed|done|completed|added|assigned|filledin)")
_CROSSES = re.compile(r"x+")
_SHEET_ERROR = re.compile(
    r"#[¡¿]?[^\W\d_]+(/[0A-Z])?\s?[!?]"  # #REF!, #DIV/0!, #NAME?, #¡VALOR!, #NOM ?
    r"|#N/?[ADV]"  # #N/A, #N/D, #NV
    r"|#GETTING_DATA"
    r"|Err:[0-9]{3}",  # LibreOffice
    re.IGNORECASE,
)
_FORMULA = re.compile(r"=\s*[A-Z$('\"+-][^@]*", re.IGNORECASE | re.DOTALL)
_SAMPLE_DOMAIN = re.compile(r"@([a-z0-9-]+\.)*example\.(com|org|net|edu)$", re.IGNORECASE)
"""Nobody can have an address there (RFC 2606), and the samples that `soc2test init` writes do."""
_ADDRESS = re.compile(r"([^@\s]+)@[^@\s]+")
_AROUND = " \t\r\n\u00a0.,;:!*'\"`()[]{}<>"
_BETWEEN = re.compile(r"[\s\u00a0./\\_-]+")


def is_placeholder(text: str) -> bool:
    """True where `text` stands in for content that is not there: TBD, N/A, none, -, ?, xxx, #REF!, nothing at all.

    Case, and blanks, dots and brackets around, make no difference. Texts without a letter or digit are placeholders,
    and so are errors of spreadsheets (`#N/A`, `Err:508`), formulas that were never computed, what stands in angle
    brackets (`<owner>`), and addresses of those (`tbd@...`) or of a domain for examples (`ann@example.com`).
    """
    plain = text.strip(_AROUND)
    if not any(sign.isalnum() for sign in plain):
        return True
    whole = text.strip()
    if _SHEET_ERROR.fullmatch(whole) or _FORMULA.fullmatch(whole) or _is_slot(whole):
        return True
    return _says_nothing(_squeezed(plain)) or _is_nobodys_address(plain)


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", text.casefold())


def _says_nothing(word: str) -> bool:
    return word in _WORDS or _TO_BE.fullmatch(word) is not None or _CROSSES.fullmatch(word) is not None


def _is_slot(text: str) -> bool:
    """The slot of a template that nobody filled in: `<name of the owner>`."""
    return text.startswith("<") and text.endswith(">")


def _is_nobodys_address(text: str) -> bool:
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return False
    return _SAMPLE_DOMAIN.search(text) is not None or _squeezed(address[1]) in _OF_AN_ADDRESS
