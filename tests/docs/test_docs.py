"""The docs agree with the code: what they show runs, what they name exists."""

import inspect
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from programmes import Programme
from runs import run_pytest

from soc2test import Identity, Item, Population, Resource, Unknown, UnknownFact, contract
from soc2test.cli.main import COMMANDS, main
from soc2test.errors import EvidenceError
from soc2test.evidence.record import record_of
from soc2test.evidence.schema_violations import violations
from soc2test.populations import Gap
from soc2test.programme.programme import programme_schema
from soc2test.sources import hookspecs
from soc2test.sources.source import Source
from soc2test.testing import resource

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])


def blocks(page: str, language: str = "python") -> list[str]:
    """The code blocks of a page."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_plugin_page_holds_a_complete_plugin_that_works_as_written(programme: Programme) -> None:
    programme.shipped = True
    code = blocks("docs/writing-a-plugin.md")[0]
    assert len(code.splitlines()) < 60
    programme.write("plugins/fleet.py", code)
    (programme.path / "plugins/things.py").unlink()
    programme.write("soc2.yaml", "system: Test\nsources: {fleet: {orgs: [acme]}}\n")
    device = {"hostname": "mac", "user": "ann@acme.example", "filevault": True, "agent": "1"}
    listed: dict[str, object] = {
        "results": [{"serial": "S1", **device}, {"serial": "S2", **device, "filevault": False}, {"serial": "S3"}],
        "next": None,
    }
    programme.write("exports/fleet/acme/devices.json", json.dumps(listed))
    programme.write("exports/fleet/acme/protection.S1.json", '{"status": "healthy"}')
    programme.write("exports/fleet/acme/protection.S2.json", '{"code": "not_installed", "message": "no agent"}')
    programme.write("exports/fleet/acme/protection.S3.json", '{"code": "forbidden", "message": "no"}')
    programme.run("--soc2-control", "DEV-01", "--soc2-control", "DEV-02")
    encrypted, protected = programme.control("DEV-01"), programme.control("DEV-02")
    assert [(each["resource"], each["outcome"]) for each in encrypted["findings"]] == [
        ("S2", "deviation"),
        ("S3", "unknown"),
    ]
    assert [(each["resource"], each["outcome"]) for each in protected["findings"]] == [
        ("S2", "deviation"),
        ("S3", "unknown"),
    ]
    listed["next"] = "token"
    programme.write("exports/fleet/acme/devices.json", json.dumps(listed))
    programme.run("--soc2-control", "DEV-01")
    assert programme.control("DEV-01")["gaps"][0]["code"] == "partial"


def options(page: str, heading: str) -> list[str]:
    """The options in the first table below a line that begins so."""
    table = (ROOT / page).read_text("utf-8").partition(f"\n{heading}")[2].partition("\n\n")[2].partition("\n\n")[0]
    first = [row.split("|")[1] for row in table.splitlines()[2:]]
    return [name for cell in first for name in re.findall(r"`(\w+)`", cell)]


@pytest.mark.parametrize(
    ("heading", "function"),
    [("`Source(name, ...)`", Source.__init__), ("`@source.reads(operation, ...)`", Source.reads)],
)
def test_each_option_of_a_declaration_stands_in_the_table_and_no_other(heading: str, function: Any) -> None:
    known = [name for name, each in inspect.signature(function).parameters.items() if each.kind is each.KEYWORD_ONLY]
    assert sorted(options("docs/writing-a-plugin.md", heading)) == sorted(known)


def test_the_page_s_plugin_of_several_documents_reads_its_sample(programme: Programme) -> None:
    (programme.path / "plugins/things.py").unlink()
    programme.write("plugins/jobs.py", next(each for each in blocks("docs/writing-a-plugin.md") if "class Job" in each))
    programme.write("soc2.yaml", "system: Test\nsources: {jobs: {teams: [core]}}\n")
    programme.write("exports/jobs/core/manifests.yaml", blocks("docs/writing-a-plugin.md", "yaml")[0])
    programme.write(
        "policies/jobs.py",
        "from soc2test import control\nfrom soc2test_programme_plugins.jobs import Job\n\n\n"
        '@control("OWN-09", criteria=["CC1.2"], nature="state")\ndef test_owned(job: Job):\n    """Each job has an owner."""\n'
        "    assert job.owner\n",
    )
    programme.run("--soc2-control=OWN-09")
    assert outcomes(programme, "OWN-09") == {"core/cleanup": "deviation"}
    assert programme.control("OWN-09")["passed"] == 1


def _on_laptops(population: str) -> str:
    """The control over a population, over the fixture of the page."""
    text = population.replace("OWN-03", "OWN-11").replace("vendors: Population[Vendor]", "laptops")
    return text.replace("in vendors", "in laptops")


def test_the_control_page_holds_controls_that_work_as_written(programme: Programme) -> None:
    first, marked, built_on, event, folded, population, test, *_ = blocks("docs/writing-a-control.md")
    (programme.path / "plugins/things.py").unlink()
    programme.write("soc2.yaml", "system: Test\nsources: {registers: }\nlimits: {OWN-02: {devices: 1}}\n")
    programme.write("policies/laptops.py", first)
    programme.write("policies/names.py", population)
    programme.write("policies/leavers.py", event)
    programme.write("policies/everybody.py", folded)
    programme.write("policies/marked.py", marked)
    programme.write("policies/conftest.py", built_on)
    programme.write("policies/built.py", _on_laptops(population))
    programme.run()
    ids = ("OWN-01", "OWN-02", "OWN-03", "OWN-05", "OWN-06", "OWN-10", "OWN-11")
    assert {programme.verdict(id) for id in ids} == {"not_evaluated"}
    assert programme.control("OWN-11")["reason"]["code"] == programme.control("OWN-01")["reason"]["code"] == "missing"
    devices = programme.control("OWN-02")["limits"]["devices"]
    assert (devices["value"], devices["default"], devices["tool_default"]) == (1, False, 2)
    programme.write("tests/test_laptops.py", test)
    ran = programme.pytester.run(str(Path(sys.executable).with_name("pytest")), "-p", "no:cacheprovider", "tests")
    ran.assert_outcomes(passed=1)


def test_the_weak_control_of_the_control_page_is_found_as_it_says(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    (programme.path / "plugins/things.py").unlink()
    programme.write("soc2.yaml", "system: Test\nsources: {registers: }\n")
    weak, stated = blocks("docs/writing-a-control.md")[7:]
    programme.write("policies/weak.py", weak)
    programme.write("policies/stated.py", stated)
    monkeypatch.chdir(programme.path)
    page = (ROOT / "docs/writing-a-control.md").read_text("utf-8")
    shown = page.split("$ soc2test prove OWN-07\n")[1].split("```")[0]
    result = CliRunner().invoke(main, ["prove", "OWN-07"])
    assert (result.exit_code, result.output.split()) == (1, shown.split())
    result = CliRunner().invoke(main, ["prove", "OWN-08"])
    assert result.exit_code == 0
    assert "(stated: what is not over has no postmortem yet" in result.output


@pytest.mark.parametrize(
    ("disks", "outcome"),
    [
        ([None, True], None),
        ([False, True], None),
        ([False, None], "unknown"),
        ([None], "unknown"),
        ([False], "deviation"),
    ],
)
def test_one_known_disk_decides_as_the_control_page_says(disks: list[bool | None], outcome: str | None) -> None:
    from soc2test import Device, Person
    from soc2test.testing import check, resource

    space: dict[str, Any] = {"__name__": "page"}
    exec(blocks("docs/writing-a-control.md")[4], space)  # noqa: S102  # our own page
    ann = resource(Person, "ann@acme.example", email="ann@acme.example", active=True)
    told: list[dict[str, Any]] = [{} if disk is None else {"disk_encrypted": disk} for disk in disks]
    held = [resource(Device, f"d{n}", owner_email="ann@acme.example", **facts) for n, facts in enumerate(told)]
    found = check(space["test_everybody_has_an_encrypted_laptop"], ann, *held)
    assert [finding.outcome for finding in found.findings] == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("as_of", "status", "outcome"),
    [("2026-11-03", "in_use", "pending"), ("2026-11-20", "in_use", "deviation"), ("2026-11-20", "returned", None)],
)
def test_the_event_of_the_control_page_is_pending_until_it_is_due(as_of: str, status: str, outcome: str | None) -> None:
    from soc2test import Device, Person
    from soc2test.testing import check, resource

    space: dict[str, Any] = {"__name__": "page"}
    exec(blocks("docs/writing-a-control.md")[3], space)  # noqa: S102  # our own page
    left = resource(Person, "ann@acme.example", email="ann@acme.example", ended_at=datetime(2026, 11, 1, tzinfo=UTC))
    laptop = resource(Device, "d", owner_email="ann@acme.example", status=status)
    moment = datetime.fromisoformat(f"{as_of}T00:00:00+00:00")
    found = check(space["test_leavers_give_their_laptops_back"], left, laptop, as_of=moment)
    assert [each.outcome for each in found.findings] == ([outcome] if outcome else [])


def test_the_page_s_plugin_of_rows_shows_what_a_document_shows(programme: Programme) -> None:
    (programme.path / "plugins/things.py").unlink()
    programme.write(
        "plugins/handbook.py", next(each for each in blocks("docs/writing-a-plugin.md") if "shown_by" in each)
    )
    programme.write("soc2.yaml", "system: Test\nsources: {handbook: {teams: [core]}}\n")
    text = "Security policy, version 3: what each of us keeps to. Reviewed by the board on 2026-11-01."
    programme.write("documents/policy.txt", text)
    digest = sha256(text.encode()).hexdigest()
    row = {"title": "Security", "reviewed_at": "2026-11-01T00:00:00Z", "version": "3"}
    programme.write(
        "policies/reviews.py",
        "from soc2test import PolicyDocument, control\n\n\n"
        '@control("OWN-09", criteria=["CC5.3"], nature="state")\ndef test_reviewed(policy: PolicyDocument):\n'
        '    """Each policy was reviewed."""\n    assert policy.reviewed_at\n',
    )

    def rests_on(document: dict[str, str] | None) -> list[str]:
        listed = {"policies": [{**row, "document": document}]}
        programme.write("exports/handbook/core/policies.json", json.dumps(listed))
        programme.run("--soc2-control=OWN-09")
        rests: list[str] = programme.control("OWN-09")["rests_on"]
        return rests

    assert rests_on({"file": "documents/policy.txt", "sha256": digest}) == ["document"]
    assert programme.matrix()["documents"] == [{"file": "documents/policy.txt", "sha256": digest, "rows": 1}]
    assert rests_on(None) == ["record"]
    assert rests_on({"file": "documents/none.txt", "sha256": digest}) == ["record"]
    rests_on({"file": "documents/policy.txt", "sha256": "0" * 64})
    assert programme.verdict("OWN-09") == "not_evaluated"


@pytest.mark.parametrize("name", [name for name in dir(hookspecs) if name.startswith("soc2_")])
def test_each_hook_stands_in_the_docs_with_its_signature(name: str) -> None:
    hook = getattr(hookspecs, name)
    short = str(inspect.signature(hook)).replace("collections.abc.", "").replace("soc2test.resources.resource.", "")
    short = re.sub(r"soc2test\.[a-z_.]+\.", "", short)
    assert f"def {name}{short}" in (ROOT / "docs/hooks.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_that_the_docs_name_exist(page: Path) -> None:
    known = (ROOT / "soc2test/pytest_plugin/plugin.py").read_text("utf-8")
    named = set(re.findall(r"--soc2[a-z0-9-]*", page.read_text("utf-8")))
    assert all(f'"{option}"' in known for option in named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_exit_codes_and_verdicts_stand_in_the_docs() -> None:
    from soc2test.coverage.statuses import STATUSES
    from soc2test.verdicts import Verdict

    text = (ROOT / "docs/matrix-and-verdicts.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in (*Verdict, *STATUSES))
    assert all(f"| {code} |" in text for code in range(6))


def outcomes(programme: Programme, id: str) -> dict[str, str]:
    """Resource -> outcome of a control's findings."""
    return {each["resource"]: each["outcome"] for each in programme.control(id)["findings"]}


