"""What in subservice.yaml is wrong whatever the evidence says: named with its line, and never counted for anything."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from soc2test.criteria import CRITERIA
from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.records import Place
from soc2test.exceptions.says_little import says_little
from soc2test.nearest import near
from soc2test.subservice.records import OwnUserEntityControl, SubserviceOrganisation

__all__ = ["CheckedSubservice", "check_subservice"]

_LEAST_WORDS = 3
_INCLUSIVE = "`inclusive: {assertion: {file: ..., sha256: ...}, sources: {aws: {accounts: [...]}}, owners: [...]}`"


class CheckedSubservice(msgspec.Struct, frozen=True, kw_only=True):
    """The entries that are listed, and what is wrong with subservice.yaml.

    An organisation whose entry breaks a rule is listed all the same, and no report of it counts: criteria rest on it.
    """

    organisations: tuple[SubserviceOrganisation, ...] = ()
    user_entity_controls: tuple[OwnUserEntityControl, ...] = ()
    broken: Mapping[str, tuple[str, ...]] = {}
    """by organisation, the rules that its entry breaks, in words"""
    refused: tuple[ProgrammeError, ...] = ()


def check_subservice(
    organisations: Iterable[SubserviceOrganisation],
    user_entity_controls: Iterable[OwnUserEntityControl],
    controls: Collection[str],
    *,
    all_loaded: bool = True,
) -> CheckedSubservice:
    """Hold the entries against the criteria and `controls`, the ids of the loaded tests and of controls.yaml.

    Where not `all_loaded`, an id that nobody has may be that of a test that did not load: it is not refused, and
    counts for nothing all the same.
    """
    organisations, ours = list(organisations), list(user_entity_controls)
    known = controls if all_loaded else None
    listed: list[SubserviceOrganisation] = []
    broken: dict[str, tuple[str, ...]] = {}
    refused: list[ProgrammeError] = []
    twice = _twice(entry.id for entry in organisations)
    for entry in organisations:
        if (unlisted := _not_listed(entry, twice)) is not None:
            refused.append(unlisted)
            continue
        listed.append(entry)
        wrong = list(_wrong(entry))
        broken[entry.id] = tuple(error.text for error in wrong)
        refused += [*wrong, *_unknown(entry, known)]
    own, wrong_own = _own(ours)
    return CheckedSubservice(
        organisations=tuple(sorted(listed, key=lambda entry: entry.id)),
        user_entity_controls=tuple(sorted(own, key=lambda entry: entry.id)),
        broken={id: texts for id, texts in broken.items() if texts},
        refused=(*refused, *wrong_own),
    )


def _twice(ids: Iterable[str]) -> set[str]:
    return {id for id, count in Counter(ids).items() if count > 1}


def _not_listed(entry: SubserviceOrganisation, twice: Collection[str]) -> ProgrammeError | None:
    """Why an entry can't be listed at all: nobody knows whom it is about, or nothing rests on it."""
    if is_placeholder(entry.id):
        return entry.place.at("id").refuse("is no id: write that of the register of vendors; it is not listed")
    if entry.id in twice:
        return entry.place.at("id").refuse(f"{entry.id} stands twice and is not listed: one entry an organisation")
    if not entry.criteria and not entry.commitments:
        return entry.place.refuse(
            f"{entry.id} names no criterion and no commitment for which its controls are needed: name them under "
            "`criteria:` or `commitments:`, or take it out; a vendor on which none rests is no subservice organisation"
        )
    return None


def _wrong(entry: SubserviceOrganisation) -> Iterator[ProgrammeError]:
    """The rules that an entry breaks by what it says alone."""
    yield from _carved_out(entry) if entry.method == "carve_out" else _inclusive(entry)
    for number, text in enumerate(entry.services):
        if is_placeholder(text):
            yield entry.place.at("services", number).refuse("names no service: write which one you use")
    for report in entry.reports:
        if report.first is not None and report.last is not None and report.last < report.first:
            yield report.place.at("to").refuse(f"is {report.last}, before its first day, {report.first}")
    for letter in entry.letters:
        if letter.last < letter.first:
            yield letter.place.at("to").refuse(f"is {letter.last}, before its first day, {letter.first}")


