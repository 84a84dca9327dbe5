"""Whoever records is killed at each of its steps: what was acknowledged is there, and the next record is made."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from store.stored import Company, acting, acts_of, whole

from soc2test.store.records import parse_head


def recorded_in_a_child(company: Company, step: int) -> str:
    """Record in a process of its own that ends itself before its act `step`; the head, "" where it got to none."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        _record_and_die(company, step, tell)
    os.close(tell)
    with open(told, encoding="ascii") as pipe:
        head = pipe.read()
    os.waitpid(child, 0)
    return head


def _record_and_die(company: Company, step: int, tell: int) -> None:
    left = [step]

    def before(name: str, path: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with acting(company.place, before):
            os.write(tell, company.record().text.encode())
    finally:
        os._exit(0)


def first(company: Company) -> None:
    """Nothing was recorded before."""


def later(company: Company) -> None:
    company.record()
    company.write("exports/things.json", '{"things": [{"id": "b"}]}')


@pytest.mark.parametrize("begin", [first, pytest.param(later, marks=pytest.mark.long)], ids=["first", "later"])
def test_a_kill_at_any_step_loses_nothing_acknowledged_and_shows_nothing_torn(
    begin: Callable[[Company], None], tmp_path: Path
) -> None:
    counted = Company(tmp_path / "counted")
    begin(counted)
    steps = len(acts_of(counted.place, counted.record))
    before = counted.store.numbers()[-1] - 1
    seen = set()
    for step in (*range(1, steps + 1), 10 * steps):
        company = Company(tmp_path / str(step))
        begin(company)
        told = recorded_in_a_child(company, step)
        there = whole(company.store, *([parse_head(told)] if told else []))
        seen.add((there - before, bool(told)))
        head = company.record()
        assert head.number == there + 1
        assert whole(company.store, head) == there + 1
    assert seen == {(0, False), (1, False), (1, True)}
