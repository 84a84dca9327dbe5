"""Waivers: deviations that one person answers for and another one accepts, for a time, by entries of waivers.yaml."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.approvals import a_year_after, wrong_people, wrong_words
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Place, WaiverEntry
from soc2test.nearest import near
from soc2test.populations.likeness import one_mailbox
from soc2test.verdicts import Waiver

__all__ = ["RefusedWaiver", "WaiversInForce", "repeated_ids", "waivers_in_force", "wrong_waiver", "wrong_waivers"]

_WILD = str.maketrans("", "", "*?")
_LEAST_SIGNS = 3
"""letters and digits that a pattern with wildcards holds at least"""


class RefusedWaiver(msgspec.Struct, frozen=True):
    """A waiver that accepts nothing, whatever its days are, and why."""

    entry: WaiverEntry
    error: ProgrammeError


class WaiversInForce(msgspec.Struct, frozen=True):
    """The waivers that were rightly approved, expired ones too, by the id of their test; and all others."""

    by_test: Mapping[str, tuple[Waiver, ...]] = {}
    compensating: Mapping[str, str] = {}
    """id of a waiver -> the control that its entry names as compensating, which may not be borne out"""
    refused: tuple[RefusedWaiver, ...] = ()


def waivers_in_force(
    entries: Iterable[WaiverEntry], controls: Mapping[str, Control], people: People, today: date, *, all_loaded: bool
) -> WaiversInForce:
    """What waivers accept on `today`, by the people of that day.

    Where not `all_loaded`, a test that nobody knows may be one that did not load. Of one that has expired nobody is
    looked up any more: it accepts nothing.
    """
    entries = list(entries)
    twice = repeated_ids(entry.id for entry in entries)
    good: dict[str, list[Waiver]] = {}
    refused = []
    for entry in entries:
        wrong = next(wrong_waiver(entry, controls, twice, all_loaded=all_loaded), None)
        expired = entry.approval.review_by < today
        if wrong is None and not expired:
            wrong = wrong_people(entry.approval, people)
        if wrong is None:
            good.setdefault(entry.test, []).append(_waiver(entry, today))
        else:
            refused.append(RefusedWaiver(entry=entry, error=wrong))
    return WaiversInForce(
        by_test={test: tuple(waivers) for test, waivers in good.items()},
        compensating={entry.id: entry.compensating for entry in entries if entry.compensating is not None},
        refused=tuple(refused),
    )


def wrong_waivers(
    entries: Iterable[WaiverEntry], controls: Mapping[str, Control], today: date, *, all_loaded: bool
) -> Iterator[ProgrammeError]:
    """What is wrong with each waiver whatever the evidence tells: its words, its days, and what it names.

    One that is opened after `today` is from the future.
    """
    entries = list(entries)
    twice = repeated_ids(entry.id for entry in entries)
    for entry in entries:
        wrong = next(wrong_waiver(entry, controls, twice, all_loaded=all_loaded), None)
        opened = entry.approval.since
        if wrong is None and opened > today:
            text = f"{opened} lies after {today}: nobody accepts a deviation before its day"
            wrong = entry.approval.place.at("opened").refuse(text)
        if wrong is not None:
            yield wrong


def repeated_ids(ids: Iterable[str]) -> set[str]:
    """Those that stand more than once."""
    return {id for id, count in Counter(ids).items() if count > 1}


def wrong_waiver(
    entry: WaiverEntry, controls: Mapping[str, Control], twice: Collection[str], *, all_loaded: bool
) -> Iterator[ProgrammeError]:
    """The rules that an entry breaks by itself, in the order of its keys; `twice` are ids that several entries have."""
    approval = entry.approval
    place = approval.place
    if is_placeholder(entry.id):
        yield place.at("id").refuse("is no id: number it, such as WV-1")
    if entry.id in twice:  # which of them was approved can't be told
        yield place.at("id").refuse(f"{entry.id} stands twice: give each its own id")
    yield from _wrong_tests(entry, controls, all_loaded=all_loaded)
    yield from _too_broad(entry.resources, place)
    wrong = wrong_words(approval)
    if wrong is not None:
        yield wrong
    elif one_mailbox(approval.owner, approval.approver):
        why = f"{approval.owner} and {approval.approver} look like one address"
        yield place.at("approver").refuse(f"{why}: the approver must be another person than the owner")
    yield from _wrong_days(approval.since, approval.review_by, place)


def _wrong_tests(entry: WaiverEntry, controls: Mapping[str, Control], *, all_loaded: bool) -> Iterator[ProgrammeError]:
    place = entry.approval.place
    if entry.test not in controls and all_loaded:
        yield place.at("test").refuse(_no_control(entry.test, controls))
    if entry.test in controls and controls[entry.test].reliance:
        text = f"{entry.test} tests whether the evidence can be relied on: nobody can accept that it can't"
        yield place.at("test").refuse(text)
    other = entry.compensating
    if other is None:
        return
    if other == entry.test:
        yield place.at("compensating").refuse(f"{other} deviates: what compensates is another control")
    elif other not in controls and all_loaded:
        yield place.at("compensating").refuse(f"{_no_control(other, controls)}; leave the key out where nothing does")


def _no_control(id: str, controls: Iterable[str]) -> str:
    return f"no loaded control has the id {id}{near(id, controls) or '; `soc2test controls` lists all'}"


def _too_broad(resources: Iterable[str], place: Place) -> Iterator[ProgrammeError]:
    for number, pattern in enumerate(resources):
        signs = sum(sign.isalnum() for sign in pattern.translate(_WILD))
        least = _LEAST_SIGNS if any(sign in pattern for sign in "*?") else 1
        if signs < least:
            text = "is too broad: name the resources that are meant, by id or by a pattern with three letters at least"
            yield place.at("resources", number).refuse(text)


def _wrong_days(opened: date, expires: date, place: Place) -> Iterator[ProgrammeError]:
    if expires < opened:
        yield place.at("expires").refuse(f"lies before {opened}, on which it was opened")
    if expires > a_year_after(opened):
        yield place.at("expires").refuse(f"must be at most a year after opened, which is {a_year_after(opened)}")


def _waiver(entry: WaiverEntry, today: date) -> Waiver:
    approval = entry.approval
    return Waiver(
        id=entry.id,
        resources=entry.resources,
        reason=approval.reason,
        owner=approval.owner,
        approver=approval.approver,
        opened=approval.since.isoformat(),
        expires=approval.review_by.isoformat(),
        force="expired" if approval.review_by < today else "not_yet" if approval.since > today else "in_force",
    )
