"""Which functions of streams can come by a secret; of the others no item is searched."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.programme.plugins import bench
from soc2test import Facts, Resource, all_of, any_of, facts
from soc2test.telling.reading_code import may_read_secrets


class Flat(Resource, frozen=True, gc=False, kw_only=True):
    text: str


class Deep(Resource, frozen=True, gc=False, kw_only=True):
    body: dict[str, Any]


KEY = "password"


def plain(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=item["a"]["name"] if item["on"] is True else helper(item["tags"]))


def helper(tags: Any) -> Any:
    for tag in tags:
        if tag["Key"] == "owner":
            return tag["Value"]
    return None


def folded(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=item["name"] if any_of(item["tags"], lambda tag: tag["Key"] == "x") else None)


def folded_secret(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=item["name"] if all_of(item["env"], lambda entry: entry["password"]) else None)


def by_name(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=item["client_secret"])


def by_helper(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=indirect(item))


def indirect(item: Any) -> Any:
    return item[KEY]


def whole(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=json.dumps(item))


def formatted(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=f"{item}")


def looped(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=next(item[key] for key in item))


def values(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=max(item.values()))


def pairs(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=item["env"][0]["value"])


def stringed(item: Any, at: Any) -> Facts:
    return facts(item["id"], text=str(item["env"]))


def unpacked(item: Any, at: Any) -> Facts:
    return facts(item["id"], **item)


@pytest.mark.parametrize(
    "read",
    [
        by_name,
        by_helper,
        whole,
        formatted,
        looped,
        values,
        pairs,
        stringed,
        unpacked,
        folded_secret,
        len,
        lambda a, b: str(a),
    ],
)
def test_may_come_by_a_secret(read: Callable[..., Any]) -> None:
    assert may_read_secrets(read, Flat)


def test_takes_other_values_alone() -> None:
    assert not may_read_secrets(plain, Flat)
    assert not may_read_secrets(folded, Flat)
    assert may_read_secrets(plain, Deep)


def test_the_benchmark_pays_nothing() -> None:
    assert not may_read_secrets(bench.bucket, bench.BenchBucket)
