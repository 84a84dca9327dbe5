"""`soc2test gaps` over acme with exports taken away, over an empty programme, and narrowed; JSON is of its schema."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from channels import KEY
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from runs import run_forked

from soc2test.cli.main import main
from soc2test.cli.schema import _own

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
AS_OF = ("--as-of", "2026-11-20T12:00:00Z")
TEN = (
    "registers/people.yaml",
    "registers/risks.yaml",
    "github/acme/repos.list-for-org.json",
    "okta/acme/listUsers.json",
    "kubernetes/acme-prod/get.pods.json",
    "kubernetes/acme-prod/get.services.json",
    "jira/acme/OPS/search-jql.json",
    "pagerduty/acme/listIncidents.json",
    "aws/012345678901/eu-west-1/iam.get-account-password-policy.json",
    "aws/012345678901/us-east-1/guardduty.list-detectors.json",
)


def gaps(*options: str) -> Result:
    return CliRunner().invoke(main, ["gaps", *options])


def plan(*options: str) -> dict[str, Any]:
    result = gaps("--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    record: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(_own("gaps")).validate(record)
    return record


def open_steps(record: Mapping[str, Any]) -> dict[str, Any]:
    """Those that some test or criterion waits for, by id."""
    return {step["id"]: step for step in record["steps"] if step["kind"] not in ("prove", "show", "review")}


def files(steps: Iterator[Any] | Any) -> set[str]:
    return {part["file"] for step in steps for part in step["all_of"]}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Acme without ten of its exports; what was taken away lies beside it."""
    root = tmp_path_factory.mktemp("gaps")
    shutil.copytree(FIXTURES / "acme", root / "acme", ignore=shutil.ignore_patterns("soc2-report"))
    for name in TEN:
        kept = root / "kept" / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        (root / "acme/exports" / name).rename(kept)
    return root / "acme"


