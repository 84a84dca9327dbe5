"""subservice.yaml in runs: rows name the organisations they rest on, and nothing that it says makes anything greener."""

import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from programmes import Programme

from soc2test.programme.programme import load_programme

POLICY = '''
from soc2test import Vendor

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good

@control("OWN-50", criteria=["CC9.2"], nature="state", where=lambda vendor: vendor.active)
def test_vendors_are_assessed(vendor: Vendor):
    """Every vendor was assessed."""
    assert vendor.assessed_at is not None, "was not assessed"
'''
WORDS = "stands for a report, and is long enough to be a document that somebody would have signed for it"
SHA256 = sha256(WORDS.encode()).hexdigest()
REPORT = f"""
      - type: soc2_type2
        auditor_opinion: unqualified
        from: 2025-04-01
        to: 2026-03-31
        categories: [security]
        services: [EC2]
        regions: [eu]
        exceptions: []
        document: {{file: documents/report.txt, sha256: {SHA256}}}
"""
AWS = f"""  - id: aws
    method: carve_out
    criteria: [CC6.1]
    services: [EC2]
    regions: [eu]
    assumes: [guards and badges at its data centres]
    monitoring: OWN-50
    reports:{REPORT}    user_entity_controls:
      - {{id: CUEC-1, text: Customers lock away the root account., controls: [OWN-01]}}
      - {{id: CUEC-2, text: Customers take back rights., controls: []}}
"""
OWN = """user_entity_controls:
  - {id: UEC-01, text: Customers give each of their staff an account., criteria: [CC6.1], told_at: "https://acme.example/you"}
"""

BOTH = ("--soc2-control=OWN-01", "--soc2-control=OWN-50")
"""without a file among the arguments, so that what is wrong beside the policies counts"""


def vendors(assessed: str | None = "2026-06-01", *ids: str) -> str:
    rows = [
        {
            "id": id, "name": f"{id} Incorporated", "active": True, "tier": "critical", "owner_email": None,
            "personal_data": False, "onboarded_at": "2021-03-15", "diligence_at": None, "assessed_at": assessed,
            "subservice": True, "report_type": None, "report_period_end": None, "report_opinion": None,
            "report_exceptions": None, "dpa_signed_at": None,
        }
        for id in ids or ("aws",)
    ]  # fmt: skip
    return json.dumps({"register": "vendors", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows})


@pytest.fixture
def things(programme: Programme) -> Programme:
    """A thing that is good, a vendor that was assessed, and its report."""
    programme.policy(POLICY)
    programme.things({"id": "a", "good": True})
    programme.write("exports/registers/vendors.yaml", vendors())
    programme.write("documents/report.txt", WORDS)
    programme.write("subservice.yaml", f"organisations:\n{AWS}{OWN}")
    return programme


def told(programme: Programme) -> dict[str, Any]:
    found: dict[str, Any] = programme.matrix()["subservice"]
    return found


def organisation(programme: Programme) -> dict[str, Any]:
    (found,) = told(programme)["organisations"]
    row: dict[str, Any] = found
    return row


def row(programme: Programme, criterion: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in programme.matrix()["criteria"] if each["id"] == criterion)
    return found


def report(programme: Programme, name: str) -> str:
    return (programme.path / "soc2-report" / name).read_text("utf-8")


