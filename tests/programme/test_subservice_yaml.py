"""subservice.yaml as it is read: two lists, of which a wrong entry of one takes no entry of either along."""

from datetime import date
from pathlib import Path

import pytest

from soc2test.programme.entries import SubserviceEntries, read_subservice
from soc2test.programme.programme import load_programme
from soc2test.subservice.records import NamedFile, documents_named

SHA256 = "0" * 64
LEAST = "{id: aws, method: carve_out, services: [EC2], regions: []}"
OWN = "{id: UEC-01, text: Customers do it., criteria: [CC6.2]}"


def read(root: Path, text: str) -> SubserviceEntries:
    (root / "subservice.yaml").write_text(text, "utf-8")
    return read_subservice(root)


def refused(entries: SubserviceEntries) -> list[tuple[int | None, str]]:
    lists = (*entries.organisations.refused, *entries.user_entity_controls.refused)
    return [(error.line, error.key) for error in lists]


def test_all_that_an_entry_may_say(tmp_path: Path) -> None:
    document = f"{{file: documents/a.pdf, sha256: {SHA256}}}"
    text = f"""organisations:
  - id: aws
    method: carve_out
    criteria: [CC6.4]
    commitments: [COM-01]
    services: [EC2]
    regions: [eu-west-1]
    assumes: [guards]
    monitoring: VEN-04
    letter_months: {{value: 4, clause: "Vendor policy, 3", approved_by: ann@acme.example}}
    reports:
      - {{type: soc2_type2, auditor: A, auditor_opinion: qualified, auditor_opinion_about: [CC7.1], from: 2025-04-01,
         to: 2026-03-31, services: [EC2], regions: [eu-west-1], categories: [security], document: {document},
         exceptions: [{{text: late, answer: none}}, {{text: later}}]}}
    bridge_letters:
      - {{from: 2026-04-01, to: 2026-06-15, document: {document}}}
    user_entity_controls:
      - {{id: CUEC-1, text: lock it, controls: [CTL-1]}}
  - id: okta
    method: inclusive
    services: [SSO]
    regions: []
    letter_months: 2
    inclusive: {{assertion: {document}, sources: {{okta: {{orgs: [theirs]}}, pager: }}, owners: [bob@okta.example]}}
user_entity_controls:
  - {{id: UEC-01, text: Customers do it., criteria: [CC6.2], document: {document}}}
"""
    found = read(tmp_path, text)
    assert refused(found) == []
    aws, okta = found.organisations.good
    named = NamedFile(file="documents/a.pdf", sha256=SHA256)
    (report,), (letter,) = aws.reports, aws.letters
    assert (report.first, report.last, report.document) == (date(2025, 4, 1), date(2026, 3, 31), named)
    assert (report.auditor_opinion, report.auditor_opinion_about) == ("qualified", ("CC7.1",))
    assert [(one.text, one.answer) for one in report.exceptions or ()] == [("late", "none"), ("later", None)]
    assert (letter.first, letter.last, letter.document) == (date(2026, 4, 1), date(2026, 6, 15), named)
    assert (aws.months.value, aws.months.approved_by, okta.months.value) == (4, "ann@acme.example", 2)
    assert [one.controls for one in aws.user_entity_controls or ()] == [("CTL-1",)]
    assert okta.user_entity_controls is None
    assert okta.inclusive is not None
    assert okta.inclusive.sources == {"okta": {"orgs": ("theirs",)}, "pager": {}}
    assert (okta.inclusive.assertion, okta.inclusive.owners) == (named, ("bob@okta.example",))
    (own,) = found.user_entity_controls.good
    assert (own.told_at, own.document) == (None, named)
    assert list(documents_named(found.organisations.good, found.user_entity_controls.good)) == [named] * 4


