"""A table whose columns have other names than the keys of its call, as the body that one with these keys would have.

Nothing is guessed: a column that soc2.yaml names and that is not there refuses the file, and so does one of which
nobody can say whether it is meant. A cell that does not say what soc2.yaml lets it say is a fault of its entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import msgspec

from soc2test.evidence.mapped_cells import Unmapped, cell_meaning
from soc2test.evidence.table_map import TableMap, folded, matching
from soc2test.evidence.tables import CellFault, letters, refusal

__all__ = ["Plan", "applied", "fits", "plan_of"]

Fault = tuple[str, str]
"""Where something is wrong, and what."""
_NEARLY = 0.8
"""how much a header has to look like a key (`endet_at`) not to be left out without a word"""


class Plan(msgspec.Struct, frozen=True):
    """Which columns of one table hold which key."""

    map: TableMap
    columns: Mapping[str, tuple[int, ...]]
    """key -> the numbers of its columns, from 0"""
    names: tuple[str, ...]
    """the headers of the table"""

    @property
    def read(self) -> frozenset[str]:
        """The headers whose columns are read."""
        return frozenset(self.names[number] for numbers in self.columns.values() for number in numbers)


def fits(names: Sequence[str], map: TableMap) -> bool:
    """True where a table with these headers has a column for each key that it may not lack."""
    headers = tuple(names)
    needed = [header for key in map.needed if key not in map.unknown for header in map.headers.get(key, (key,))]
    return all(matching(header, headers) for header in needed)


def plan_of(names: Sequence[str], map: TableMap, file: str, place: str) -> Plan:
    """Which columns are read as which key. Raises `EvidenceError` with all that is wrong with the headers at once.

    `place` is that of the headers: "sheet People, row 1".
    """
    headers = tuple(names)
    faults: list[Fault] = []
    columns = {key: _columns_of(key, wanted, headers, map, faults) for key, wanted in map.headers.items()}
    mapped = {number for numbers in columns.values() for number in numbers}
    for number, name in enumerate(headers):
        if number in mapped:
            continue
        if name in map.headers or name in map.unknown:
            faults.append((_column(number, name), _said_twice(name, map)))
        elif name in map.keys:
            columns[name] = (number,)
        elif map.headers:
            faults += _nearly_a_key(number, name, headers, map)
        else:
            columns[name] = (number,)  # the schema refuses it with the nearest key
    faults += [
        ("", f"has no column for {key}, which the register needs: {_way_out(key, map)}")
        for key in map.needed
        if key not in columns and key not in map.unknown
    ]
    if faults:
        raise refusal(file, [(f"{place}, {where}" if where else place, text) for where, text in faults])
    return Plan(map=map, columns={key: columns[key] for key in sorted(columns, key=columns.__getitem__)}, names=headers)


def _columns_of(
    key: str, wanted: tuple[str, ...], headers: tuple[str, ...], map: TableMap, faults: list[Fault]
) -> tuple[int, ...]:
    numbers = []
    for header in wanted:
        found = matching(header, headers)
        if len(found) == 1:
            numbers.append(found[0])
        elif not found:
            text = f'has no column "{header}" for {key}, as {map.where} in soc2.yaml has it{_nearest(header, headers)}'
            faults.append(("", f"{text}: {_way_out(key, map)}"))
        else:
            which = " and ".join(f'{letters(number + 1)} ("{headers[number]}")' for number in found)
            text = f'may both be "{header}", as {map.where} in soc2.yaml has {key}'
            faults.append((f"columns {which}", f"{text}: write there the header of one of them as it is spelt"))
    return tuple(numbers)


def _said_twice(name: str, map: TableMap) -> str:
    if name in map.unknown:
        text = f"is the register's own {name}, and {map.where} in soc2.yaml says that it is in no column"
        return f"{text}: write `{name}: {name}` under {map.where}.columns, and take it out of unknown"
    told = " and ".join(f'"{header}"' for header in map.headers[name])
    text = f"is the register's own {name}, and {map.where} in soc2.yaml has {told} for it"
    return f"{text}: rename the column that is not meant, or write `{name}: {name}` under {map.where}.columns"


def _nearly_a_key(number: int, name: str, headers: tuple[str, ...], map: TableMap) -> Iterator[Fault]:
    """A column that nobody mapped and that is called nearly as a key is: left out, what it says would be lost."""
    if folded(name) in map.ignored:
        return
    free = [key for key in map.keys if key not in map.headers and key not in map.unknown and key not in headers]
    meant = get_close_matches("_".join(folded(name).split()), free, n=1, cutoff=_NEARLY)
    if meant:
        text = f'may be {meant[0]}: write `{meant[0]}: "{name}"` under {map.where}.columns in soc2.yaml'
        yield _column(number, name), f"{text}, or the header under {map.where}.ignored where it is something else"


def _nearest(header: str, headers: tuple[str, ...]) -> str:
    by_fold = {folded(name): name for name in headers}
    found = get_close_matches(folded(header), by_fold, n=1)
    return f' (nearest is "{by_fold[found[0]]}")' if found else ""


def _way_out(key: str, map: TableMap) -> str:
    return (
        f'write its header under {map.where}.columns (`{key}: "Header"`), add the column to the export, or write {key} '
        f"under {map.where}.unknown, and it is unknown of every row"
    )


def _column(number: int, name: str) -> str:
    return f'column {letters(number + 1)} ("{name}")'


def applied(body: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """The body with the keys in the place of headers; what its cells mean is told as the key's own texts.

    `headers` says which columns a key is of, `unknown` which keys no column tells, `faults` all cells that can't be
    read, those of a spreadsheet too.
    """
    faults: list[CellFault] = []
    entries = [_entry(number, row, plan, faults) for number, row in enumerate(body["entries"])]
    key_of = {plan.names[column]: key for key, columns in plan.columns.items() for column in columns}
    unreadable = [(number, key_of[header], text) for number, header, text in body.get("faults", ())]
    headers = {key: [[column + 1, plan.names[column]] for column in columns] for key, columns in plan.columns.items()}
    return {
        **body,
        "entries": entries,
        "columns": list(plan.columns),
        "faults": [*faults, *unreadable],
        "headers": headers,
        "unknown": list(plan.map.unknown),
    }


def _entry(number: int, row: Mapping[str, str], plan: Plan, faults: list[CellFault]) -> dict[str, str]:
    entry = {}
    for key, columns in plan.columns.items():
        texts = [row[plan.names[column]].strip() for column in columns]
        try:
            entry[key] = cell_meaning(key, " ".join(text for text in texts if text), plan.map)
        except Unmapped as fault:
            faults.append((number, key, str(fault)))
            entry[key] = ""
    return entry
