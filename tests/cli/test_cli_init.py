"""`soc2test init`: what it writes works, and nothing that exists is touched."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
import yaml
from click.testing import CliRunner, Result

from soc2test.cli.main import main
from soc2test.programme.programme import load_programme

WRITTEN = (
    "soc2.yaml", "policies/reporting_lines.py", "exports/registers/people.yaml", ".github/workflows/soc2.yml",
    ".soc2test/programme.schema.json", ".soc2test/people.schema.json", ".gitignore",
)  # fmt: skip


def init(*args: object) -> Result:
    """Run `soc2test init`."""
    return CliRunner().invoke(main, ["init", *map(str, args)])


def with_people(programme: Path, **changed: str) -> None:
    """Put people of acme in the place of the sample's, with `changed` texts in the register."""
    register = programme / "exports/registers/people.yaml"
    text = register.read_text("utf-8").replace("@example.com", "@acme.example")
    for old, new in changed.items():
        text = text.replace(old, new, 1)
    register.write_text(text, "utf-8")


@pytest.mark.long
def test_its_own_sample_is_no_evidence(tmp_path: Path) -> None:
    assert init(tmp_path / "new").exit_code == 0
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-control=ORG-01"]
    subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False)
    matrix = json.loads((tmp_path / "new/soc2-report/matrix.json").read_text("utf-8"))
    own = next(each for each in matrix["controls"] if each["id"] == "ORG-01")
    assert own["verdict"] == "not_evaluated"
    assert "holds a placeholder or an example" in own["gaps"][0]["text"]


@pytest.mark.long
def test_its_own_control_passes_over_people_in_the_place_of_the_sample(tmp_path: Path) -> None:
    assert init(tmp_path / "new").exit_code == 0
    with_people(tmp_path / "new")
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-control=ORG-01"]
    ran = subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    matrix = json.loads((tmp_path / "new/soc2-report/matrix.json").read_text("utf-8"))
    own = next(each for each in matrix["controls"] if each["id"] == "ORG-01")
    assert (own["verdict"], own["population"]) == ("pass", 2)


@pytest.mark.long
def test_its_own_control_fails_where_a_manager_left(tmp_path: Path) -> None:
    init(tmp_path)
    with_people(tmp_path, **{"active: true": "active: false\n    ended_at: 2026-01-05"})
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-control=ORG-01"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "the manager has left" in ran.stdout


def test_a_second_run_names_what_exists_and_leaves_it(tmp_path: Path) -> None:
    init(tmp_path)
    before = {path: (tmp_path / path).read_bytes() for path in WRITTEN}
    again = init(tmp_path)
    assert again.exit_code == 0
    assert [line.split() for line in again.output.splitlines()[: len(WRITTEN)]] == [
        ["exists", path] for path in WRITTEN
    ]
    assert {path: (tmp_path / path).read_bytes() for path in WRITTEN} == before


def test_the_sample_is_dated_today_by_its_head(tmp_path: Path) -> None:
    days = {datetime.now(UTC).date()}
    init(tmp_path)
    days.add(datetime.now(UTC).date())
    head = yaml.safe_load((tmp_path / "exports/registers/people.yaml").read_text("utf-8"))["as_of"]
    assert head in days


@pytest.mark.parametrize("name", ['Bob\'s "best": system', "yes", "# 1", "a\\b", "Zoë 日本"])
def test_any_name_of_a_system_survives(tmp_path: Path, name: str) -> None:
    assert init(tmp_path, "--system", name).exit_code == 0
    assert load_programme(tmp_path / "soc2.yaml").system == name


def test_editors_find_the_schemas_that_the_files_name(tmp_path: Path) -> None:
    init(tmp_path)
    for file in ("soc2.yaml", "exports/registers/people.yaml"):
        hint = re.match(r"# yaml-language-server: \$schema=(\S+)\n", (tmp_path / file).read_text("utf-8"))
        assert hint is not None
        assert json.loads(((tmp_path / file).parent / hint[1]).read_text("utf-8"))["$schema"]


def test_a_gitignore_is_extended_by_one_line(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".venv/", "utf-8")
    init(tmp_path)
    assert (tmp_path / ".gitignore").read_text("utf-8") == ".venv/\nsoc2-report/\n"


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "soc2.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert "exists   soc2.yaml" in init(tmp_path).output
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "policies").write_text("", "utf-8")
    result = init(tmp_path)
    assert result.exit_code == 1
    assert "policies/reporting_lines.py" in result.output


