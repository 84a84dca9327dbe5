"""`soc2test init --register`: a template into a programme, filled in where the exports tell."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from soc2test.cli.main import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_controls_alone: None) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Test\nsources:\n  github: {orgs: [acme]}\n", "utf-8")
    return tmp_path


def init(*args: str) -> Result:
    return CliRunner().invoke(main, ["init", *args], catch_exceptions=False)


@pytest.mark.parametrize("form", ["xlsx", "csv", "yaml"])
def test_it_is_written_below_the_exports_of_the_programme(here: Path, form: str) -> None:
    result = init("--register", "vendors", "--format", form)
    assert result.exit_code == 0
    assert result.output.startswith(f"written  exports/registers/vendors.{form}\n")
    assert [path.name for path in (here / "exports/registers").iterdir()] == [f"vendors.{form}"]


def test_where_soc2_yaml_says_that_exports_lie_elsewhere_it_goes_there(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: Test\nexports: kept\n", "utf-8")
    (here / "kept").mkdir()
    assert init("--register", "sites", "--format", "csv").exit_code == 0
    assert (here / "kept/registers/sites.csv").is_file()


@pytest.mark.parametrize("kept", ["vendors.yaml", "vendors.csv", "vendors.xlsx", "vendors.yml", "vendors.json"])
def test_a_register_that_is_kept_already_gets_no_second_file(here: Path, kept: str) -> None:
    file = here / "exports/registers" / kept
    file.parent.mkdir(parents=True)
    file.write_text("ours", "utf-8")
    result = init("--register", "vendors")
    assert result.exit_code == 1
    assert f"{kept} exists, and holds the register: it is left as it is" in result.output
    assert [path.name for path in file.parent.iterdir()] == [kept]
    assert file.read_text("utf-8") == "ours"


def test_what_is_no_register_is_told_with_the_nearest(here: Path) -> None:
    result = init("--register", "vendrs")
    assert result.exit_code == 2
    assert "there is no register 'vendrs'; did you mean vendors?" in result.output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--from", "github"), "--from: fills in a register: name it with --register"),
        (("--register", "vendors", "--from", "github"), "--from: fills people and access_decisions"),
        (("--register", "people", "--from", "oktaa"), "there is no source 'oktaa'; did you mean okta?"),
        (("--register", "people", "--from", "github"), "the exports of github list no identity"),
    ],
)
def test_what_can_not_be_filled_in_says_why(here: Path, args: tuple[str, ...], says: str) -> None:
    result = init(*args)
    assert result.exit_code != 0
    assert says in result.output
    assert not (here / "exports").exists()


@pytest.mark.parametrize("whole", [True, False])
def test_the_accounts_of_a_source_are_filled_in_for_who_reviews_them(here: Path, *, whole: bool) -> None:
    folder = here / "exports/github/acme"
    folder.mkdir(parents=True)
    members = [
        {"login": login, "id": number, "type": "User", "site_admin": False}
        for number, login in enumerate(("zoe", "ann"), 1)
    ]
    (folder / "orgs.list-members.json").write_text(json.dumps(members), "utf-8")
    if whole:
        (folder / "orgs.list-outside-collaborators.json").write_text("[[]]", "utf-8")
    (here / "exports/manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n", "utf-8")
    result = init("--register", "access_decisions", "--from", "github")
    assert result.exit_code == 0, result.output
    assert ("these may not be all accounts of github: " in result.stderr) is not whole
    assert "2 rows are filled in as far as the exports tell; the rest is yours to say." in result.output
    sheet = openpyxl.load_workbook(here / "exports/registers/access_decisions.xlsx").worksheets[0]
    account = [cell.value for cell in sheet[1]].index("account")
    assert [row[account].value for row in sheet.iter_rows(min_row=3)] == ["ann", "zoe"]
    assert {cell.value for row in sheet.iter_rows(min_row=3) for cell in row} == {None, "ann", "zoe"}


def test_another_folder_is_another_programme(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: Test\nexports: ours\n", "utf-8")
    (here / "ours").mkdir()
    for args in (("--register", "sites"), ("--source", "github/acme")):
        assert init("other", *args, "--format", "csv").exit_code == 0
    assert (here / "other/exports/registers/sites.csv").is_file()
    assert [*(here / "ours").iterdir()] == []


@pytest.mark.parametrize("args", [("--register", "sites"), ("--source", "github/acme")])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("system: Test\nexprots: kept\n", "soc2.yaml is wrong, and says where the exports lie: mend it"),
        ("system: Test\nexports: s3://acme-evidence/exports\n", "the exports lie at s3://acme-evidence/exports"),
    ],
)
def test_where_nobody_can_say_where_registers_lie_none_is_written(
    here: Path, text: str, says: str, args: tuple[str, ...]
) -> None:
    (here / "soc2.yaml").write_text(text, "utf-8")
    result = init(*args)
    assert result.exit_code == 1
    assert says in result.output
    assert [path.name for path in here.iterdir()] == ["soc2.yaml"]


def test_one_register_starts_no_programme(here: Path) -> None:
    result = init("--register", "sites", "--category", "privacy")
    assert result.exit_code == 2
    assert "--register writes one register: --category and --source start a programme" in result.output
