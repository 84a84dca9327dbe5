"""The report folder: never yesterday's green, never a part, never a file elsewhere."""

import errno
import json
import os
from pathlib import Path

import pytest
from lxml import etree

from soc2test.errors import Soc2Error
from soc2test.reports import WRITERS, Journal, publish, start
from soc2test.reports.publish import WriterBroke
from soc2test.run import Run

from .demo import demo_run

NAMES = {
    "matrix.json",
    "matrix.md",
    "matrix.html",
    "junit.xml",
    "findings.ndjson",
    "controls.ndjson",
    "evidence.ndjson",
}


class Named:
    """A stranger's writer under a name of its choice."""

    def __init__(self, filename: str) -> None:
        self.filename = filename

    def render(self, run: Run) -> bytes:
        return b"x"


class Broken(Named):
    def render(self, run: Run) -> bytes:
        raise ValueError("no")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_publish_writes_every_artifact_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path / "new" / "report", WRITERS, demo_run())
    assert names(tmp_path / "new" / "report") == NAMES
    for writer in WRITERS:
        path = tmp_path / "new" / "report" / writer.filename
        assert path.read_bytes() == writer.render(demo_run())
        assert path.stat().st_mode & 0o777 == 0o644


def test_a_run_that_starts_replaces_yesterdays_green(tmp_path: Path) -> None:
    publish(tmp_path, WRITERS, demo_run())
    start(tmp_path, WRITERS)
    assert names(tmp_path) == NAMES
    matrix = json.loads((tmp_path / "matrix.json").read_bytes())
    assert (matrix["complete"], matrix["state"], matrix["controls"]) == (False, "started", [])
    assert {row["status"] for row in matrix["criteria"]} == {"not_evaluated"}
    assert "NOT COMPLETE" in (tmp_path / "matrix.md").read_text()
    assert "NOT COMPLETE" in (tmp_path / "matrix.html").read_text()
    assert etree.fromstring((tmp_path / "junit.xml").read_bytes()).get("errors") == "1"
    assert json.loads((tmp_path / "findings.ndjson").read_bytes())["complete"] is False


def test_nothing_is_written_where_one_writer_raises(tmp_path: Path) -> None:
    start(tmp_path, WRITERS)
    before = {name: (tmp_path / name).read_bytes() for name in NAMES}
    with pytest.raises(WriterBroke, match=r"the report writer of own\.txt raised ValueError"):
        publish(tmp_path, [*WRITERS, Broken("own.txt")], demo_run())
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../out.txt", "a/b", "/etc/x", "a\\b", "c:x", "a\nb", "a\0b", "journal.ndjson", "matrix.json"],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Soc2Error, match="report folder"):
        publish(tmp_path / "report", [*WRITERS, Named(name)], demo_run())
    assert names(tmp_path) <= {"report"}
    assert names(tmp_path / "report") == set()


def test_a_symbolic_link_is_refused_and_its_target_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "matrix.md").symlink_to(target)
    with pytest.raises(Soc2Error, match=r"matrix\.md is there and is no regular file"):
        start(folder, WRITERS)
    assert target.read_text() == "mine"
    assert names(folder) == {"matrix.md"}


def test_a_dangling_link_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "matrix.md").symlink_to("nowhere")
    (tmp_path / "junit.xml").mkdir()
    os.mkfifo(tmp_path / "matrix.html")
    for name in ("matrix.md", "junit.xml", "matrix.html"):
        with pytest.raises(Soc2Error, match=name):
            publish(tmp_path, [Named(name)], demo_run())


def test_a_linked_report_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "report").symlink_to(tmp_path / "elsewhere")
    for act in (lambda: start(tmp_path / "report", WRITERS), lambda: Journal(tmp_path / "report")):
        with pytest.raises(Soc2Error, match="symbolic link"):
            act()
    assert names(tmp_path / "elsewhere") == set()


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("mine")
    with pytest.raises(Soc2Error, match=r"report can't be made: File exists$"):
        start(tmp_path / "report", WRITERS)


@pytest.mark.parametrize("removes", [True, False])
def test_where_the_start_fails_no_artifact_of_an_earlier_run_stays(
    removes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, WRITERS, demo_run())

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    if not removes:
        monkeypatch.setattr(Path, "unlink", full)
    with pytest.raises(Soc2Error, match="No space left on device; no artifact of an earlier run is left"):
        start(tmp_path, WRITERS)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == (
        {} if removes else dict.fromkeys(NAMES, b"")
    )


def test_the_journal_holds_each_verdict_at_once_and_publish_removes_it(tmp_path: Path) -> None:
    start(tmp_path, WRITERS)
    journal = Journal(tmp_path)
    for place, control in enumerate(demo_run().controls, 1):
        journal.append(control)
        assert (tmp_path / "journal.ndjson").read_bytes().count(b"\n") == place
    lines = [json.loads(line) for line in (tmp_path / "journal.ndjson").read_bytes().splitlines()]
    assert [(line["control"], line["verdict"]) for line in lines] == [
        (control.id, control.verdict) for control in demo_run().controls
    ]
    journal.close()
    publish(tmp_path, WRITERS, demo_run())
    assert names(tmp_path) == NAMES


def test_a_new_run_drops_the_journal_of_one_that_crashed(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(demo_run().controls[0])
    journal.close()
    start(tmp_path, WRITERS)
    assert "journal.ndjson" not in names(tmp_path)


def test_the_journal_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    (tmp_path / "journal.ndjson").symlink_to(tmp_path / "target")
    with pytest.raises(Soc2Error, match=r"journal\.ndjson"):
        Journal(tmp_path)
    assert (tmp_path / "target").read_text() == "mine"
