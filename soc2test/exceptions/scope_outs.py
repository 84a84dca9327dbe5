"""`not_applicable`: a control that is taken out, since others stand in for it, somebody else does it, or it has nothing
to apply to. It is evaluated all the same, and what it found stays listed."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple, get_args, get_type_hints

from soc2test.code_reading.reads import facts_that_decide
from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError, UnknownFact
from soc2test.exceptions.approvals import wrong_approval
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import CarvedOut, Place, ScopeOut
from soc2test.exceptions.says_little import says_little
from soc2test.nearest import near
from soc2test.populations.population import Population
from soc2test.resources.kinds import Vendor
from soc2test.verdicts import ControlResult, TakenOut, Verdict

__all__ = [
    "Loaded",
    "refused_by_results",
    "taken_out",
    "watches_no_vendor",
    "wrong_scope_out",
    "wrong_subservice_vendor",
]

_LEAST_WORDS = 3
_NOTHING_SAID = (Verdict.NOT_EVALUATED, Verdict.ERROR, Verdict.NOT_APPLICABLE, Verdict.NO_OCCURRENCES)
_EMPTY = ("empty", "unconfirmed")
"""codes of the reason of a control whose complete population is empty: the second one where nothing agrees yet"""

Results = Callable[[str], ControlResult | None]


class Loaded(NamedTuple):
    """The controls that are loaded, by id, and the ids of those that an entry takes out."""

    controls: Mapping[str, Control]
    out: Collection[str]


def wrong_scope_out(
    entry: ScopeOut, loaded: Loaded, people: People, vendors: Population[Vendor], today: date
) -> ProgrammeError | None:
    """The first rule that an entry breaks whatever the controls find, None where it breaks none.

    The control that is taken out must be loaded.
    """
    controls = loaded.controls
    if controls[entry.control].reliance:
        return entry.place.refuse("tests whether the evidence can be relied on, and can't be taken out")
    if entry.replaced_by and (wrong := _wrong_replacement(entry, loaded)) is not None:
        return wrong
    carved = entry.carved_out
    if carved is not None and (wrong := _wrong_carve_out(carved, entry, loaded, vendors)) is not None:
        return wrong
    return wrong_approval(entry.approval, people, today)


def _wrong_replacement(entry: ScopeOut, loaded: Loaded) -> ProgrammeError | None:
    controls, wanted = loaded.controls, loaded.controls[entry.control].criteria
    tested: set[str] = set()
    for number, id in enumerate(entry.replaced_by):
        place = entry.place.at("replaced_by", number)
        if (wrong := _wrong_helper(place, id, entry.control, loaded)) is not None:
            return wrong
        shared = set(controls[id].criteria) & set(wanted)
        if not shared:
            return place.refuse(f"{id} tests none of its criteria, which are {', '.join(wanted)}")
        tested |= shared
    left = [criterion for criterion in wanted if criterion not in tested]
    if left:
        return entry.place.at("replaced_by").refuse(f"nothing named here tests {', '.join(left)}, which it tests")
    return _other_kind(entry, controls)


def _other_kind(entry: ScopeOut, controls: Mapping[str, Control]) -> ProgrammeError | None:
    """The first stand-in that looks at other things: the workloads' images say nothing of laptops."""
    own = controls[entry.control]
    for number, id in enumerate(entry.replaced_by):
        if not _of_one_kind(controls[id], own):
            text = f"{id} looks at other things: what stands in for {own.id} is a test of {own.kinds[0].__name__}"
            return entry.place.at("replaced_by", number).refuse(text)
    return None


def _of_one_kind(one: Control, other: Control) -> bool:
    """True where both test resources of one kind, or of a special case of it."""
    first, second = one.kinds[0], other.kinds[0]
    return issubclass(first, second) or issubclass(second, first)


