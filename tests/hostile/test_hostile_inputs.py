"""Every case of the hostile corpus through the project: what each expects is what becomes of it."""

import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hostile_checks import differs
from hostile_corpus import TOOL, Case, cases
from hostile_inert import schema_faults
from hostile_run import place, run_case, run_folder

from soc2test.errors import Soc2Error
from soc2test.evidence.files import Found, open_regular
from soc2test.evidence.schema_violations import violations
from soc2test.reports import publish
from soc2test.run import Run

pytest_plugins = ["hostile_summary"]

AFTER = b'[{"id":"a","mfa":false}]'
NEEDS_CORPUS = pytest.mark.skipif(not TOOL.is_file(), reason="shared/tools/badinputs.py is not beside the checkout")
LATER = {
    "I14": "its lines are of no source, and no snapshots: days that nobody saw are tested by tests/period",
    **dict.fromkeys((f"L{n:02}" for n in range(1, 14)), "bundles need a verifier, which is not there yet"),
}
"""Cases about rooms that are not built, or that are no evidence of any source."""
DIFFER: dict[str, str] = {}
"""Cases that differ, with the reason; one that begins to agree must leave this list."""
OWN = ("H06", "H11", "H12", "K04", "K06")
"""Cases that need more than to lie in a folder; each has its own test below."""


def ids() -> list[Any]:
    return [pytest.param(case, id=case.id) for case in cases() if case.id not in OWN]


def named(id: str) -> Case:
    return next(case for case in cases() if case.id == id)


@pytest.mark.each(7)
@NEEDS_CORPUS
@pytest.mark.parametrize("case", ids())
def test_case(case: Case, tmp_path: Path, tried: dict[str, str], left: dict[str, str]) -> None:
    if case.id in LATER:
        left[case.id] = LATER[case.id]
        pytest.skip(LATER[case.id])
    try:
        difference = differs(case, run_case(case, tmp_path), tmp_path)
    except (Exception, RecursionError) as error:  # noqa: BLE001  # a traceback is the worst way to differ
        difference = f"raised {type(error).__name__}"
    tried[case.id] = difference and DIFFER.get(case.id, difference)
    if case.id in DIFFER:
        assert difference, f"{case.id} agrees now: take it out of DIFFER"
    else:
        assert not difference, f"{case.expect} ({case.why}): {difference}"


@NEEDS_CORPUS
def test_unreadable_file(tried: dict[str, str], left: dict[str, str]) -> None:
    """Root reads everything: where we are root, the file is read as another user."""
    case = named("H06")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        place(case, root / "exports", "rows")
        read = _as_nobody if os.geteuid() == 0 else _as_myself
        difference = read(case, root)
        tried[case.id] = difference
    assert not difference


def _as_myself(case: Case, root: Path) -> str:
    return differs(case, run_folder(root / "exports"), root)


def _as_nobody(case: Case, root: Path) -> str:
    nobody = 65534
    run_folder(root / "warm" / "exports")  # whatever is imported late
    root.chmod(0o755)
    (root / "exports" / "healthy").mkdir()
    for path in (root / "exports", root / "exports" / "healthy"):
        os.chown(path, nobody, nobody)
    os.chown(root / "exports" / "hostile" / "rows.json", 0, 0)
    os.seteuid(nobody)
    try:
        outcome = run_folder(root / "exports")
    finally:
        os.seteuid(0)
    return differs(case, outcome, root)


@NEEDS_CORPUS
def test_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: dict[str, str]
) -> None:
    """The digest is that of the bytes that were parsed, whatever lies there afterwards."""
    path = place(named("H11"), tmp_path / "exports", "rows")
    before = path.read_bytes()

    def swapped(found: Found) -> int:
        descriptor = open_regular(found)
        if found.path.name == "rows.json" and found.path.parts[0] == "hostile":
            other = tmp_path / "other"
            other.write_bytes(AFTER)
            other.replace(path)
        return descriptor

    monkeypatch.setattr("soc2test.evidence.content.open_regular", swapped)
    outcome = run_folder(tmp_path / "exports", ("MFA", "HEALTHY"))
    entry = next(each for each in outcome.run.evidence if each.path == "hostile/rows.json")
    parsed = json.loads(outcome.rows[0].body)
    of_digest = {sha256(each).hexdigest(): json.loads(each)[0] for each in (before, AFTER)}
    agrees = of_digest.get(entry.sha256) == parsed
    tried["H11"] = "" if agrees else "the digest is not that of the bytes parsed"
    assert agrees
    assert path.read_bytes() != before


class _Named:
    """A writer that asks for a name."""

    def __init__(self, filename: str) -> None:
        self.filename = filename

    def render(self, run: Run) -> bytes:
        return b"{}"


@NEEDS_CORPUS
def test_names_that_a_plugin_asks_to_write(tmp_path: Path, tried: dict[str, str]) -> None:
    """Each is refused, or names one file in the report folder and nothing else."""
    names = place(named("H12"), tmp_path / "exports", "rows").read_text().split("\n")
    run = run_folder(tmp_path / "exports").run
    wrong = [name for name in names if not _kept_in(tmp_path / "out" / "report", name, run)]
    tried["H12"] = f"{len(wrong)} names are written elsewhere" if wrong else ""
    assert wrong == []


def _kept_in(folder: Path, name: str, run: Run) -> bool:
    outside = sorted(folder.parent.parent.rglob("*"))
    try:
        publish(folder, [_Named(name)], run)
    except (Soc2Error, OSError):
        return sorted(path for path in folder.parent.parent.rglob("*") if folder not in path.parents) == sorted(
            {*(path for path in outside if folder not in path.parents), *_made(folder)}
        )
    return (folder / name).resolve().parent == folder.resolve()


def _made(folder: Path) -> list[Path]:
    return [path for path in (folder.parent, folder) if path.exists()]


@NEEDS_CORPUS
@pytest.mark.parametrize("id", ["K04", "K06"])
def test_schema_as_evidence(id: str, tmp_path: Path, tried: dict[str, str]) -> None:
    """Schemas come with a plugin's code, never from evidence: there, one is a file of another shape."""
    case = named(id)
    tried[id] = differs(case, run_case(case, tmp_path), tmp_path)
    assert not tried[id]


@NEEDS_CORPUS
def test_references_of_a_schema_are_not_followed(tmp_path: Path) -> None:
    path = place(named("K06"), tmp_path / "exports", "rows")
    with pytest.raises(Exception, match=r"(?i)retriev|resolv|resolution|reference|unresolvable|registry") as raised:
        violations(json.loads(path.read_text()), [{}])
    assert "root:" not in str(raised.value)


@NEEDS_CORPUS
@pytest.mark.parametrize("id", ["A05", "C04", "G17", "H08"])
def test_matrix_keeps_its_schema_beside_a_file_that_could_not_be_read(id: str, tmp_path: Path) -> None:
    outcome = run_case(named(id), tmp_path)
    assert schema_faults(outcome.artifacts["matrix.json"]) == []


@NEEDS_CORPUS
def test_nothing_was_written_outside() -> None:
    """The names that archives of the corpus try to write."""
    assert not [name for name in ("soc2test_pwned", "PWNED", "evil") if (Path("/var/tmp") / name).exists()]  # noqa: S108  # where they aim
