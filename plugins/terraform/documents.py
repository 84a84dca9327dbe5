"""Plans, states and state files as one list: a record, a skip with its reason or a gap for each entry."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from soc2test import Item, Missed, Skip, UnknownFact, meaning, missed, skip, text
from soc2test_plugins.terraform.values import masked

__all__ = ["Config", "Entry", "Record", "deleted", "entries"]

Config = tuple[tuple[str, ...], str]
"""Where a resource stands in the configuration: the names of the modules down to it, and "type.name"."""

_STEP = re.compile(r'([^.\[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)')
_TAKEN = ("delete",)
_LEFT = ("forget",)
"""The plan leaves it to others, as it is: it stays, and what it opens stays open."""
_DEPOSED = "its successor stands already, and the plan takes it away"
"""In a state it stands still, perhaps since its deletion failed."""
_NOTHING = "a change of nothing to nothing: it is not there, and is not made"
_MODES = {
    "managed": "",
    "data": "is only looked up: whoever makes it tells of it",
    "ephemeral": "passes with the run, and is kept nowhere",
}


class Record(msgspec.Struct, frozen=True):
    """One instance of a resource that Terraform manages, as it is or as the plan is going to make it."""

    address: str
    type: str
    values: Item
    planned: bool
    created: bool
    """the plan makes it anew: what no resource of the plan gives it, it has not"""
    module: str
    """address of the instance of the module that it stands in; "" for the root module"""
    index: str
    """"[0]" or "["key"]" of count or for_each, else \"\""""
    config: Config
    provider: str = ""
    """as the document names it; "" where it does not"""


Entry = Record | Skip | Missed


def entries(body: Mapping[str, Any]) -> Iterator[Entry]:
    """What becomes of every entry: the records are the managed resources that are there once its word is done."""
    if "planned_values" in body or "resource_changes" in body:
        yield from _of_plan(body)
    elif "values" in body:
        yield from _each(_modules(body["values"].get("root_module") or {}), _shown)
    else:
        yield from _of_file(body)


def deleted(body: Mapping[str, Any]) -> frozenset[str]:
    """The types of which a plan takes something away: what others show of it is as it was before."""
    changes = body.get("resource_changes") or []
    return frozenset(each["type"] for each in changes if tuple(each["change"]["actions"]) == _TAKEN)


def _record(entry: Mapping[str, Any], values: Any, planned: bool = False, created: bool = False) -> Record:
    address = text(entry["address"])
    modules, module, steps = [], "", _steps(address)
    while len(steps) > 3 and steps[0][0] == "module":  # noqa: PLR2004  # module.name.type.name
        modules.append(steps[1][0])
        module = f"{module}.module.{''.join(steps[1])}".lstrip(".")
        steps = steps[2:]
    if len(steps) != 2 or not isinstance(values, Mapping):  # noqa: PLR2004  # type.name
        raise UnknownFact("address", "a resource has no address, or no values")
    return Record(
        address=address,
        type=text(entry["type"]),
        values=Item(values),
        planned=planned,
        created=created,
        module=module,
        index=steps[1][1],
        config=(tuple(modules), f"{steps[0][0]}.{steps[1][0]}"),
        provider=str(entry.get("provider_name") or entry.get("provider") or ""),
    )


def _steps(address: str) -> list[tuple[str, str]]:
    """The names of an address, each with its index: module.a["x"].aws_s3_bucket.b[0]."""
    return [(match[1], match[2] or "") for match in _STEP.finditer(address)]


def _each(listed: Iterable[Mapping[str, Any]], make: Callable[[Mapping[str, Any]], Entry]) -> Iterator[Entry]:
    """One word for each; one that can't be read is a gap, and costs no other."""
    for entry in listed:
        try:
            yield make(entry)
        except UnknownFact as error:
            yield missed(f"{_called(entry)}: {error.reason}")


def _called(entry: Mapping[str, Any]) -> str:
    address = entry.get("address")
    return address if isinstance(address, str) and address else "a resource"


def _unmanaged(entry: Mapping[str, Any]) -> Skip | None:
    """What is only looked up, or passes with the run, is no resource of the workspace's own."""
    reason = meaning(entry.get("mode", "managed"), _MODES)
    return skip(f"{text(entry['type'])}: {reason}") if reason else None


