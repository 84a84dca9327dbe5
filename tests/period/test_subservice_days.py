"""A subservice organisation over half a year: days covered by its report, by its letter alone, and by nothing."""

import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from runs import run_pytest

from soc2test.store.folder import FolderObjects

from .half_year import HalfYear, days

PERIOD = ("--soc2-period=2026-01-01..2026-06-30", "--soc2-store=../store", "--soc2-report-date=2026-07-20")
NARROW = ("--soc2-control=OWN-01", "--soc2-control=VEN-04")
SOC2 = """
system: Half a year
time_zone: Europe/Berlin
sources: {cloud: {accounts: [one]}, book: {accounts: [own]}, registers: }
"""
WORDS = {
    name: f"stands for a {name}, and is long enough to be a document that somebody would have signed for it"
    for name in ("report", "letter")
}
REPORT, LETTER = (
    f"{{file: documents/{name}.txt, sha256: {sha256(words.encode()).hexdigest()}}}" for name, words in WORDS.items()
)
SUBSERVICE = f"""organisations:
  - id: aws
    method: carve_out
    criteria: [CC6.1]
    services: [EC2]
    regions: [eu-central-1]
    assumes: [guards and badges at its data centres]
    monitoring: VEN-04
    reports:
      - type: soc2_type2
        auditor_opinion: unqualified
        from: 2025-04-01
        to: 2026-03-31
        categories: [security]
        services: [EC2]
        regions: [eu-central-1]
        exceptions: []
        document: {REPORT}
    bridge_letters:
      - {{from: 2026-04-01, to: 2026-06-15, document: {LETTER}}}
    user_entity_controls:
      - {{id: CUEC-1, text: Customers lock away the root account., controls: [OWN-01]}}
      - {{id: CUEC-2, text: Customers take back rights of leavers., controls: []}}
"""
VENDOR = {
    "id": "aws", "name": "Amazon Web Services", "active": True, "tier": "critical", "owner_email": None,
    "personal_data": False, "onboarded_at": "2021-03-15", "diligence_at": None, "assessed_at": None,
    "subservice": True, "report_type": "soc2_type2", "report_period_start": "2025-04-01",
    "report_period_end": "2026-03-31", "report_opinion": "unqualified", "report_exceptions": 0, "dpa_signed_at": None,
}  # fmt: skip


@pytest.fixture
def company(pytester: pytest.Pytester) -> HalfYear:
    """It records once a week from a day before; nothing of it is in the evidence but a bucket and a vendor."""
    company = HalfYear(pytester.path, FolderObjects(pytester.path / "store"))
    (company.root / "pytest.ini").write_text("[pytest]\n")
    company.write("soc2.yaml", SOC2)
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": False}])
    for moment in days("2025-12-31", "2026-06-30", every=7):
        day = moment.date().isoformat()
        register = {"register": "vendors", "as_of": day, "owner": "ann@acme.example", "entries": [VENDOR]}
        company.write("exports/registers/vendors.yaml", json.dumps(register))
        company.record(moment)
    for name, words in WORDS.items():
        company.write(f"documents/{name}.txt", words)
    company.write("subservice.yaml", SUBSERVICE)  # the report and the letter came when the half year was over
    return company


def told(pytester: pytest.Pytester, company: HalfYear) -> tuple[dict[str, Any], str]:
    pytester.chdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(company.root)
        result = run_pytest(pytester, "--soc2", *PERIOD, *NARROW)
    matrix: dict[str, Any] = json.loads((company.root / "soc2-report/matrix.json").read_text())
    return matrix, " ".join(result.stdout.str().split())


def test_90_days_by_a_report_76_by_an_unaudited_letter_15_by_nothing(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    matrix, out = told(pytester, company)
    schema = json.loads(files("soc2test").joinpath("schemas/matrix.schema.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(matrix)] == []
    (aws,) = matrix["subservice"]["organisations"]
    assert aws["days"] == {
        "first": "2026-01-01",
        "last": "2026-06-30",
        "days": 181,
        "covered": 90,
        "by_letter": 76,
        "by_nothing": 15,
        "covered_on": [{"first": "2026-01-01", "last": "2026-03-31", "days": 90}],
        "by_letter_on": [{"first": "2026-04-01", "last": "2026-06-15", "days": 76}],
        "by_nothing_on": [{"first": "2026-06-16", "last": "2026-06-30", "days": 15}],
    }
    assert "user-entity controls of its without a control of ours: CUEC-2" in aws["notes"]
    assert [(one["id"], [each["id"] for each in one["controls"]]) for one in aws["user_entity_controls"]] == [
        ("CUEC-1", ["OWN-01"]),
        ("CUEC-2", []),
    ]
    rows = {row["id"]: row["organisations"] for row in matrix["criteria"]}
    assert (rows["CC6.1"], rows["CC6.2"]) == (["aws"], [])
    text = (
        "90 of 181 days covered (2026-01-01 to 2026-03-31), 76 by an unaudited letter (2026-04-01 to 2026-06-15), "
        "15 by nothing (2026-06-16 to 2026-06-30)"
    )
    assert text in out
    report = Path(company.root / "soc2-report")
    for name in ("matrix.md", "matrix.html"):
        assert text in (report / name).read_text().replace("\\", ""), name
    assert "aws (90 covered, 76 by an unaudited letter, 15 by nothing of 181 days)" in (
        (report / "matrix.md").read_text().replace("\\", "")
    )


def test_a_report_of_after_the_period_covers_its_days_and_one_of_after_the_report_date_none(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    company.write("subservice.yaml", SUBSERVICE.replace("to: 2026-03-31", "to: 2026-07-10"))
    assert told(pytester, company)[0]["subservice"]["organisations"][0]["days"]["covered"] == 181
    company.write("subservice.yaml", SUBSERVICE.replace("to: 2026-03-31", "to: 2026-07-21"))
    (aws,) = told(pytester, company)[0]["subservice"]["organisations"]
    assert aws["days"]["covered"] == 0
    assert aws["reports"][0]["lacks"] == ["its period ends after 2026-07-20: no report can be there yet"]