def _wrong_carve_out(
    carved: CarvedOut, entry: ScopeOut, loaded: Loaded, vendors: Population[Vendor]
) -> ProgrammeError | None:
    place = entry.place.at("carved_out")
    if why := wrong_subservice_vendor(carved.organisation, vendors):
        return place.at("organisation").refuse(why)
    if says_little(carved.assumes, _LEAST_WORDS):
        return place.at("assumes").refuse("says nothing: write which controls are assumed to be at work there")
    watching = place.at("monitoring")
    if (wrong := _wrong_helper(watching, carved.monitoring, entry.control, loaded)) is not None:
        return wrong
    if why := watches_no_vendor(loaded.controls[carved.monitoring]):
        return watching.refuse(why)
    return None


def watches_no_vendor(control: Control) -> str:
    """Why a control can't be the one by which we watch a vendor; empty where it can."""
    if not issubclass(control.kinds[0], Vendor):
        return f"{control.id} looks at no vendor: name the test by which we watch them"
    if not _reads_a_moment(control):
        text = "asks for nothing that was looked at some day: name the test of their report, or of our assessment"
        return f"{control.id} {text}"
    return ""


def _reads_a_moment(control: Control) -> bool:
    """To watch somebody is done on some day; who owns a row of the register says nothing of the vendor."""
    kind = control.kinds[0]
    types = get_type_hints(kind)
    decide = [types.get(fact) for fact in facts_that_decide(control, kind)]
    return any(datetime in (fact_type, *get_args(fact_type)) for fact_type in decide)


def wrong_subservice_vendor(id: str, vendors: Population[Vendor]) -> str:
    """What is wrong with a subservice organisation; one that is known to be active is, whatever else is missing."""
    known = [vendor for vendor in vendors.members if vendor.id == id]
    if not known and vendors.gaps:
        return f"{id} can't be looked up, since not all vendors are known: {vendors.gaps[0].text}"
    if not known:
        return f"the register of vendors has no {id!r}{near(id, [vendor.id for vendor in vendors.members])}"
    try:
        if not all(vendor.active for vendor in known):
            return f"{id} is no active vendor any more"
        if not all(vendor.subservice for vendor in known):
            return f"{id} is no subservice organisation by the register of vendors (subservice: true)"
        return ""
    except UnknownFact as caught:
        return f"{id} can't be looked up: {caught}"


def _wrong_helper(place: Place, id: str, own: str, loaded: Loaded) -> ProgrammeError | None:
    """What is wrong with a control that is to stand in for another, or to watch who does its work."""
    controls = loaded.controls
    if id == own:
        return place.refuse("is the control itself")
    if id not in controls:
        guess = near(id, controls) or "; `soc2test controls` lists all"
        return place.refuse(f"no loaded control has the id {id}{guess}")
    if id in loaded.out:
        return place.refuse(f"{id} stands under not_applicable itself")
    if controls[id].reliance:
        return place.refuse(f"{id} tests the evidence itself, and is evidence of no criterion")
    if controls[id].fixtures:
        return place.refuse(f"{id} takes pytest fixtures, so that nothing else can wait for what it finds")
    return None


def refused_by_results(entry: ScopeOut, results: Results, *, system: bool) -> ProgrammeError | None:
    """The rule that an entry breaks by what the controls found, None where it is in force.

    `results` gives the result of a control of this run, that of the one which is taken out as it was evaluated, and
    None of one that has no part in the run. `system` is true where a vendor's own export lists what it applies to.
    """
    if entry.replaced_by:
        places = [(entry.place.at("replaced_by", number), id) for number, id in enumerate(entry.replaced_by)]
        own = results(entry.control)
        return next(filter(None, (_blind(place, results(id), id, own) for place, id in places)), None)
    if entry.carved_out is not None:
        watching = entry.carved_out.monitoring
        place, result = entry.place.at("carved_out", "monitoring"), results(watching)
        if result is not None and result.verdict is Verdict.FAIL:
            return place.refuse(f"{watching} deviates in this run: what is assumed there is not watched over")
        return _not_evaluated(place, watching, result) or _unwatched(place, entry.carved_out, result)
    own = results(entry.control)
    why = "it was not evaluated" if own is None else _not_empty(own, system)
    if not why:
        return None
    return entry.place.at("no_population").refuse(f"{why}: the evidence does not show that there is none")


