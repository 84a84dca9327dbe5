"""What says nothing in registers: TBD is no person, N/A no date and "not checked" no way of checking.

Such a fact is unknown, and never none.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from soc2test import Unknown, is_placeholder
from soc2test_plugins.registers.negations import says_not_yet, says_only_no
from soc2test_plugins.registers.schemas import IDS, Key, entry_schema, is_date, mapped, types_of

__all__ = ["in_no_column", "is_no_id", "without_placeholders"]


_ZERO_DATES = (
    "0000-00-00", "0001-01-01", "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01",
    "1904-01-01", "1970-01-01", "9999-12-31",
)  # fmt: skip
"""What spreadsheets and databases show where a date is 0, or the last one that they can hold."""
_DIGEST = re.compile("[0-9A-Fa-f]{64}")


def without_placeholders(register: str, entry: Any, place: str) -> Any:
    """A copy of the entry with `Unknown` in the place of what says nothing; `place` says where the entry stands.

    An id stays what it is: without one nobody knows which entry it is, and `is_no_id` refuses it.
    """
    if not isinstance(entry, dict):
        return entry
    return mapped(entry, entry_schema(register), partial(_said, register, place))


def in_no_column(register: str, keys: Sequence[str]) -> dict[str, Unknown]:
    """What a table does not tell, as soc2.yaml says: unknown of each entry, and never none.

    The reason is the same for all rows, so that it is told once.
    """
    there = f"of the register of {register} is in no column, as registers.{register}.unknown in soc2.yaml says"
    return {key: Unknown(f"{key} {there}: add the column to the export", what=key) for key in keys}


def is_no_id(value: Any) -> bool:
    """True for a placeholder where an id should be. There is a vendor whose name is X, and an account called test."""
    return type(value) is str and is_placeholder(value) and value.strip().casefold() not in ("", "x", "test")


def _said(register: str, place: str, path: tuple[str | int, ...], key: Key, value: Any) -> Any:
    if path[-1] in IDS.get(register, ("id",)) and len(path) == 1:
        return value
    if type(value) is str and says_only_no(register, str(path[-1]), value):
        text = "says no more than yes or no: write it in a sentence, or null where there is nothing to write"
        return Unknown(f"{path[-1]} ({place}) {text}")
    if type(value) is str and says_not_yet(register, str(path[-1]), value):
        text = "says that it is yet to be done: write what was done, or null until then"
        return Unknown(f"{path[-1]} ({place}) {text}")
    parts = value if isinstance(value, list) else [value]
    if not any(_says_nothing(str(path[-1]), part, key) for part in parts):
        return value
    if "object" in types_of(key):  # a document that is not named yet: the row has nothing behind it
        return None
    return Unknown(
        f"{path[-1]} ({place}) holds a placeholder, which is {_wanted(str(path[-1]), key)}: write what is known"
    )


def _says_nothing(name: str, value: Any, key: Key) -> bool:
    """A placeholder that is no word of the register's own; what is empty is the schema's to judge."""
    if type(value) is not str or value.strip() == "" or value in key.get("enum", ()):
        return False
    if name == "sha256" and _DIGEST.fullmatch(value):  # that of zeros is a wrong one, as the file shows
        return False
    if is_date(key) and value.strip()[:10] in _ZERO_DATES:
        return True
    return is_placeholder(value) or (value.strip() == "0" and _is_in_words(name, key))


def _is_in_words(name: str, key: Key) -> bool:
    """True where a 0 can't be meant: neither in a number nor in the name of a version."""
    return "string" in types_of(key) and not name.endswith("version")


def _wanted(name: str, key: Key) -> str:
    types = types_of(key)
    if is_date(key):
        return "no date"
    if key.get("format") == "email" or name.endswith("_by"):
        return "not a person"
    if "boolean" in types:
        return "neither yes nor no"
    return "no number" if "integer" in types else "no content"
