"""What rows say of judgements: old keys are refused with what to write, and documents show what stands in them."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from registers_reading import CONTEXT, head, parse_csv, prepared, read

from soc2test.telling.violations import wrong_in
from soc2test_plugins.registers.entries import registers

ACME = Path(__file__).parents[3] / "fixtures" / "acme"
DOCUMENT = {"file": "documents/a.txt", "sha256": "AB" * 32}
VENDOR = {
    "id": "aws", "name": "AWS", "active": True, "tier": "critical", "owner_email": None, "personal_data": True,
    "onboarded_at": "2024-05-02",
}  # fmt: skip
POLICY = {"id": "P-1", "title": "Code", "topic": "code-of-conduct", "version": "2.1", "owner_email": None}
TRAINING = {"person_email": "ann@acme.example", "course": "aware"}
PERSON = {
    "name": "Ann", "email": "ann@acme.example", "employment": "employee", "active": True, "role": "engineer",
    "manager_email": None, "started_at": "2024-05-02",
}  # fmt: skip
INCIDENT = {"id": "INC-1", "title": "Down", "severity": "high", "detected_at": "2026-03-04"}


@pytest.mark.parametrize(
    ("register", "entry", "key", "instead"),
    [
        ("policies", POLICY, "published", ("published_at", "published_where")),
        ("training", TRAINING, "passed", ("score", "pass_mark", "certificate")),
        (
            "vendors", VENDOR, "exceptions_assessed",
            ("exceptions_assessed_by", "exceptions_assessed_at", "exceptions_conclusion"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [True, False])
def test_a_key_that_judged_is_refused_with_what_to_write(
    register: str, entry: dict[str, Any], key: str, instead: tuple[str, ...], value: bool
) -> None:
    body = prepared(register, head(register, {**entry, key: value}))
    said = dict(wrong_in(registers.operations[register], body, CONTEXT))
    text = said["entries", 0, key]
    assert all(f"`{each}: " in text for each in instead), text


@pytest.mark.parametrize(
    ("register", "entry", "key", "shown"),
    [
        ("policies", POLICY, "document", {"approved_by", "approved_at", "reviewed_at", "version", "owner_email"}),
        ("training", TRAINING, "certificate", {"completed_at", "course", "certificate", "score", "pass_mark"}),
        ("vendors", VENDOR, "report_document", {"report_type", "report_period_start", "report_opinion", "report"}),
        ("vendors", VENDOR, "assessment_document", {"exceptions_assessed_by", "exceptions_conclusion"}),
        ("vendors", VENDOR, "monitoring_document", {"monitored_by", "monitored_at"}),
        ("vendors", VENDOR, "dpa_document", {"dpa_signed_at"}),
        ("vendors", VENDOR, "bridge_document", {"bridge_letter_until", "bridge_letter"}),
        ("people", PERSON, "nda_document", {"nda_signed_at"}),
        ("people", PERSON, "code_of_conduct_document", {"code_of_conduct_at", "code_of_conduct_version"}),
        ("incidents", INCIDENT, "postmortem_document", {"postmortem_at", "root_cause", "actions"}),
    ],
)
def test_a_document_shows_what_stands_in_it(register: str, entry: dict[str, Any], key: str, shown: set[str]) -> None:
    (told,) = read(register, head(register, {**entry, key: DOCUMENT}))
    ((document, facts),) = told.shown
    assert (document.file, document.sha256) == ("documents/a.txt", "ab" * 32)
    assert shown <= set(facts) <= set(told.told)
    (bare,) = read(register, head(register, {**entry, key: None}))
    assert bare.shown == ()


def test_a_document_stands_in_one_cell_of_a_csv() -> None:
    head_row = "person_email,course,completed_at,score,pass_mark,certificate"
    text = f"{head_row}\nann@acme.example,aware,2026-02-12,,,documents/a b.pdf sha256:{'AB' * 32}\nbob@acme.example,aware,,,,\n"
    with_one, without = read("training", parse_csv(text))
    assert (with_one.told["certificate"], without.told["certificate"]) == ("documents/a b.pdf", None)
    assert with_one.shown[0][0].sha256 == "ab" * 32
    assert without.shown == ()


@pytest.mark.parametrize("shown", ["published_at", "published_where", "active", "subservice", "tier"])
def test_no_document_shows_where_a_policy_is_or_what_a_vendor_is_to_us(shown: str) -> None:
    keys = ("report_document", "assessment_document", "monitoring_document", "dpa_document", "bridge_document")
    (vendor,) = read("vendors", head("vendors", VENDOR | dict.fromkeys(keys, DOCUMENT)))
    (policy,) = read("policies", head("policies", POLICY | {"document": DOCUMENT}))
    assert shown not in {fact for _, facts in (*vendor.shown, *policy.shown) for fact in facts}


def _named() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted((ACME / "exports/registers").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text("utf-8"))["entries"]:
            found += [
                (path.stem, each["file"], each["sha256"])
                for each in entry.values()
                if isinstance(each, dict) and set(each) == {"file", "sha256"}
            ]
    for path in sorted((ACME / "exports/registers").glob("*.csv")):
        cells = re.findall(r"(documents/[^,\s]+) sha256:([0-9a-f]{64})", path.read_text("utf-8"))
        found += [(path.stem, file, digest) for file, digest in cells]
    return found


def test_acmes_documents_are_those_that_its_registers_name() -> None:
    named = _named()
    assert {register for register, _, _ in named} >= {"incidents", "people", "policies", "training", "vendors"}
    digests = {file: sha256((ACME / file).read_bytes()).hexdigest() for _, file, _ in named}
    assert {file: digest for _, file, digest in named} == digests
    stated = yaml.safe_load((ACME / "statements.yaml").read_text("utf-8"))
    others = set(re.findall(r"documents/[^,\s\"'}\]]+", str(stated)))
    assert set(digests) | others == {str(path.relative_to(ACME)) for path in (ACME / "documents").rglob("*.*")}


def test_acmes_documents_say_what_its_policies_do() -> None:
    for entry in yaml.safe_load((ACME / "exports/registers/policies.yaml").read_text("utf-8"))["entries"]:
        if "document" in entry:
            text = (ACME / entry["document"]["file"]).read_text("utf-8")
            for key in ("title", "version", "owner_email", "approved_by", "approved_at", "reviewed_at"):
                assert re.search(re.escape(str(entry[key])), text), (entry["id"], key)
