"""The artifacts are one set: whenever a run is killed, all of the old one stand or all of the new one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from soc2test.artifact_sets import BUILT_IN, exchange, foreign, remember, remembered, stage, sweep, withdraw
from soc2test.folder_lock import FolderBusy, FolderLock
from soc2test.reports import WRITERS

NAMES = (*BUILT_IN, "w.txt")


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it."""


def whole(folder: Path, word: str) -> dict[str, Path]:
    """A staged set of which each artifact says `word`."""
    staged = stage(folder)
    for name in NAMES:
        (staged / name).write_text(word)
    return {name: staged / name for name in NAMES}


def words(folder: Path) -> set[str]:
    """What the artifacts say; "" for one that is not there."""
    return {(folder / name).read_text() if (folder / name).exists() else "" for name in NAMES}


def killed_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """From here on the act `step` on the file system is the last one."""
    left = count(step, -1)

    def counting(act: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **more: Any) -> Any:
            if next(left) == 0:
                raise Killed
            return act(*given, **more)

        return counted

    for name in ("link", "symlink", "rename", "replace", "unlink", "mkdir"):
        patch.setattr(os, name, counting(getattr(os, name)))


@pytest.mark.each(3)
@pytest.mark.parametrize("new", ["new", ""], ids=["replaced", "taken away"])
@pytest.mark.parametrize("second", [False, True], ids=["once", "killed before"])
def test_a_kill_at_any_step_leaves_one_set_and_the_next_run_is_clean(new: str, second: bool, tmp_path: Path) -> None:
    seen = set()
    for step in range(200):
        folder = tmp_path / str(step)
        folder.mkdir()
        exchange(folder, whole(folder, "old"))
        done = True
        for at in (step, step // 2)[: 1 + second]:
            fresh = whole(folder, "new") if new else {}
            with pytest.MonkeyPatch.context() as patch:
                killed_at(at, patch)
                try:
                    exchange(folder, fresh, NAMES)
                except Killed:
                    done = False
            left = words(folder)
            assert left <= {"old"} or left <= {new}, (step, left)
            seen |= left
        exchange(folder, whole(folder, "last"))
        sweep(folder, NAMES)
        assert {path.name for path in folder.iterdir()} == set(NAMES)
        assert words(folder) == {"last"}
        assert not any(path.is_symlink() for path in folder.iterdir())
        if done:
            break
    assert done
    assert seen == {"old", new}


def test_where_nothing_can_be_linked_the_set_is_replaced_with_the_matrix_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange(tmp_path, whole(tmp_path, "old"))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    order: list[str] = []
    replace = os.replace
    monkeypatch.setattr(os, "link", refuse)

    def noted(path: Path, target: Path) -> None:
        order.append(target.name)
        replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    exchange(tmp_path, whole(tmp_path, "new"))
    assert words(tmp_path) == {"new"}
    assert order[-1] == "matrix.json"


def test_withdrawing_takes_what_a_killed_run_left_and_nothing_of_others(tmp_path: Path) -> None:
    for name in (*NAMES, "journal.ndjson", ".matrix.json.ab12_xyz", "notes.txt", ".matrix.json.backup"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".soc2-stage.abc").mkdir()
    (tmp_path / ".soc2-stage.abc/matrix.json").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".soc2-stage.link").symlink_to("elsewhere")
    remember(tmp_path, NAMES)
    withdraw(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"notes.txt", ".matrix.json.backup", "elsewhere", ".soc2-stage.link", ".soc2-artifacts"}


def test_what_has_the_name_of_an_artifact_and_is_none_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "matrix.json").symlink_to("mine")
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "junit.xml").mkdir()
    os.mkfifo(tmp_path / "matrix.md")
    withdraw(tmp_path)
    assert all(foreign(tmp_path, name) for name in ("matrix.json", "junit.xml", "matrix.md"))
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("text", ["../x\n", "/etc/x\n", ".soc2-set\n", "..\n", "\n", "a/b\n"])
def test_a_noted_name_that_leads_elsewhere_is_left_out(text: str, tmp_path: Path) -> None:
    (tmp_path / ".soc2-artifacts").write_text(text)
    assert remembered(tmp_path) == ()


def test_the_artifacts_that_are_taken_away_are_those_of_the_writers() -> None:
    assert {writer.filename for writer in WRITERS} == set(BUILT_IN)


# the lock

HOLD = "import sys, time; from pathlib import Path; from soc2test.folder_lock import FolderLock; " \
       "lock = FolderLock(Path(sys.argv[1])); print('held', flush=True); {then}; time.sleep(60)"  # fmt: skip


def held(folder: Path, then: str = "0") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD.format(then=then), folder], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_is_given_back_when_its_holder_is_killed(tmp_path: Path) -> None:
    holder = held(tmp_path)
    with pytest.raises(FolderBusy, match="another run writes into"):
        FolderLock(tmp_path)
    holder.kill()
    holder.wait()
    FolderLock(tmp_path).release()
    assert list(tmp_path.iterdir()) == []


def test_a_child_of_the_holder_holds_no_lock(tmp_path: Path) -> None:
    then = "import os, signal; child = os.fork(); child or time.sleep(60); print(child, flush=True); os.kill(os.getpid(), 9)"
    holder = held(tmp_path, f"exec({then!r})")
    assert holder.stdout is not None
    child = int(holder.stdout.readline())
    holder.wait()
    try:
        assert any(map(free, [tmp_path] * 100))  # a child that was just forked closes its copy in a moment
    finally:
        os.kill(child, 9)


def free(folder: Path) -> bool:
    try:
        FolderLock(folder).release()
    except FolderBusy:
        time.sleep(0.05)
        return False
    return True
