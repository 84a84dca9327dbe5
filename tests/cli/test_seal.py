"""`soc2test seal`: what was collected is held to by count and digest, and nothing else is touched."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from programmes import HEAD, PLUGIN
from vendors import Company

from soc2test.cli.main import main
from soc2test.evidence.yaml_text import parse_yaml

ACME = Path(__file__).parents[2] / "fixtures/acme"
LIST = "things/one/things.list.json"
POLICY = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_controls_alone: None) -> Company:
    monkeypatch.chdir(tmp_path)
    made = Company(tmp_path, "  things: {orgs: [one]}\n")
    for name, text in {"plugins/things.py": PLUGIN, "policies/own.py": HEAD + POLICY}.items():
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text)
    made.tool("things", """*) echo '{"things": [{"id": "a", "good": true}, {"id": "b", "good": true}]}' ;;""")
    return made


def seal(*args: str) -> Result:
    return CliRunner().invoke(main, ["seal", *args], catch_exceptions=False)


def notes(company: Company) -> dict[str, Any]:
    path = company.exports / "manifest.yaml"
    files: dict[str, Any] = parse_yaml(path.read_bytes(), "manifest.yaml")[0]["files"]
    return files


def problems(*args: str) -> dict[str, str]:
    result = CliRunner().invoke(main, ["evidence", "--format", "json", "--problems", *args], catch_exceptions=False)
    return {each["path"]: each["problem"]["text"] for each in json.loads(result.stdout)["evidence"]}


def test_the_script_seals_what_it_wrote(company: Company) -> None:
    del company.env["SOC2TEST"]  # the installed command, whose path stands in the script
    assert company.round("--source", "things").returncode == 0
    note = notes(company)[LIST]
    assert (note["records"], len(note["sha256"])) == (2, 64)
    assert note["command"] == "things things list --org one"
    assert note["collector"] == {"tool": "soc2test evidence --format sh"}
    assert note["collected_at"].endswith("Z")
    assert problems() == {}


def test_an_entry_that_is_taken_out_later_is_seen(company: Company) -> None:
    company.round("--source", "things")
    (company.exports / LIST).write_text('{"things": [{"id": "a", "good": true}]}')
    assert problems() == {LIST: "is not the file that the manifest names: another SHA-256"}


def test_what_others_say_in_the_manifest_stays(company: Company) -> None:
    company.exports.mkdir()
    head = '# Ann keeps this.\ncollected_at: 2026-11-20T08:00:00Z  # the first time\ncollector: {tool: "x"}\n'
    (company.exports / "manifest.yaml").write_text(head + "files:\n  registers/people.yaml: {records: 3, note: 'no'}\n")
    (company.exports / "registers").mkdir()
    shutil.copy(ACME / "exports/registers/people.yaml", company.exports / "registers/people.yaml")
    company.round("--source", "things")
    assert (company.exports / "manifest.yaml").read_text().startswith(head)
    assert notes(company)["registers/people.yaml"] == {"records": 3, "note": "no"}
    assert notes(company)[LIST]["records"] == 2


@pytest.mark.parametrize("manifest", ["{collected_at: 2026-11-20, files: {}}\n", "files: {}\nnote: x\n", "note: 'y'"])
def test_a_manifest_of_another_style_keeps_its_words(company: Company, manifest: str) -> None:
    company.exports.mkdir()
    (company.exports / "manifest.yaml").write_text(manifest)
    before = parse_yaml(manifest.encode(), "m")[0]
    assert company.round("--source", "things").returncode == 0
    after = parse_yaml((company.exports / "manifest.yaml").read_bytes(), "m")[0]
    assert {**after, "files": 0} == {**before, "files": 0}
    assert after["files"][LIST]["records"] == 2


def test_what_was_changed_since_it_was_collected_is_refused(company: Company) -> None:
    text = company.script("--source", "things").replace("\nfinish\n", "\n")
    assert company.run(text).returncode == 0
    (company.exports / LIST).write_text('{"things": []}')
    done = seal()
    assert done.exit_code == 1
    assert f"refused: {LIST}: was changed after it was collected: collect it again" in done.stderr
    manifest = (company.exports / "manifest.yaml").read_text()
    assert LIST not in manifest


def test_what_a_nearer_manifest_contradicts_is_refused(company: Company) -> None:
    folder = company.exports / "things/one"
    folder.mkdir(parents=True)
    (folder / "manifest.yaml").write_text(f"files: {{things.list.json: {{sha256: '{'0' * 64}'}}}}\n")
    done = company.round("--source", "things")
    assert done.returncode == 1
    assert "another SHA-256" in done.stderr


def test_a_manifest_that_can_t_be_read_is_left_as_it_is(company: Company) -> None:
    company.exports.mkdir()
    (company.exports / "manifest.yaml").write_text("files: [a\n")
    company.round("--source", "things")
    done = seal()
    assert done.exit_code == 1
    assert "nothing was sealed: manifest.yaml: line" in done.stderr
    assert (company.exports / "manifest.yaml").read_text() == "files: [a\n"


@pytest.mark.parametrize(
    "line",
    ["x", "2026-11-20T08:00:00Z\tok\t-\t\t../../etc/passwd\tx", "2026-11-20\tok\t-\t\t/a\tx", "noon\tok\t-\t\ta\tx"],
)
def test_a_journal_of_somebody_else_is_refused(company: Company, line: str) -> None:
    company.exports.mkdir()
    (company.exports / ".collected").write_text(f"{line}\n")
    assert "is no line of the collecting script" in seal().stderr
    result = CliRunner().invoke(main, ["evidence", "--format", "sh"])
    assert (result.exit_code, "what was collected before can't be read" in result.stderr) == (1, True)


def test_an_error_is_sealed_without_a_count(company: Company) -> None:
    company.tool("things", "*) echo 'no' >&2; exit 3 ;;")
    company.round("--source", "things")
    assert set(notes(company)[LIST]) == {"collected_at", "collector", "command", "sha256"}


def test_a_file_is_sealed_again_when_it_is_collected_again(company: Company) -> None:
    text = company.script("--source", "things")
    company.run(text)
    company.tool("things", """*) echo '{"things": [{"id": "a", "good": true}]}' ;;""")
    assert company.run(text).returncode == 0
    assert notes(company)[LIST]["records"] == 1
    assert problems() == {}


def middles(file: Path) -> list[tuple[Any, Any]]:
    """Lists of a JSON export with three entries or more, each with its document."""
    try:
        document = json.loads(file.read_text())
    except ValueError:  # an error that a command printed, or nothing at all
        return []
    lists = [document] if isinstance(document, list) else [each for each in document.values() if isinstance(each, list)]
    return [(document, entries) for entries in lists if len(entries) > 2]


@pytest.mark.long
def test_each_list_of_acme_that_loses_an_entry_from_its_middle_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = tmp_path / "acme"
    shutil.copytree(ACME, company, ignore=shutil.ignore_patterns("soc2-report"))
    monkeypatch.chdir(company)
    assert seal("--all", "--collector", "ci@acme.example").exit_code == 0
    assert problems("--as-of", "2026-11-20T12:00:00Z") == {}
    cut = {}
    for file in sorted(Path("exports").rglob("*.json")):
        for document, entries in middles(file)[:1]:
            del entries[len(entries) // 2]
            file.write_text(json.dumps(document))
            cut[str(file.relative_to("exports"))] = "is not the file that the manifest names: another SHA-256"
    assert len(cut) > 10
    assert problems("--as-of", "2026-11-20T12:00:00Z") == cut


def test_counts_are_those_of_the_reader_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    company = tmp_path / "acme"
    shutil.copytree(ACME, company, ignore=shutil.ignore_patterns("soc2-report"))
    monkeypatch.chdir(company)
    seal("--all")
    sealed: dict[str, Any] = parse_yaml(Path("exports/manifest.yaml").read_bytes(), "m")[0]["files"]
    result = CliRunner().invoke(main, ["evidence", "--format", "json", "--as-of", "2026-11-20T12:00:00Z"])
    told = {each["path"]: each for each in json.loads(result.stdout)["evidence"]}
    wrong = {file: note for file, note in sealed.items() if "records" in note and "#" not in told.get(file, {"id": "#"})["id"]
             and told[file]["records"] != note["records"]}  # fmt: skip
    assert wrong == {}
    assert "collector" not in next(iter(sealed.values()))


def test_two_manifests_of_one_folder_are_refused(company: Company) -> None:
    assert company.round("--source", "things").returncode == 0
    (company.exports / "manifest.yml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    refused = seal("--all")
    assert refused.exit_code == 1
    assert "manifest.yaml: lies beside manifest.yml" in refused.output