def test_what_is_not_told_is_none_and_not_empty(tmp_path: Path) -> None:
    (entry,) = read(
        tmp_path, f"organisations:\n  - {LEAST[:-1]}, reports: [{{type: soc2_type2}}]}}\n"
    ).organisations.good
    (report,) = entry.reports
    told = (report.first, report.last, report.services, report.regions, report.categories, report.exceptions)
    assert told == (None,) * 6
    assert (report.auditor_opinion, report.document, entry.user_entity_controls) == (None, None, None)
    assert entry.months.value == 3


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (LEAST.replace("carve_out", "carved"), "organisations[0].method"),
        (LEAST.replace("[EC2]", "[]"), "organisations[0].services"),
        (LEAST[:-1] + ", colour: red}", "organisations[0].colour"),
        (LEAST[:-1] + ", reports: [{type: soc2}]}", "organisations[0].reports[0].type"),
        (LEAST[:-1] + ", reports: [{type: soc3, to: 2026-02-30}]}", "organisations[0].reports[0].to"),
        (LEAST[:-1] + ", bridge_letters: [{from: 2026-04-01}]}", "organisations[0].bridge_letters[0]"),
        (LEAST[:-1] + ", letter_months: -1}", "organisations[0].letter_months"),
        (LEAST[:-1] + ", id: twice}", "organisations[0].id"),
    ],
)
def test_a_wrong_entry_is_refused_with_key_and_line_and_no_other_with_it(tmp_path: Path, wrong: str, key: str) -> None:
    other = LEAST.replace("id: aws", "id: okta")
    found = read(tmp_path, f"organisations:\n  - {wrong}\n  - {other}\nuser_entity_controls:\n  - {OWN}\n")
    assert refused(found) == [(2, key)]
    assert "is not listed: write `- {id: aws, method: carve_out" in found.organisations.refused[0].text
    assert [entry.id for entry in found.organisations.good] == ["okta"]
    assert [entry.id for entry in found.user_entity_controls.good] == ["UEC-01"]


def test_a_wrong_one_of_our_own_takes_no_organisation_along(tmp_path: Path) -> None:
    wrong = OWN.replace("[CC6.2]", "[]")
    found = read(tmp_path, f"organisations:\n  - {LEAST}\nuser_entity_controls:\n  - {wrong}\n  - {OWN}\n")
    assert refused(found) == [(4, "user_entity_controls[0].criteria")]
    assert "write `- {id: UEC-01, text: ..." in found.user_entity_controls.refused[0].text
    assert [entry.id for entry in found.organisations.good] == ["aws"]
    assert len(found.user_entity_controls.good) == 1


@pytest.mark.parametrize("text", ["organisation: []\n", "- aws\n", "organisations: aws\n", "organisations: [\n"])
def test_a_file_that_is_wrong_as_a_whole_says_so_once(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert len(refused(found)) == 1
    assert "none of it is listed" in found.organisations.refused[0].text
    assert (found.organisations.good, found.user_entity_controls.good) == ((), ())
    assert list(found.organisations.digests) == ["subservice.yaml"]


def test_a_link_that_leads_nowhere_is_said_once_and_no_file_is_none(tmp_path: Path) -> None:
    assert refused(read_subservice(tmp_path)) == []
    assert read_subservice(tmp_path).organisations.digests == {}
    (tmp_path / "subservice.yaml").symlink_to("nowhere")
    assert len(refused(read_subservice(tmp_path))) == 1


@pytest.mark.parametrize("text", ["", "organisations:\n", "user_entity_controls: []\n", "{}\n"])
def test_an_empty_file_lists_nothing(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert refused(found) == []
    assert list(found.organisations.digests) == ["subservice.yaml"]


def test_the_programme_holds_what_the_file_says_and_looks_up_its_people(tmp_path: Path) -> None:
    (tmp_path / "soc2.yaml").write_text("system: Test\n", "utf-8")
    assert load_programme(tmp_path / "soc2.yaml").names_people is False
    read(tmp_path, f"organisations:\n  - {LEAST}\n  - {{}}\nuser_entity_controls:\n  - {OWN}\n  - {{}}\n")
    config = load_programme(tmp_path / "soc2.yaml")
    assert [entry.id for entry in config.organisations] == ["aws"]
    assert [entry.id for entry in config.user_entity_controls] == ["UEC-01"]
    assert [error.line for error in config.refused] == [3, 6]
    assert config.names_people is True
    assert len(config.files["subservice.yaml"]) == 64
