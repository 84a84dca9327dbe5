"""What people write where they have nothing to write: it fills a field and says nothing.

One list for registers, soc2.yaml and the files beside it, so that a word refused in one place passes in none.
"""

import re
from unicodedata import category, normalize

from soc2test.evidence.pointers import points_nowhere
from soc2test.evidence.unexplained import explains_nothing, without_subject

__all__ = ["is_filler", "is_placeholder"]

_WORDS = frozenset(
    (
        "tbd", "tba", "tbc", "todo", "fixme", "na", "notapplicable", "notavailable", "notknown", "unknown",
        "none", "null", "nil", "nan", "undefined", "unassigned", "notset", "placeholder", "dummy", "changeme", "fillme",
        "fillin", "loremipsum", "yourname", "namehere", "nvt", "entfällt", "keine",
    )
)  # fmt: skip
"""Written without blanks, dots, slashes and dashes, so that `n.a.`, `N/A` and `n - a` are one word."""
_LAZY = frozenset(
    (
        "later", "comingsoon", "pending", "stillpending", "awaiting", "wip", "workinprogress", "inprogress",
        "notyet", "notyetknown", "notknownyet", "notyetdecided", "notdecidedyet", "notyetdefined", "dontknow",
        "idontknow", "noidea", "someone", "somebody", "whatever", "seeabove", "seebelow", "asabove", "sameasabove",
        "sameabove", "ditto", "idem", "test", "blabla", "foobar",
        "unclear", "undetermined", "uncertain", "unidentified", "unexplained", "inconclusive", "investigating",
        "offen", "nochoffen", "folgt", "folgtnoch", "folgtspäter", "später", "wirdnachgereicht", "wirdnochnachgereicht",
        "wirdergänzt", "wirdnochergänzt", "zuklären", "nochzuklären", "wirdgeklärt", "wirdnochgeklärt", "inklärung",
        "unklar", "nochunklar", "inarbeit", "ausstehend", "unbekannt", "nichtbekannt", "nochnichtbekannt",
        "keineangabe", "keineangaben", "nichtzutreffend", "nichtanwendbar", "sieheoben", "sieheunten",
        "àdéfinir", "adéfinir", "adefinir", "àdéterminer", "àpréciser", "àcompléter", "enattente", "inconnu",
        "nonapplicable", "sansobjet", "voircidessus",
        "pordefinir", "pordeterminar", "pendiente", "desconocido", "noaplica", "sindefinir", "verarriba",
        "pendente", "desconhecido", "nãoaplicável", "naoaplicavel", "veracima",
        "dadefinire", "dadeterminare", "insospeso", "sconosciuto", "nonapplicabile", "vedisopra",
        "ntb", "nogtebepalen", "nadertebepalen", "volgt", "onbekend", "ziehierboven",
        "нет", "нд", "неизвестно", "позже", "уточняется", "смвыше",
        "不明", "未定", "未知", "待定", "待确认", "无", "無", "暂无", "不适用",
        "なし", "該当なし", "미정", "없음", "해당없음",
    )
)  # fmt: skip
"""Nothing to say when they stand alone, in other languages too; words with a meaning in a sentence (`test account`)."""
_OF_AN_ADDRESS = frozenset(
    ("tbd", "tba", "tbc", "todo", "none", "null", "unknown", "changeme", "placeholder", "dummy", "notapplicable")
)
"""Before the @. Short words are left out that are also names of people (`na@`)."""
_TO_BE = re.compile(
    r"(still|yet)?tobe(defined|determined|decided|announced|confirmed|done|completed|added|assigned|filledin|clarified"
    r"|provided|agreed|named|appointed|advised|discussed|checked|investigated|established|identified|analy[sz]ed|found"
    r"|examined|explained)"
)
_CROSSES = re.compile(r"x+")
_DOTTED = re.compile(r"(k\. ?a|n\. ?n|s\. ?o|k/a|s/o)\.?", re.IGNORECASE)
"""Without their dots they are names: NN is an insurer, and Ka and So are people."""
_LONGEST = 60
"""signs of a text that begins with TBD: a longer one may have told what is known after all"""
_BEGINS = re.compile(
    r"(?:(?i:still|currently|date|owner) )?"
    r"(?:(?i:tbd|#?n/a)|tba|tbc|n\.a\.|(?:TBA|TBC|Tba|Tbc)(?! [A-Z])|TODO"
    r"|(?i:to-?do)(?! (?i:el|la|lo|los|las|un|una|o|a|os|as|il|e|y|de|mundo|tipo|personal)\b))"
    r"(?=[\s:;,(\[{/=?!]|[.\u2013\u2014-](?:\s|$)|$)"
)
"""TBC Bank is a vendor, TBA-01 an id, N.A. Rao a person, and `todo el personal` is everybody."""
_SEE = re.compile(
    r"(see|ask|siehe|voir|ver|vedi|zie)\s+(the\s+)?(hr|legal|it|finance|ops|security|above|below|notes?|comments?|oben"
    r"|unten|personal|ci-dessus|ci-dessous|arriba|abajo|acima|abaixo|sopra|sotto|boven|hierboven)",
    re.IGNORECASE,
)
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
_PARTS = re.compile(r"[,;]\s+|\s[-\u2013\u2014]\s")
"""between things that are said one after the other: `Unknown, could not be reproduced`"""
_AROUND = " \t\r\n\u00a0.,;:!*'\"`()[]{}<>"
_BETWEEN = re.compile(r"[\s\u00a0./\\_-]+")
_KEYBOARD_ROWS = (
    "qwertyuiop", "qwertzuiopü", "azertyuiop", "asdfghjklöä", "asdfghjkl;", "qsdfghjklm", "zxcvbnm", "yxcvbnm",
)  # fmt: skip
_LEAST_OF_A_ROW = 4
"""keys from the left end of a row; the German word Wert stands further within"""


