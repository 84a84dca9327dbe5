"""Plans, states and state files as one list of records."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from soc2test import Item, UnknownFact, meaning, text
from soc2test_plugins.terraform.values import masked

__all__ = ["Config", "Record", "deleted", "records"]

Config = tuple[tuple[str, ...], str]
"""Where a resource stands in the configuration: the names of the modules down to it, and "type.name"."""

_STEP = re.compile(r'([^.\[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)')
_GONE = (["delete"], ["forget"])


@dataclass(frozen=True)
class Record:
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


def records(body: Mapping[str, Any]) -> list[Record]:
    """Every managed resource that is there once the document's word is done."""
    if "planned_values" in body or "resource_changes" in body:
        return list(_of_plan(body))
    return list(_of_state(body["values"]) if "values" in body else _of_file(body))


def deleted(body: Mapping[str, Any]) -> frozenset[str]:
    """The types of which a plan takes something away: what others show of it is as it was before."""
    changes = body.get("resource_changes") or []
    return frozenset(each["type"] for each in changes if each["change"]["actions"] in _GONE)


def _record(address: str, type_: str, values: Any, planned: bool = False, created: bool = False) -> Record:
    modules, module, steps = [], "", _steps(address)
    while len(steps) > 3 and steps[0][0] == "module":  # noqa: PLR2004  # module.name.type.name
        modules.append(steps[1][0])
        module = f"{module}.module.{''.join(steps[1])}".lstrip(".")
        steps = steps[2:]
    if len(steps) != 2 or not isinstance(values, Mapping):  # noqa: PLR2004  # type.name
        raise UnknownFact("address", "a resource has no address, or no values")
    config = (tuple(modules), f"{steps[0][0]}.{steps[1][0]}")
    return Record(address, type_, Item(values), planned, created, module, steps[1][1], config)


def _steps(address: str) -> list[tuple[str, str]]:
    """The names of an address, each with its index: module.a["x"].aws_s3_bucket.b[0]."""
    return [(match[1], match[2] or "") for match in _STEP.finditer(address)]


def _managed(each: Mapping[str, Any]) -> bool:
    """What is only looked up, or passes with the run, is no resource of the workspace's own."""
    text(each["type"])
    return meaning(each.get("mode", "managed"), {"managed": True, "data": False, "ephemeral": False})


def _of_plan(body: Mapping[str, Any]) -> Iterator[Record]:
    """The changes, those without action too; beside them what only the planned values name (a refresh-only plan)."""
    seen = set()
    for each in body.get("resource_changes") or []:
        seen.add(each["address"])
        change = each["change"]
        if not _managed(each) or change["actions"] in _GONE or "deposed" in each:
            continue
        values = masked(change["after"], change.get("after_unknown"), change.get("after_sensitive"))
        yield _record(each["address"], each["type"], values, True, "create" in change["actions"])
    for each in _modules((body.get("planned_values") or {}).get("root_module") or {}):
        if each["address"] not in seen:
            yield _shown(each, planned=True)


def _of_state(values: Mapping[str, Any]) -> Iterator[Record]:
    yield from (_shown(each) for each in _modules(values.get("root_module") or {}) if "deposed_key" not in each)


def _shown(each: Mapping[str, Any], planned: bool = False) -> Record:
    values = masked(each["values"], None, each.get("sensitive_values"))
    return _record(each["address"], each["type"], values, planned)


def _modules(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (each for each in module.get("resources") or [] if _managed(each))
    for child in module.get("child_modules") or []:
        yield from _modules(child)


def _of_file(body: Mapping[str, Any]) -> Iterator[Record]:
    for each in body["resources"]:
        if not _managed(each):
            continue
        prefix = f"{each['module']}." if each.get("module") else ""
        for instance in each["instances"]:
            if "deposed" not in instance:
                hidden = _hidden(instance.get("sensitive_attributes") or [])
                values = masked(instance["attributes"], None, hidden)
                address = f"{prefix}{each['type']}.{each['name']}{_index(instance.get('index_key'))}"
                yield _record(address, each["type"], values)


def _index(key: Any) -> str:
    return "" if key is None else f"[{key}]" if isinstance(key, int) else f'["{key}"]'


def _hidden(paths: list[Any]) -> dict[str, bool]:
    """A state file names sensitive values by their paths; the whole attribute is left unread."""
    steps = [path[0] if isinstance(path, list) and path else {} for path in paths]
    return {str(step["value"]): True for step in steps if step.get("type") == "get_attr"}
