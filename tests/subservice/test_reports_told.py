"""What covers a day of ours: a report of Type 2 that is told whole, and nothing else; what is not told covers none."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from subservice_case import AWS, DOCUMENT, LETTER, REPORT, WITH_LETTER, changed, judged, row, vendor, with_report

from soc2test.populations.population import Population
from soc2test.resources.kinds import Vendor
from soc2test.run_subservice import SubserviceRow
from soc2test.subservice.records import Months, NamedFile, Noted, SubserviceOrganisation


def counts(found: SubserviceRow) -> tuple[int, int, int]:
    assert found.days is not None
    return found.days.covered, found.days.by_letter, found.days.by_nothing


def test_a_report_and_a_letter_that_are_told_whole(tmp_path: Path) -> None:
    found = row(tmp_path, WITH_LETTER)
    assert counts(found) == (90, 76, 15)
    assert (found.stands, found.notes) == (True, ())
    (report,), (letter,) = found.reports, found.letters
    assert (report.days, report.covers, report.lacks) == (90, 90, ())
    assert (letter.days, letter.shown_to, letter.lacks) == (76, "2026-06-15", ())


COVERS_NOTHING: dict[str, tuple[dict[str, Any], str]] = {
    "Type 1": ({"type": "soc2_type1"}, "a SOC 2 report of Type 1 is about one day's design, and covers no day"),
    "SOC 3": ({"type": "soc3"}, "a SOC 3 report shows no tests, and covers no day"),
    "certificate": ({"type": "iso27001"}, "a certificate is about a management system, and covers no day"),
    "questionnaire": ({"type": "questionnaire"}, "a questionnaire is the organisation's own word, and covers no day"),
    "no first day": ({"first": None}, "the first or the last day of its period is not told"),
    "no last day": ({"last": None}, "the first or the last day of its period is not told"),
    "to come": ({"last": date(2026, 7, 21)}, "its period ends after 2026-07-20: no report can be there yet"),
    "no conclusion": ({"auditor_opinion": None}, "what its auditor concluded is not told"),
    "adverse": (
        {"auditor_opinion": "adverse", "auditor_opinion_about": ("CC6.1",)},
        "its auditor's conclusion is adverse for CC6.1, and nothing makes up for that",
    ),
    "disclaimed": (
        {"auditor_opinion": "disclaimer"},
        "its auditor's conclusion is disclaimer, and nothing makes up for that",
    ),
    "qualified for what": (
        {"auditor_opinion": "qualified"},
        "it is qualified, and for which criteria is not told",
    ),
    "qualified for nothing there is": (
        {"auditor_opinion": "qualified", "auditor_opinion_about": ("CC6,4",)},
        "it is qualified for a criterion that there is not",
    ),
    "no services": ({"services": None}, "which services it is about is not told"),
    "no regions": ({"regions": None}, "which regions it is about is not told"),
    "no categories": ({"categories": None}, "which categories of criteria it is about is not told"),
    "no exceptions told": ({"exceptions": None}, "whether deviations that it notes touch us is not told"),
    "an exception without answer": (
        {"exceptions": (Noted(text="late", answer="TBD"), Noted(text="late", answer="It reaches nothing of ours."))},
        "1 of the deviations in it that touch us without our answer",
    ),
    "no document": ({"document": None}, "no document of it is named"),
    "another document": (
        {"document": NamedFile(file="documents/report.txt", sha256="0" * 64)},
        "documents/report.txt has another digest than the one that stands beside its name",
    ),
    "no file": (
        {"document": NamedFile(file="documents/none.txt", sha256="0" * 64)},
        "documents/none.txt is not there: put it there",
    ),
}


@pytest.mark.parametrize(("fields", "why"), COVERS_NOTHING.values(), ids=COVERS_NOTHING)
def test_what_covers_no_day_says_why_and_bridges_to_no_letter(tmp_path: Path, fields: dict[str, Any], why: str) -> None:
    found = row(tmp_path, with_report(**fields))
    assert counts(found) == (0, 0, 181)
    assert (found.reports[0].covers, found.reports[0].lacks) == (0, (why,))
    assert found.letters[0].lacks == ("no report that counts ends before it, so that it bridges nothing",)
    assert (found.letters[0].days, found.letters[0].shown_to) == (0, None)


def test_a_document_that_is_named_and_not_there_is_refused_with_its_place(tmp_path: Path) -> None:
    gone, lost = (NamedFile(file="documents/none.txt", sha256=digit * 64) for digit in "01")
    entry = changed(AWS, reports=(changed(REPORT, document=gone),), letters=(changed(LETTER, document=lost),))
    refused = judged(tmp_path, entry).refused
    assert [error.key for error in refused] == [
        "organisations[0].reports[0].document",
        "organisations[0].bridge_letters[0].document",
    ]
    assert {(error.line, error.text) for error in refused} == {
        (2, "documents/none.txt is not there: put it there; name the file with its SHA-256")
    }


def test_one_document_shows_one_report_or_letter(tmp_path: Path) -> None:
    words = b"one report, that is to stand for two, and is long enough to be a document of its own kind here"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/one.txt").write_bytes(words)
    one = NamedFile(file="documents/one.txt", sha256=sha256(words).hexdigest())
    report, letter = changed(REPORT, document=one), changed(LETTER, document=one)
    assert counts(row(tmp_path, changed(AWS, reports=(report,)))) == (90, 0, 91)
    both = row(tmp_path, changed(AWS, reports=(report,), letters=(letter,)))
    assert counts(both) == (0, 0, 181)
    assert both.reports[0].lacks == ("documents/one.txt is named for several reports or letters, and shows one",)
    okta = changed(AWS, id="okta", reports=(report,))
    found = judged(tmp_path, changed(AWS, reports=(report,)), okta)
    assert [organisation.days.covered for organisation in found.told.organisations if organisation.days] == [0, 0]
    assert [error.key for error in found.refused if "documents/one.txt" in error.text] == [
        "organisations[0].reports[0].document"
    ] * 2


def test_a_report_that_covers_nothing_is_shown_all_the_same(tmp_path: Path) -> None:
    report = row(tmp_path, with_report(type="soc3")).reports[0]
    assert (report.type, report.first, report.last, report.days) == ("soc3", "2025-04-01", "2026-03-31", 90)


LEAVES_OUT: dict[str, tuple[dict[str, Any], str]] = {
    "a service": ({"services": ("ec2",)}, "it does not include the services S3"),
    "a region": ({"regions": ("us-east-1",)}, "it does not include the regions eu-west-1"),
    "a category": ({"categories": ("availability",)}, "it is qualified for, or not about, CC6.4"),
    "a qualified criterion": (
        {"auditor_opinion": "qualified", "auditor_opinion_about": ("CC6.4",)},
        "it is qualified for, or not about, CC6.4",
    ),
}


@pytest.mark.parametrize(("fields", "why"), LEAVES_OUT.values(), ids=LEAVES_OUT)
def test_what_a_report_does_not_include_is_named_and_no_day_is_covered(
    tmp_path: Path, fields: dict[str, Any], why: str
) -> None:
    found = row(tmp_path, with_report(**fields))
    assert counts(found) == (0, 0, 181)
    assert found.reports[0].lacks == (why,)


def test_a_report_that_is_qualified_for_what_does_not_rest_on_it_counts(tmp_path: Path) -> None:
    fields = {"auditor_opinion": "qualified", "auditor_opinion_about": ("CC7.1",)}
    found = row(tmp_path, with_report(**fields))
    assert counts(found) == (90, 76, 15)
    assert found.reports[0].auditor_opinion == "qualified"
    for_a_commitment = changed(with_report(**fields), commitments=("COM-01",))
    found = row(tmp_path, for_a_commitment)
    assert counts(found) == (0, 0, 181)
    assert found.reports[0].lacks == ("it is qualified, and that commitments do not rest on that is not shown",)


def test_an_organisation_without_regions_needs_none_in_its_report(tmp_path: Path) -> None:
    report = changed(REPORT, regions=None)
    assert counts(row(tmp_path, changed(AWS, regions=(), reports=(report,)))) == (90, 0, 91)


def test_two_reports_together_are_about_all_that_is_used(tmp_path: Path) -> None:
    both = (changed(REPORT, services=("EC2",)), changed(REPORT, services=("S3",), first=date(2026, 3, 1)))
    found = row(tmp_path, changed(AWS, reports=both))
    assert counts(found) == (31, 0, 150)
    assert [report.lacks for report in found.reports] == [
        ("it does not include the services S3",),
        ("it does not include the services EC2",),
    ]


def of_register(**facts: Any) -> Population[Vendor]:
    told: dict[str, Any] = {
        "report_type": "soc2_type2",
        "report_period_start": datetime(2025, 4, 1, tzinfo=UTC),
        "report_period_end": datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC),
        "report_opinion": "unqualified",
    }
    return Population(Vendor, [vendor(**{**told, **facts})])


OTHERWISE = {
    "type": ({"report_type": "soc2_type1"}, "another type of it, soc2_type1"),
    "first day": (
        {"report_period_start": datetime(2025, 10, 1, tzinfo=UTC)},
        "another first day of it, 2025-10-01",
    ),
    "conclusion": ({"report_opinion": "qualified"}, "another auditor's conclusion of it, qualified"),
}


def test_a_report_that_the_register_of_vendors_tells_alike_counts(tmp_path: Path) -> None:
    assert counts(row(tmp_path, WITH_LETTER, vendors=of_register())) == (90, 76, 15)


@pytest.mark.parametrize(("facts", "says"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_report_that_the_register_of_vendors_tells_otherwise_covers_no_day(
    tmp_path: Path, facts: dict[str, Any], says: str
) -> None:
    found = row(tmp_path, WITH_LETTER, vendors=of_register(**facts))
    assert counts(found) == (0, 0, 181)
    assert found.reports[0].lacks == (f"the register of vendors tells {says}",)


def test_a_report_of_another_period_is_no_contradiction(tmp_path: Path) -> None:
    before = of_register(report_period_end=datetime(2025, 3, 31, tzinfo=UTC), report_opinion="adverse")
    assert counts(row(tmp_path, WITH_LETTER, vendors=before)) == (90, 76, 15)


# letters


def test_a_letter_is_shown_for_three_months_at_most(tmp_path: Path) -> None:
    later = changed(
        AWS, reports=(changed(REPORT, last=date(2026, 2, 28)),), letters=(changed(LETTER, first=date(2026, 3, 1)),)
    )
    found = row(tmp_path, later)
    assert counts(found) == (59, 92, 30)
    assert found.letters[0].shown_to == "2026-05-31"
    assert found.letters[0].lacks == (
        "it names days to 2026-06-15, and is shown for 3 months after the report's end on 2026-02-28 at most",
    )


def test_a_letter_that_begins_after_these_months_is_shown_for_no_day(tmp_path: Path) -> None:
    late = changed(AWS, reports=(changed(REPORT, last=date(2025, 12, 31)),), letters=(LETTER,))
    found = row(tmp_path, late)
    assert counts(found) == (0, 0, 181)
    assert (found.letters[0].days, found.letters[0].shown_to) == (0, None)
    assert found.letters[0].lacks[0].startswith("it names days to 2026-06-15, and is shown for 3 months after")


def test_a_letter_is_shown_for_its_own_days_alone(tmp_path: Path) -> None:
    letter = changed(LETTER, first=date(2026, 5, 1), last=date(2026, 5, 10))
    assert counts(row(tmp_path, changed(AWS, letters=(letter,)))) == (90, 10, 81)


def test_a_letter_is_about_what_its_report_is_about(tmp_path: Path) -> None:
    halves = (changed(REPORT, services=("EC2",)), changed(REPORT, services=("S3",), last=date(2026, 1, 31)))
    found = row(tmp_path, changed(AWS, reports=halves, letters=(LETTER,)))
    assert counts(found) == (31, 0, 150)


@pytest.mark.parametrize(
    ("letter", "why"),
    [
        (changed(LETTER, document=None), "no document of it is named"),
        (
            changed(LETTER, document=NamedFile(file=DOCUMENT.file, sha256="0" * 64)),
            "documents/report.txt has another digest than the one that stands beside its name",
        ),
    ],
)
def test_a_letter_behind_which_there_is_no_document_is_shown_for_no_day(tmp_path: Path, letter: Any, why: str) -> None:
    found = row(tmp_path, changed(AWS, letters=(letter,)))
    assert counts(found) == (90, 0, 91)
    assert found.letters[0].lacks == (why,)


def months(value: int, clause: str | None = None, by: str | None = None) -> SubserviceOrganisation:
    given = Months(value=value, clause=clause, approved_by=by, place=AWS.months.place)
    letter = changed(LETTER, last=date(2026, 6, 30))
    report = changed(REPORT, last=date(2026, 2, 28))
    found: SubserviceOrganisation = changed(AWS, reports=(report,), letters=(letter,), months=given)
    return found


def test_more_months_need_a_clause_and_somebody_who_approved_them(tmp_path: Path) -> None:
    allowed = row(tmp_path, months(4, "Vendor policy, section 3", "ann@acme.example"))
    assert (counts(allowed), allowed.letter_months.value) == ((59, 91, 31), 4)
    assert allowed.letter_months.approved_by == "ann@acme.example"
    assert counts(row(tmp_path, months(1))) == (59, 0, 122)  # fewer need nothing


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (months(4), "4 is looser than the tool's default: name the clause of the policy and who approved it"),
        (months(4, "TBD", "ann@acme.example"), "names no clause of a policy"),
        (months(4, "Vendor policy, section 3", "bob@acme.example"), "who is not in the register of people"),
    ],
)
def test_months_that_nobody_approved_are_the_default(tmp_path: Path, entry: Any, says: str) -> None:
    found = judged(tmp_path, entry)
    (refused,), (told,) = found.refused, found.told.organisations
    assert says in refused.text
    assert refused.key.startswith("organisations[0].letter_months")
    assert (counts(told), told.letter_months.value) == ((59, 61, 61), 3)
    assert told.stands
