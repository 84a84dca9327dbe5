"""What controls wait for: the kinds that they need, and calls about single resources that nobody exported."""

from collections.abc import Iterable, Iterator
from typing import Any

from soc2test.cli.here import Here
from soc2test.controls.control import Control
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.inventory.inventory import FRAMEWORK_KINDS
from soc2test.inventory.load import Loaded
from soc2test.inventory.unexported import Unexported
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult

__all__ = ["for_resources", "waiting"]


def waiting(here: Here) -> dict[type[Resource], list[str]]:
    """The kinds that the controls need, each with their ids."""
    found: dict[type[Resource], list[str]] = {}
    for id, known in here.controls().items():
        for kind in _with_joined(known.control.kinds, here):
            if kind not in FRAMEWORK_KINDS and id not in found.setdefault(kind, []):
                found[kind].append(id)
    return found


def _with_joined(kinds: Iterable[type[Resource]], here: Here) -> list[type[Resource]]:
    """The kinds, and those from which their facts are derived in turn."""
    found = list(dict.fromkeys(kinds))
    for kind in found:
        for source in here.plugins.sources.values():
            for (of, _), (_, joins) in source.derived.items():
                if joins is not None and joins not in found and (issubclass(of, kind) or issubclass(kind, of)):
                    found.append(joins)
    return found


def for_resources(loaded: Loaded, here: Here) -> list[dict[str, Any]]:
    """Each call once, with the controls that met a fact which it would tell.

    The controls are evaluated for it: many facts that nobody exported are asked for by none. Those that take fixtures,
    and what is read as a stream, are left out.
    """
    inventory = loaded.inventory
    controls = [each.control for each in here.controls().values() if _can_run(each.control, loaded)]
    limits = {each.id: limits_of(each, here.config.limits.get(each.id, {}) if here.config else {}) for each in controls}
    results = evaluate(controls, inventory, limits, loaded.as_of.time)
    calls = {str(call): call for kind in waiting(here) for call in inventory.unexported(kind)}
    wanted: dict[Unexported, list[str]] = {}
    for id, each in sorted(results.items()):
        for text in dict.fromkeys(_unknown(each.result)):
            for call in [calls[text]] if text in calls else [call for says, call in calls.items() if says in text]:
                wanted.setdefault(call, []).append(id)
    return [
        {"source": call.source, "operation": call.operation, "command": call.line, "file": call.file, "controls": ids}
        for call, ids in sorted(wanted.items())
    ]


def _can_run(control: Control, loaded: Loaded) -> bool:
    return not control.fixtures and not any(map(loaded.inventory.streams, control.kinds))


def _unknown(result: ControlResult) -> Iterator[str]:
    yield from (finding.message for finding in result.findings if finding.outcome == "unknown")
    if result.reason is not None:
        yield result.reason.text
