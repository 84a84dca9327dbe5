"""What is taken out, exempt, loosened and stated in runs: verdicts, exit codes, and that nothing else is lost."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from programmes import Programme

CONTROLS = '''
@control("OWN-01", criteria=["CC6.1"], nature="state", limits={"most": 3}, looser={"most": "higher"})
def test_things_are_good(thing: Thing, limits):
    """Every thing is good."""
    assert thing.good and limits.most < 9, f"{thing.id} is bad"

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_things_are_named(thing: Thing):
    """Every thing has a name."""
    assert thing.id

@control("OWN-03", criteria=["CC6.1"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner is not None
'''
SOURCES = "system: Test\nsources:\n  things: {orgs: [one]}\n"
WHO = (
    "reason: the other one tests it, owner: ann@acme.example, approver: ben@acme.example, since: 2026-02-02, "
    "review_by: 2027-01-31"
)
OUT = f"not_applicable:\n  OWN-01: {{replaced_by: [OWN-02], {WHO}}}\n"
OLD = "not_applicable:\n  OWN-01: {reason: n/a, owner: x, approver: y}\n"


def people() -> str:
    row = {
        "employment": "employee", "active": True, "role": "engineer", "manager_email": None, "started_at": "2021-01-04",
        "background_check_at": "2020-12-01", "nda_signed_at": "2020-12-02", "code_of_conduct_version": "1",
        "code_of_conduct_at": "2026-01-05",
    }  # fmt: skip
    rows = [{**row, "name": f"{name} Real", "email": f"{name}@acme.example"} for name in ("ann", "ben")]
    return json.dumps({"register": "people", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows})


@pytest.fixture
def things(programme: Programme) -> Programme:
    """Two things of which one is bad, and two people who work here."""
    programme.policy(CONTROLS)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    programme.write("exports/registers/people.yaml", people())
    return programme


Configure = Callable[[str], Programme]


@pytest.fixture
def under(things: Programme) -> Configure:
    """The same under some sections of soc2.yaml."""

    def configure(sections: str) -> Programme:
        things.write("soc2.yaml", SOURCES + sections)
        return things

    return configure


def status(programme: Programme, criterion: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in programme.matrix()["criteria"] if row["id"] == criterion)
    return found


def test_what_is_taken_out_is_evaluated_and_listed(under: Configure) -> None:
    programme = under(OUT)
    result = programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02")
    result.assert_outcomes(passed=1, skipped=1)
    found = programme.control("OWN-01")
    assert (result.ret, found["verdict"], found["deviations"]) == (0, "not_applicable", 1)
    assert (found["taken_out"]["form"], found["taken_out"]["found"]) == ("replaced_by", "fail")
    assert [finding["resource"] for finding in found["findings"]] == ["b"]
    assert programme.matrix()["problems"] == []


def test_its_criterion_is_at_best_partial(under: Configure) -> None:
    programme = under(OUT.replace("OWN-01: {", "OWN-03: {"))
    programme.policy(CONTROLS.replace("thing.good and ", ""))
    programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02", "--soc2-control=OWN-03")
    assert programme.verdict("OWN-03") == "not_applicable"
    direct = status(programme, "CC6.1")
    assert "OWN-03" in direct["partial"]


def test_the_old_form_is_refused_with_the_new_one_and_nothing_else_is_lost(under: Configure) -> None:
    programme = under(OLD)
    result = programme.run()
    result.assert_outcomes(failed=2, passed=1)
    assert (result.ret, programme.verdict("OWN-01"), programme.verdict("OWN-02")) == (1, "fail", "pass")
    (problem,) = programme.matrix()["problems"]
    assert problem.startswith("soc2.yaml:5: not_applicable.OWN-01: needs the keys since, review_by; write `OWN-01: {")


def test_a_refused_one_alone_makes_the_exit_code_1(under: Configure) -> None:
    programme = under(OUT.replace("OWN-01", "OWN-02").replace("[OWN-02]", "[OWN-01]").replace("ben@", "nobody@"))
    programme.things({"id": "a", "good": True})
    result = programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02")
    result.assert_outcomes(passed=2)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["*not_applicable.OWN-02.approver: is nobody@acme.example, who is not in the register*"]
    )


def test_what_stands_in_must_have_been_evaluated(under: Configure) -> None:
    programme = under(OUT.replace("[OWN-02]", "[OWN-03]"))
    result = programme.run()
    assert (result.ret, programme.verdict("OWN-01")) == (1, "fail")
    assert "OWN-03 is not evaluated in this run" in programme.matrix()["problems"][0]


def test_what_stands_in_must_have_a_part_in_the_run(under: Configure) -> None:
    programme = under(OUT)
    result = programme.run("--soc2-control=OWN-01")
    assert (result.ret, programme.verdict("OWN-01")) == (1, "fail")
    assert "OWN-02 has no part in this run" in programme.matrix()["problems"][0]


@pytest.mark.long
def test_workers_agree_with_one_process(under: Configure) -> None:
    programme = under(OUT)
    controls = ("--soc2-control=OWN-01", "--soc2-control=OWN-02")
    programme.run(*controls)
    alone = programme.matrix()
    assert programme.run(*controls, "-n", "2").ret == 0
    assert programme.matrix() == alone
    programme = under(OUT.replace("[OWN-02]", "[OWN-03]"))
    assert programme.run("policies", "-n", "2").ret == 1
    assert "OWN-03 is not evaluated in this run" in programme.matrix()["problems"][0]


WATCHES = '''
from soc2test import Vendor

@control("OWN-04", criteria=["CC9.2"], nature="state", where=lambda vendor: vendor.active)
def test_vendors_are_assessed(vendor: Vendor):
    """Every vendor was assessed."""
    assert vendor.assessed_at is not None
'''
CARVED = (
    "not_applicable:\n  OWN-01:\n    carved_out: {organisation: lessor, assumes: things are kept in good order, "
    f"monitoring: OWN-04}}\n    {WHO.replace(', ', chr(10) + '    ')}\n"
)


def vendors(**lessor: Any) -> str:
    row = {
        "name": "Own Lessor", "active": True, "tier": "high", "owner_email": "ann@acme.example", "personal_data": False,
        "onboarded_at": "2024-01-08", "assessed_at": "2026-02-02", "subservice": True,
    }  # fmt: skip
    rows = [{"id": "lessor", **row, **lessor}, {"id": "other", **row, "name": "Other Vendor", "subservice": False}]
    return json.dumps({"register": "vendors", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows})


@pytest.mark.each(2)
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_what_is_carved_out_is_watched_by_what_holds_for_the_organisation(
    under: Configure, workers: tuple[str, ...]
) -> None:
    programme = under(CARVED)
    programme.policy(CONTROLS + WATCHES)
    programme.write("exports/registers/vendors.yaml", vendors())
    controls = ("--soc2-control=OWN-01", "--soc2-control=OWN-04", *workers)
    assert programme.run(*controls).ret == 0
    assert (programme.verdict("OWN-01"), programme.matrix()["problems"]) == ("not_applicable", [])
    programme.policy(CONTROLS + WATCHES.replace("vendor.active", 'vendor.id == "other"'))
    assert programme.run(*controls).ret == 1
    assert programme.verdict("OWN-01") == "fail"
    assert "OWN-04 says nothing good of it: lessor is not among what it looks at" in programme.matrix()["problems"][0]


def test_an_exempt_resource_is_counted_beside(under: Configure) -> None:
    programme = under("")
    programme.write("exemptions.yaml", f"exemptions:\n  - {{id: EX-1, test: OWN-01, resources: [b], {WHO}}}\n")
    result = programme.run("--soc2-control=OWN-01")
    found = programme.control("OWN-01")
    assert (result.ret, found["verdict"], found["population"], found["exempt"]) == (0, "pass", 1, 1)
    assert [(finding["resource"], finding["outcome"]) for finding in found["findings"]] == [("b", "exempt")]
    assert set(programme.matrix()["programme"]["files"]) == {"exemptions.yaml"}


def test_exemptions_that_can_not_be_read_exempt_nothing(under: Configure) -> None:
    programme = under("")
    programme.write("exemptions.yaml", "exemptions: [\n")
    result = programme.run()
    assert (result.ret, programme.verdict("OWN-01"), programme.verdict("OWN-02")) == (1, "fail", "pass")
    assert programme.matrix()["problems"][0].startswith("exemptions.yaml:2: invalid YAML")
    (programme.path / "exemptions.yaml").unlink()
    (programme.path / "exemptions.yaml").mkdir()
    assert programme.run().ret == 1
    assert "exemptions.yaml: can't be read" in programme.matrix()["problems"][0]


def test_a_limit_that_nobody_approved_is_the_tools_own(under: Configure) -> None:
    programme = under("limits:\n  OWN-01: {most: 10}\n")
    programme.things({"id": "a", "good": True})
    result = programme.run("--soc2-control=OWN-01")
    found = programme.control("OWN-01")
    assert (result.ret, found["verdict"], found["limits"]["most"]["value"]) == (1, "pass", 3)
    assert "10 is looser than the tool's default: name the clause" in programme.matrix()["problems"][0]
    approved = '{value: 10, clause: "Policy 3, section 1", approved_by: ben@acme.example}'
    programme = under(f"limits:\n  OWN-01: {{most: {approved}}}\n")
    result = programme.run("--soc2-control=OWN-01")
    limit = programme.control("OWN-01")["limits"]["most"]
    assert (result.ret, programme.verdict("OWN-01"), limit["looser"], limit["value"]) == (1, "fail", True, 10)
    assert (limit["clause"], limit["approved_by"]) == ("Policy 3, section 1", "ben@acme.example")
    assert programme.matrix()["problems"] == []


def test_a_criterion_that_no_test_looks_at_may_be_not_relevant(under: Configure) -> None:
    programme = under(f"categories: [privacy]\nnot_relevant:\n  P4.1: {{{WHO}}}\n  CC1.2: {{{WHO}}}\n")
    programme.run()
    assert status(programme, "P4.1")["status"] == "not_relevant"
    assert "the other one tests it (owner ann@acme.example" in status(programme, "P4.1")["reason"]
    assert "is a criterion of Security" in programme.matrix()["problems"][0]


def test_a_criterion_that_no_test_looks_at_may_be_only_stated(under: Configure) -> None:
    programme = under("categories: [privacy]\n")
    signed = programme.write(
        "documents/use.txt",
        "Signed by the board on 2026-02-02: data are used for what the record of processing names, for nothing else.\n",
    )
    digest = sha256(signed.read_bytes()).hexdigest()
    programme.write(
        "statements.yaml",
        "statements:\n  - {id: ST-1, text: Data are used for nothing else, criteria: [P4.1, CC6.1], owner: "
        f"ann@acme.example, date: 2026-02-02, expires: 2027-01-31, document: {{file: documents/use.txt, sha256: {digest}}}}}\n",
    )
    programme.run()
    assert (status(programme, "P4.1")["status"], status(programme, "P4.1")["statements"]) == (
        "statement_only",
        ["ST-1"],
    )
    assert (status(programme, "CC6.1")["status"], status(programme, "CC6.1")["statements"]) == ("deviation", ["ST-1"])
    assert [statement["id"] for statement in programme.matrix()["statements"]] == ["ST-1"]
    assert programme.matrix()["problems"] == []


def test_people_of_exceptions_are_hidden_where_people_are(under: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "a key that is long enough for this test")
    programme = under(OUT + "limits:\n  OWN-01: {most: {value: 10, clause: P 3, approved_by: ben@acme.example}}\n")
    programme.write("exemptions.yaml", f"exemptions:\n  - {{id: EX-1, test: OWN-01, resources: [b], {WHO}}}\n")
    programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02", "--soc2-pseudonymise")
    assert programme.verdict("OWN-01") == "not_applicable"
    assert programme.matrix()["pseudonymised"]
    for artifact in (programme.path / "soc2-report").rglob("*.*"):
        assert b"ben@acme" not in artifact.read_bytes(), artifact.name


LOOSER = 'limits: {OWN-01: {most: {value: 8, clause: "Policy 3, section 1", approved_by: ben@acme.example}}}\n'


def cell(text: str) -> str:
    """A text without what Markdown and HTML add to it."""
    return text.replace("\\", "").replace("&#x27;", "'")


def test_what_is_exempt_and_deviates_is_told_apart_everywhere(under: Configure) -> None:
    programme = under(LOOSER)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False}, {"id": "c", "good": True})
    programme.write("exemptions.yaml", f"exemptions:\n  - {{id: EX-1, test: OWN-01, resources: [b, c], {WHO}}}\n")
    result = programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02")
    found = programme.control("OWN-01")
    assert (found["verdict"], found["exempt"], found["exempt_deviations"]) == ("pass", 2, 1)
    assert [(each["resource"], each["found"]) for each in found["findings"]] == [("b", "deviation"), ("c", None)]
    said = (
        "OWN-01: exempt 2 of 3, of which 1 deviates (by EX-1)",
        "OWN-01: limit most 8, looser than the tool default 3 (2.7 times)",
    )
    assert all(text in status(programme, "CC6.1")["reason"] for text in said)
    for text in texts(programme, result):
        lacking = [each for each in (*said, "1 of these deviate", "2.7 times as far") if each not in cell(text)]
        assert lacking == [], cell(text)
    markdown, html, _, console = texts(programme, result)
    assert all("exempt, deviates" in cell(text) for text in (markdown, html, console))


def test_what_was_taken_out_and_deviates_says_so_with_its_numbers(under: Configure) -> None:
    programme = under(OUT)
    result = programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02", "-rs")
    said = "deviates (1 of 2) and was taken out"
    assert f"OWN-01 {said} by replaced_by (OWN-02)" in status(programme, "CC6.1")["reason"]
    assert said in programme.control("OWN-01")["reason"]["text"]
    assert all(said in cell(text) for text in texts(programme, result))
    result.stdout.fnmatch_lines([f"SKIPPED*OWN-01: not applicable: {said}, replaced by OWN-02*"])


APPROVED = '{value: 90d, clause: "Policy 3, section 1", approved_by: ben@acme.example}'
TOLD = "evidence of things may be 90 days old, looser than the tool default 7 days, 13 times as far"


def aged(programme: Programme, age: str, registers: str = "7d") -> pytest.RunResult:
    """Run over things of a month ago that may be of an age."""
    programme.write("exports/manifest.yaml", "collected_at: 2026-10-20T12:00:00Z\n")
    sources = f"sources:\n  things:\n    orgs: [one]\n    max_age: {age}\n  registers: {{max_age: {registers}}}\n"
    programme.write("soc2.yaml", f"system: Test\n{sources}")
    return programme.run("--soc2-control=OWN-02")


def texts(programme: Programme, result: pytest.RunResult) -> list[str]:
    report = programme.path / "soc2-report"
    read = [(report / name).read_text() for name in ("matrix.md", "matrix.html", "junit.xml")]
    return [" ".join(text.split()) for text in (*read, "\n".join(result.outlines))]


def test_evidence_may_be_as_old_as_somebody_approved_and_is_told_everywhere(things: Programme) -> None:
    result = aged(things, APPROVED)
    assert (things.verdict("OWN-02"), things.matrix()["problems"]) == ("pass", [])
    clause = {"clause": "Policy 3, section 1", "approved_by": "ben@acme.example"}
    assert things.matrix()["ages"] == [{"source": "things", "hours": 2160, "tool_default": 168, **clause}]
    for text in texts(things, result):
        assert TOLD in text
        assert "Policy 3, section 1" in text
        assert "approved by ben@acme.example" in text
    told = status(things, "CC6.1")["reason"]
    assert told.endswith("OWN-03: evidence of things may be 90 days old, looser than the tool default 7 days")
    assert "OWN-02" in status(things, "CC6.1")["loosened"]


@pytest.mark.each(3)
@pytest.mark.parametrize(
    ("age", "says"),
    [
        ("90d", '`max_age: {value: 90d, clause: "POLICY, section", approved_by: name@company}`'),
        ("{value: 90d}", "name the clause of the policy and who approved it"),
        ("{value: 169h, clause: aa bb}", "169h is looser than the tool's default"),
        ("{value: 90d, clause: tbd, approved_by: ben@acme.example}", "names no clause of a policy"),
        (APPROVED.replace("ben@", "nobody@"), "who is not in the register of people"),
    ],
)
def test_an_age_that_nobody_approved_is_the_sources_own(things: Programme, age: str, says: str) -> None:
    result = aged(things, age)
    assert (result.ret, things.verdict("OWN-02"), things.matrix()["ages"]) == (1, "not_evaluated", [])
    (problem,) = things.matrix()["problems"]
    assert "soc2.yaml:5: sources.things.max_age" in problem
    assert says in problem
    assert "the tool's default 7d stands" in problem
    assert not any("evidence of things may be" in text for text in texts(things, result))


def test_people_who_are_known_by_an_older_age_alone_approve_none(things: Programme) -> None:
    things.write("exports/registers/people.yaml", people().replace("2026-11-20", "2026-10-20"))
    aged(things, "7d", registers=APPROVED)
    assert things.matrix()["ages"] == []
    assert "can't be looked up, since not all people are known" in things.matrix()["problems"][0]


@pytest.mark.each(3)
@pytest.mark.parametrize("age", ["7d", "168h", "36h", "{value: 7d}"])
def test_an_age_that_asks_no_less_needs_nobody(things: Programme, age: str) -> None:
    aged(things, age)
    assert (things.matrix()["ages"], things.matrix()["problems"]) == ([], [])


def test_an_age_may_be_longer_for_workers_too(things: Programme) -> None:
    aged(things, APPROVED)
    result = things.run("-n1", "--soc2-control=OWN-02")
    assert (things.verdict("OWN-02"), things.matrix()["problems"]) == ("pass", [])
    assert all(TOLD in text for text in texts(things, result))


def test_who_approved_an_age_is_hidden_where_people_are(things: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(things, APPROVED)
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "a key that is long enough for this test")
    things.run("--soc2-control=OWN-02", "--soc2-pseudonymise")
    assert things.matrix()["ages"][0]["approved_by"] != "ben@acme.example"
    for artifact in (things.path / "soc2-report").glob("*.*"):
        assert b"ben@acme" not in artifact.read_bytes(), artifact.name
