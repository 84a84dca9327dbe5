"""A folder as the place of a store: objects are created by one writer alone, whole, and safe from a crash, or not."""

import errno
import os
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from store.stored import NOON, Company, Disk, acting, acts_of, refusing, whole

from soc2test.store.folder import FolderObjects
from soc2test.store.objects import NoSuchObject, StoreError

NAME = "records/0000000001.json"


@pytest.fixture
def objects(tmp_path: Path) -> FolderObjects:
    return FolderObjects(tmp_path / "store")


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def test_an_object_is_there_after_it_was_created_and_not_before(objects: FolderObjects) -> None:
    with pytest.raises(NoSuchObject):
        objects.read(NAME)
    assert objects.list("records") == []
    assert objects.create(NAME, b"one")
    assert objects.read(NAME) == b"one"
    assert objects.list("records") == [NAME]
    assert objects.present([NAME, "records/x"]) == {NAME}
    objects.delete(NAME)
    objects.delete(NAME)
    assert objects.list("records") == []


def test_nothing_is_overwritten(objects: FolderObjects) -> None:
    assert objects.create(NAME, b"one")
    assert not objects.create(NAME, b"two")
    assert objects.read(NAME) == b"one"
    with pytest.raises(PermissionError):
        if os.geteuid() == 0:
            raise PermissionError  # root may write everywhere
        (objects.root / NAME).write_bytes(b"two")
    assert (objects.root / NAME).stat().st_mode & 0o222 == 0


def test_of_threads_that_create_one_object_one_is_told_so(objects: FolderObjects) -> None:
    for number in range(20):
        name, gate = f"records/{number}", threading.Barrier(8)
        won: list[int] = []

        def create(me: int, name: str = name, gate: threading.Barrier = gate, won: list[int] = won) -> None:
            gate.wait()
            if objects.create(name, str(me).encode() * 5000):
                won.append(me)

        threads = [threading.Thread(target=create, args=(me,)) for me in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == 1
        assert objects.read(name) == str(won[0]).encode() * 5000
    assert list((objects.root / "unfinished").iterdir()) == []


def test_of_processes_that_create_one_object_one_is_told_so(objects: FolderObjects) -> None:
    forked = get_context("fork")
    gate, won = forked.Barrier(4), forked.Queue()

    def create(me: int) -> None:
        for number in range(10):
            gate.wait()
            won.put((number, me) if objects.create(f"records/{number}", str(me).encode()) else None)

    processes = [forked.Process(target=create, args=(me,)) for me in range(4)]
    for process in processes:
        process.start()
    told = [won.get(timeout=60) for _ in range(40)]
    for process in processes:
        process.join()
    winners = dict(each for each in told if each is not None)
    assert sum(each is not None for each in told) == 10
    assert {number: objects.read(f"records/{number}") for number in range(10)} == {
        number: str(me).encode() for number, me in winners.items()
    }


# what fails


def steps_of(tmp_path: Path) -> list[str]:
    company = Company(tmp_path / "counted")
    return acts_of(company.place, lambda: company.record())


def test_the_acts_that_are_made_to_fail_are_all_that_there_are(tmp_path: Path) -> None:
    assert {"open", "write", "fsync", "chmod", "link", "unlink", "mkdir"} == set(steps_of(tmp_path))


def refused_at(company: Company, step: int, code: int, *, for_good: bool) -> str | None:
    """What the store says of an act that failed; None where none did."""
    with acting(company.place, refusing(step, code, for_good=for_good)):
        try:
            company.record()
        except StoreError as error:
            return str(error)
    return None


@pytest.mark.parametrize(
    "code",
    [pytest.param(errno.EIO, id="an act fails"), pytest.param(errno.ENOSPC, id="full", marks=pytest.mark.long)],
)
def test_whatever_act_fails_nothing_torn_is_shown_and_the_next_attempt_succeeds(code: int, tmp_path: Path) -> None:
    steps = len(steps_of(tmp_path))
    refused = 0
    for step in range(1, steps + 1):
        company = Company(tmp_path / str(step))
        said = refused_at(company, step, code, for_good=code == errno.ENOSPC)
        there = whole(company.store)
        assert there <= 1
        if said is None:
            assert there == 1
        else:
            refused += 1
            assert os.strerror(code) in said
        company.write("exports/more.json", "[]")
        head = company.record()
        assert whole(company.store, head) == there + 1
        assert list((company.place / "unfinished").iterdir()) == []
    assert refused > steps // 3


@pytest.mark.parametrize("step", range(1, 60, 7))
def test_what_was_acknowledged_before_a_disk_was_full_stays(step: int, company: Company) -> None:
    first = company.record()
    company.write("exports/more.json", "[]")
    refused_at(company, step, errno.ENOSPC, for_good=True)
    assert whole(company.store, first) in (1, 2)
    assert set(company.contents(1)) == {"exports/things.json", "programme/soc2.yaml"}


def test_a_record_that_is_there_and_may_not_survive_a_crash_is_not_acknowledged(company: Company) -> None:
    first = company.record()

    def before(name: str, path: str) -> None:
        if name == "fsync" and path.endswith("/records"):
            raise OSError(errno.EIO, "")

    with acting(company.place, before), pytest.raises(StoreError, match=r"0000000002.json may be there all the same"):
        company.record()
    assert whole(company.store, first) == 2


def test_a_file_system_without_hard_links_is_named(objects: FolderObjects, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StoreError, match="no hard links"):
        objects.create(NAME, b"one")
    assert objects.list("records") == []
    assert list((objects.root / "unfinished").iterdir()) == []


# a crash of the machine


def test_what_is_acknowledged_survives_a_crash_of_the_machine(company: Company) -> None:
    disk = Disk(company.place)
    with acting(company.place, disk.before, disk.after):
        company.record()
        assert disk.lost() == set()
        company.write("exports/more.json", "[]")
        company.record()
    assert disk.lost() == set()
    assert disk.torn == []


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it."""


def crash_after(failure: Callable[[], BaseException], step: int, company: Company) -> set[str]:
    """What a crash takes of a record that was acknowledged after a writer before it had got to the act `step`."""
    disk, counted = Disk(company.place), [0]

    def before(name: str, path: str) -> None:
        counted[0] += 1
        if counted[0] == step:
            raise failure()
        disk.before(name, path)

    with acting(company.place, before, disk.after):
        try:
            company.record()
        except (StoreError, Killed):
            company.record()
    assert disk.torn == []
    return disk.lost()


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Killed, id="killed"),
        pytest.param(lambda: OSError(errno.EIO, ""), id="failed", marks=pytest.mark.long),
    ],
)
def test_what_another_left_unsynced_is_synced_before_it_is_relied_on(
    failure: Callable[[], BaseException], tmp_path: Path
) -> None:
    steps = len(steps_of(tmp_path))
    for step in range(1, steps + 1):
        assert crash_after(failure, step, Company(tmp_path / str(step))) == set(), step


# what killed writers leave


def test_what_a_killed_writer_left_unfinished_is_taken_away_a_day_later(company: Company) -> None:
    company.record()
    old, new = (company.place / "unfinished" / name for name in ("tmpold", "tmpnew"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    company.write("exports/more.json", "[]")
    company.record(NOON)
    assert not old.exists()
    assert new.exists()