def test_the_tests_of_the_plugin_page_pass_as_written(programme: Programme) -> None:
    page = blocks("docs/writing-a-plugin.md")
    (programme.path / "plugins/things.py").unlink()
    programme.write("plugins/fleet.py", page[0])
    programme.write(
        "tests/test_fleet_plugin.py", next(each for each in page if "def test_a_text_is_no_boolean" in each)
    )
    run_pytest(programme.pytester, "tests").assert_outcomes(passed=2)


@pytest.fixture
def jamf(programme: Programme) -> Programme:
    """A programme with the page's second plugin and its sample export."""
    (programme.path / "plugins/things.py").unlink()
    code = next(each for each in blocks("docs/writing-a-plugin.md") if "def boot_volume" in each)
    assert len(code.splitlines()) < 60
    programme.shipped = True
    programme.write("plugins/my_jamf.py", code)
    programme.write("soc2.yaml", "system: Test\nsources: {my_jamf: {instances: [acme]}}\n")
    programme.write("exports/my_jamf/acme/computers-inventory.json", blocks("docs/writing-a-plugin.md", "json")[0])
    return programme


def test_the_jamf_plugin_reads_its_sample_as_the_page_says(jamf: Programme) -> None:
    jamf.run("--soc2-control=DEV-01").assert_outcomes(failed=1)
    assert outcomes(jamf, "DEV-01") == {"C02B2": "deviation", "C02C3": "unknown"}
    assert jamf.control("DEV-01")["passed"] == 1


