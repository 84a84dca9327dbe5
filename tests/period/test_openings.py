"""Snapshots that several processes open: the same is found, and what breaks in one is told where the run is."""

import os
import signal
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from soc2test.errors import EvidenceError, ProgrammeError, Soc2Error
from soc2test.evaluation.limits import limits_of
from soc2test.period.openings import Processes, Turn, opened_in_turn
from soc2test.period.snapshots import choose
from soc2test.store.objects import StoreError

from .half_year import HalfYear, at, days

MOMENTS = days("2026-03-01", "2026-03-12", 3, every=1)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    for number, moment in enumerate(MOMENTS):
        company.export("cloud", "one", "buckets", [{"id": "logs", "public": number % 3 == 0}])
        company.export("book", "own", "reviews", [{"id": "R-1", "done_at": "2026-02-03T09:00:00Z"}])
        if number == 4:
            company.promise("limits: [what can't be read]")
        company.record(moment)
        if number == 4:
            company.promise("")
    return company


def turns(company: HalfYear, count: int) -> Generator[Turn, None, None]:
    asked = company.asked(first=at("2026-03-01 00:00").date(), last=at("2026-03-12 00:00").date())
    links = choose(list(company.store.links()), asked.period, at("2026-04-01 00:00")).links
    folder = company.scratch / f"turns-{len(list(company.scratch.iterdir()))}"
    folder.mkdir()
    return opened_in_turn(company.store, links, asked.tests, folder, Processes(count=count))


def seen(company: HalfYear, count: int) -> list[tuple[int, str]]:
    found = []
    for snapshot, _, opened in turns(company, count):
        told = str(opened) if isinstance(opened, Soc2Error) else repr(opened.look().results["OWN-01"])
        found.append((snapshot.number, told))
    return found


@pytest.mark.parametrize("count", [2, 3, 64])
def test_snapshots_come_in_their_order_whoever_opens_them(company: HalfYear, count: int) -> None:
    alone = seen(company, 1)
    assert [number for number, _ in alone] == list(range(1, len(MOMENTS) + 1))
    assert seen(company, count) == alone
    assert len({told for _, told in alone}) > 2


def test_what_a_snapshot_is_asked_is_answered_wherever_it_is_open(company: HalfYear) -> None:
    leavers = [{"id": "x", "left_at": "2026-03-01T00:30:00Z", "removed_at": "2026-03-01T06:30:00Z"}]
    company.export("cloud", "one", "leavers", leavers)
    company.record(at("2026-03-12 03:00"))
    controls = {control.id: control for control in company.asked().tests.controls}
    hours = controls["OWN-02"]
    answers = []
    for count in (1, 2):
        told = []
        for _, _, opened in turns(company, count):
            if not isinstance(opened, Soc2Error):
                for limits in (limits_of(hours, {"hours": 1}), limits_of(hours, {"hours": 99})):
                    own = {**opened.in_force.limits, "OWN-02": limits}
                    told += [repr(opened.look(own).results["OWN-02"]), repr(opened.ask(hours, limits))]
        answers.append(told)
    assert answers[0] == answers[1]
    assert "'fail'" in answers[0][-4]
    assert "'fail'" not in answers[0][-2]


@pytest.mark.parametrize("count", [1, 2])
def test_a_snapshot_that_can_not_be_opened_hides_no_other(company: HalfYear, count: int) -> None:
    failed = {snapshot.number: opened for snapshot, _, opened in turns(company, count) if isinstance(opened, Soc2Error)}
    assert [*failed] == [5]
    assert isinstance(failed[5], ProgrammeError | EvidenceError)


@pytest.mark.parametrize("count", [1, 2])
def test_a_store_that_is_damaged_ends_it(company: HalfYear, count: int) -> None:
    kept = company.store.objects.kept  # type: ignore[attr-defined]
    kept |= {name: b"damaged" for name in kept if name.startswith("blobs/")}
    with pytest.raises(StoreError, match="does not hold what its name says"):
        list(turns(company, count))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are made from now on."""
    found: list[int] = []
    real = os.fork

    def fork() -> int:
        process = real()
        found.append(process)
        return process

    monkeypatch.setattr(os, "fork", fork)
    return found


def test_a_process_that_is_ended_is_told(company: HalfYear, made: list[int]) -> None:
    with closing(turns(company, 2)) as opened:
        next(opened)
        for process in made:
            os.kill(process, signal.SIGKILL)
        with pytest.raises(RuntimeError, match="was ended: leave out --soc2-workers"):
            list(opened)


def test_no_process_is_left_whoever_stops_to_ask(company: HalfYear, made: list[int]) -> None:
    with closing(turns(company, 3)) as opened:
        next(opened)
        assert len(made) == 3
        for process in made:
            os.kill(process, 0)  # it runs
    for process in made:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_what_breaks_in_a_process_is_raised_where_the_run_is(
    company: HalfYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soc2test.period.openings.replay", lambda *_: [].pop())
    with pytest.raises(RuntimeError, match="IndexError: pop from empty list"):
        list(turns(company, 2))
