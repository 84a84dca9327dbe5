"""What is done with a parsed register: made ready for its schema, checked beyond it, and arranged to be read."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from soc2test import Context
from soc2test_plugins.registers.cells import entry_of, tidied
from soc2test_plugins.registers.days import as_moments, misdated
from soc2test_plugins.registers.mistyped import in_head, mistyped
from soc2test_plugins.registers.old_keys import outdated
from soc2test_plugins.registers.placed import places, with_place
from soc2test_plugins.registers.sameness import contradicting
from soc2test_plugins.registers.schemas import IDS, entry_schema
from soc2test_plugins.registers.spells import mistimed, with_spells
from soc2test_plugins.registers.unsaid import in_no_column, is_no_id, without_placeholders

__all__ = ["arrange", "checks", "prepare"]

Fault = tuple[tuple[str | int, ...], str]
_TABLE = {"entries", "columns", "rows"}
"""the keys of the body of a CSV; that of an .xlsx file, and of one whose columns soc2.yaml maps, has more"""
_MORE = {"sheet", "faults", "headers", "unknown"}


def prepare(register: str, body: Any) -> Any:
    """The body to validate. The rows of a CSV or a spreadsheet become entries under the head that a YAML register has.

    Raises `ValueError` where the columns of a table without rows are not the register's: then it is no empty register.
    """
    if not isinstance(body, dict):
        return body
    of_table = body.keys() >= _TABLE and body.keys() <= _TABLE | _MORE
    if of_table and not body["entries"]:
        _check_columns(register, [*body["columns"], *body.get("unknown", ())])
    entries = [entry_of(register, row) for row in body["entries"]] if of_table else _tidied(register, body)
    if not isinstance(entries, list):
        return body  # the schema says what is wrong
    there = places(len(entries), body["rows"] if of_table else ())
    said = [without_placeholders(register, entry, place) for entry, place in zip(entries, there, strict=True)]
    if of_table and body.get("unknown"):
        untold = in_no_column(register, body["unknown"])
        said = [{**entry, **untold} for entry in said]
    # as_of is null, not left out: manifest.yaml dates a table
    head = {"register": register, "as_of": None} if of_table else body
    return {**head, "entries": said}


def _tidied(register: str, body: Mapping[str, Any]) -> Any:
    entries = body.get("entries")
    return [tidied(register, entry) for entry in entries] if isinstance(entries, list) else entries


def _check_columns(register: str, columns: list[str]) -> None:
    """An error text or a cut header is a CSV without rows too; a register that is empty has its columns at least."""
    entry = entry_schema(register)
    if missing := [name for name in entry["required"] if name not in columns]:
        text = f"has no rows, and no column \"{missing[0]}\": not an empty register of {register}"
        raise ValueError(f"{text}; `soc2test init --register {register}` writes one with all columns")
    for place, name in enumerate(columns, 1):
        if name not in entry["properties"]:
            meant = get_close_matches(name.casefold(), entry["properties"], n=1)
            near = f"; did you mean {meant[0]!r}?" if meant else ""
            raise ValueError(f"has no rows, and column {place} is none of the register of {register}{near}")


def checks(register: str, body: Any, context: Context) -> list[Fault]:
    """What is wrong with a prepared body that its schema can't say."""
    entries = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(entries, list):
        return []
    there, of_csv = places(len(entries), context.rows), bool(context.rows)
    faults = [*in_head(register, body), *outdated(register, entries), *_nameless(register, entries)]
    faults += [*misdated(register, body, context), *mistyped(register, entries, of_csv=of_csv)]
    if register == "people":
        faults += mistimed(body, there, context)
    else:
        faults += contradicting(register, entries, there)
    return faults


def _nameless(register: str, entries: list[Any]) -> Iterator[Fault]:
    """Entries with a placeholder as their id."""
    for number, entry in enumerate(entries):
        for key in IDS.get(register, ("id",)) if isinstance(entry, dict) else ():
            if is_no_id(entry.get(key)):
                yield ("entries", number, key), "holds a placeholder or an example: nobody knows which entry this is"


def arrange(register: str, body: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The body that is read: its days as moments in the company's zone, and each person's times of work together.

    What is unknown of an entry says where it stands.
    """
    entries = with_spells(body, context) if register == "people" else body["entries"]
    dated = [as_moments(register, entry, context) for entry in entries]
    there = zip(dated, places(len(dated), context.rows, context.numbers), strict=True)
    return {**body, "entries": [with_place(register, entry, place, context) for entry, place in there]}
