"""Resources come in batches, all of them, in their order, and whoever watches is told."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.evaluation import batches as module
from soc2test.evaluation.batches import batches


@given(st.lists(st.integers(), max_size=1200))
def test_nothing_is_lost_and_the_order_stays(numbers: list[int]) -> None:
    steps: list[tuple[str, int, int | None]] = []
    resources: list[Any] = list(numbers)
    found = list(batches(resources, lambda *step: steps.append(step), "IAM-05: resource"))
    assert [number for batch in found for number in batch] == numbers
    assert all(0 < len(batch) <= 256 for batch in found)
    assert [done for _, done, _ in steps] == [sum(map(len, found[:n])) for n in range(len(found) + 1)]
    assert {whole for _, _, whole in steps} <= {len(numbers)}


def test_of_a_stream_the_whole_is_not_known() -> None:
    steps: list[tuple[str, int, int | None]] = []
    resources: list[Any] = [1, 2, 3]
    assert list(batches(iter(resources), lambda *step: steps.append(step), "x")) == [[1, 2, 3]]
    assert steps == [("x", 0, None), ("x", 3, None)]


def test_slow_resources_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    sizes = []
    resources: list[Any] = [SimpleNamespace()] * 60
    for batch in batches(resources, lambda *_: None, "x"):
        sizes.append(len(batch))
        now[0] += 0.5 * len(batch)
    assert sizes[:5] == [16, 8, 4, 2, 1]
    assert set(sizes[5:]) == {1}
