"""What controls wait for: the kinds that they need, and what they met that nobody exported."""

from collections.abc import Iterable
from typing import Any

from soc2test.cli.here import Here
from soc2test.controls.control import Control
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.finding.unexported import Unexported
from soc2test.inventory.inventory import FRAMEWORK_KINDS
from soc2test.inventory.load import Loaded
from soc2test.resources.resource import Resource

__all__ = ["failed", "for_resources", "joined", "met", "waiting"]


def waiting(here: Here) -> dict[type[Resource], list[str]]:
    """The kinds that the controls need, each with their ids."""
    found: dict[type[Resource], list[str]] = {}
    for id, known in here.controls().items():
        control = known.control
        for kind in dict.fromkeys((*control.kinds, *control.seconds)):
            if kind not in FRAMEWORK_KINDS and kind not in control.besides and id not in found.setdefault(kind, []):
                found[kind].append(id)
    return found


def joined(kinds: Iterable[type[Resource]], here: Here) -> list[type[Resource]]:
    """Further kinds, from which facts of these are derived in turn, or that only add to what others tell."""
    found = list(kinds)
    given = len(found)
    controls = [known.control for known in here.controls().values()]
    besides = (kind for control in controls for kind in (*control.besides, *control.completing))
    found += [kind for kind in dict.fromkeys(besides) if kind not in found]
    known = set(found)
    derivations = _derivations(here)
    for kind in found:  # which grows meanwhile
        for of, joins in derivations:
            if joins not in known and (issubclass(of, kind) or issubclass(kind, of)):
                known.add(joins)
                found.append(joins)
    return found[given:]


def _derivations(here: Here) -> list[tuple[type[Resource], type[Resource]]]:
    """The kinds of which a fact is derived, each with the kind that it is derived from, in the order of the sources."""
    derived = (entry for source in here.plugins.sources.values() for entry in source.derived.items())
    return list(dict.fromkeys((of, joins) for (of, _), (_, joins) in derived if joins is not None))


def met(loaded: Loaded, here: Here) -> dict[str, list[str]]:
    """The reasons for unknown facts that the controls met, each with their ids.

    The controls are evaluated for it: many facts that nobody exported are asked for by none. Those that take fixtures,
    and what is read as a stream, are left out.
    """
    controls = [each.control for each in here.controls().values() if _can_run(each.control, loaded)]
    limits = {each.id: limits_of(each, here.config.limits.get(each.id, {}) if here.config else {}) for each in controls}
    found: dict[str, list[str]] = {}
    for id, each in sorted(evaluate(controls, loaded.inventory, limits, loaded.as_of.time).items()):
        texts = [finding.message for finding in each.result.findings if finding.outcome == "unknown"]
        texts += [each.result.reason.text] if each.result.reason is not None else []
        for text in dict.fromkeys(texts):
            found.setdefault(text, []).append(id)
    return found


def for_resources(loaded: Loaded, here: Here, reasons: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Calls about single resources that would tell what controls met as unknown, each once."""
    direct = waiting(here)
    kinds = [*direct, *joined(direct, here)]
    calls = {str(call): call for kind in kinds for call in loaded.inventory.unexported(kind)}
    wanted: dict[Unexported, dict[str, None]] = {}
    for text, ids in reasons.items():
        for call in [calls[text]] if text in calls else [call for says, call in calls.items() if says in text]:
            wanted.setdefault(call, {}).update(dict.fromkeys(ids))
    return [
        {"source": call.source, "operation": call.operation, "command": call.line, "file": call.file,
         "controls": sorted(ids)}
        for call, ids in sorted(wanted.items())
    ]  # fmt: skip


def failed(loaded: Loaded, here: Here, reasons: dict[str, list[str]]) -> list[Unexported]:
    """Calls about single resources that were made and can't be relied on, where a control met that."""
    direct = waiting(here)
    kinds = [*direct, *joined(direct, here)]
    calls = {call: text for kind in kinds for call, text in loaded.inventory.failed(kind)}
    return sorted(call for call, text in calls.items() if any(text in reason for reason in reasons))


def _can_run(control: Control, loaded: Loaded) -> bool:
    return not control.fixtures and not any(map(loaded.inventory.streams, control.kinds))
