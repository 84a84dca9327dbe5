"""From the sections of soc2.yaml that leave something out or loosen it to records; what has a wrong form is refused."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from soc2test.errors import ProgrammeError
from soc2test.evidence.schema_violations import Violation
from soc2test.evidence.yaml_text import Lines
from soc2test.exceptions.records import Approval, CarvedOut, Clause, Declared, NotRelevant, Place, ScopeOut

__all__ = ["Sections", "approval_of", "is_of_exception", "read_sections"]

_FORMS = ("replaced_by", "carved_out", "no_population")
_WHO = "reason: ..., owner: name@company, approver: other@company, since: YYYY-MM-DD, review_by: YYYY-MM-DD"
_ENTRY = 2
_LIMIT = 3
"""how many steps lead to an entry of `not_applicable`, and to a limit of a control"""


class Sections(msgspec.Struct, frozen=True):
    """What soc2.yaml leaves out and loosens, its limits as plain values, and why some of it is not taken."""

    declared: Declared
    limits: Mapping[str, Mapping[str, Any]]
    refused: tuple[ProgrammeError, ...]


def is_of_exception(path: tuple[str | int, ...]) -> bool:
    """True for a place whose mistakes refuse an exception, and not the whole programme."""
    return path[:1] in (("not_applicable",), ("not_relevant",)) or (path[:1] == ("limits",) and len(path) >= _LIMIT)


def read_sections(value: Mapping[str, Any], wrong: Iterable[Violation], file: str, lines: Lines) -> Sections:
    """The sections of a parsed soc2.yaml; `wrong` is what its schema does not allow in them."""
    by_entry: dict[tuple[str | int, ...], list[Violation]] = {}
    for path, text in wrong:
        by_entry.setdefault(path[: _LIMIT if path[0] == "limits" else _ENTRY], []).append((path, text))
    refused = [_refuse(Place(file, (), lines), path, texts) for path, texts in by_entry.items()]
    root = Place(file, (), lines)
    outs, wrong_outs = _scope_outs(_section(value, "not_applicable", by_entry), root.at("not_applicable"))
    relevant = {
        id: NotRelevant(criterion=id, approval=approval_of(entry, root.at("not_relevant", id)))
        for id, entry in _section(value, "not_relevant", by_entry).items()
    }
    limits, clauses = _limits(value.get("limits") or {}, by_entry, root.at("limits"))
    ages = dict(_ages(value.get("sources") or {}, root.at("sources")))
    declared = Declared(scope_outs=outs, not_relevant=relevant, clauses=clauses, ages=ages, lines=lines)
    return Sections(declared=declared, limits=limits, refused=(*refused, *wrong_outs))


def _section(value: Mapping[str, Any], name: str, by_entry: Mapping[tuple[str | int, ...], Any]) -> dict[str, Any]:
    """The entries of a section that have the right form."""
    section = value.get(name)
    if not isinstance(section, dict) or (name,) in by_entry:
        return {}
    return {id: entry for id, entry in section.items() if (name, id) not in by_entry}


def _refuse(root: Place, path: tuple[str | int, ...], wrong: list[Violation]) -> ProgrammeError:
    first, text = wrong[0]
    return root.at(*first).refuse(f"{text}; {_form(path)}")


def _form(path: tuple[str | int, ...]) -> str:
    if path[0] == "limits":
        form = f'`{path[-1]}: {{value: ..., clause: "POLICY, section", approved_by: name@company}}`'
        return f"write a plain value, or one that is looser than the tool's default as {form}; the default stands"
    id = path[1] if len(path) >= _ENTRY else "ID"
    if path[0] == "not_relevant":
        return f"write `{id}: {{{_WHO}}}`"
    return (
        f"write `{id}: {{replaced_by: [ID], {_WHO}}}`, or instead of replaced_by "
        "`carved_out: {organisation: VENDOR, assumes: ..., monitoring: ID}` or `no_population: true`"
    )


def _scope_outs(section: Mapping[str, Any], place: Place) -> tuple[dict[str, ScopeOut], list[ProgrammeError]]:
    good: dict[str, ScopeOut] = {}
    refused = []
    for id, entry in section.items():
        given = [form for form in _FORMS if form in entry]
        if len(given) == 1:
            good[id] = _scope_out(id, entry, place.at(id))
            continue
        why = f"has {' and '.join(given)}" if given else "says that it does not apply, and nothing that shows it"
        needs = f"it needs exactly one of {', '.join(_FORMS)}"
        refused.append(place.at(id).refuse(f"{why}: {needs}; {_form((*place.path, id))}"))
    return good, refused


def _scope_out(id: str, entry: Mapping[str, Any], place: Place) -> ScopeOut:
    return ScopeOut(
        control=id,
        approval=approval_of(entry, place),
        replaced_by=tuple(entry.get("replaced_by", ())),
        carved_out=CarvedOut(**entry["carved_out"]) if "carved_out" in entry else None,
    )


def approval_of(entry: Mapping[str, Any], place: Place) -> Approval:
    """The approval in an entry that its schema allows."""
    return Approval(
        reason=entry["reason"],
        owner=entry["owner"],
        approver=entry["approver"],
        since=date.fromisoformat(entry["since"]),
        review_by=date.fromisoformat(entry["review_by"]),
        place=place,
    )


def _limits(
    section: Mapping[str, Mapping[str, Any]], by_entry: Mapping[tuple[str | int, ...], Any], place: Place
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Clause]]]:
    """The values of all limits that have the right form, and the clauses of those that are written with one."""
    limits: dict[str, dict[str, Any]] = {}
    clauses: dict[str, dict[str, Clause]] = {}
    for id, own in section.items():
        limits[id] = {}
        for name, given in own.items():
            if ("limits", id, name) in by_entry:
                continue
            if isinstance(given, dict):
                clauses.setdefault(id, {})[name] = _clause(given, place.at(id, name))
            limits[id][name] = given["value"] if isinstance(given, dict) else given
    return limits, clauses


def _ages(section: Mapping[str, Mapping[str, Any] | None], place: Place) -> Iterator[tuple[str, Clause]]:
    """The clauses by which evidence may be older, by source."""
    for name, levels in section.items():
        given = (levels or {}).get("max_age")
        if isinstance(given, dict):
            yield name, _clause(given, place.at(name, "max_age"))


def _clause(given: Mapping[str, Any], place: Place) -> Clause:
    return Clause(clause=given.get("clause"), approved_by=given.get("approved_by"), place=place)