@pytest.mark.parametrize(("total", "code"), [(1, None), (4, "partial")])
def test_the_jamf_plugin_passes_only_what_is_whole(jamf: Programme, total: int, code: str | None) -> None:
    first = json.loads(blocks("docs/writing-a-plugin.md", "json")[0])["results"][:1]
    export = {"totalCount": total, "results": first}
    jamf.write("exports/my_jamf/acme/computers-inventory.json", json.dumps(export))
    jamf.run("--soc2-control=DEV-01")
    assert jamf.verdict("DEV-01") == ("not_evaluated" if code else "pass")
    assert [gap["code"] for gap in jamf.control("DEV-01").get("gaps", [])] == ([code] if code else [])


def test_the_jamf_plugin_knows_a_refusal(jamf: Programme) -> None:
    body = {"httpStatus": 403, "errors": [{"code": "INVALID_PRIVILEGE"}]}
    jamf.write("exports/my_jamf/acme/computers-inventory.json", json.dumps(body))
    jamf.run("--soc2-control=DEV-01")
    assert jamf.control("DEV-01")["reason"]["code"] == "denied"


def test_the_example_of_shapes_reads_what_is_told_and_refuses_the_rest() -> None:
    names: dict[str, Any] = {name: getattr(contract, name) for name in contract.__all__}
    code = next(each for each in blocks("docs/writing-a-plugin.md") if "def machine" in each)
    exec(code, names)  # noqa: S102  # the page's own code
    whole = {"id": 7, "state": "RUNNING", "addresses": [{"kind": "PUBLIC"}]}
    told = names["machine"](Item(whole), None)
    assert (told.id, told.told) == ("7", {"running": True, "public": True})
    odd = names["machine"](Item({**whole, "state": "running", "addresses": None}), None)
    assert {type(value) for value in odd.told.values()} == {Unknown}
    with pytest.raises(UnknownFact):
        names["machine"](Item({**whole, "id": None}), None)


