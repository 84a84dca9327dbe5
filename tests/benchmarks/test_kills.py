"""A sample of `make kills`: runs that are killed leave no artifact of yesterday, and no mixed set."""

from pathlib import Path

import pytest

from benchmarks import kills
from soc2test.artifact_sets import BUILT_IN


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> kills.Ground:
    return kills.lay(tmp_path_factory.mktemp("kills"))


@pytest.mark.long
def test_a_few_killed_runs(ground: kills.Ground) -> None:
    left = list(kills.rounds(ground, 0, 1, seed=1))
    assert len(left) == 1
    assert not [each for each in left if each[1].startswith("WRONG")]
    assert kills.clean_after(ground)


WRONG = {
    "yesterday's artifacts are left": {"matrix.json": "finished", "matrix.md": "yesterday"},
    "yesterday's artifacts are left: ['yesterday']": dict.fromkeys(BUILT_IN, "yesterday"),
    "a mixed set": {"matrix.json": "finished", "matrix.md": "started"},
    "exit 0 without artifacts": dict.fromkeys(BUILT_IN, "started"),
}


@pytest.mark.parametrize(("says", "states"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_counted(
    says: str, states: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The figure itself can fail."""
    (tmp_path / "began").touch()
    (tmp_path / "taken").touch()
    ground = kills.Ground(tmp_path, tmp_path, tmp_path, tmp_path / "began", tmp_path / "taken", {})
    monkeypatch.setattr(kills, "said", lambda ground, name: states.get(name, "finished"))
    assert kills.verdict(ground, 0).startswith(f"WRONG: {says}")


@pytest.mark.parametrize(
    ("states", "code", "said"),
    [
        (dict.fromkeys(BUILT_IN, "yesterday"), -9, "locked, and not yet begun"),
        (dict.fromkeys(BUILT_IN, "yesterday"), 0, "WRONG: yesterday's artifacts are left"),  # it says that it was green
        ({"matrix.md": "yesterday"}, -9, "WRONG: yesterday's artifacts are left"),  # a part of a set is none
    ],
)
def test_what_a_run_left_that_had_but_the_lock(
    states: dict[str, str], code: int, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "began").touch()
    ground = kills.Ground(tmp_path, tmp_path, tmp_path, tmp_path / "began", tmp_path / "taken", {})
    monkeypatch.setattr(kills, "said", lambda ground, name: states.get(name, "absent"))
    assert kills.verdict(ground, code).startswith(said)
