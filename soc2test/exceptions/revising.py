"""Revisions: that a deviation which an earlier version of a test noted was none, said by one person to another."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import translate

import msgspec

from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.approvals import wrong_approval
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import RevisionEntry
from soc2test.nearest import near

__all__ = ["Revisions", "revisions_in_force"]

_WILD = str.maketrans("", "", "*?")


class Revisions(msgspec.Struct, frozen=True):
    """The revisions in force."""

    entries: tuple[RevisionEntry, ...] = ()

    def of(self, test: str, resource: str, day: date) -> RevisionEntry | None:
        """The one that takes a deviation of this day back; of a test as a whole the resource is ""."""
        for entry in self.entries:
            covers = any(_matches(pattern, resource or test) for pattern in entry.resources)
            if entry.test == test and day <= entry.up_to and covers:
                return entry
        return None


def revisions_in_force(
    entries: Iterable[RevisionEntry], controls: Mapping[str, Control], people: People, today: date
) -> tuple[Revisions, list[ProgrammeError]]:
    """Those in force on `today`, and why each of the others is not."""
    entries = list(entries)
    twice = {id for id, count in Counter(entry.id for entry in entries).items() if count > 1}
    good, refused = [], []
    for entry in entries:
        wrong = _wrong(entry, controls, twice) or wrong_approval(entry.approval, people, today)
        if wrong is None:
            good.append(entry)
        else:
            refused.append(wrong)
    return Revisions(entries=tuple(good)), refused


def _wrong(entry: RevisionEntry, controls: Mapping[str, Control], twice: set[str]) -> ProgrammeError | None:
    place = entry.approval.place
    if is_placeholder(entry.id):
        return place.at("id").refuse("is no id: number it, such as RV-1")
    if entry.id in twice:  # which of them was approved can't be told
        return place.at("id").refuse(f"{entry.id} stands twice: give each its own id")
    if entry.test not in controls:
        guess = near(entry.test, controls) or "; `soc2test controls` lists all"
        return place.at("test").refuse(f"no loaded control has the id {entry.test}{guess}")
    if entry.up_to > entry.approval.since:
        text = f"lies after {entry.approval.since}: what is noted after it was approved is not taken back by it"
        return place.at("up_to").refuse(text)
    for number, pattern in enumerate(entry.resources):
        if not any(sign.isalnum() for sign in pattern.translate(_WILD)):
            return place.at("resources", number).refuse("would take back every deviation: name those that are meant")
    return None


def _matches(pattern: str, text: str) -> bool:
    """An id with * for any letters and ? for one; brackets stand for themselves."""
    return re.fullmatch(translate(pattern.replace("[", "[[]")), text) is not None