class Grant(Resource, frozen=True, gc=False, kw_only=True):
    """What an account may do."""

    holder: str
    administers: bool


@pytest.mark.parametrize(
    ("told", "answer"), [([None, True], True), ([False], False), ([], False), ([False, None], "unknown")]
)
@pytest.mark.parametrize("gaps", [[], [Gap(code="denied", text="let the exporter call it")]])
def test_one_known_grant_decides_as_the_plugin_page_says(told: list[Any], answer: Any, gaps: list[Gap]) -> None:
    names: dict[str, Any] = {name: getattr(contract, name) for name in contract.__all__}
    exec(next(code for code in blocks("docs/writing-a-plugin.md") if "def admin(" in code), names)  # noqa: S102
    given = [{} if word is None else {"administers": word} for word in told]
    members = [resource(Grant, f"g{n}", holder="ann", **facts) for n, facts in enumerate(given)]
    grants = Population(Grant, members, gaps)
    ann = resource(Identity, "ann", name="ann")
    if answer == "unknown" or (answer is False and gaps):
        with pytest.raises(UnknownFact):
            names["admin"](ann, grants)
    else:
        assert names["admin"](ann, grants) is answer
    whole = Item({"public": True})
    assert contract.any_of([whole["shared"], whole["public"]])
    with pytest.raises(UnknownFact):
        contract.all_of([whole["shared"], whole["public"]])


