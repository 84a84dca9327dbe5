"""`soc2test init`: what it writes works, and nothing that exists is touched."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

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


def test_its_own_sample_is_no_evidence(tmp_path: Path) -> None:
    assert init(tmp_path / "new").exit_code == 0
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-control=ORG-01"]
    subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False)
    matrix = json.loads((tmp_path / "new/soc2-report/matrix.json").read_text("utf-8"))
    own = next(each for each in matrix["controls"] if each["id"] == "ORG-01")
    assert own["verdict"] == "not_evaluated"
    assert "holds a placeholder or an example" in own["gaps"][0]["text"]


def test_its_own_control_passes_over_people_in_the_place_of_the_sample(tmp_path: Path) -> None:
    assert init(tmp_path / "new").exit_code == 0
    with_people(tmp_path / "new")
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-control=ORG-01"]
    ran = subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    matrix = json.loads((tmp_path / "new/soc2-report/matrix.json").read_text("utf-8"))
    own = next(each for each in matrix["controls"] if each["id"] == "ORG-01")
    assert (own["verdict"], own["population"]) == ("pass", 2)


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
