"""What a source declares, as plain records."""

from collections.abc import Mapping
from typing import Any

from soc2test.errors import PluginError
from soc2test.finding.places import folder_of, place_of
from soc2test.sources.mappable import Preset
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.sources.template_parts import TemplatePart

__all__ = ["source_record"]


def source_record(source: Source) -> dict[str, Any]:
    """The record of one source with all its operations in the order of their names."""
    return {
        "name": source.name,
        "title": source.title,
        "url": source.url,
        "declare": [f"{level}s" for level in source.scope],
        "folder": folder_of(source) + "/",
        "max_age_days": source.max_age_days,
        "denied": sorted(source.denied),
        "tools": {command.split()[0]: lowest for command, lowest in source.collecting.tools.items()},
        "variables": dict(source.collecting.variables),
        "operations": [
            _record(source, each) for each in sorted(source.operations.values(), key=lambda each: each.name)
        ],
    }


def _record(source: Source, operation: Operation) -> dict[str, Any]:
    command = filled(operation.command, operation.name)
    return {
        "operation": operation.name,
        "lists": operation.lists,
        "kinds": [kind.__name__ for kind in operation.kinds],
        "per": operation.per.__name__ if operation.per else None,
        "facts": list(operation.tells),
        "scope": list(operation.scope),
        **_fewer_levels(source, operation),
        "subject": list(operation.subject),
        "answers": list(operation.absent),
        "schema": operation.name if operation.schema else None,
        "presets": {name: preset.title for name, preset in _presets(operation).items()},
        "file": place_of(source, operation),
        "before": filled(operation.before[0], operation.name) if operation.before else None,
        "command": command if " " in command else "",  # a lone path is no command but a file kept by hand
    }


def _presets(operation: Operation) -> Mapping[str, Preset]:
    """Exports of vendors whose columns are known, by the names that soc2.yaml gives them."""
    try:
        return operation.mappable().presets
    except PluginError:
        return {}  # whoever reads a table with it is told


def _fewer_levels(source: Source, operation: Operation) -> dict[str, str | None]:
    """Of a call that is made once for an outer scope level: that level, and the first one that does not matter."""
    skipped = [level for level in source.scope if level not in operation.scope]
    whole = not skipped or not operation.scope
    return {"once_per": None if whole else " and ".join(operation.scope), "skipped": None if whole else skipped[0]}


class _Places(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return TemplatePart(f"<{key}>")


def filled(template: str, operation: str) -> str:
    """A command with its parts as places to fill in: `--bucket <bucket>`."""
    return template.format_map(_Places(operation=operation))
