"""Everything about one control: as a plain record, and in words."""

import inspect
import json
from typing import Any

from soc2test.cli.here import Here, Known
from soc2test.cli.output import block
from soc2test.code_reading.reads import facts_joined, facts_read, misspelt
from soc2test.controls.control import Second
from soc2test.controls.where_text import where_text
from soc2test.criteria import CRITERIA
from soc2test.evaluation.limits import limits_of
from soc2test.inventory.inventory import FRAMEWORK_KINDS
from soc2test.proving.saved import relied_on
from soc2test.sources.tellers import listers, tellers

__all__ = ["describe", "explain"]

_WHEN_EMPTY = {
    "not_evaluated": "not evaluated",
    "no_occurrences": "no occurrences (where it is known to be complete)",
    "fail": "a deviation",
}
_LOOSER = {
    "higher": "higher",
    "lower": "lower",
    "fewer": "fewer of these",
    "more": "more than these",
    None: "any other value",
}
_PROVEN = {True: "yes", False: "no", None: "not in this version"}
_NATURES = {
    "state": "it holds or not at each moment",
    "occurrence": "performances of which so many were due",
    "event": "a trigger and a deadline",
}


def describe(known: Known, here: Here) -> dict[str, Any]:
    """The record that `--format json` prints."""
    control, sources = known.control, here.plugins.sources
    own = here.config.limits.get(control.id, {}) if here.config else {}
    proof = here.proofs.get(control.id)
    limits = limits_of(control, own).items()
    return {
        "id": control.id,
        "title": control.title,
        "description": control.description,
        "severity": control.severity,
        "operates": control.operates,
        "nature": control.nature,
        "reliance": control.reliance,
        "criteria": list(control.criteria),
        "supports": dict(control.supports),
        "kind": control.kind.__name__ if control.kind else None,
        "kind_is": _first_line(control.kind) if control.kind else None,
        "where": where_text(control) or None,
        "framework": control.kind in FRAMEWORK_KINDS,
        "joins": {name: kind.__name__ for name, kind in control.needed.items()},
        "listed_by": {kind.__name__: listers(sources, kind) for kind in control.kinds},
        "facts": {fact: tellers(sources, control.kind, fact) for fact in facts_read(control)} if control.kind else {},
        "joined_facts": {
            kind.__name__: {fact: tellers(sources, kind, fact) for fact in facts}
            for kind, facts in facts_joined(control).items()
        },
        "misspelt": misspelt(control),
        "limits": {
            name: {
                "value": limit.value,
                "default": control.limits[name],
                "is_default": limit.default,
                "looser": control.looser.get(name),
            }
            for name, limit in limits.items()
        },
        "relies_on": list(relied_on(control, proof)),
        "proven": proof.proven if proof is not None else None,
        "blind_spots": dict(control.blind_spots),
        "on_empty": control.on_empty,
        "agrees": _asked(control.agrees),
        "complete": _asked(control.complete),
        "between": control.between or None,
        "fixtures": list(control.fixtures),
        "place": known.place,
        "company_controls": {each.id: each.wording for each in here.company if control.id in each.tests},
    }


def _asked(second: Second | None) -> list[str]:
    return [kind.__name__ for kind in second.populations.values()] if second is not None else []


def _first_line(kind: type[Any]) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0].rstrip(".")


def explain(one: dict[str, Any]) -> str:
    """The record in words."""
    by_nobody = "soc2test itself, from soc2.yaml and the exports" if one["framework"] else "no loaded source tells it"
    parts = [f"{one['id']}  {one['title']}", one["description"], block(_head(one), wide=(1,), indent=0)]
    for title, rows, wide in (
        ("Listed by", _calls(one["listed_by"], by_nobody), (2,)),
        ("Wrong", [(each,) for each in one["misspelt"]], (0,)),
        ("Facts it reads, and the exports that tell them", _calls(_facts(one), by_nobody), (2,)),
        ("Limits", _limits(one), (3,)),
        ("Does not notice, on purpose", list(one["blind_spots"].items()), (1,)),
    ):
        if rows:
            parts.append(f"{title}\n{block(rows, wide=wide)}")
    if one["limits"]:
        parts.append(_override(one))
    return "\n\n".join(part for part in parts if part)


def _head(one: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [("tests", f"{id}  {CRITERIA[id].subject}") for id in one["criteria"]]
    rows += [("supports", f"{id}  {CRITERIA[id].subject}: {reason}") for id, reason in one["supports"].items()]
    if one["reliance"]:
        rows.insert(0, ("tests", "the evidence itself: whether other controls can rely on it"))
    rows += [("looks at", f"{id}  {wording}") for id, wording in one["company_controls"].items()]
    rows += [("severity", one["severity"]), ("operates", one["operates"])]
    rows.append(("nature", f"{one['nature']}: {_NATURES[one['nature']]}"))
    if one["kind"]:
        rows.append(("population", f"{one['kind']}: {one['kind_is']}"))
        rows.append(("where", one["where"] or "all of them"))
    rows += [
        ("joins" if one["kind"] else "population", f"all of {kind} ({name})") for name, kind in one["joins"].items()
    ]
    rows += [("fixture", name) for name in one["fixtures"]]
    if one["complete"]:
        rows.append(("is all told", f"asked of {', '.join(one['complete'])}; not evaluated where they tell more"))
    if one["between"]:
        rows.append(("between", f"two snapshots of a period: {one['between']} tests the changes that logs tell of"))
    rows.append(("proven", f"{_PROVEN[one['proven']]}; `soc2test prove {one['id']}` tells more"))
    if one["proven"] is not None:
        rows.append(("relies on", ", ".join(one["relies_on"])))
    return [*rows, ("when empty", _when_empty(one)), ("stands in", one["place"])]


def _when_empty(one: dict[str, Any]) -> str:
    """An empty list of events says nothing by itself."""
    if one["on_empty"] != "no_occurrences" or one["nature"] == "state":
        return _WHEN_EMPTY[one["on_empty"]]
    if not one["agrees"]:
        return "not evaluated: no second source is asked whether there were none"
    return f"no occurrences where a second source agrees ({', '.join(one['agrees'])}), else not evaluated"


def _facts(one: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    """Those of the resource under test by their names, those of joined kinds as "Identity.active"."""
    joined = {f"{kind}.{fact}": told for kind, facts in one["joined_facts"].items() for fact, told in facts.items()}
    return {**one["facts"], **joined}


def _calls(found: dict[str, dict[str, list[str]]], by_nobody: str) -> list[tuple[str, str, str]]:
    rows = []
    for name, by_source in found.items():
        label = name
        for source, operations in by_source.items():
            rows.append((label, source, ", ".join(operations)))
            label = ""
        if not by_source:
            rows.append((name, "-", by_nobody))
    return rows


def _limits(one: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Each with its default and the direction in which it asks less: such a value needs a clause and an approver."""
    rows = []
    for name, limit in one["limits"].items():
        origin = "tool default" if limit["is_default"] else f"from soc2.yaml (default {_text(limit['default'])})"
        rows.append((name, _text(limit["value"]), origin, f"looser: {_LOOSER[limit['looser']]}"))
    return rows


def _override(one: dict[str, Any]) -> str:
    lines = [f"    {name}: {_text(limit['value'])}" for name, limit in one["limits"].items()]
    return "\n".join(["Set your own in soc2.yaml:", "", "limits:", f"  {one['id']}:", *lines])


def _text(value: Any) -> str:
    """A limit as YAML takes it."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