@pytest.fixture(scope="module")
def before(company: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(company)
        return plan(*AS_OF)


def test_ten_exports_that_were_taken_away_are_exactly_the_steps(before: dict[str, Any]) -> None:
    steps = open_steps(before)
    assert files(steps.values()) == {f"exports/{name}" for name in TEN}
    assert len(steps) == len(TEN)
    assert {step["kind"] for step in steps.values()} == {"collect", "register"}


def test_what_most_waits_for_stands_first_and_a_choice_is_told(before: dict[str, Any]) -> None:
    first = before["steps"][0]
    assert (first["id"], first["severity"]) == ("register:people", "critical")
    assert len(first["criteria_alone"]) > 30
    assert [way["source"] for way in first["one_of"]] == ["registers", "bamboohr", "hibob"]
    ranks = [("critical", "high", "medium", "low").index(step["severity"]) for step in open_steps(before).values()]
    assert ranks == sorted(ranks)


@pytest.fixture(scope="module")
def matrix(company: Path) -> dict[str, Any]:
    """What `pytest --soc2` finds over the same."""
    report = company.parent / "report"
    asked = ["--soc2", "--soc2-as-of", AS_OF[1], f"--soc2-report={report}", "--soc2-no-populations", "-q"]
    ended = run_forked([*asked, "-p", "no:cacheprovider"], str(company), {**os.environ})
    assert (report / "matrix.json").exists(), ended.stdout + ended.stderr
    record: dict[str, Any] = json.loads((report / "matrix.json").read_text("utf-8"))
    return record


def test_the_statuses_are_those_of_the_matrix(matrix: dict[str, Any], before: dict[str, Any]) -> None:
    of_run = {row["id"]: row["status"] for row in matrix["criteria"]}
    not_clear = {id: status for id, status in of_run.items() if status not in ("no_deviations", "out_of_scope")}
    assert {row["id"]: row["status"] for row in before["criteria"]} == not_clear
    assert all(row["why"] for row in before["criteria"])


def test_every_test_without_a_pass_has_a_cause(matrix: dict[str, Any], before: dict[str, Any]) -> None:
    named = {why["control"] for row in before["criteria"] for why in row["why"]}
    named |= {why["control"] for why in before["evidence_tests"]}
    unseen = {each["id"] for each in matrix["controls"] if each["verdict"] in ("fail", "error", "not_evaluated")}
    assert len(unseen) > 100
    assert unseen <= named


def test_doing_the_steps_closes_them(company: Path, before: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(company)
    done = company.parent / "done"
    shutil.copytree(company, done)
    for step in open_steps(before).values():
        for part in step["all_of"]:
            name = part["file"].removeprefix("exports/")
            shutil.copy(company.parent / "kept" / name, done / "exports" / name)
    monkeypatch.chdir(done)
    after = plan(*AS_OF)
    assert open_steps(after) == {}
    assert after["period"]["earliest"] == "2026-11-20"
    assert before["period"]["earliest"] is None


@pytest.mark.long
def test_one_criterion_alone(company: Path, before: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(company)
    one = plan("--for", "CC3.3", *AS_OF)
    assert [row["id"] for row in one["criteria"]] == ["CC3.3"]
    assert [step["id"] for step in one["steps"]] == ["register:risks"]
    assert one["steps"][0] == next(step for step in before["steps"] if step["id"] == "register:risks")
    test = plan("--for", "OBJ-03", *AS_OF)
    assert {why["control"] for row in test["criteria"] for why in row["why"]} == {"OBJ-03"}
    assert {step["id"] for step in test["steps"]} == {"register:people", "register:risks"}


@pytest.mark.long
def test_the_forms_for_people_name_all_ten(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(company)
    text, markdown, html = (gaps(*AS_OF, "--format", form).stdout for form in ("table", "markdown", "html"))
    for name in TEN:
        told = "register " + Path(name).stem if name.startswith("registers/") else name
        assert told in text, name
        assert told in markdown.replace("\\", ""), name
        assert told in html, name
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert html.rstrip().endswith("</html>")


def test_exports_that_became_old_are_to_be_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "acme")
    record = plan("--as-of", "2026-12-10T12:00:00Z")
    again = [step for step in record["steps"] if step["kind"] == "again"]
    assert {step["source"] for step in again} >= {"okta", "github", "registers"}
    assert not [step for step in record["steps"] if step["kind"] in ("collect", "register", "declare")]
    people = next(step for step in again if step["id"] == "again:registers/people")
    assert people["effort"] == people["effort"] | {"rows": None, "text": "rows to look through: how many is not known"}
    assert {why["cause"] for row in record["criteria"] for why in row["why"]} >= {"stale"}


def test_deviations_are_to_be_mended_with_their_number_and_what_deviates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "globex")
    record = plan(*AS_OF)
    mends = {step["id"]: step for step in record["steps"] if step["kind"] == "mend"}
    assert len(mends) > 10
    with_resources = [step for step in mends.values() if step["effort"]["resources"] is not None]
    assert all(step["effort"]["resources"] == len(step["all_of"]) for step in with_resources)
    assert all(step["command"].startswith("pytest --soc2 --soc2-control ") for step in mends.values())


@pytest.mark.long
def test_people_are_hidden_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "globex")
    assert "@acme.example" in gaps(*AS_OF, "--format", "json").stdout
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", KEY)
    hidden = gaps(*AS_OF, "--format", "json", "--pseudonymise")
    assert hidden.exit_code == 0
    assert "@acme.example" not in hidden.stdout
    monkeypatch.delenv("SOC2TEST_PSEUDONYM_KEY")
    refused = gaps(*AS_OF, "--pseudonymise")
    assert refused.exit_code == 2
    assert "--pseudonymise needs a key" in refused.stderr


def test_an_empty_programme_gets_a_first_week_that_can_be_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "--system", "Shop"]).exit_code == 0
    record = plan()
    assert [day["name"] for day in record["week"]] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert record["statuses"] == {"not_evaluated": 33}
    assert record["period"]["earliest"] is None
    shown = gaps().stdout
    assert shown.index("Monday: Say which systems you have") < shown.index("Steps, the first first")
    tasks = [task for day in record["week"] for task in day["tasks"]]
    templates = [task for task in tasks if (task["command"] or "").startswith("soc2test init --register ")]
    assert len(templates) == 9
    for task in templates:
        assert CliRunner().invoke(main, task["command"].split()[1:]).exit_code == 0, task
    after = {step["id"] for step in plan()["steps"]}
    assert not after & {task["step"] for task in templates}
    assert {step["id"] for step in record["steps"]} - after == {task["step"] for task in templates}


def test_a_source_that_is_not_declared_is_one_of_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Shop\nsources: {registers: }\n")
    steps = {step["id"]: step for step in plan("--for", "CC8.1")["steps"]}
    step = steps["declare:github+gitlab"]
    assert [way["source"] for way in step["one_of"]] == ["github", "gitlab"]
    assert {why["cause"] for row in plan("--for", "CC8.1")["criteria"] for why in row["why"]} >= {"no_source"}


def test_what_is_not_in_scope_is_not_told_as_if_nothing_were_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Shop\nsources: {registers: }\n")
    shown = gaps("--for", "P1.1", "--for", "PRV-13").stdout
    assert "nothing is open" not in shown
    assert "P1.1: is not in scope: soc2.yaml has security" in shown
    assert "PRV-13: tests P1.1 alone, and soc2.yaml has in scope: security" in shown


def test_of_what_holds_nothing_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "acme")
    assert "of CC6.6: nothing is open" in gaps("--for", "CC6.6", *AS_OF).stdout


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--for", "CC66"), 2, "there is no criterion or control 'CC66'; did you mean CC6.6"),
        (("--for", "IAM-7"), 2, "IAM-07"),
        (("--config", "nowhere.yaml"), 2, "there is no file nowhere.yaml"),
        (("--as-of", "noon"), 2, "--as-of"),
        (("--format", "pdf"), 2, "pdf"),
    ],
)
def test_wrong_usage(options: tuple[str, ...], code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "acme")
    result = gaps(*options)
    assert result.exit_code == code
    assert said in result.stderr


def test_without_a_programme_nothing_is_in_scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert gaps().exit_code == 2
    (tmp_path / "soc2.yaml").write_text("system: [\n")
    assert gaps().exit_code == 4