def _row_runs() -> str:
    starts = {row[:end] for row in _KEYBOARD_ROWS for end in range(_LEAST_OF_A_ROW, len(row) + 1)} - {"azer"}
    return "|".join(map(re.escape, sorted(starts, key=lambda start: (-len(start), start))))


_KEYS = re.compile(rf"(?:{_row_runs()})(?:{_row_runs()}|h?jkl[;ö]?)*|(?:asd|qwe|qaz|zxc|yxc){{2,}}f?|(.)\1{{3,}}")
_LOOK_ALIKES = str.maketrans(
    "авеіјкмнорѕтухьԁԝոαβεικμνορτυχζАВЕІЈКМНОРЅТУХԀԜΑΒΕΗΙΚΜΝΟΡΤΥΧΖ",
    "abeijkmhopstyxbdwnabeikmvoptuxzABEIJKMHOPSTYXDWABEHIKMNOPTYXZ",
)
"""Letters of Cyrillic, Greek and Armenian that are seen as Latin ones."""


def is_placeholder(text: str) -> bool:
    """True where `text` stands in for content that is not there: TBD, N/A, none, -, ?, xxx, #REF!, nothing at all.

    Case, width, and blanks, dots and brackets around, make no difference, nor do letters of another script that look
    the same. Texts without a letter or digit are placeholders, and so are short ones that begin with TBD or N/A,
    words that put it off in some languages (`folgt`, `pendiente`, `later`), what points elsewhere and says neither id
    nor place (`see ticket`, where `see INC-12` is content), what says of a cause that nobody knows it (`under
    investigation`, `could not be determined`), runs of a keyboard, errors of spreadsheets (`#N/A`, `Err:508`), formulas
    that were never computed, what stands in angle brackets (`<owner>`), and addresses of those (`tbd@...`) or of a
    domain for examples (`ann@example.com`).
    """
    read = _as_read(text)
    return _stands_in(read) or (not read.isascii() and _stands_in(read.translate(_LOOK_ALIKES)))


def is_filler(word: str) -> bool:
    """True for a word that says nothing in a sentence either: `TBD` and `asdf`, and not `later` or `test`."""
    return is_placeholder(word) and _squeezed(_as_read(word).strip(_AROUND)) not in _LAZY


def _as_read(text: str) -> str:
    """The text as people see it: one width, and nothing that has none."""
    if text.isascii():
        return text
    return "".join(sign for sign in normalize("NFKC", text) if category(sign) != "Cf")


def _stands_in(text: str) -> bool:
    plain = text.strip(_AROUND)
    if not any(sign.isalnum() for sign in plain):
        return True
    whole = text.strip()
    if _SHEET_ERROR.fullmatch(whole) or _FORMULA.fullmatch(whole) or _is_slot(whole):
        return True
    return _says_nothing(_squeezed(plain)) or _puts_it_off(plain) or _is_nobodys_address(plain)


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", text.casefold())


def _says_nothing(word: str) -> bool:
    shapes = (_TO_BE, _CROSSES, _KEYS)
    return word in _WORDS or word in _LAZY or any(shape.fullmatch(word) for shape in shapes)


def _puts_it_off(text: str) -> bool:
    """`TBD by legal`, `n/a yet`, `see HR`, and what needs its dots (`k.A.`)."""
    if _DOTTED.fullmatch(text) or _SEE.fullmatch(text) or points_nowhere(text) or explains_nothing(text):
        return True
    parts = _PARTS.split(text)
    if len(parts) > 1 and len(text) <= _LONGEST and all(_stands_in(part) for part in parts):
        return True
    rest = without_subject(text)
    if rest is not None and _stands_in(rest):
        return True
    return len(text) <= _LONGEST and _BEGINS.match(text) is not None


def _is_slot(text: str) -> bool:
    """The slot of a template that nobody filled in: `<name of the owner>`."""
    return text.startswith("<") and text.endswith(">")


def _is_nobodys_address(text: str) -> bool:
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return False
    name = _squeezed(address[1])
    return _SAMPLE_DOMAIN.search(text) is not None or name in _OF_AN_ADDRESS or _KEYS.fullmatch(name) is not None