def _of_plan(body: Mapping[str, Any]) -> Iterator[Entry]:
    """The changes, those without action too; beside them what only the planned values name (a refresh-only plan)."""
    changes = body.get("resource_changes") or []
    planned = list(_modules((body.get("planned_values") or {}).get("root_module") or {}))
    before = _modules(((body.get("prior_state") or {}).get("values") or {}).get("root_module") or {})
    held = {entry["address"] for entry in (*planned, *before)}
    yield from _each([each for each in changes if not _told_elsewhere(each, planned)], lambda each: _change(each, held))
    replaced = [each for each in changes if "forget" in each["change"]["actions"][1:]]
    yield from (missed(f"{_called(each)}: the plan leaves what it replaces to others, as it is") for each in replaced)
    seen = {each["address"] for each in changes if not _told_elsewhere(each, planned)}
    yield from _each([each for each in planned if each["address"] not in seen], lambda each: _shown(each, planned=True))


def _told_elsewhere(entry: Mapping[str, Any], planned: list[Mapping[str, Any]]) -> bool:
    """A change without values of something that the planned values tell."""
    return _empty(entry["change"]) and any(each["address"] == entry["address"] for each in planned)


def _empty(change: Mapping[str, Any]) -> bool:
    """Terraform writes a `no-op` from null to null for what was gone already, and is in the configuration no more."""
    return change["actions"] == ["no-op"] and change.get("before") is None and change.get("after") is None


def _change(entry: Mapping[str, Any], held: set[str]) -> Entry:
    change = entry["change"]
    if (passed := _unmanaged(entry)) is not None:
        return passed
    if "deposed" in entry:
        return skip(f"{text(entry['type'])}: {_DEPOSED}")
    actions = tuple(text(action) for action in change["actions"])
    if actions == _TAKEN:
        return skip(f"{text(entry['type'])}: the plan takes it away")
    if actions == _LEFT:
        return _record(entry, _before(change), planned=True)
    if _empty(change):
        if entry["address"] in held:
            raise UnknownFact("change", "the state before holds it, and its change has no values")
        return skip(f"{text(entry['type'])}: {_NOTHING}")
    values = masked(change["after"], change.get("after_unknown"), change.get("after_sensitive"))
    return _record(entry, values, planned=True, created="create" in actions)


def _before(change: Mapping[str, Any]) -> Any:
    if change.get("before") is None:
        raise UnknownFact("change", "the plan leaves it to others, and does not tell how it is")
    return masked(change["before"], None, change.get("before_sensitive"))


def _shown(entry: Mapping[str, Any], planned: bool = False) -> Entry:
    if (passed := _unmanaged(entry)) is not None:
        return passed
    if "deposed_key" in entry:
        if planned:
            return skip(f"{text(entry['type'])}: {_DEPOSED}")
        entry = {**entry, "address": f"{entry['address']} (deposed {text(entry['deposed_key'])})"}
    return _record(entry, masked(entry["values"], None, entry.get("sensitive_values")), planned)


def _modules(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources") or []
    for child in module.get("child_modules") or []:
        yield from _modules(child)


def _of_file(body: Mapping[str, Any]) -> Iterator[Entry]:
    for resource in body["resources"]:
        if not resource["instances"]:
            yield skip(f"{text(resource['type'])}: it has no instances")
        yield from _each(resource["instances"], lambda instance, of=resource: _instance(of, instance))  # type: ignore[misc]


def _instance(resource: Mapping[str, Any], instance: Mapping[str, Any]) -> Entry:
    if (passed := _unmanaged(resource)) is not None:
        return passed
    hidden = _hidden(instance.get("sensitive_attributes") or [])
    prefix = f"{resource['module']}." if resource.get("module") else ""
    address = f"{prefix}{resource['type']}.{resource['name']}{_index(instance.get('index_key'))}"
    if "deposed" in instance:
        address += f" (deposed {text(instance['deposed'])})"
    return _record({**resource, "address": address}, masked(instance["attributes"], None, hidden))


def _index(key: Any) -> str:
    return "" if key is None else f"[{key}]" if isinstance(key, int) else f'["{key}"]'


def _hidden(paths: list[Any]) -> dict[str, bool]:
    """A state file names sensitive values by their paths; the whole attribute is left unread."""
    steps = [path[0] if isinstance(path, list) and path else {} for path in paths]
    return {str(step["value"]): True for step in steps if step.get("type") == "get_attr"}