def test_the_readme_s_control_and_plugin_work_as_written(programme: Programme) -> None:
    programme.shipped = True
    control, plugin = blocks("README.md")
    (programme.path / "plugins/things.py").unlink()
    programme.write("policies/sign_in.py", control)
    programme.write("plugins/fleet.py", plugin)
    programme.write("soc2.yaml", "system: Test\nsources: {fleet: {tenants: [acme]}}\n")
    listed = [{"device_id": id, "device_name": f"mac {id}", "serial_number": f"S{id}"} for id in ("d1", "d2", "d3")]
    programme.write("exports/fleet/acme/devices.json", json.dumps(listed))
    for id, enabled in (("d1", True), ("d2", False)):
        body = {"general": {"device_id": id}, "disk": {"encrypted": enabled}}
        programme.write(f"exports/fleet/acme/details.{id}.json", json.dumps(body))
    programme.run("--soc2-control=DEV-01", "--soc2-control=OWN-04")
    assert outcomes(programme, "DEV-01") == {"d2": "deviation", "d3": "unknown"}
    assert programme.verdict("OWN-04") == "not_evaluated"


def test_the_readme_s_control_finds_the_account_without_a_second_factor() -> None:
    from soc2test import Identity
    from soc2test.testing import check, resource

    space: dict[str, Any] = {"__name__": "readme"}
    exec(blocks("README.md")[0], space)  # noqa: S102  # our own page
    accounts = [
        resource(Identity, "a", human=True, active=True, mfa=True),
        resource(Identity, "b", human=True, active=True, mfa=False),
        resource(Identity, "c", human=True, active=True),
    ]
    found = check(space["test_people_sign_in_with_mfa"], *accounts)
    assert {each.resource: each.outcome for each in found.findings} == {"b": "deviation", "c": "unknown"}


def test_the_readme_s_output_is_what_the_sample_prints(pytester: pytest.Pytester) -> None:
    shown = (ROOT / "README.md").read_text("utf-8").partition("```\nGlobex")[2].partition("```\n")[0]
    assert len(shown.splitlines()) > 15
    globex = ROOT / "fixtures/globex"
    report = pytester.path / "report"
    ran = run_pytest(
        pytester,
        "--soc2", "-c", globex / "pytest.ini", f"--soc2-config={globex / 'soc2.yaml'}", f"--soc2-report={report}",
        "--soc2-control=CHG-01",
    )  # fmt: skip
    printed = [line.rstrip() for line in ran.outlines]
    for line in f"Globex{shown}".splitlines():
        if line != "[...]" and not re.match(r"\d+ tests:", line):  # their number grows
            assert line in printed, line


def test_the_record_on_the_page_is_one(tmp_path: Path) -> None:
    value = json.loads(blocks("docs/exports-and-evidence.md", "json")[0])
    record = record_of(value, "page.json", "", "", "page.json")
    assert (record.source, record.operation, record.code) == ("aws", "s3api get-bucket-policy", None)
    with pytest.raises(EvidenceError):
        record_of({**value, "status": "fine"}, "page.json", "", "", "page.json")


def test_limits_on_the_pages_are_valid_configuration() -> None:
    *limits, kept = (yaml.safe_load(text) for text in blocks("docs/writing-a-control.md", "yaml"))
    assert limits
    for each in limits:
        assert violations(programme_schema(), {"system": "Test", **each}) == []
    schema = json.loads(CliRunner().invoke(main, ["schema", "kept"]).stdout)
    assert violations(schema, kept) == []


