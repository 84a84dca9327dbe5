"""Entries of subservice.yaml: what is refused by name and line, what is named and never counts, what both methods need."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from subservice_case import (
    AWS,
    INCLUSIVE,
    LETTER,
    OWN,
    REPORT,
    WITH_LETTER,
    changed,
    judged,
    known,
    notes,
    row,
    vendor,
)

from soc2test import Identity, control
from soc2test.controls.control import control_of
from soc2test.exceptions.records import Approval, CarvedOut, Place, ScopeOut
from soc2test.populations.population import Gap, Population
from soc2test.pytest_plugin.outcome import empty_result
from soc2test.resources.kinds import Commitment, Vendor
from soc2test.subservice.checking import check_subservice
from soc2test.subservice.records import NamedFile, UserEntityControl
from soc2test.subservice.rows import by_criterion, judge_subservice
from soc2test.verdicts import Verdict

TESTS = {"CTL-08", "CTL-23"}

# by what the file says alone

NOT_LISTED = {
    "no id": ([changed(id="TBD")], "organisations[0].id", "is no id: write that of the register of vendors"),
    "twice": ([AWS, AWS], "organisations[0].id", "aws stands twice and is not listed"),
    "for nothing": (
        [changed(criteria=())],
        "organisations[0]",
        "aws names no criterion and no commitment for which its controls are needed",
    ),
}


@pytest.mark.parametrize(("entries", "key", "says"), NOT_LISTED.values(), ids=NOT_LISTED)
def test_on_whom_nothing_rests_or_who_is_nobody_is_not_listed(entries: list[Any], key: str, says: str) -> None:
    checked = check_subservice(entries, [], TESTS)
    assert checked.organisations == ()
    assert {(error.file, error.line, error.key) for error in checked.refused} == {("subservice.yaml", 2, key)}
    assert says in checked.refused[0].text


BROKEN = {
    "assumes nothing": (changed(assumes=()), "", "no type of control is named that you assume of it"),
    "assumes little": (changed(assumes=("TBD",)), ".assumes[0]", "says nothing: write which controls are assumed"),
    "unwatched": (changed(monitoring=None), "", "nothing of yours watches it: `monitoring: VEN-04`"),
    "both methods": (
        changed(inclusive=INCLUSIVE.inclusive),
        ".inclusive",
        "aws is carved out: take this out, or write `method: inclusive`",
    ),
    "inclusive alone": (
        changed(INCLUSIVE, inclusive=None),
        ".method",
        "aws is inclusive without its written assertion, its evidence and its people",
    ),
    "inclusive and assumed": (
        changed(INCLUSIVE, assumes=("guards and badges at its sites",)),
        ".assumes",
        "aws is inclusive: its controls are tested here, and not assumed",
    ),
    "no service": (changed(services=("TBD", "S3")), ".services[0]", "names no service"),
    "a report backwards": (
        changed(reports=(changed(REPORT, first=date(2026, 4, 1)),)),
        ".reports[0].to",
        "is 2026-03-31, before its first day, 2026-04-01",
    ),
    "a letter backwards": (
        changed(WITH_LETTER, letters=(changed(LETTER, last=date(2026, 3, 1)),)),
        ".bridge_letters[0].to",
        "is 2026-03-01, before its first day, 2026-04-01",
    ),
}


@pytest.mark.parametrize(("entry", "key", "says"), BROKEN.values(), ids=BROKEN)
def test_an_entry_that_breaks_a_rule_is_refused_and_listed_with_no_day_covered(
    tmp_path: Path, entry: Any, key: str, says: str
) -> None:
    (refused,) = check_subservice([entry], [], TESTS).refused
    assert (refused.file, refused.line, refused.key) == ("subservice.yaml", 2, f"organisations[0]{key}")
    assert says in refused.text
    found = row(tmp_path, entry)
    assert (found.stands, found.notes[0]) == (False, refused.text)
    assert found.days is not None
    assert (found.days.covered, found.days.by_letter) == (0, 0)
    assert by_criterion([entry]) == {"CC6.4": ("aws",)}  # the criterion rests on it all the same


UNKNOWN = {
    "criterion": (changed(criteria=("CC6.4", "CC6.40")), ".criteria[1]", "there is no criterion 'CC6.40'"),
    "qualified criterion": (
        changed(reports=(changed(REPORT, auditor_opinion="qualified", auditor_opinion_about=("CC7",)),)),
        ".reports[0].auditor_opinion_about[0]",
        "there is no criterion 'CC7'",
    ),
    "monitoring": (
        changed(monitoring="CTL-32"),
        ".monitoring",
        "no loaded test and no control of controls.yaml has the id 'CTL-32'; did you mean 'CTL-23'?",
    ),
    "control": (
        changed(
            user_entity_controls=(
                UserEntityControl(
                    id="CUEC-1",
                    text="Customers lock away the root account.",
                    controls=("CTL-08", "CTL-80"),
                    place=AWS.place.at("user_entity_controls", 0),
                ),
            )
        ),
        ".user_entity_controls[0].controls[1]",
        "no loaded test and no control of controls.yaml has the id 'CTL-80'",
    ),
}


@pytest.mark.parametrize(("entry", "key", "says"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_knows_is_refused_with_the_nearest(entry: Any, key: str, says: str) -> None:
    (refused,) = check_subservice([entry], [], TESTS).refused
    assert refused.key == f"organisations[0]{key}"
    assert says in refused.text


def test_where_a_file_did_not_load_an_id_may_be_its_and_counts_for_nothing(tmp_path: Path) -> None:
    entry = changed(monitoring="OWN-77")
    checked = check_subservice([entry], [], TESTS, all_loaded=False)
    assert checked.refused == ()
    (found,) = judge_subservice(checked, known(tmp_path)).told.organisations
    assert found.notes == ("OWN-77, which is to watch it, is neither a loaded test nor a control of controls.yaml",)


# by the registers and the results


LOOKED_UP: dict[str, tuple[Any, str]] = {
    "another id": (Population(Vendor, [vendor("amazon")]), "the register of vendors has no 'aws'"),
    "no more": (Population(Vendor, [vendor(active=False)]), "aws is no active vendor any more"),
    "no subservice": (
        Population(Vendor, [vendor(subservice=False)]),
        "aws is no subservice organisation by the register of vendors (subservice: true)",
    ),
    "a list with gaps": (
        Population(Vendor, (), (Gap("missing", "no register of vendors", "registers"),)),
        "aws can't be looked up, since not all vendors are known: no register of vendors",
    ),
    "nothing read": (None, "aws can't be looked up: the exports could not be read"),
}


@pytest.mark.parametrize(("vendors", "says"), LOOKED_UP.values(), ids=LOOKED_UP)
def test_who_is_no_subservice_organisation_of_the_register_covers_no_day(
    tmp_path: Path, vendors: Any, says: str
) -> None:
    found = judged(tmp_path, WITH_LETTER, vendors=vendors)
    (refused,), (told,) = found.refused, found.told.organisations
    assert refused.key == "organisations[0].id"
    assert refused.text.startswith(says)
    assert told.notes[0] == refused.text
    assert told.days is not None
    assert (told.stands, told.days.covered, told.days.by_letter) == (False, 0, 0)


def test_a_criterion_or_a_commitment_that_is_none_here_is_named(tmp_path: Path) -> None:
    entry = changed(criteria=("CC6.4", "A1.2", "CC6.40"), commitments=("COM-01", "COM-07"))
    assert notes(tmp_path, entry) == (
        "it names A1.2, which is not in scope: availability is not",
        "it names the criterion CC6.40, which there is not",
        "commitment COM-07 is not in the register of commitments",
    )
    gaps = (Gap("missing", "no register of commitments", "registers"),)
    unread = notes(tmp_path, changed(commitments=("COM-01",)), commitments=Population(Commitment, (), gaps))
    assert unread == ("commitment COM-01 can't be looked up, since not all are known: no register of commitments",)
    assert "could not be read" in notes(tmp_path, changed(commitments=("COM-01",)), commitments=None)[0]


@pytest.mark.parametrize("status", ["deviation", "not_evaluated", "no_deviations_partial", "no_test", "not_in_force"])
def test_a_control_of_the_company_that_watches_it_is_named_unless_it_is_green(tmp_path: Path, status: str) -> None:
    found = row(tmp_path, AWS, described={"CTL-08": "no_deviations", "CTL-23": status})
    assert found.notes == (f"CTL-23, which is to watch it: {status.replace('_', ' ')}",)
    assert found.monitoring is not None
    assert found.monitoring.status == status
    assert found.stands  # its reports are what they are


@control("VEN-90", criteria=["CC9.2"], nature="state")
def test_is_assessed(vendor: Vendor) -> None:
    """Each vendor was assessed."""
    assert vendor.assessed_at is not None


@control("VEN-91", criteria=["CC9.2"], nature="state")
def test_is_owned(vendor: Vendor) -> None:
    """Each vendor has an owner."""
    assert vendor.owner_email is not None


@control("IAM-90", criteria=["CC6.1"], nature="state")
def test_is_strong(identity: Identity) -> None:
    """Each person signs in with a second factor."""
    assert identity.mfa


def by_test(tmp_path: Path, test: Any, verdict: Verdict, *, held: bool = True, **fields: Any) -> tuple[str, ...]:
    spec = control_of(test)
    assert spec is not None
    result = empty_result(spec, verdict, "missing", "no register of vendors")
    changed_result = changed(result, held_for=("aws",) if held else ())
    entry = changed(monitoring=spec.id)
    checked = check_subservice([entry], [], {spec.id, *TESTS})
    facts = known(tmp_path, results={spec.id: changed_result}, controls={spec.id: spec}, **fields)
    (found,) = judge_subservice(checked, facts).told.organisations
    return tuple(note for note in found.notes if spec.id in note)


def test_a_test_that_watches_it_holds_for_it_or_is_named(tmp_path: Path) -> None:
    assert by_test(tmp_path, test_is_assessed, Verdict.PASS) == ()
    assert by_test(tmp_path, test_is_assessed, Verdict.FAIL) == ("VEN-90, which is to watch it, deviates",)
    assert by_test(tmp_path, test_is_assessed, Verdict.NOT_EVALUATED) == (
        "VEN-90, which is to watch it, is not evaluated: no register of vendors",
    )
    assert by_test(tmp_path, test_is_assessed, Verdict.PASS, held=False) == (
        "VEN-90 says nothing good of it: it is exempt there, or not among what it looks at",
    )
    assert by_test(tmp_path, test_is_assessed, Verdict.PASS, held=False, over_period=True) == (
        "VEN-90 says nothing good of it: not each snapshot of the period shows that it looked at it",
    )


def test_a_test_that_looks_at_no_vendor_or_at_no_day_watches_nobody(tmp_path: Path) -> None:
    (says,) = by_test(tmp_path, test_is_strong, Verdict.PASS)
    assert says.startswith("IAM-90 looks at no vendor")
    (says,) = by_test(tmp_path, test_is_owned, Verdict.PASS)
    assert says.startswith("VEN-91 asks for nothing that was looked at some day")


# user-entity controls


def theirs(*controls: str) -> tuple[UserEntityControl, ...]:
    place = AWS.place.at("user_entity_controls", 0)
    text = "Customers lock away the root account."
    return (UserEntityControl(id="CUEC-1", text=text, controls=controls, place=place),)


def test_a_user_entity_control_of_theirs_without_a_control_of_ours_is_named(tmp_path: Path) -> None:
    without = ("user-entity controls of its without a control of ours: CUEC-1",)
    assert notes(tmp_path, changed(user_entity_controls=theirs("CTL-08"))) == ()
    assert notes(tmp_path, changed(user_entity_controls=theirs())) == without
    assert notes(tmp_path, changed(user_entity_controls=theirs("CTL-99"))) == without
    assert notes(tmp_path, changed(user_entity_controls=theirs("CTL-99", "CTL-08"))) == ()
    assert notes(tmp_path, changed(user_entity_controls=())) == ()
    (untold,) = notes(tmp_path, changed(user_entity_controls=None))
    assert untold == "which user-entity controls its report expects of us is not told"


def test_a_control_that_is_not_in_force_does_nothing_for_them(tmp_path: Path) -> None:
    given = changed(user_entity_controls=theirs("CTL-08", "CTL-10"))
    ended = {"CTL-08": "not_in_force", "CTL-10": "not_in_force", "CTL-23": "no_deviations"}
    assert row(tmp_path, given, described=ended).notes == (
        "user-entity controls of its without a control of ours: CUEC-1",
    )
    assert row(tmp_path, given, described={**ended, "CTL-08": "deviation"}).notes == ()


def test_what_a_control_of_ours_shows_stands_beside_what_it_answers(tmp_path: Path) -> None:
    found = row(tmp_path, AWS, described={"CTL-08": "deviation", "CTL-23": "no_deviations"})
    assert found.user_entity_controls is not None
    assert [(one.id, one.status) for one in found.user_entity_controls[0].controls] == [("CTL-08", "deviation")]


def test_our_own_user_entity_controls_say_where_customers_are_told(tmp_path: Path) -> None:
    document = NamedFile(file="documents/none.txt", sha256="0" * 64)
    own = (
        OWN,
        changed(OWN, id="UEC-02", told_at=None),
        changed(OWN, id="UEC-03", told_at="on our page"),
        changed(OWN, id="UEC-04", told_at=None, document=document),
        changed(OWN, id="UEC-05", criteria=("A1.2",)),
    )
    found = judged(tmp_path, own=own)
    assert {control.id: control.notes for control in found.told.user_entity_controls} == {
        "UEC-01": (),
        "UEC-02": ("where customers are told is not said",),
        "UEC-03": ("where customers are told is no URL",),
        "UEC-04": ("documents/none.txt is not there: put it there",),
        "UEC-05": ("it names A1.2, which is not in scope: availability is not",),
    }
    assert [refused.key for refused in found.refused] == ["user_entity_controls[0].document"]
    (untold,) = check_subservice([], own, TESTS).refused
    assert "UEC-02 names no place where customers are told: `told_at: https://...`" in untold.text


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ((changed(OWN, id="TBD"),), "is no id: number it, such as UEC-01"),
        ((OWN, OWN), "UEC-01 stands twice and is not listed"),
        ((changed(OWN, text="TBD"),), "says nothing: write in a sentence what customers have to do"),
    ],
)
def test_one_of_our_own_that_says_nothing_is_not_listed(own: tuple[Any, ...], says: str) -> None:
    checked = check_subservice([], own, TESTS)
    assert checked.user_entity_controls == ()
    assert says in checked.refused[0].text
    assert checked.refused[0].line == 20


# the inclusive method


def test_an_inclusive_organisation_has_its_assertion_its_evidence_and_its_people(tmp_path: Path) -> None:
    found = judged(tmp_path, INCLUSIVE)
    assert found.refused == ()
    (told,) = found.told.organisations
    assert (told.stands, told.days, told.notes) == (True, None, ())
    assert (told.assertion, told.sources, told.owners) == ("documents/report.txt", ("aws",), ("ann@acme.example",))


def inclusive(**fields: Any) -> Any:
    return changed(INCLUSIVE, inclusive=changed(INCLUSIVE.inclusive, **fields))


REFUSED: dict[str, tuple[Any, dict[str, Any], str, str]] = {
    "assertion": (
        inclusive(assertion=NamedFile(file="documents/none.txt", sha256="0" * 64)),
        {},
        "assertion",
        "documents/none.txt is not there: put it there; without its written assertion aws can't be inclusive",
    ),
    "source": (inclusive(sources={"gcp": {}}), {}, "sources.gcp", "gcp is no source of soc2.yaml"),
    "account": (
        inclusive(sources={"aws": {"accounts": ("111111111111",)}}),
        {},
        "sources.aws",
        "soc2.yaml names no 111111111111 under accounts of aws",
    ),
    "no account": (
        inclusive(sources={"aws": {}}),
        {},
        "sources.aws",
        "which accounts of aws are the organisation's is not told",
    ),
    "no export": (INCLUSIVE, {"exported": ()}, "sources.aws", "of aws there is no export"),
    "nobody": (
        inclusive(owners=("bob@acme.example",)),
        {"owners": ("bob@acme.example",)},
        "owners[0]",
        "is bob@acme.example, who is not in the register of people",
    ),
    "no owner": (
        INCLUSIVE,
        {"owners": ("bob@acme.example",)},
        "owners[0]",
        "ann@acme.example owns no control of controls.yaml that is in force",
    ),
    "unread": (INCLUSIVE, {"people": None}, "owners[0]", "can't be looked up: the exports could not be read"),
}


@pytest.mark.parametrize(("entry", "fields", "key", "says"), REFUSED.values(), ids=REFUSED)
def test_without_one_of_the_three_it_is_refused_as_inclusive(
    tmp_path: Path, entry: Any, fields: dict[str, Any], key: str, says: str
) -> None:
    found = judged(tmp_path, entry, **fields)
    (refused,), (told,) = found.refused, found.told.organisations
    assert refused.key == f"organisations[0].inclusive.{key}"
    assert says in refused.text
    assert "can't be inclusive" in refused.text
    assert (told.stands, told.notes[0]) == (False, refused.text)
    assert told.days is not None  # nothing of it is tested here
    assert (told.days.covered, told.days.by_nothing) == (0, 181)


# who is not listed


def test_organisations_that_others_name_so_are_named_where_the_file_does_not_list_them(tmp_path: Path) -> None:
    approval = Approval(
        reason="all devices are rented",
        owner="ann@acme.example",
        approver="ben@acme.example",
        since=date(2026, 1, 1),
        review_by=date(2026, 12, 31),
        place=Place("soc2.yaml"),
    )
    out = ScopeOut(
        control="DEV-05",
        approval=approval,
        carved_out=CarvedOut(organisation="macrent", assumes="devices are wiped", monitoring="VEN-04"),
    )
    listed = [vendor(), vendor("github"), vendor("mailgrid", subservice=False), vendor("old", active=False)]
    checked = check_subservice([AWS], [], TESTS)
    told = judge_subservice(checked, known(tmp_path, vendors=Population(Vendor, listed)), [out]).told
    assert told.unlisted == (
        "soc2.yaml carves DEV-05 out to macrent, which subservice.yaml does not list",
        "the register of vendors has github as subservice: true, and subservice.yaml does not list it",
    )
