"""Whether a SARIF run is whole: what the scanner says of its own run, and what of it lies in other files.

Source: SARIF 2.1.0, the objects `invocation` (3.20), `notification` (3.58) and `externalPropertyFileReferences` (3.15).
"""

from collections.abc import Iterator, Sequence

from soc2test import Item, Missed, dig, missed
from soc2test_plugins.vulnerabilities.kinds import CodeWeakness
from soc2test_plugins.vulnerabilities.sarif_descriptors import Descriptions, descriptions, reference_of, same
from soc2test_plugins.vulnerabilities.sarif_rules import RunRules
from soc2test_plugins.vulnerabilities.shapes import items_at, named_as, text_at

__all__ = ["lying_elsewhere", "run_gaps"]

_HARMLESS = ("none", "note", "warning")
"""Levels of notifications after which the results stand. "error" says that the analysis was halted, or that its results
are wrong or not all there; a level that the standard does not define may say the same."""

_NOTIFICATIONS = ("toolExecutionNotifications", "toolConfigurationNotifications")
_ELSEWHERE = ("results", "invocations", "driver", "extensions", "conversion")
"""Parts of a run that decide on its weaknesses, and that may lie in files beside the log."""


def run_gaps(run: Item, rules: RunRules) -> Iterator[Missed]:
    """What of the run's results may not be there, by the run's own word."""
    kinds = descriptions(run, "notifications")
    for invocation in _invocations(run):
        yield from _process_gaps(invocation)
        yield from _notification_gaps(kinds, invocation)
    yield from rules.turned_off()
    references = run.or_else("externalPropertyFileReferences", None)
    if references is not None:
        yield from lying_elsewhere(
            [references], "in files beside the log that were not read: export the log as one file"
        )


def lying_elsewhere(holders: Sequence[object], where: str) -> Iterator[Missed]:
    """Gaps for those parts of a run that one of the `holders` has instead of the run itself."""
    for name in _ELSEWHERE:
        if any(isinstance(holder, Item) and holder.or_else(name, None) for holder in holders):
            yield missed(f"the {name} of a run lie {where}", CodeWeakness)


def _invocations(run: Item) -> list[Item]:
    """The processes of the scanner, and that which converted its output to SARIF."""
    converter = dig(run, "conversion", "invocation")
    return [*items_at(run, "invocations", []), *([converter] if isinstance(converter, Item) else [])]


def _process_gaps(invocation: Item) -> Iterator[Missed]:
    """An exit code tells nothing: scanners end with another one for what they found. `executionSuccessful` does."""
    if invocation.or_else("executionSuccessful", None) is not True:
        yield missed("the scanner does not say that its run was successful (executionSuccessful)", CodeWeakness)
    if invocation.or_else("exitSignalName", None) or invocation.or_else("exitSignalNumber", None):
        yield missed("a signal ended the scanner before its time (exitSignalName)", CodeWeakness)
    if invocation.or_else("processStartFailureMessage", None):
        yield missed("the scanner could not be started (processStartFailureMessage)", CodeWeakness)


def _notification_gaps(kinds: Descriptions, invocation: Item) -> Iterator[Missed]:
    for key in _NOTIFICATIONS:
        for notification in items_at(invocation, key, []):
            place = kinds.find(reference_of(notification))
            descriptor = None if place is None else kinds.at(place)
            if _level(kinds, invocation, notification, descriptor) not in _HARMLESS:
                yield missed(
                    f"the scanner notes an error, {_name(notification, descriptor)} ({key}): its results are not all "
                    "there, or are wrong. Mend the cause and scan again",
                    CodeWeakness,
                )


def _name(notification: Item, descriptor: Item | None) -> str:
    own = text_at(notification, "descriptor", "id")
    of_kind = text_at(descriptor, "id") if descriptor is not None else ""
    rule = text_at(notification, "associatedRule", "id")
    return named_as(own or of_kind or rule or "without an id")


def _level(kinds: Descriptions, invocation: Item, notification: Item, descriptor: Item | None) -> str:
    """Its own level; else that which the run was configured with, else its kind's, else the standard's: warning."""
    if own := text_at(notification, "level"):
        return own
    for override in items_at(invocation, "notificationConfigurationOverrides", []):
        of_this = same(kinds, reference_of(override), reference_of(notification))
        if of_this and (configured := text_at(override, "configuration", "level")):
            return configured
    described_level = text_at(descriptor, "defaultConfiguration", "level") if descriptor is not None else ""
    return described_level or "warning"