def _unwatched(place: Place, carved: CarvedOut, result: ControlResult | None) -> ProgrammeError | None:
    """A test that is right about all others says nothing of the organisation on which we rely."""
    if result is None or carved.organisation in result.held_for:
        return None
    exempt = any(finding.resource == carved.organisation for finding in result.findings)
    why = "exempt from it, or not in order by it" if exempt else "not among what it looks at"
    text = f"{carved.organisation} is {why}: name a test that watches {carved.organisation}, and mend what it finds"
    return place.refuse(f"{carved.monitoring} says nothing good of it: {text}")


def _blind(place: Place, result: ControlResult | None, id: str, own: ControlResult | None) -> ProgrammeError | None:
    """What is wrong with a stand-in that can't see what the control that it replaces is about."""
    if (wrong := _not_evaluated(place, id, result)) is not None or result is None or own is None:
        return wrong
    if own.population and "system" in own.rests_on and "system" not in result.rests_on:
        weaker = " and ".join(result.rests_on) or "nothing"
        return place.refuse(f"{id} rests on {weaker} alone, where {own.id} rests on system evidence: it is weaker")
    wanted = _seen(own)
    if wanted and not wanted & _seen(result):
        named = ", ".join(sorted(wanted))
        return place.refuse(f"{id} looked at nothing of {named}, which {own.id} looks at: name a test that does")
    return None


def _seen(result: ControlResult) -> set[str]:
    """The sources of the resources that it looked at."""
    return {source for source, of_source in result.by_source.items() if of_source.population}


def _not_evaluated(place: Place, id: str, result: ControlResult | None) -> ProgrammeError | None:
    if result is None:
        return place.refuse(f"{id} has no part in this run, so that nothing shows that it does its work")
    if result.verdict in _NOTHING_SAID:
        word = result.verdict.replace("_", " ")
        why = f": {result.reason.text}" if result.reason is not None else ""
        return place.refuse(f"{id} is {word} in this run, and stands in for nothing{why}")
    if result.population <= result.pending:
        return place.refuse(f"{id} looked at no resource in this run, and stands in for nothing")
    return None


def _not_empty(result: ControlResult, system: bool) -> str:
    """Why a result does not show an empty population; empty where it does."""
    if result.exempt:
        return f"{result.exempt} resources are exempt, and there all the same"
    if result.population:
        return f"it applies to {result.population} resources"
    if result.gaps:
        return result.gaps[0].text
    code = result.reason.code if result.reason is not None else ""
    agreed = result.verdict is Verdict.NO_OCCURRENCES and result.nature != "state"
    if agreed and code == "empty":  # by a second source
        return ""
    if code not in _EMPTY:
        return result.reason.text if result.reason is not None else "its population is not known"
    return "" if system else "only rows kept by hand say that there is none"


def taken_out(entry: ScopeOut, found: Verdict) -> TakenOut:
    """The record of an entry in force, beside what evaluating the control found."""
    approval = entry.approval
    return TakenOut(
        form="replaced_by" if entry.replaced_by else "carved_out" if entry.carved_out is not None else "no_population",
        detail=_detail(entry),
        reason=approval.reason,
        owner=approval.owner,
        approver=approval.approver,
        since=approval.since.isoformat(),
        review_by=approval.review_by.isoformat(),
        found=found,
    )


def _detail(entry: ScopeOut) -> str:
    if entry.replaced_by:
        return ", ".join(entry.replaced_by)
    carved = entry.carved_out
    if carved is not None:
        return f"{carved.organisation}, of which is assumed: {carved.assumes}; watched by {carved.monitoring}"
    return ""