def test_every_report_tells_the_organisations_and_the_rows_that_rest_on_them(things: Programme) -> None:
    result = things.run()
    assert result.ret == 0, result.outlines
    found = organisation(things)
    days = found["days"]
    assert (days["first"], days["last"], days["days"]) == ("2025-11-21", "2026-11-20", 365)
    assert (days["covered"], days["by_letter"], days["by_nothing"]) == (131, 0, 234)
    assert (found["name"], found["stands"]) == ("aws Incorporated", True)
    assert found["monitoring"] == {"id": "OWN-50", "status": "pass"}
    assert found["notes"] == ["user-entity controls of its without a control of ours: CUEC-2"]
    assert found["user_entity_controls"][0]["controls"] == [{"id": "OWN-01", "status": "pass"}]
    assert (row(things, "CC6.1")["organisations"], row(things, "CC9.2")["organisations"]) == (["aws"], [])
    assert told(things)["user_entity_controls"][0]["told_at"] == "https://acme.example/you"
    out = " ".join(" ".join(result.outlines).split())
    assert "aws (aws Incorporated), carved out, for CC6.1: 131 of 365 days covered (2025-11-21 to 2026-03-31)" in out
    assert "user-entity controls of its without a control of ours: CUEC-2" in out
    for name in ("matrix.md", "matrix.html"):
        assert "131 of 365 days covered" in report(things, name), name
        assert "aws (131 covered, 234 by nothing of 365 days)" in report(things, name).replace("\\", ""), name
    lines = [json.loads(line) for line in report(things, "controls.ndjson").splitlines()]
    kinds = [line["schema"] for line in lines]
    assert (kinds.count("subservice_organisation/1"), kinds.count("user_entity_control/1")) == (1, 1)
    assert (lines[-1]["subservice_organisations"], lines[-1]["user_entity_controls"]) == (1, 1)
    for name, documents in (("matrix", [things.matrix()]), ("control", lines)):
        schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
        errors = [error.message for each in documents for error in Draft202012Validator(schema).iter_errors(each)]
        assert errors == []
    assert (
        things.matrix()["programme"]["files"]["subservice.yaml"]
        == sha256((things.path / "subservice.yaml").read_bytes()).hexdigest()
    )


def test_no_status_is_other_for_what_the_file_says(things: Programme) -> None:
    things.run()
    with_it = [{**each, "organisations": []} for each in things.matrix()["criteria"]]
    (things.path / "subservice.yaml").unlink()
    things.run()
    assert things.matrix()["criteria"] == with_it
    assert things.matrix()["subservice"] is None
    assert "Subservice organisations" not in report(things, "matrix.md")


def test_a_test_that_watches_it_and_deviates_or_is_not_evaluated_is_named(things: Programme) -> None:
    things.write("exports/registers/vendors.yaml", vendors(None))
    assert things.run().ret == 1
    assert "OWN-50, which is to watch it, deviates" in organisation(things)["notes"]
    assert organisation(things)["days"]["covered"] == 131
    things.write("exports/registers/vendors.yaml", vendors())
    things.run("--soc2-control=OWN-01")
    assert "OWN-50, which is to watch it, is not evaluated: not part of this run" in organisation(things)["notes"]


def test_a_test_that_is_right_about_others_watches_it_not(things: Programme) -> None:
    things.policy(POLICY.replace("vendor.active)", 'vendor.id != "aws")'))
    things.write("exports/registers/vendors.yaml", vendors("2026-06-01", "aws", "other"))
    things.run()
    (says,) = [note for note in organisation(things)["notes"] if "OWN-50" in note]
    assert says == "OWN-50 says nothing good of it: it is exempt there, or not among what it looks at"


@pytest.mark.long
def test_workers_tell_which_organisations_a_test_holds_for(things: Programme) -> None:
    things.run("policies", "-n", "2")
    assert organisation(things)["notes"] == ["user-entity controls of its without a control of ours: CUEC-2"]


def test_an_entry_of_a_wrong_form_is_named_with_its_line_and_takes_no_other_along(things: Programme) -> None:
    wrong = "  - {id: github, method: carve_out, criteria: [CC8.1], services: [Git], regions: [], assume: [a b c]}\n"
    things.write("subservice.yaml", f"organisations:\n{wrong}{AWS}{OWN}")
    result = things.run(*BOTH)
    assert result.ret == 1
    (problem,) = things.matrix()["problems"]
    assert problem.startswith("subservice.yaml:2: organisations[0].assume: an unknown key; allowed are ")
    assert "did you mean 'assumes'?; github is not listed: write `- {id: aws, method: carve_out" in problem
    assert [each["id"] for each in told(things)["organisations"]] == ["aws"]
    assert things.matrix()["complete"] is False


def test_a_file_that_is_no_yaml_lists_nothing_and_says_so_once(things: Programme) -> None:
    things.write("subservice.yaml", "organisations: [\n")
    result = things.run(*BOTH)
    assert result.ret == 1
    problems = [each for each in things.matrix()["problems"] if "subservice.yaml" in each]
    assert len(problems) == 1
    assert "none of it is listed" in problems[0]
    assert told(things) == {
        "organisations": [],
        "organisations_total": 0,
        "user_entity_controls": [],
        "user_entity_controls_total": 0,
        "unlisted": ["the register of vendors has aws as subservice: true, and subservice.yaml does not list it"],
    }


