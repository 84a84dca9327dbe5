"""`Redacted`: what stands where an export holds a secret."""

from typing import Any, NoReturn

from soc2test.errors import UnknownFact

__all__ = ["REASON", "REDACTED", "Redacted", "is_composed", "shown"]

REASON = "the export holds a secret there, which soc2test does not read: decide by whether it is there"
_TEXT = "[redacted]"


class Redacted(str):
    """A text in the place of a secret: it is there, and what it says is not known.

    Presence may be asked for (`is not None`, `!= ""`, truth); a look at its content raises `UnknownFact`, so that
    `"TOKEN" not in user_data` is no pass. Handed on to `facts()` as it is, the fact is unknown.
    """

    __slots__ = ()

    def __new__(cls) -> "Redacted":
        """Always the same text."""
        return super().__new__(cls, _TEXT)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise UnknownFact("", REASON, code="redacted")

    def __repr__(self) -> str:  # pprint, on which pytest relies, takes what has the repr of a text for one
        return repr(_TEXT)

    def __str__(self) -> str:  # `str(value)` is what it was: else a copy would be an ordinary text
        return self

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str) or other == "" or other is self:
            return other is self
        return self._refuse()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(_TEXT)

    def __reduce__(self) -> tuple[object, ...]:
        return (Redacted, ())

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __len__ = __iter__ = __getitem__ = _refuse
    __add__ = __mod__ = __mul__ = _refuse
    startswith = endswith = find = rfind = index = rindex = count = split = rsplit = partition = rpartition = _refuse
    splitlines = replace = removeprefix = removesuffix = encode = translate = isdigit = isalpha = isalnum = _refuse
    lower = upper = casefold = title = capitalize = swapcase = strip = lstrip = rstrip = isdecimal = isnumeric = _refuse
    islower = isupper = isspace = isascii = isidentifier = isprintable = istitle = _refuse
    zfill = ljust = rjust = center = expandtabs = format_map = _refuse


REDACTED = Redacted()


def shown(value: str) -> str:
    """The value as an ordinary text: for what is only ever shown."""
    return _TEXT if isinstance(value, Redacted) else value


def is_composed(value: Any) -> bool:
    """True for a text that was put together with `REDACTED`, which no method of it can refuse (`f"{item['token']}"`).

    What such a text says is not known either, and as an id it would make one resource of two.
    """
    return type(value) is str and _TEXT in value