def test_below_the_top_of_a_repository_it_says_where_the_workflow_belongs(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "working-directory: compliance" in init(tmp_path / "compliance").output
    assert "working-directory" not in init(tmp_path).output


def test_the_workflow_runs_the_tests_and_keeps_the_report_of_a_failed_run(tmp_path: Path) -> None:
    init(tmp_path)
    steps = yaml.safe_load((tmp_path / ".github/workflows/soc2.yml").read_text("utf-8"))["jobs"]["soc2"]["steps"]
    assert {"run": "pytest --soc2"} in steps
    upload = steps[-1]
    assert upload["if"] == "always()"
    assert upload["with"]["path"] == "soc2-report/"


@pytest.mark.parametrize(
    ("ci", "path"), [("gitlab", ".gitlab-ci.yml"), ("jenkins", "Jenkinsfile"), ("azure", "azure-pipelines.yml")]
)
def test_each_system_of_ci_has_its_own_file(tmp_path: Path, ci: str, path: str) -> None:
    result = init(tmp_path, "--ci", ci)
    assert f"written  {path}" in result.output
    assert not (tmp_path / ".github").exists()
    text = (tmp_path / path).read_text("utf-8")
    assert "{{" not in text
    for part in ("pip install", "pytest --soc2", "soc2-report/junit.xml", "soc2test collect"):
        assert part in text


def test_of_a_programme_that_exists_only_the_workflow_is_written(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Mine\n", "utf-8")
    result = init(tmp_path, "--ci", "gitlab")
    assert [line for line in result.output.splitlines() if line.startswith("written")] == ["written  .gitlab-ci.yml"]
    assert (tmp_path / "soc2.yaml").read_text("utf-8") == "system: Mine\n"


@pytest.mark.parametrize(
    ("ci", "said"),
    [("gitlab", "cd compliance"), ("jenkins", "dir('compliance')"), ("azure", "workingDirectory: compliance")],
)
def test_below_the_top_of_a_repository_each_says_what_has_to_change(tmp_path: Path, ci: str, said: str) -> None:
    (tmp_path / ".git").mkdir()
    assert said in init(tmp_path / "compliance", "--ci", ci).output


REGISTERS = "exports/registers"


def written(programme: Path) -> set[str]:
    return {file.name for file in (programme / REGISTERS).iterdir()}


def test_categories_and_systems_are_declared_and_the_registers_that_they_need_are_written(tmp_path: Path) -> None:
    result = init(tmp_path / "a", "--category", "availability", "--source", "github/acme", "--source", "okta")
    assert result.exit_code == 0, result.output
    config = load_programme(tmp_path / "a/soc2.yaml")
    assert config.categories == ("security", "availability")
    assert set(config.sources) == {"github", "okta", "registers"}
    init(tmp_path / "b", "--source", "github/acme")
    assert {"people.xlsx", "vendors.xlsx"} <= written(tmp_path / "a")
    assert written(tmp_path / "a") - written(tmp_path / "b") == {"capacity_reviews.xlsx"}
    init(tmp_path / "c", "--source", "github/acme", "--category", "privacy", "--format", "csv")
    assert {"consents.csv", "people.csv"} <= written(tmp_path / "c")


def test_a_register_about_what_no_system_has_is_not_asked_for(tmp_path: Path) -> None:
    init(tmp_path / "cloud", "--category", "availability", "--source", "aws/012345678901/eu-west-1")
    init(tmp_path / "none", "--category", "availability", "--source", "github/acme")
    assert written(tmp_path / "cloud") - written(tmp_path / "none") == {"restore_checks.xlsx"}


def test_nothing_that_is_not_filled_in_is_green(tmp_path: Path) -> None:
    init(tmp_path, "--source", "github/acme", "--system", "Test")
    (tmp_path / "exports/manifest.yaml").write_text(f"collected_at: {datetime.now(UTC):%Y-%m-%d}\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "--soc2", "-q", "-p", "no:cacheprovider"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    controls = json.loads((tmp_path / "soc2-report/matrix.json").read_text("utf-8"))["controls"]
    assert {each["id"][:4] for each in controls if each["verdict"] == "pass"} <= {"EVD-"}
    own = next(each for each in controls if each["id"] == "ORG-01")
    assert "holds the example of its template and nothing else" in own["gaps"][0]["text"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--source", "githab"), "--source: there is no source 'githab'; `soc2test sources` lists all"),
        (("--source", "github/acme/web"), "github has the scope <org>, and no more parts"),
        (("--source", "aws/12345678901"), "--source: aws/12345678901: "),
        (("--category", "safety"), "'safety' is not one of 'security'"),
    ],
)
def test_what_is_no_category_and_no_system_is_told_before_anything_is_written(
    tmp_path: Path, args: tuple[str, ...], says: str
) -> None:
    result = init(tmp_path / "new", *args)
    assert result.exit_code == 2
    assert says in result.output
    assert not (tmp_path / "new").exists()


def test_registers_that_are_kept_are_named_and_left(tmp_path: Path) -> None:
    kept = tmp_path / REGISTERS / "vendors.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("ours", "utf-8")
    result = init(tmp_path, "--source", "github/acme")
    assert f"exists   {REGISTERS}/vendors.csv\n" in result.output
    assert "vendors.xlsx" not in written(tmp_path)
    assert kept.read_text("utf-8") == "ours"


def test_in_a_terminal_it_asks_for_both(tmp_path: Path) -> None:
    console = Path(sys.executable).with_name("soc2test")
    child = pexpect.spawn(str(console), ["init", str(tmp_path / "new")], encoding="utf-8", timeout=60)
    child.expect("Which, with commas between them")
    child.sendline("privacy")
    child.expect("Which do you have, with commas between them")
    child.sendline("github/acme, okta/acme")
    child.expect(pexpect.EOF)
    config = load_programme(tmp_path / "new/soc2.yaml")
    assert config.categories == ("security", "privacy")
    assert set(config.sources) == {"github", "okta", "registers"}
