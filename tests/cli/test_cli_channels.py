"""No secret leaves through a command, whichever options it is given and however narrow the terminal is."""

from pathlib import Path

import click
import pytest
from channels import COMMAND, TOKEN, Channels, leaks, leaky, run
from click.testing import CliRunner
from programmes import Programme

from soc2test.cli.evidence_tables import as_tables
from soc2test.cli.main import COMMANDS, main
from soc2test.cli.output import block, table

pytestmark = pytest.mark.usefixtures("own_controls_alone")

AS_OF = ("--as-of", "2026-11-20T12:00:00Z")
NOTHING = {
    "evidence_read": 0, "evidence": [], "scopes_without_exports": [], "scopes_not_declared": [], "missing": [],
    "missing_for_resources": [], "sources_to_declare": [], "not_tied_out": [], "unclaimed": [],
}  # fmt: skip
WAYS: dict[str, list[tuple[str, ...]]] = {
    "init": [
        ("fresh", "--system", "Test", "--ci", "gitlab"), ("fresh",), ("--register", "vendors", "--format", "yaml"),
        ("--register", "people", "--from", "things"), ("--plugin", "my_hr"), ("other", "--category", "privacy", "--source", "things/one"),
    ],
    "controls": [(), ("X-1",), ("--format", "json", "--criterion", "CC6.1"), ("--format", "markdown"), ("nothing",), ("--draft",)],
    "criteria": [(), ("CC6.1", "--format", "json")],
    "kinds": [(), ("Thing", "--format", "json"), ("nothing",)],
    "sources": [(), ("things", "--format", "json"), ("nothing",)],
    "lint": [(), ("--format", "json")],
    "prove": [("X-1", *AS_OF), ("X-1", "--config", "soc2.yaml", "--exports", "exports", "--jobs", "1", "--format", "json"),
              ("X-1", "--save", "proofs.json"), ("nothing",)],
    "evidence": [AS_OF, ("--config", "soc2.yaml", "--exports", "exports", "--source", "things"), ("--problems",),
                 ("--format", "json"), ("--format", "sh"), ("--exports", "nowhere"), ("--as-of", "noon")],
    "data": [AS_OF, ("--config", "soc2.yaml", "--exports", "exports", "--format", "json")],
    "gaps": [
        AS_OF, ("--format", "html", *AS_OF), ("--format", "markdown", "--for", "X-1", "--config", "soc2.yaml", "--exports", "exports"),
        ("--format", "json", "--for", "CC6.1"), ("--for", "nothing"), ("--pseudonymise",),
    ],
    "permissions": [(), ("things",), ("things", "--format", "json"), ("things", "--format", "policy"), ("nothing",)],
    "collect": [
        ("--config", "soc2.yaml", "--exports", "exports", "--plan", "--source", "things"),
        ("--jobs", "2", "--witness", "Firm, Name", "--nonce", "of today", "--afresh"),
    ],
    "seal": [(), ("--config", "soc2.yaml", "--exports", "exports"), ("--all", "--collector", "ci@acme.example")],
    "record": [
        ("--config", "soc2.yaml", "--exports", "exports", "--store", "kept", "--redact"),
        ("--store", "kept", "--without-verdicts", "--witness", "Firm, Name", "--nonce", "of today"),
        ("--store", "kept", "--report", "nowhere"),
    ],
    "store": [
        ("list", "--config", "soc2.yaml", "--store", "kept", "--format", "json"),
        ("check", "--store", "kept", "--head", "1:nothing"), ("check", "--store", "kept", "--format", "json"),
        ("restore", "--store", "kept", "1", "again"),
        ("prune", "--store", "kept", "--before", "2026-01-01", "--reason", "old", "--by", "Ada", "--finish"),
    ],
    "history": [("X-1", "--config", "soc2.yaml", "--store", "kept", "--format", "json"), ("X-1", "--store", "kept")],
    "diff": [
        ("soc2-report", "soc2-report", "--format", "json"), ("soc2-report", "1", "--config", "soc2.yaml", "--store", "kept"),
        ("nowhere", "soc2-report", "--format", "markdown"),
    ],
    "sample": [
        ("X-1", "--seed", "1", "--size", "2", "--report", "soc2-report", "--out", "s.csv"), ("X-1", "--seed", "1", "--higher"),
        ("X-1", "--verify", "s.csv"), ("X-1", "--replace", "s.csv"), ("X-1", "--seed", "1", "--spread", "month"),
        ("X-1", "--direction", "source", "--from", "s.csv", "--column", "id", "--match", "id", "--seed", "1"),
        ("nothing", "--seed", "1"),
    ],
    "baseline": [("b.json", "--report", "soc2-report"), ("b.json",)],
    "waive": [
        ("X-1:nothing",), ("X-1:nothing", "--config", "soc2.yaml", "--report", "nowhere"),
        ("X-1:x", "--owner", "ada.byron@acme.example", "--approver", "bea@acme.example", "--reason", "It moves in spring",
         "--compensating", "X-2", "--opened", "2026-11-02", "--expires", "2027-03-31"),
    ],
    "schema": [(), ("matrix",)],
    "pack": [
        ("made", "--period", "2026-11-01..2026-11-20", "--store", "kept"),
        ("made.zip", "--period", "2026-11-01..2026-11-20", "--report-date", "2026-11-20", "--config", "soc2.yaml", "--store", "kept"),
        ("signed", "--period", "2026-11-01..2026-11-20", "--store", "kept", "--sign", "file2:key.pem", "--public-key", "nowhere.pem"),
    ],
    "verify": [("made",), ("made", "--head", "1:nothing", "--key", "nowhere.pem", "--format", "json")],
    "rerun": [("made",), ("made", "X-1")],
    "summary": [(), ("--report", "soc2-report", "--config", "soc2.yaml")],
}  # fmt: skip
"""Command -> each of its ways; a command or an option that has none makes a test fail."""


def test_every_command_and_every_option_has_a_case() -> None:
    assert set(WAYS) == set(COMMANDS)
    for name, ways in WAYS.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        parts = command.commands.values() if isinstance(command, click.Group) else [command]
        options = {option.opts[-1] for part in parts for option in part.params if isinstance(option, click.Option)}
        assert options - {"--help"} == {each for way in ways for each in way if each.startswith("--")}, name


@pytest.mark.each(10)
@pytest.mark.parametrize("most", [2, pytest.param(None, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_shows_a_secret(programme: Programme, name: str, most: int | None) -> None:
    leaky(programme)
    for way in WAYS[name][:most]:
        assert leaks(run(programme, *COMMAND, name, *way), person=False) == []


def test_a_cell_is_hidden_before_it_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    rows = [["a long cell that is wrapped", f"of {TOKEN} it is"]]
    for shown in (table(("a", "b"), rows, wide=(1,)), block(rows, wide=(1,))):
        assert "[redacted" in shown
        assert leaks(Channels(terminal=shown), person=False) == []


def test_a_cell_is_hidden_before_it_is_cut() -> None:
    for size in range(350, 400, 7):
        shown = as_tables({**NOTHING, "problems": ["x" * size + TOKEN]})
        assert leaks(Channels(terminal=shown), person=False) == []


def test_a_command_that_breaks_shows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("ghp_" + "A1b2" * 9)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("soc2test.cli.here.load_plugins", broken)
    result = CliRunner().invoke(main, ["sources"])
    assert result.exit_code == 1
    assert "RuntimeError: [redacted GitHub token]" in result.stderr
