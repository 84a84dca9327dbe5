"""What vendors put into strings: JSON (once, twice, URL-encoded), base64, yes and no, one value instead of a list."""

import base64
import binascii
from typing import Any
from urllib.parse import unquote

from soc2test.errors import EvidenceError, UnknownFact
from soc2test.evidence import json_text
from soc2test.sources.item import Item

__all__ = ["as_list", "embedded_json", "embedded_text", "yes_or_no"]

_NESTED = 2
_WORDS = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}


def embedded_json(value: Any, what: str = "value", trouble: str = "") -> Any:
    """The JSON in a string, decoded as often as it is nested (twice at most); other values as they are, `Item`s plain.

    AWS's wire URL-encodes policy documents, its CLI decodes them; Config rules hold JSON in JSON. Raises `UnknownFact`
    of `what` with `trouble` where a string is no JSON or names a key twice: both readings of such a text may be wrong.
    """
    for _ in range(_NESTED):
        if not isinstance(value, str):
            break
        value = _parsed(value, what, trouble or f"the {what} is not JSON, or names a key twice")
    return value.raw if isinstance(value, Item) else value


def _parsed(text: str, what: str, trouble: str) -> Any:
    plain = unquote(text) if text.lstrip()[:1] == "%" else text
    try:
        return json_text.parse(plain.encode(), "")
    except (EvidenceError, UnicodeEncodeError):
        raise UnknownFact(what, trouble) from None


def embedded_text(content: str, begins: str, what: str = "content") -> str:
    """The text in a base64 string; a string that `begins` as the text does is taken as it is (some tools decode it).

    Raises `UnknownFact` where it is neither.
    """
    if content.lstrip("\ufeff \r\n").startswith(begins):
        return content.lstrip("\ufeff \r\n")
    try:
        return base64.b64decode("".join(content.split()), validate=True).decode("utf-8-sig")
    except (binascii.Error, ValueError):
        raise UnknownFact(what, f"the {what} is neither base64 nor text that begins as it should") from None


def yes_or_no(text: str) -> bool | None:
    """What a cell of a CSV says in one of the usual words (true, TRUE, Yes, Y, 1 ...); None where it says neither."""
    return _WORDS.get(text.strip().lower())


def as_list(value: Any) -> list[Any]:
    """What may be one value or a list of them, as a list: IAM's Statement, Action, Resource; [] for None."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
