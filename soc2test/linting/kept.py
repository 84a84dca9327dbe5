"""kept.yaml, beside the policy files of a pack: what stands as it is on purpose, each with the reason."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from soc2test.controls.packs import Pack
from soc2test.errors import ProgrammeError
from soc2test.evidence.schema_violations import violations
from soc2test.exceptions.records import Place
from soc2test.exceptions.says_little import says_little
from soc2test.linting.finding import LintFinding
from soc2test.programme.yaml_files import read_yaml
from soc2test.regular import read_regular

__all__ = ["KEPT", "Kept", "KeptEntry", "kept_by"]

KEPT = "kept.yaml"
_LEAST_WORDS = 4


class KeptEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A fact ("Device.name") or a phrase that is kept, and the line where it stands."""

    name: str
    line: int


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack keeps; `wrong` is what can't be read of its file."""

    file: str
    facts: tuple[KeptEntry, ...] = ()
    phrases: tuple[KeptEntry, ...] = ()
    wrong: tuple[LintFinding, ...] = ()

    def finding(self, entry: KeptEntry, text: str) -> LintFinding:
        """What is wrong with an entry."""
        return LintFinding(file=self.file, line=entry.line, rule="kept", subject=entry.name, text=text)


def kept_by(pack: Pack) -> Kept:
    """What the file of a pack says; nothing where there is none."""
    name = f"{pack.label}/{KEPT}"
    try:
        parsed = read_yaml(read_regular(pack.folder / KEPT), name)
    except FileNotFoundError:
        return Kept(file=name)
    except OSError as error:
        return Kept(file=name, wrong=(_as_finding(name, ProgrammeError(name, f"can't be read: {error.strerror}")),))
    except ProgrammeError as error:
        return Kept(file=name, wrong=(_as_finding(name, error),))
    root = Place(name, (), parsed.lines)
    faults = [*parsed.faults, *violations(_schema(), parsed.value)]
    if faults:
        return Kept(file=name, wrong=tuple(_as_finding(name, root.at(*path).refuse(text)) for path, text in faults))
    value = parsed.value
    return Kept(
        file=name,
        facts=tuple(_entries(value, root, "facts")),
        phrases=tuple(_entries(value, root, "phrases")),
        wrong=tuple(_reasonless(value, root)),
    )


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files("soc2test").joinpath("schemas/kept.schema.json").read_text("utf-8"))
    return schema


def _entries(value: Mapping[str, Any], root: Place, section: str) -> Iterator[KeptEntry]:
    for number, group in enumerate(value.get(section) or ()):
        for place, name in enumerate(group[section]):
            yield KeptEntry(name=name, line=_line(root.at(section, number, section, place)))


def _reasonless(value: Mapping[str, Any], root: Place) -> Iterator[LintFinding]:
    for section in ("facts", "phrases"):
        for number, group in enumerate(value.get(section) or ()):
            if says_little(group["reason"], _LEAST_WORDS):
                wrong = root.at(section, number, "reason").refuse("says too little of why it is kept; write a sentence")
                yield _as_finding(root.file, wrong)


def _line(place: Place) -> int:
    return place.refuse("").line or 1


def _as_finding(file: str, error: ProgrammeError) -> LintFinding:
    return LintFinding(file=file, line=error.line or 1, rule="kept", subject=error.key or file, text=error.text)
