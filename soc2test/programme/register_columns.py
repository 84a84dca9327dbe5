"""`registers` of soc2.yaml: what is said of the columns of a register's tables, and how these are then read."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

import msgspec

from soc2test.errors import PluginError
from soc2test.evidence.secret_names import is_secret_name
from soc2test.evidence.table_map import TableMap, folded
from soc2test.evidence.written_dates import DateFormat, date_format
from soc2test.exceptions.records import Place
from soc2test.nearest import near
from soc2test.programme.register_words import key_words
from soc2test.programme.zones import zone_of
from soc2test.sources.mappable import Mappable, Preset
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.sources.unloaded import Unloaded

__all__ = ["RegisterColumns", "Tables", "read_registers", "tables_of"]

Tables = Mapping[tuple[str, str], TableMap]
"""Source and operation -> how its tables are read."""


class RegisterColumns(msgspec.Struct, frozen=True, kw_only=True):
    """What soc2.yaml says of one register, without what its preset says."""

    preset: str = ""
    columns: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    dates: str = ""
    time_zone: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    """key -> word of the file -> word of the register, "true" and "false" for yes and no"""
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def read_registers(section: Mapping[str, Any]) -> dict[str, RegisterColumns]:
    """The section of a soc2.yaml that its schema allows."""
    return {name: _entry(entry) for name, entry in section.items()}


def _entry(entry: Mapping[str, Any]) -> RegisterColumns:
    return RegisterColumns(
        preset=entry.get("preset", ""),
        columns=_columns(entry.get("columns", {})),
        dates=entry.get("dates", ""),
        time_zone=entry.get("time_zone", ""),
        yes=tuple(map(_word, entry.get("yes", ()))),
        no=tuple(map(_word, entry.get("no", ()))),
        values=_values(entry.get("values", {})),
        unknown=tuple(entry.get("unknown", ())),
        ignored=tuple(entry.get("ignored", ())),
    )


def _columns(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: (headers,) if isinstance(headers, str) else tuple(headers) for key, headers in given.items()}


def _values(given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    return {key: {word: _word(meaning) for word, meaning in words.items()} for key, words in given.items()}


def _word(given: Any) -> str:
    """YAML reads `true` and 1 as no texts; a spreadsheet writes them as these."""
    return str(given).lower() if isinstance(given, bool) else str(given)


def tables_of(
    registers: Mapping[str, RegisterColumns],
    sources: Mapping[str, Source],
    place: Place,
    zone: tzinfo,
    unloaded: Sequence[Unloaded] = (),
) -> Tables:
    """How the tables of each register are read that soc2.yaml speaks of, once the plugins are known.

    `place` is that of the section, `zone` the company's. Raises `ProgrammeError` with key, line and what is allowed. A
    register that no plugin has is no error where a plugin did not load.
    """
    if not registers:
        return {}
    by_name: dict[str, list[Operation]] = {}
    for source in sources.values():
        for operation in source.operations.values():
            if operation.mapping is not None:
                by_name.setdefault(operation.name, []).append(operation)
    made: dict[tuple[str, str], TableMap] = {}
    for name, entry in registers.items():
        known = by_name.get(name, [])
        if not known and unloaded:
            continue
        if len(known) != 1:
            raise place.at(name).refuse(_no_register(name, known, by_name))
        made[known[0].source, name] = _Compiling(known[0], entry, place.at(name), zone).table_map()
    return made


def _no_register(name: str, known: Sequence[Operation], by_name: Mapping[str, Sequence[Operation]]) -> str:
    if known:
        return f"is in doubt: {' and '.join(operation.source for operation in known)} both have a register {name}"
    names = dict.fromkeys(operation.source for operations in by_name.values() for operation in operations)
    listed = f"; {' and '.join(f'`soc2test sources {source}`' for source in names)} lists them" if names else ""
    return f"there is no such register{near(name, by_name) or listed}"


class _Compiling:
    """One entry of `registers` with its preset, held against what the register may have."""

    def __init__(self, operation: Operation, entry: RegisterColumns, place: Place, zone: tzinfo) -> None:
        self._operation, self._entry, self._place, self._zone = operation, entry, place, zone
        try:
            self._mappable: Mappable = operation.mappable()
            self._needed = operation.needed_columns()
        except PluginError as error:
            raise place.refuse(str(error)) from None

    def table_map(self) -> TableMap:
        """Raises `ProgrammeError`."""
        self._check_keys()
        preset, forms = self._preset(), self._mappable.forms
        headers = self._headers(preset)
        words, shown = key_words(self._entry, preset, self._mappable, self._place)
        return TableMap(
            where=f"registers.{self._operation.name}",
            keys=tuple(forms),
            needed=tuple(self._needed),
            headers=headers,
            days=frozenset(key for key, form in forms.items() if form == "day"),
            moments=frozenset(key for key, form in forms.items() if form == "moment"),
            format=self._format(preset),
            zone=self._zone,
            words=words,
            shown_words=shown,
            unknown=tuple(dict.fromkeys((*self._entry.unknown, *_left(preset, self._entry)))),
            ignored=frozenset(map(folded, self._entry.ignored)),
        )

    def _preset(self) -> Preset | None:
        name = self._entry.preset
        if not name:
            return None
        presets = self._mappable.presets
        if name not in presets:
            known = f"there are {', '.join(presets)}" if presets else "there is none for this register"
            raise self._place.at("preset").refuse(f"no such preset; {known}{near(name, presets)}")
        return presets[name]

    def _check_keys(self) -> None:
        """Each key is one of the register, and is not both in a column and in none."""
        entry, forms = self._entry, self._mappable.forms
        named: list[tuple[str, tuple[str | int, ...]]] = [
            *((key, ("columns", key)) for key in entry.columns),
            *((key, ("values", key)) for key in entry.values),
            *((key, ("unknown", number)) for number, key in enumerate(entry.unknown)),
        ]
        for key, path in named:
            if key not in forms:
                known = f"allowed are {', '.join(forms)}{near(key, forms)}"
                raise self._place.at(*path).refuse(f"the register of {self._operation.name} has no such key; {known}")
            if path[0] == "unknown" and key in self._mappable.ids:
                raise self._place.at(*path).refuse(f"without {key} nobody knows which entry a row is: name its column")
            if path[0] != "unknown" and key in entry.unknown:
                raise self._place.at(*path).refuse(f"{key} stands under unknown as well: it is in a column, or in none")

    def _headers(self, preset: Preset | None) -> dict[str, tuple[str, ...]]:
        """Those of the preset, and before them those that soc2.yaml names."""
        entry = self._entry
        of_preset = {} if preset is None else _columns(preset.columns)
        headers = {key: names for key, names in {**of_preset, **entry.columns}.items() if key not in entry.unknown}
        first: dict[str, str] = {}
        for key, names in headers.items():
            path = ("columns", key) if key in entry.columns else ("preset",)
            for header in names:
                if (text := self._wrong(key, header, names, first)) is not None:
                    raise self._place.at(*path).refuse(text)
                first[folded(header)] = key
        return headers

    def _wrong(self, key: str, header: str, names: Sequence[str], first: Mapping[str, str]) -> str | None:
        if names[1:] and self._mappable.forms[key] != "text":
            return f"{key} is no text that several columns make up together: name one"
        if not folded(header):
            return "is blank: write the header of the column"
        if is_secret_name(header):
            return f'"{header}" is what a secret is called, and no secret is read: leave it out of the export'
        if (other := first.get(folded(header))) is not None:
            return f'"{header}" is the column of {other} as well: one column says one thing'
        return None

    def _format(self, preset: Preset | None) -> DateFormat | None:
        own = self._entry.dates
        text = own or (preset.dates if preset else "")
        zone_name = self._entry.time_zone or (preset.time_zone if preset and not own else "")
        if not text:
            if zone_name:
                raise self._place.at("time_zone").refuse("is that of the times in `dates`, which is not said")
            return None
        try:
            zone = zone_of(zone_name) if zone_name else None
        except ValueError as error:
            raise self._place.at("time_zone").refuse(str(error)) from None
        try:
            return date_format(text, zone)
        except ValueError as error:
            raise self._place.at("dates" if own else "preset").refuse(f"{error}") from None


def _left(preset: Preset | None, entry: RegisterColumns) -> list[str]:
    """What the preset's export does not hold and soc2.yaml names no column for."""
    return [] if preset is None else [key for key in preset.unknown if key not in entry.columns]
