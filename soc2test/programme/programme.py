"""`Config`: soc2.yaml as a frozen record, and how it is read and checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta, tzinfo
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from soc2test.company_controls.records import CompanyControl
from soc2test.errors import ProgrammeError
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.schema_violations import violations
from soc2test.evidence.yaml_text import Lines
from soc2test.exceptions.records import Declared, Place
from soc2test.nearest import near
from soc2test.programme.entries import (
    read_company_controls,
    read_exemptions,
    read_revisions,
    read_statements,
    read_subservice,
    read_waivers,
)
from soc2test.programme.exception_sections import Sections, is_of_exception, read_sections
from soc2test.programme.register_columns import RegisterColumns, Tables, read_registers, tables_of
from soc2test.programme.yaml_files import read_yaml
from soc2test.programme.zones import zone_of
from soc2test.regular import read_regular
from soc2test.remote.urls import is_url
from soc2test.sources.source import Source
from soc2test.sources.unloaded import Unloaded
from soc2test.subservice.records import OwnUserEntityControl, SubserviceOrganisation

__all__ = ["FILE", "Config", "check_sources", "load_programme", "programme_schema"]

FILE = "soc2.yaml"
_AGE_DIGITS = 5
MAX_GAP_DAYS = 7
_NO_PERIOD = "is no period of two days: 2026-01-01..2026-06-30"


@dataclass(frozen=True)
class Config:
    """soc2.yaml: `root` is the folder it stands in, `digest` the SHA-256 of its bytes."""

    file: Path
    digest: str
    system: str
    categories: tuple[str, ...] = ("security",)
    privacy_role: str | None = None
    """"controller", "processor" or "both"; None where it is not told"""
    exports: Path = Path("exports")
    exports_url: str = ""
    """instead of a folder: a URL in an object store, not looked at yet"""
    sources: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """source -> scope level in the plural -> declared values"""
    options: Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]] = field(default_factory=dict)
    """source -> scope level in the plural -> value -> its options, where soc2.yaml maps values to some"""
    max_age: dict[str, timedelta] = field(default_factory=dict)
    """as soc2.yaml has them, whoever approved those that are longer than their source's own"""
    limits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """the values alone, by control and name"""
    exceptions: Declared = field(default_factory=Declared)
    """what is left out, loosened or stated, as declared"""
    refused: tuple[ProgrammeError, ...] = ()
    """exceptions, statements and controls of a wrong form: they have no force, and nothing else is lost"""
    files: Mapping[str, str] = field(default_factory=dict)
    """the SHA-256 of exemptions.yaml, waivers.yaml, statements.yaml, revisions.yaml, controls.yaml and subservice.yaml,
    as far as they are there"""
    reading: ReadLimits = field(default_factory=ReadLimits)
    lines: Lines = field(default_factory=dict, repr=False)
    zone: tzinfo = UTC
    """the company's time zone, in which people write dates without a time"""
    company_controls: tuple[CompanyControl, ...] = ()
    """the entries of controls.yaml that have the right form"""
    store: str = ""
    """folder or URL of the evidence store; "" where soc2.yaml names none"""
    schedule: str | None = None
    """how often a snapshot is due there"""
    max_gap_days: int = MAX_GAP_DAYS
    """days without evidence between two snapshots that a period may bridge"""
    periods: tuple[tuple[date, date], ...] = ()
    """first and last day of each that evidence is kept for"""
    organisations: tuple[SubserviceOrganisation, ...] = ()
    """the subservice organisations of subservice.yaml whose entries have the right form"""
    user_entity_controls: tuple[OwnUserEntityControl, ...] = ()
    """what subservice.yaml says that customers have to do"""
    wrong_waivers: tuple[ProgrammeError, ...] = ()
    """entries of waivers.yaml of a wrong form: no run begins with one, since it could look like a deviation accepted"""
    registers: Mapping[str, RegisterColumns] = field(default_factory=dict)
    """register -> what its tables call its keys"""

    @property
    def names_people(self) -> bool:
        """True where its files name people who are to be looked up, before anything is evaluated."""
        return bool(self.exceptions) or bool(self.company_controls) or bool(self.organisations)

    @property
    def root(self) -> Path:
        """The programme root; all paths and ids are relative to it."""
        return self.file.parent

    def tables(self, sources: Mapping[str, Source], unloaded: Sequence[Unloaded] = ()) -> Tables:
        """How the tables of registers are read, once the plugins are known. Raises `ProgrammeError`."""
        place = Place(self.file.name, ("registers",), self.lines)
        return tables_of(self.registers, sources, place, self.zone, unloaded)

    def error(self, path: tuple[str | int, ...], text: str) -> ProgrammeError:
        """A `ProgrammeError` at a key path, with its line."""
        return Place(self.file.name, path, self.lines).refuse(text)


