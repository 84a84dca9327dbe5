"""Values that the schema refuses, in the words of who keeps the register: what was read, and what to write instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import category

from soc2test import is_placeholder, yes_or_no
from soc2test_plugins.registers.schemas import IDS, Key, entry_schema, is_date, load_schema, mapped, types_of

__all__ = ["in_head", "mistyped"]

Fault = tuple[tuple[str | int, ...], str]

_HOW_TO_DATE = "write a day as 2026-11-20, or a time with its zone as 2026-11-20T16:30Z"
_ACCOUNT = r"^[a-z0-9_-]+:\S+$"
_NO_ACCOUNT = "is no account: write its source in small letters and its login, with a colon between, as github:ann"
_NO_ADDRESS = "is no e-mail address: write it as ann@company.example"
_NOT_ALONE = (
    "holds more than an e-mail address: write ann@company.example alone, without mailto:, brackets or signs behind it"
)
_IN_NO_ADDRESS = re.compile(r"[()<>\[\]:;,\\\"]|\.$")
"""signs that stand in no address but in quotes (RFC 5322, 3.2.3), and the dot behind one"""
_LOST_LETTER = "holds a sign in the place of a letter that was lost when the file was saved: write the text again"
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")
"""What Excel and LibreOffice show of a number that is too long for its cell, and write into a CSV."""
_LOST_DIGITS = (
    "holds a number that a spreadsheet has shortened: look up all of its digits, and write them into a column that is "
    "formatted as text"
)
_NO_WHOLE_NUMBER = "is no whole number: write it in digits alone, as 3"
_UNSEEN = "holds a sign that is not seen, or looks as another one: write it again by hand"
_APOSTROPHE = "begins with an apostrophe, by which a spreadsheet is told that a text follows: take it away"


def mistyped(register: str, entries: Sequence[Any], *, of_csv: bool) -> Iterator[Fault]:
    """Values of entries that are of another type or form than the register's; what else is wrong the schema says."""
    for number, entry in enumerate(entries):
        faults: list[Fault] = []

        def note(path: tuple[str | int, ...], key: Key, value: Any, faults: list[Fault] = faults) -> Any:
            if text := _wrong(register, path, key, value, of_csv=of_csv):
                faults.append((path, text))
            parts = enumerate(value if isinstance(value, list) else ())
            faults.extend(((*path, number), text) for number, part in parts if (text := _wrong_part(key, part)))
            return value

        if isinstance(entry, dict):
            mapped(entry, entry_schema(register), note)
        yield from ((("entries", number, *path), text) for path, text in faults)


def in_head(register: str, body: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong above the entries."""
    keys = load_schema(register)["properties"]
    owner, as_of = body.get("owner"), body.get("as_of")
    if type(owner) is str and (not re.search(keys["owner"]["pattern"], owner) or _IN_NO_ADDRESS.search(owner)):
        said = "holds a placeholder" if is_placeholder(owner) else "is no address"
        yield ("owner",), f"{said}: write the e-mail address of the person who keeps the register, or leave it out"
    if type(as_of) is str and not re.search(keys["as_of"]["pattern"], as_of):
        yield ("as_of",), f"{'holds a placeholder' if is_placeholder(as_of) else 'is no date'}: {_HOW_TO_DATE}"


def _wrong(register: str, path: tuple[str | int, ...], key: Key, value: Any, *, of_csv: bool) -> str:
    """What is wrong with a value; "" where nothing is, or the schema says it as well."""
    types = types_of(key)
    if value is None and types and "null" not in types:
        return "is not filled in: write what is known"
    if "boolean" in types and type(value) in (str, int):
        return _no_flag(register, value, of_csv=of_csv)
    if "string" in types and type(value) in (bool, int, float):
        return _no_text(key, value)
    if type(value) is not str:
        return ""
    if "string" not in types:
        return _NO_WHOLE_NUMBER if of_csv and "integer" in types and not is_placeholder(value) else ""
    if "\ufffd" in value:
        return _LOST_LETTER
    if key.get("format") == "email":
        return _no_address(key, value)
    if _SHORTENED.fullmatch(value):
        return _LOST_DIGITS
    return _no_id(value) if len(path) == 1 and path[0] in IDS.get(register, ("id",)) else ""


def _no_id(value: str) -> str:
    """What keeps a text from being the id that people take it for; "" where nothing does."""
    if value.startswith("'"):
        return _APOSTROPHE
    return _UNSEEN if any(category(sign) == "Cf" for sign in _beyond_ascii(value)) else ""


def _no_address(key: Key, value: str) -> str:
    """What is wrong with an e-mail address; "" where nothing is."""
    if not re.search(key["pattern"], value):
        return "holds a blank: write one address without any" if re.search(r"\S\s+\S", value) else _NO_ADDRESS
    if _IN_NO_ADDRESS.search(value):
        return _NOT_ALONE
    letters_alone = all(category(sign)[0] in "LMN" for sign in _beyond_ascii(value))
    return "" if letters_alone else _UNSEEN


def _beyond_ascii(value: str) -> str:
    """The signs of other scripts, and those that texts from web pages bring along: of no width, or other hyphens."""
    return "" if value.isascii() else "".join(sign for sign in value if not sign.isascii())


def _wrong_part(key: Key, part: Any) -> str:
    """What is wrong with a value of a list; "" where nothing is, or the schema says it as well."""
    items = key.get("items", {})
    if type(part) is not str:
        return ""
    if items.get("pattern") == _ACCOUNT and not re.search(_ACCOUNT, part):
        return _NO_ACCOUNT
    return _no_address(items, part) if items.get("format") == "email" and part else ""


def _no_flag(register: str, value: str | int, *, of_csv: bool) -> str:
    if of_csv:
        in_soc2_yaml = f"say under registers.{register} in soc2.yaml which words mean them (`yes: [...]`, `no: [...]`)"
        return f"is neither yes nor no: write yes or no (or true, false), or {in_soc2_yaml}"
    read_as_text = type(value) is str and yes_or_no(value) is not None
    return f"{'is a text, as YAML 1.2 reads yes and no' if read_as_text else 'is no boolean'}: write true or false"


def _no_text(key: Key, value: bool | float) -> str:
    if is_date(key):
        return f"is no date: {_HOW_TO_DATE if key.get('format') != 'date' else 'write a day as 2026-11-20'}"
    read = "true or false" if type(value) is bool else "a number"
    return f"is read as {read} where a text belongs: write it in quotes"
