"""Exemptions: resources left out of one test beforehand, by an approved and dated entry of exemptions.yaml."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.approvals import wrong_approval
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import ExemptionEntry
from soc2test.nearest import near
from soc2test.verdicts import Exemption

__all__ = ["exemptions_in_force"]

_WILD = str.maketrans("", "", "*?")


def exemptions_in_force(
    entries: Iterable[ExemptionEntry], controls: Mapping[str, Control], people: People, today: date, *, all_loaded: bool
) -> tuple[dict[str, tuple[Exemption, ...]], list[ProgrammeError]]:
    """The exemptions in force on `today` by the id of their test, and why each of the others is not.

    Where not `all_loaded`, a test that nobody knows may be one that did not load.
    """
    entries = list(entries)
    twice = {id for id, count in Counter(entry.id for entry in entries).items() if count > 1}
    good: dict[str, list[Exemption]] = {}
    refused = []
    for entry in entries:
        wrong = _wrong(entry, controls, twice, all_loaded) or wrong_approval(entry.approval, people, today)
        if wrong is not None:
            refused.append(wrong)
        else:
            good.setdefault(entry.test, []).append(_exemption(entry))
    return {test: tuple(each) for test, each in good.items()}, refused


def _wrong(
    entry: ExemptionEntry, controls: Mapping[str, Control], twice: set[str], all_loaded: bool
) -> ProgrammeError | None:
    place = entry.approval.place
    if is_placeholder(entry.id):
        return place.at("id").refuse("is no id: number it, such as EX-1")
    if entry.id in twice:  # which of them was approved can't be told
        return place.at("id").refuse(f"{entry.id} stands twice: give each its own id")
    if entry.test not in controls and all_loaded:
        guess = near(entry.test, controls) or "; `soc2test controls` lists all"
        return place.at("test").refuse(f"no loaded control has the id {entry.test}{guess}")
    if entry.test in controls and controls[entry.test].reliance:
        return place.at("test").refuse(f"{entry.test} tests whether the evidence can be relied on: nothing is exempt")
    for number, pattern in enumerate(entry.resources):
        if not any(sign.isalnum() for sign in pattern.translate(_WILD)):
            return place.at("resources", number).refuse(
                "would take out every resource: name those that are meant, by id or by a pattern of their ids"
            )
    return None


def _exemption(entry: ExemptionEntry) -> Exemption:
    approval = entry.approval
    return Exemption(
        id=entry.id,
        resources=entry.resources,
        matched=0,
        reason=approval.reason,
        owner=approval.owner,
        approver=approval.approver,
        since=approval.since.isoformat(),
        review_by=approval.review_by.isoformat(),
    )
