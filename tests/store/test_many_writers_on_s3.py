"""Eight writers with fifty records each in a bucket of moto's S3: no number twice, none lost."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store.stored import append, whole

from soc2test.remote.urls import parse_url
from soc2test.store.bucket import BucketObjects
from soc2test.store.chain import Store

pytestmark = pytest.mark.long


def test_writers_at_the_same_time_get_each_number_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sys.path.append(str(Path(__file__).parents[1] / "remote"))  # the server is that of the tests there
    from s3_server import BUCKET, empty_bucket

    def store() -> Store:
        return Store(BucketObjects(parse_url(f"s3://{BUCKET}/kept")))

    def write(me: int) -> list[int]:
        mine = store()
        return [append(mine, f"{me}-{number}").number for number in range(50)]

    with empty_bucket(monkeypatch), ThreadPoolExecutor(8) as pool:
        told = [number for numbers in pool.map(write, range(8)) for number in numbers]
        assert sorted(told) == list(range(1, 401))
        assert whole(store()) == 400
