"""Values that the schema refuses, in the words of who keeps the register: what was read, and what to write instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soc2test import is_placeholder, yes_or_no
from soc2test_plugins.registers.schemas import Key, entry_schema, is_date, load_schema, mapped, types_of

__all__ = ["in_head", "mistyped"]

Fault = tuple[tuple[str | int, ...], str]

_HOW_TO_DATE = "write a day as 2026-11-20, or a time with its zone as 2026-11-20T16:30Z"
_ACCOUNT = r"^[a-z0-9_-]+:\S+$"
_NO_ACCOUNT = "is no account: write its source in small letters and its login, with a colon between, as github:ann"
_NO_ADDRESS = "is no e-mail address: write it as ann@company.example"


def mistyped(register: str, entries: Sequence[Any], *, of_csv: bool) -> Iterator[Fault]:
    """Values of entries that are of another type or form than the register's; what else is wrong the schema says."""
    for number, entry in enumerate(entries):
        faults: list[Fault] = []

        def note(path: tuple[str | int, ...], key: Key, value: Any, faults: list[Fault] = faults) -> Any:
            if text := _wrong(key, value, of_csv=of_csv):
                faults.append((path, text))
            plain = enumerate(value if isinstance(value, list) else ())
            faults.extend(((*path, number), _NO_ACCOUNT) for number, each in plain if _is_no_account(key, each))
            return value

        if isinstance(entry, dict):
            mapped(entry, entry_schema(register), note)
        yield from ((("entries", number, *path), text) for path, text in faults)


def in_head(register: str, body: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong above the entries."""
    keys = load_schema(register)["properties"]
    owner, as_of = body.get("owner"), body.get("as_of")
    if type(owner) is str and not re.search(keys["owner"]["pattern"], owner):
        said = "holds a placeholder" if is_placeholder(owner) else "is no address"
        yield ("owner",), f"{said}: write the e-mail address of the person who keeps the register, or leave it out"
    if type(as_of) is str and not re.search(keys["as_of"]["pattern"], as_of):
        yield ("as_of",), f"{'holds a placeholder' if is_placeholder(as_of) else 'is no date'}: {_HOW_TO_DATE}"


def _wrong(key: Key, value: Any, *, of_csv: bool) -> str:
    """What is wrong with a value; "" where nothing is, or the schema says it as well."""
    types = types_of(key)
    if value is None and types and "null" not in types:
        return "is not filled in: write what is known"
    if "boolean" in types and type(value) in (str, int):
        return _no_flag(value, of_csv=of_csv)
    if "string" in types and type(value) in (bool, int, float):
        return _no_text(key, value)
    if key.get("format") == "email" and type(value) is str and not re.search(key["pattern"], value):
        return "holds a blank: write one address without any" if re.search(r"\S\s+\S", value) else _NO_ADDRESS
    return ""


def _is_no_account(key: Key, each: Any) -> bool:
    of_accounts = key.get("items", {}).get("pattern") == _ACCOUNT
    return of_accounts and type(each) is str and not re.search(_ACCOUNT, each)


def _no_flag(value: str | int, *, of_csv: bool) -> str:
    if of_csv:
        return "is neither yes nor no: write yes or no (or true, false)"
    read_as_text = type(value) is str and yes_or_no(value) is not None
    return f"{'is a text, as YAML 1.2 reads yes and no' if read_as_text else 'is no boolean'}: write true or false"


def _no_text(key: Key, value: bool | float) -> str:
    if is_date(key):
        return f"is no date: {_HOW_TO_DATE if key.get('format') != 'date' else 'write a day as 2026-11-20'}"
    read = "true or false" if type(value) is bool else "a number"
    return f"is read as {read} where a text belongs: write it in quotes"
