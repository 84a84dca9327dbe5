"""The benchmark's workload: every engine finds exactly the violations that are planted in its data."""

from pathlib import Path

import pytest

from benchmarks.engines import ENGINES, UNCHECKED, Engine, Job
from benchmarks.generate import EXPECTED, buckets, write
from benchmarks.processes import environment


def test_a_seed_gives_the_same_resources_for_ever() -> None:
    first, *_ = buckets(1)
    assert (first["Name"], first["AccountId"]) == ("Bucket_platform.0000000", "100000000000")


@pytest.fixture(scope="module")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all engines keep the byte code of what they import: to compile it takes longer than they run."""
    return tmp_path_factory.mktemp("caches")


@pytest.mark.each(27)
@pytest.mark.parametrize("suffix", [".ndjson", pytest.param(".json", marks=pytest.mark.long)])
@pytest.mark.parametrize("engine", [*ENGINES, UNCHECKED], ids=lambda engine: engine.name)
def test_every_engine_finds_what_is_planted(engine: Engine, suffix: str, tmp_path: Path, caches: Path) -> None:
    data = tmp_path / f"data{suffix}"
    write(data, 1_000)
    job = Job(data, tmp_path / "job", environment(caches))
    assert engine.run(job).found == EXPECTED[1_000]
