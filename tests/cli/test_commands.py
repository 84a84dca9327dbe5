"""The `soc2test` command, as its users run it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from soc2test.cli.main import main
from soc2test.criteria import CRITERIA

ACME = Path(__file__).resolve().parents[2] / "fixtures/acme"


def run(*args: str) -> str:
    """What a command prints; it must end well."""
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0, result.output
    return result.output


def test_controls_lists_all_and_explains_one() -> None:
    assert "IAM-07" in run("controls")
    one = run("controls", "IAM-07")
    for wanted in ("CC6.2", "removal_hours", "24", "ended_at", "registers", "listUsers", "leavers.py"):
        assert wanted in one


def test_criteria_lists_all_61() -> None:
    listed = run("criteria")
    assert all(id in listed for id in CRITERIA)
    assert "IAM-01" in run("criteria", "CC6.1")


def test_a_criterion_names_what_it_touches_of_other_frameworks() -> None:
    shown = run("criteria", "CC7.5")
    assert "Touches in other frameworks, which says of none that it is met" in shown
    assert "A.5.27 A.5.29 A.8.13" in shown
    record = json.loads(run("criteria", "CC7.5", "--format", "json"))
    assert set(record["touches"]) == {"iso27001", "hipaa", "nist-csf", "nist-800-53"}
    assert {"requirement", "strength", "reason"} == set(record["touches"]["hipaa"][0])


def test_sources_gives_file_and_command_of_each_operation() -> None:
    text = run("sources", "aws")
    assert "aws s3api get-bucket-policy --bucket" in text
    assert "exports/aws/" in text


@pytest.mark.each(3)
@pytest.mark.parametrize("name", ["programme", "matrix", "finding", "people"])
def test_schemas_are_valid(name: str) -> None:
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", name)))


@pytest.mark.parametrize(
    "args", [("controls", "NOPE-1"), ("criteria", "CC9.9"), ("sources", "nope"), ("schema", "nope"), ("nope",)]
)
def test_what_is_not_there_is_a_usage_error(args: tuple[str, ...]) -> None:
    assert CliRunner().invoke(main, args).exit_code == 2


def test_init_and_then_pytest_evaluates_the_people_in_the_sample_s_place_and_exits_0(tmp_path: Path) -> None:
    soc2test = Path(sys.executable).with_name("soc2test")
    made = subprocess.run([soc2test, "init"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "soc2.yaml" in made.stdout
    people = tmp_path / "exports/registers/people.yaml"
    people.write_text(people.read_text("utf-8").replace("@example.com", "@acme.example"), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--soc2"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout
    matrix = json.loads((tmp_path / "soc2-report/matrix.json").read_text("utf-8"))
    verdicts = {each["id"]: each["verdict"] for each in matrix["controls"]}
    assert matrix["complete"]
    assert list(verdicts.values()).count("pass") >= 1
    assert matrix["counts"]["fail"] == matrix["counts"]["error"] == 0
    assert matrix["counts"]["not_evaluated"] > 50


def test_init_changes_nothing_that_exists(tmp_path: Path) -> None:
    (tmp_path / "soc2.yaml").write_text("system: Mine\n", "utf-8")
    run("init", str(tmp_path))
    assert (tmp_path / "soc2.yaml").read_text("utf-8") == "system: Mine\n"
