"""The forms in which exports and our own artifacts write a text, and what of a secret is seen in them."""

import html
import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from re import finditer, sub
from urllib.parse import quote, unquote

__all__ = ["FORMS", "readings", "seen"]

_WINDOW = 8
"""so much of a secret in a row is a leak"""


def _base64(before: int) -> Callable[[str], str]:
    return lambda text: b64encode(b" " * before + text.encode()).decode()


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": lambda text: quote(text, safe=""),
    "percent, all of it": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "percent, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, with slashes": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON, all of it": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"a": text}))[1:-1],
    "HTML": html.escape,
    "HTML, numbers": lambda text: "".join(letter if letter.isalnum() else f"&#{ord(letter)};" for letter in text),
    "base64": _base64(0),
    "base64, one behind": _base64(1),
    "base64, two behind": _base64(2),
    "base64, of JSON": lambda text: b64encode(json.dumps({"at": text}).encode()).decode(),
    "base64, of URLs": lambda text: urlsafe_b64encode(f"é?>{text}".encode()).decode().rstrip("="),
    "base64 in a URL": lambda text: quote(b64encode(text.encode()).decode(), safe=""),
    "base64 of a URL": lambda text: b64encode(quote(text, safe="").encode()).decode(),
}


def seen(secret: str, said: str) -> bool:
    """Whether a part of the secret can be read in it, however often it is decoded."""
    parts = {secret[at : at + _WINDOW] for at in range(max(1, len(secret) - _WINDOW + 1))}
    return any(part in reading for reading in readings(said, 3) for part in parts)


def readings(said: str, deepest: int) -> set[str]:
    """The text, and what it says when it is decoded once, twice ... in each way."""
    found = {said}
    for _ in range(deepest):
        found |= {
            text for each in found for text in (unquote(each), html.unescape(each), _unescaped(each), *_unpacked(each))
        }
    return found


def _unescaped(said: str) -> str:
    text = sub(r"\\+u00([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), said)
    return sub(r"\\+(?:n|(\W))", r"\1", text)


def _unpacked(said: str) -> list[str]:
    """What runs of base64 say, wherever their groups of four begin."""
    runs = [match[0].translate(str.maketrans("-_", "+/")) for match in finditer(r"[\w+/-]{12,}", said)]
    return [text for run in runs for at in range(4) if (text := _decoded(run[at:]))]


def _decoded(letters: str) -> str:
    try:
        return b64decode(letters[: len(letters) // 4 * 4]).decode("latin-1")
    except (Error, ValueError):
        return ""
