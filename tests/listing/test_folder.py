"""`populations/`: what an earlier run wrote goes, and nothing else."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from reports.demo import demo_run

from soc2test.artifact_sets import withdraw, withdraw_lists
from soc2test.errors import Soc2Error
from soc2test.listing.folder import close_folder, open_folder
from soc2test.listing.sheets import Sheet, Told, as_markdown

SCHEMA = json.loads((files("soc2test") / "schemas/populations.schema.json").read_text())


def sheet(**more: object) -> Sheet:
    given: dict[str, object] = {
        "control": "OWN-01", "title": "Own", "file": "populations/OWN-01.csv", "sha256": "0" * 64, "rows": 2,
        "population": 2, "population_digest": "1" * 64, "outcomes": {"passed": 2}, "kind": "Thing", "where": "",
        "facts": ("good",), "complete": True, "gaps": (), "gaps_total": 0, "exports": (), "exports_total": 0,
        "independent": (), "order": (), **more,
    }  # fmt: skip
    return Sheet(**given)  # type: ignore[arg-type]


def told(**more: object) -> Told:
    given: dict[str, object] = {
        "id": "things/list.json", "operation": "things list", "command": "things list --org one",
        "collector": "export.sh, ci@acme.example", "collected_at": "2026-11-20T08:00:00Z", "count_told": 5,
        "count_read": 5, "left_out": {"a folder": 3}, "complete": True, "sha256": "2" * 64, **more,
    }  # fmt: skip
    return Told(**given)  # type: ignore[arg-type]


def written(report: Path, *names: str) -> Path:
    folder = open_folder(report, names)
    for name in names:
        (folder / f"{name}.csv").write_text("id\n")
    close_folder(folder, [sheet(control=name) for name in names], [("OUT-01", "not part of this run")], demo_run())
    return folder


def test_the_index_says_what_belongs_to_the_run_from_the_first_moment_on(tmp_path: Path) -> None:
    folder = open_folder(tmp_path, ["OWN-02", "OWN-01"])
    begun = json.loads((folder / "index.json").read_text())
    Draft202012Validator(SCHEMA).validate(begun)
    assert begun["state"] == "started"
    assert begun["files"] == ["OWN-01.csv", "OWN-01.md", "OWN-02.csv", "OWN-02.md"]


def test_a_finished_index_holds_every_sheet_by_its_schema(tmp_path: Path) -> None:
    index = json.loads((written(tmp_path, "OWN-01") / "index.json").read_text())
    Draft202012Validator(SCHEMA).validate(index)
    assert [each["control"] for each in index["lists"]] == ["OWN-01"]
    assert index["without"] == [{"control": "OUT-01", "reason": "not part of this run"}]


def test_the_next_run_takes_the_lists_away_and_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    folder = written(tmp_path, "OWN-01")
    (folder / "MINE-1.csv").write_text("somebody's")
    withdraw(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["MINE-1.csv"]


def test_an_empty_folder_goes_with_its_lists(tmp_path: Path) -> None:
    folder = written(tmp_path, "OWN-01")
    withdraw_lists(tmp_path)
    assert not folder.exists()


@pytest.mark.parametrize("index", ['{"schema": "other/1", "files": ["kept.csv"]}', "no json", '["kept.csv"]'])
def test_a_folder_of_somebody_elses_with_an_index_stays(tmp_path: Path, index: str) -> None:
    (tmp_path / "populations").mkdir()
    (tmp_path / "populations/index.json").write_text(index)
    (tmp_path / "populations/kept.csv").write_text("somebody's")
    withdraw_lists(tmp_path)
    assert (tmp_path / "populations/kept.csv").read_text() == "somebody's"


def test_an_index_leads_to_nothing_outside_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "precious.csv").write_text("somebody's")
    (tmp_path / "populations").mkdir()
    (tmp_path / "populations/index.json").write_text('{"schema": "populations/1", "files": ["../precious.csv", 5]}')
    withdraw_lists(tmp_path)
    assert (tmp_path / "precious.csv").read_text() == "somebody's"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "populations").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Soc2Error, match="populations/ is a symbolic link; remove it"):
        open_folder(tmp_path, ["OWN-01"])
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_sheet_says_how_each_export_was_collected_and_what_was_counted() -> None:
    text = as_markdown(sheet(exports=(told(),), exports_total=1, where="thing.good"), demo_run())
    assert "`things list --org one`" in text
    assert "export.sh, ci@acme.example" in text
    assert "5 / 5 / 3: a folder" in text
    assert "of which those that: `thing.good`" in text


def test_a_sheet_says_what_is_not_told() -> None:
    bare = told(
        command=None, collector=None, collected_at=None, count_told=None, left_out={}, complete=False, sha256=""
    )
    text = as_markdown(sheet(exports=(bare,), exports_total=1), demo_run())
    assert "| not told | not told | not told | not told / 5 / none | no | not read whole |" in text


def test_a_sheet_of_a_population_that_lacks_something_does_not_say_that_it_is_whole() -> None:
    text = as_markdown(sheet(complete=False, gaps=("things list was not exported",), gaps_total=2), demo_run())
    assert "Nothing is known to be missing" not in text
    assert "- Missing: things list was not exported\n- and 1 more" in text
    nothing = as_markdown(sheet(complete=False), demo_run())
    assert "- Not known: no export that tells it" in nothing