def test_workflows_on_the_page_and_in_the_repository_are_yaml_and_keep_reports_of_failed_runs() -> None:
    github, calling, gitlab, collecting = (yaml.safe_load(text) for text in blocks("docs/ci.md", "yaml"))
    assert subprocess.run(["sh", "-n", "-c", collecting[0]["run"]], check=False).returncode == 0
    assert github["jobs"]["soc2"]["steps"][-1]["if"] == "always()"
    assert gitlab["soc2"]["artifacts"]["when"] == "always"
    assert gitlab["soc2"]["artifacts"]["reports"]["junit"] == "soc2-report/junit.xml"
    reusable = yaml.safe_load((ROOT / ".github/workflows/soc2.yml").read_text("utf-8"))
    inputs = reusable[True]["workflow_call"]["inputs"]  # YAML 1.1 reads `on` as a boolean
    named = set(re.findall(r"inputs\.([a-z0-9-]+)", (ROOT / ".github/workflows/soc2.yml").read_text("utf-8")))
    assert named == set(inputs)
    (upload,) = (step for step in reusable["jobs"]["soc2"]["steps"] if "upload-artifact" in step.get("uses", ""))
    assert upload["if"] == "always()"
    call = calling["jobs"]["soc2"]
    assert set(call["with"]) <= set(inputs)
    assert set(call["secrets"]) <= set(reusable[True]["workflow_call"]["secrets"])
    assert "permissions" not in reusable, "a called workflow that asks for more than its caller has does not start"


def test_the_reusable_workflow_hands_each_source_its_token() -> None:
    """By the names of the variables that sources declare: one that is missing would never be collected."""
    text = (ROOT / ".github/workflows/soc2.yml").read_text("utf-8")
    step = next(each for each in yaml.safe_load(text)["jobs"]["soc2"]["steps"] if "collect" in each.get("run", ""))
    records = json.loads(CliRunner().invoke(main, ["sources", "--format", "json"]).stdout)
    variables = {name for record in records for name in record["variables"]}
    assert not variables - set(step["env"])
    secrets = yaml.safe_load(text)[True]["workflow_call"]["secrets"]
    assert set(re.findall(r"secrets\.([A-Z0-9_]+)", text)) == set(secrets)


def test_actions_are_pinned_by_digest_with_their_version() -> None:
    files = [*(ROOT / ".github/workflows").glob("*.yml"), *(ROOT / "soc2test/cli/templates").rglob("*.yml"), *PAGES]
    used = [
        line for file in files for line in re.findall(r"^[ -]*uses: ([^.<{].*)", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(used) > 10
    loose = [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line.strip())]
    assert not loose


def test_every_yaml_file_of_the_repository_s_github_folder_parses() -> None:
    files = [*(ROOT / ".github").rglob("*.yml")]
    assert len(files) >= 6
    for file in files:
        assert yaml.safe_load(file.read_text("utf-8")), file


EXAMPLES = sorted({
    line
    for page in PAGES if page.stem != "tutorial"  # each command of it goes on from the one before: test_tutorial.py
    for text in blocks(str(page.relative_to(ROOT)), "console")
    for line in re.findall(r"^\$ (soc2test [^#\n]+?)(?:\s+#.*)?$", text, re.MULTILINE)
})  # fmt: skip


@pytest.mark.each(5)
@pytest.mark.parametrize("line", EXAMPLES)
def test_commands_on_the_pages_run(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").mkdir()
    if line.startswith("soc2test gaps"):  # it plans what a programme has in scope
        assert CliRunner().invoke(main, ["init"]).exit_code == 0
    assert CliRunner().invoke(main, line.partition(" > ")[0].split()[1:]).exit_code == 0


def test_every_command_and_every_option_stands_on_a_page() -> None:
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert all(f"soc2test {name}" in text for name in COMMANDS)
    options = set(re.findall(r'"(--soc2[a-z-]*)"', (ROOT / "soc2test/pytest_plugin/plugin.py").read_text("utf-8")))
    assert len(options) == 22
    table = (ROOT / "docs/matrix-and-verdicts.md").read_text("utf-8")
    assert all(re.search(rf"`{option}[`=]", table) for option in options)


def test_inline_commands_name_commands_that_exist() -> None:
    known = set(COMMANDS)
    for page in PAGES:
        named = set(re.findall(r"`soc2test ([a-z]+)", page.read_text("utf-8")))
        assert named <= known, page.name


def test_the_first_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    first = re.findall(r"^\$ make (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)[:2]
    assert first == ["soc2", "test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in first)