@cache
def programme_schema() -> dict[str, Any]:
    """The published JSON Schema of soc2.yaml."""
    text = files("soc2test").joinpath("schemas/programme.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def load_programme(file: Path) -> Config:
    """The programme in `file`. Raises `ProgrammeError` with key, line and what is allowed."""
    try:
        data = read_regular(file)
    except FileNotFoundError:
        raise ProgrammeError(
            file.name, f"not found in {file.parent.name or 'the root folder'}/: run `soc2test init` there, "
            "or name the file with --soc2-config"
        ) from None  # fmt: skip
    except OSError as error:
        raise ProgrammeError(file.name, f"can't be read: {error.strerror}") from None
    value, lines, faults = read_yaml(data, file.name)
    if value is None:
        raise ProgrammeError(file.name, "is empty; it needs at least `system: <name>`")
    wrong = [*faults, *violations(programme_schema(), value)]
    for path, text in wrong:
        if not is_of_exception(path):
            raise Place(file.name, path, lines).refuse(text)
    # that exactly one form is given is told in better words than the schema's
    sections = read_sections(value, (each for each in wrong if not _is_of_forms(*each)), file.name, lines)
    return _config(file, sha256(data).hexdigest(), value, sections)


def _config(file: Path, digest: str, value: dict[str, Any], sections: Sections) -> Config:
    sources = value.get("sources") or {}
    exports = value.get("exports", "exports")
    url = exports if is_url(exports) else ""
    exemptions, statements = read_exemptions(file.parent), read_statements(file.parent)
    described, revisions = read_company_controls(file.parent), read_revisions(file.parent)
    subservice = read_subservice(file.parent)
    waivers = read_waivers(file.parent)
    config = Config(
        file, digest, value["system"],
        tuple(dict.fromkeys(("security", *value.get("categories", ())))),
        value.get("privacy_role"),
        Path("exports" if url else exports),
        url,
        {name: _levels(levels or {}) for name, levels in sources.items()},
        {name: _options(levels or {}) for name, levels in sources.items()},
        {},
        sections.limits,
        replace(
            sections.declared, exemptions=exemptions.good, statements=statements.good, revisions=revisions.good,
            waivers=waivers.good,
        ),
        (
            *sections.refused, *exemptions.refused, *statements.refused, *described.refused, *revisions.refused,
            *subservice.organisations.refused, *subservice.user_entity_controls.refused,
        ),
        {
            **exemptions.digests, **waivers.digests, **statements.digests, **described.digests, **revisions.digests,
            **subservice.organisations.digests,
        },
        ReadLimits(**(value.get("reading") or {})),
        sections.declared.lines,
        _zone(file, value.get("time_zone", "UTC"), sections.declared.lines),
        described.good,
        (value.get("store") or {}).get("at", ""),
        (value.get("store") or {}).get("schedule"),
        (value.get("store") or {}).get("max_gap_days", MAX_GAP_DAYS),
        _periods(file, value.get("periods") or (), sections.declared.lines),
        subservice.organisations.good,
        subservice.user_entity_controls.good,
        waivers.refused,
        read_registers(value.get("registers") or {}),
    )  # fmt: skip
    if config.exports.is_absolute() or ".." in config.exports.parts:
        raise config.error(("exports",), "must be a folder below this file; name another one with --soc2-exports=DIR")
    for name, levels in sources.items():
        if levels and "max_age" in levels:
            given = levels["max_age"]
            config.max_age[name] = _age(config, name, given["value"] if isinstance(given, dict) else given)
    return config


def _periods(file: Path, given: Sequence[str], lines: Lines) -> tuple[tuple[date, date], ...]:
    periods = []
    for place, text in enumerate(given):
        try:
            first, last = map(date.fromisoformat, text.split(".."))
        except ValueError:
            raise Place(file.name, ("periods", place), lines).refuse(_NO_PERIOD) from None
        if last < first:
            raise Place(file.name, ("periods", place), lines).refuse("ends before it begins")
        periods.append((first, last))
    return tuple(periods)


def _zone(file: Path, name: str, lines: Lines) -> tzinfo:
    try:
        return zone_of(name)
    except ValueError as error:
        raise Place(file.name, ("time_zone",), lines).refuse(str(error)) from None


def check_sources(
    config: Config, sources: Mapping[str, Source], unloaded: Sequence[Unloaded] = ()
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The declared scopes by level ("account"), once the plugins are known. Raises `ProgrammeError`, as `tables` does.

    A source that no plugin has is no error of soc2.yaml where a plugin did not load: it stays declared, and is missed.
    """
    declared: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, levels in config.sources.items():
        if name not in sources:
            if unloaded:
                declared[name] = {level.removesuffix("s"): values for level, values in levels.items()}
                continue
            known = ", ".join(sorted(sources)) or "none"
            guess = near(name, sources)
            raise config.error(("sources", name), f"no loaded plugin has this source{guess or f'; known are {known}'}")
        allowed = {f"{level}s": level for level in sources[name].scope}
        for key in levels:
            if key not in allowed:
                known = ", ".join([*allowed, "max_age"])
                raise config.error(("sources", name, key), f"{name} has no such scope; allowed are {known}")
        for key in allowed:
            if key not in levels:
                text = f"needs {key}: which belong to the system (what is not declared would not be missed)"
                raise config.error(("sources", name), text)
        for key, values in levels.items():
            mapped = config.options.get(name, {}).get(key, {})
            for place, value in enumerate(values):
                if (wrong := sources[name].misshapen({allowed[key]: value})) is not None:
                    raise config.error(("sources", name, key, value if value in mapped else place), wrong)
        _check_options(config, sources[name])
        declared[name] = {allowed[key]: values for key, values in levels.items()}
    config.tables(sources, unloaded)  # a run that could not read them must not begin
    return declared


def _check_options(config: Config, source: Source) -> None:
    """Check that options stand where the source has some: a profile that nothing uses would be no profile."""
    for key, values in config.options.get(source.name, {}).items():
        for value, options in values.items():
            path = ("sources", source.name, key, value)
            if options and not source.collecting.profile:
                raise config.error((*path, next(iter(options))), f"the tools of {source.name} take no profile")
            if options and key != f"{source.scope[0]}s":
                raise config.error(
                    (*path, next(iter(options))), f"a profile stands with {source.scope[0]}s, not with {key}"
                )


def _levels(declared: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in declared.items() if key != "max_age"}


def _options(declared: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """The options of values, of the levels whose values are mapped to some."""
    mapped = {key: values for key, values in declared.items() if isinstance(values, dict) and key != "max_age"}
    return {key: {value: options or {} for value, options in values.items()} for key, values in mapped.items()}


def _age(config: Config, source: str, text: str) -> timedelta:
    number, unit = text[:-1], text[-1]
    if not number.isdecimal() or len(number) > _AGE_DIGITS:
        raise config.error(("sources", source, "max_age"), "must be a number of days or hours, such as 7d or 36h")
    return timedelta(days=int(number)) if unit == "d" else timedelta(hours=int(number))


def _is_of_forms(path: tuple[str | int, ...], text: str) -> bool:
    return path[:1] == ("not_applicable",) and ("replaced_by or needs the key" in text or text == "violates oneOf")
