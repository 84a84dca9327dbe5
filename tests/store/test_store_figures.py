"""Samples of `benchmarks.store_kills` and `benchmarks.store_growth`; the figures themselves can fail."""

import random
from pathlib import Path

import pytest
from store.stored import append

from benchmarks import store_growth, store_kills
from soc2test.store.chain import Store
from soc2test.store.folder import FolderObjects
from soc2test.store.records import Head


@pytest.mark.long
def test_a_recording_that_is_killed_while_it_writes(tmp_path: Path) -> None:
    ground = store_kills.lay(tmp_path)
    left = store_kills.killed(ground, random.Random(1), (0.0, 0.1), writing=True)  # noqa: S311  # moments, no secrets
    assert left in ("acknowledged", "recorded, not acknowledged", "not recorded")
    assert store_kills.next_is_whole(ground)


@pytest.mark.long
def test_recordings_that_are_killed(tmp_path: Path) -> None:
    ground = store_kills.lay(tmp_path)
    assert not [left for left in store_kills.rounds(ground, 30, seed=1) if left.startswith("WRONG")]
    assert store_kills.next_is_whole(ground)


@pytest.fixture
def ground(tmp_path: Path) -> store_kills.Ground:
    """Two records, of which both heads were printed."""
    made = store_kills.Ground(tmp_path)
    made.heads = [append(Store(FolderObjects(made.store)), text) for text in ("a", "b")]
    return made


def test_what_is_wrong_is_counted(ground: store_kills.Ground) -> None:
    assert store_kills.verdict(ground, 1, told=True) == "acknowledged"
    assert store_kills.verdict(ground, 1, told=False) == "recorded, not acknowledged"
    assert store_kills.verdict(ground, 2, told=False) == "not recorded"
    assert store_kills.verdict(ground, 2, told=True) == "WRONG: 0 records are new"
    assert store_kills.verdict(ground, 0, told=True) == "WRONG: 2 records are new"
    ground.heads.append(ground.heads[0])
    assert store_kills.verdict(ground, 1, told=True) == "WRONG: number 1 was printed twice"
    ground.heads.append(Head(number=3, digest="0" * 64))
    assert store_kills.verdict(ground, 1, told=True).startswith("WRONG: head 3 is not in the chain")


@pytest.mark.parametrize(
    "form", ["compact", "pages", *(pytest.param(form, marks=pytest.mark.long) for form in ("pretty", "lines"))]
)
def test_a_day_that_changes_little_costs_little(form: str, tmp_path: Path) -> None:
    added, exported, _ = store_growth.growth(tmp_path, store_growth.FORMS[form], 3, resources=300)
    assert len(added) == 3
    assert 0 < added[0] < exported
    assert 0 < added[1] < added[0] / 2
    assert store_growth.of_a_year(added) < store_growth.MOST


def test_a_year_is_the_first_day_and_364_like_the_later_ones() -> None:
    assert store_growth.of_a_year([10_000_000, 400_000, 600_000]) == 10 + 364 * 0.5
