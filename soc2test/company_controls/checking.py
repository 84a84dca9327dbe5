"""Which entries of controls.yaml stand; ids that nobody knows are named with the nearest."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.criteria import CRITERIA
from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.records import Place
from soc2test.exceptions.says_little import says_little
from soc2test.nearest import near

__all__ = ["Checked", "check_company_controls"]

_LEAST_WORDS = 4
_EXAMPLE = "name@company.example"


class Checked(msgspec.Struct, frozen=True):
    """The controls that are listed, and what is wrong with controls.yaml.

    A control that names what nobody knows is listed, as not evaluated: it is no better known for its mistake.
    """

    controls: tuple[CompanyControl, ...] = ()
    refused: tuple[ProgrammeError, ...] = ()


def check_company_controls(
    entries: Iterable[CompanyControl], tests: Collection[str], *, all_loaded: bool = True
) -> Checked:
    """Hold the entries against the ids of the loaded tests and the criteria.

    Where not `all_loaded`, an id that no test has may be that of one that did not load: it is not refused, and its
    control is not evaluated all the same.
    """
    entries = list(entries)
    twice = {id for id, count in Counter(entry.id for entry in entries).items() if count > 1}
    controls: list[CompanyControl] = []
    refused: list[ProgrammeError] = []
    for entry in entries:
        if (wrong := _wrong(entry, twice)) is not None:
            refused.append(wrong)
            continue
        controls.append(entry)
        refused += _unknown_criteria(entry)
        if all_loaded:
            refused += _unknown_tests(entry, tests)
    return Checked(controls=tuple(sorted(controls, key=lambda control: control.id)), refused=tuple(refused))


def _wrong(entry: CompanyControl, twice: Collection[str]) -> ProgrammeError | None:
    """Why an entry can't be listed at all."""
    place = entry.place
    if is_placeholder(entry.id):
        return place.at("id").refuse("is no id: number the control, such as CTL-01")
    if entry.id in twice:
        return place.at("id").refuse(f"{entry.id} stands twice and is not listed: give each control its own id")
    if says_little(entry.wording, _LEAST_WORDS):
        return _refuse(entry, "wording", "says nothing: write in a sentence who does what, how often, and to what")
    if is_placeholder(entry.owner):
        return _refuse(entry, "owner", f"names nobody: write the e-mail address of who answers for it, as {_EXAMPLE}")
    if entry.performer is not None and is_placeholder(entry.performer):
        return _refuse(entry, "performer", f"names nobody: write the e-mail address of who does it, as {_EXAMPLE}")
    if entry.performer is None and entry.execution == "manual":
        return _refuse(entry, "", f"is manual, and names no performer: `performer: {_EXAMPLE}`")
    if entry.until is not None and entry.until < entry.since:
        return _refuse(entry, "until", f"is {entry.until}, before its first day, {entry.since}")
    return None


def _refuse(entry: CompanyControl, key: str, text: str) -> ProgrammeError:
    place: Place = entry.place.at(key) if key else entry.place
    return place.refuse(f"{text}; {entry.id} is not listed")


def _unknown_criteria(entry: CompanyControl) -> Iterator[ProgrammeError]:
    for number, criterion in enumerate(entry.criteria):
        if criterion not in CRITERIA:
            guess = near(criterion, CRITERIA) or "; `soc2test criteria` lists all"
            yield entry.place.at("criteria", number).refuse(f"there is no criterion {criterion!r}{guess}")


def _unknown_tests(entry: CompanyControl, tests: Collection[str]) -> Iterator[ProgrammeError]:
    for number, id in enumerate(entry.tests):
        if id not in tests:
            guess = near(id, tests) or "; `soc2test controls` lists all"
            yield entry.place.at("tests", number).refuse(f"no loaded test has the id {id!r}{guess}")