def _carved_out(entry: SubserviceOrganisation) -> Iterator[ProgrammeError]:
    place = entry.place
    if not entry.assumes:
        yield place.refuse(
            f"{entry.id} is carved out, and no type of control is named that you assume of it: `assumes: [...]`"
        )
    for number, text in enumerate(entry.assumes):
        if says_little(text, _LEAST_WORDS):
            yield place.at("assumes", number).refuse("says nothing: write which controls are assumed to be at work")
    if entry.monitoring is None:
        yield place.refuse(f"{entry.id} is carved out, and nothing of yours watches it: `monitoring: VEN-04`")
    if entry.inclusive is not None:
        yield place.at("inclusive").refuse(f"{entry.id} is carved out: take this out, or write `method: inclusive`")


def _inclusive(entry: SubserviceOrganisation) -> Iterator[ProgrammeError]:
    place = entry.place
    if entry.inclusive is None:
        yield place.at("method").refuse(
            f"{entry.id} is inclusive without its written assertion, its evidence and its people: write `method: "
            f"carve_out`, or {_INCLUSIVE}"
        )
    if entry.assumes:
        yield place.at("assumes").refuse(f"{entry.id} is inclusive: its controls are tested here, and not assumed")


def _unknown(entry: SubserviceOrganisation, controls: Collection[str] | None) -> Iterator[ProgrammeError]:
    """Criteria and controls that there are not; with None for `controls` those are not known."""
    yield from _unknown_criteria(entry.criteria, entry.place.at("criteria"))
    for report in entry.reports:
        about = report.auditor_opinion_about or ()
        yield from _unknown_criteria(about, report.place.at("auditor_opinion_about"))
    if controls is None:
        return
    if entry.monitoring is not None:
        yield from _unknown_controls((entry.monitoring,), [entry.place.at("monitoring")], controls)
    for theirs in entry.user_entity_controls or ():
        places = [theirs.place.at("controls", number) for number in range(len(theirs.controls))]
        yield from _unknown_controls(theirs.controls, places, controls)


def _unknown_criteria(criteria: Iterable[str], place: Place) -> Iterator[ProgrammeError]:
    for number, criterion in enumerate(criteria):
        if criterion not in CRITERIA:
            guess = near(criterion, CRITERIA) or "; `soc2test criteria` lists all"
            yield place.at(number).refuse(f"there is no criterion {criterion!r}{guess}")


def _unknown_controls(
    ids: Iterable[str], places: Iterable[Place], controls: Collection[str]
) -> Iterator[ProgrammeError]:
    for id, place in zip(ids, places, strict=True):
        if id not in controls:
            guess = near(id, controls) or "; `soc2test controls` lists the tests"
            yield place.refuse(f"no loaded test and no control of controls.yaml has the id {id!r}{guess}")


def _own(
    entries: list[OwnUserEntityControl],
) -> tuple[list[OwnUserEntityControl], list[ProgrammeError]]:
    """Those of our own user-entity controls that are listed, and what is wrong with others."""
    twice = _twice(entry.id for entry in entries)
    good: list[OwnUserEntityControl] = []
    refused: list[ProgrammeError] = []
    for entry in entries:
        if is_placeholder(entry.id):
            refused.append(entry.place.at("id").refuse("is no id: number it, such as UEC-01; it is not listed"))
        elif entry.id in twice:
            text = f"{entry.id} stands twice and is not listed: give each its own id"
            refused.append(entry.place.at("id").refuse(text))
        elif says_little(entry.text, _LEAST_WORDS):
            text = f"says nothing: write in a sentence what customers have to do; {entry.id} is not listed"
            refused.append(entry.place.at("text").refuse(text))
        else:
            good.append(entry)
            refused += _unknown_criteria(entry.criteria, entry.place.at("criteria"))
            if entry.told_at is None and entry.document is None:
                way_out = "`told_at: https://...` or `document: {file: ..., sha256: ...}`"
                refused.append(entry.place.refuse(f"{entry.id} names no place where customers are told: {way_out}"))
    return good, refused