@pytest.mark.each(3)
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("id: aws", "id: amazon"), "organisations[0].id: the register of vendors has no 'amazon'"),
        (("monitoring: OWN-50", "monitoring: OWN-05"), "no loaded test and no control of controls.yaml has the id 'OWN-05'"),
        (("criteria: [CC6.1]\n    services", "criteria: [CC6.12]\n    services"), "there is no criterion 'CC6.12'"),
        (("method: carve_out", "method: inclusive"), "aws is inclusive without its written assertion"),
        ((SHA256, "0" * 64), "documents/report.txt has another digest than the one that stands beside its name"),
    ],
)  # fmt: skip
def test_what_is_not_so_is_a_problem_of_the_run_that_names_file_and_line(
    things: Programme, change: tuple[str, str], says: str
) -> None:
    text = f"organisations:\n{AWS}"
    assert change[0] in text
    things.write("subservice.yaml", text.replace(*change))
    assert things.run(*BOTH).ret == 1
    (problem,) = {each for each in things.matrix()["problems"] if says in each}
    assert problem.startswith("subservice.yaml:")
    assert [each["id"] for each in told(things)["organisations"]] == [
        change[1].removeprefix("id: ")
    ] or "id" not in change[0]


def test_an_inclusive_organisation_is_taken_with_all_that_stands_behind_it(things: Programme) -> None:
    people = {
        "name": "Ann Real", "email": "ann@acme.example", "employment": "contractor", "active": True, "role": "engineer",
        "manager_email": None, "started_at": "2021-01-04", "background_check_at": "2020-12-01",
        "nda_signed_at": "2020-12-02", "code_of_conduct_version": "1", "code_of_conduct_at": "2026-01-05",
    }  # fmt: skip
    register = {"register": "people", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": [people]}
    things.write("exports/registers/people.yaml", json.dumps(register))
    control = (
        "{id: CTL-01, wording: Its people look at all things each day., owner: ann@acme.example, frequency: daily, "
        "type: preventive, execution: automated, since: 2026-01-01, criteria: [CC6.1], tests: [OWN-01]}"
    )
    things.write("controls.yaml", f"controls:\n  - {control}\n")
    behind = f"{{file: documents/report.txt, sha256: {SHA256}}}"
    entry = (
        "{id: aws, method: inclusive, criteria: [CC6.1], services: [EC2], regions: [], user_entity_controls: [], "
        f"inclusive: {{assertion: {behind}, sources: {{things: {{orgs: [one]}}}}, owners: [ann@acme.example]}}}}"
    )
    things.write("subservice.yaml", f"organisations:\n  - {entry}\n")
    things.run()
    found = organisation(things)
    assert (found["stands"], found["days"], found["notes"]) == (True, None, []), things.matrix()["problems"]
    things.write("subservice.yaml", f"organisations:\n  - {entry.replace('orgs: [one]', 'orgs: [two]')}\n")
    things.run()
    assert organisation(things)["stands"] is False
    assert any("soc2.yaml names no two under orgs of things" in each for each in things.matrix()["problems"])


def test_the_sample_company_lists_who_its_register_calls_so() -> None:
    acme = Path(__file__).resolve().parents[2] / "fixtures/acme"
    config = load_programme(acme / "soc2.yaml")
    assert [entry.id for entry in config.organisations] == ["aws", "github", "okta", "jira", "pagerduty"]
    assert len(config.user_entity_controls) == 2
    assert config.refused == ()


def test_neither_people_nor_secrets_leave_by_it(things: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    token = "ghp_" + "A1b2" * 9
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "k" * 32)
    text = f"organisations:\n{AWS}{OWN}".replace("root account", f"root account of ann@acme.example with {token}")
    things.write("subservice.yaml", text.replace("guards and", f"ann@acme.example and {token} and"))
    result = things.run("policies", "--soc2-pseudonymise")
    assert len(organisation(things)["reports"]) == 1
    shown = [result.stdout.str(), result.stderr.str()]
    shown += [file.read_text("utf-8") for file in (things.path / "soc2-report").iterdir() if file.is_file()]
    assert len(shown) > 8
    assert not [text for text in shown if token in text or "ann@acme.example" in text]
