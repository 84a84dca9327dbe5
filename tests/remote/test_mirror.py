"""A mirror holds what the store held all the time; whatever else was there is named, or nothing is read at all."""

import errno
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from object_store import BUCKET, ObjectStore, mirrored, offer

from soc2test.evidence.read_limits import ReadLimits
from soc2test.folder_lock import FolderLock
from soc2test.remote.private_folder import PREFIX
from soc2test.remote.stores import open_store
from soc2test.remote.urls import RemoteError, parse_url

Offer = Callable[[ObjectStore], ObjectStore]
KEY = "aws/x.json"


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Offer:
    """Lets URLs lead to a store."""
    return lambda store: offer(store, monkeypatch, tmp_path)


@pytest.fixture
def store(offered: Offer) -> ObjectStore:
    """A bucket with exports, and something beside them."""
    return offered(ObjectStore({"exports/aws/x.json": b"one", "exports/okta/y.json": b"two", "exports2/z.json": b"no"}))


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def left_behind() -> list[str]:
    return [name for name in os.listdir(tempfile.gettempdir()) if name.startswith(PREFIX)]


def lost(url: str = f"gs://{BUCKET}/exports") -> dict[str, str]:
    """The reasons of what is lost; the other file is there as it was."""
    with mirrored(url) as copy:
        assert files(copy.root) == {"okta/y.json": b"two"}
        assert all(found.lost and found.refused for found in copy.lost)
        return {found.place: found.refused for found in copy.lost}


def test_what_lies_below_the_prefix(store: ObjectStore) -> None:
    with mirrored() as copy:
        assert files(copy.root) == {"aws/x.json": b"one", "okta/y.json": b"two"}
        assert copy.lost == ()
        assert copy.root.name == "exports"
        assert copy.folder.path.stat().st_mode & 0o077 == 0
    assert left_behind() == []


def test_a_whole_bucket(store: ObjectStore) -> None:
    with mirrored(f"gs://{BUCKET}") as copy:
        assert set(files(copy.root)) == {"exports/aws/x.json", "exports/okta/y.json", "exports2/z.json"}


def test_written_between_listing_and_download(store: ObjectStore) -> None:
    store.before_download = lambda key: store.put(key, b"longer") if key.endswith("x.json") else None
    assert "3 bytes were listed, and 6 came" in lost()[KEY]


def test_written_with_as_many_bytes(store: ObjectStore) -> None:
    store.before_download = lambda key: store.put(key, b"eno") if key.endswith("x.json") else None
    assert "changed while the exports were read" in lost()[KEY]


def test_written_after_its_download(store: ObjectStore) -> None:
    store.before_listing = lambda number: store.put("exports/aws/x.json", b"one") if number == 2 else None
    assert "changed while the exports were read" in lost()[KEY]


def test_taken_away_before_its_download(store: ObjectStore) -> None:
    store.before_download = lambda key: store.objects.pop("exports/aws/x.json", None) and None
    assert "can't be downloaded: it is gone" in lost()[KEY]


def test_taken_away_after_its_download(store: ObjectStore) -> None:
    store.before_listing = lambda number: store.objects.pop("exports/aws/x.json") and None if number == 2 else None
    assert "was taken away" in lost()[KEY]


def test_came_in_the_meantime(store: ObjectStore) -> None:
    store.before_listing = lambda number: store.put("exports/aws/page2.json", b"more") if number == 2 else None
    with mirrored() as copy:
        assert [(found.place, found.refused.partition(";")[0]) for found in copy.lost] == [
            ("aws/page2.json", "came while the exports were read")
        ]


@pytest.mark.parametrize("key", ["exports/aws/", "exports/.lock", "exports2/other.json"])
def test_what_came_and_is_no_evidence(store: ObjectStore, key: str) -> None:
    store.before_listing = lambda number: store.put(key, b"") if number == 2 else None
    with mirrored() as copy:
        assert copy.lost == ()


@pytest.mark.parametrize(
    "error", [ConnectionResetError(), OSError(errno.EIO, "broken"), ValueError("x"), SystemExit(0)]
)
def test_a_download_that_breaks_midway(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    real = store.get_file

    def get_file(name: str, target: str) -> None:
        real(name, target)
        if name.endswith("x.json"):
            Path(target).write_bytes(b"on")
            raise error

    monkeypatch.setattr(store, "get_file", get_file)
    assert "can't be downloaded" in lost()[KEY]


def test_a_download_that_ends_early_without_a_word(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    real = store.get_file

    def get_file(name: str, target: str) -> None:
        real(name, target)
        if name.endswith("x.json"):
            Path(target).write_bytes(b"on")

    monkeypatch.setattr(store, "get_file", get_file)
    assert "3 bytes were listed, and 2 came" in lost()[KEY]


def test_a_store_that_tells_no_state_can_not_be_held_against_itself(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.info

    def info(name: str, data: bytes, number: str) -> dict[str, Any]:
        told = real(name, data, number)
        return {**told, "generation": None} if name.endswith("x.json") else told

    monkeypatch.setattr(store, "info", info)
    assert "neither ETag nor generation" in lost()[KEY]


@pytest.mark.parametrize("change", ["ETag", "LastModified"])
def test_the_state_that_amazon_tells(store: ObjectStore, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    def info(name: str, data: bytes, number: str) -> dict[str, Any]:
        told = {"name": name, "size": len(data), "type": "file", "ETag": '"a"', "LastModified": "2026-11-20"}
        return {**told, change: number} if name.endswith("x.json") else told

    monkeypatch.setattr(store, "info", info)
    store.before_listing = lambda number: store.put("exports/aws/x.json", b"one") if number == 2 else None
    assert "changed while the exports were read" in lost()[KEY]


def refused(limits: ReadLimits | None = None, url: str = f"gs://{BUCKET}/exports") -> str:
    """The words of a refusal, behind which no folder is left."""
    with pytest.raises(RemoteError) as error, mirrored(url, limits):
        pass
    assert left_behind() == []
    return str(error.value)


def test_nothing_below_the_prefix(store: ObjectStore) -> None:
    assert "gs://evidence/none: no export lies below it" in refused(url=f"gs://{BUCKET}/none")
    assert "no export lies below it" in refused(url=f"gs://{BUCKET}/export")  # the beginning of a name is no prefix


def test_nothing_but_markers_of_folders(offered: Offer) -> None:
    offered(ObjectStore({"exports/": b"", "exports/aws/": b""}))
    assert "no export lies below it" in refused()


def test_an_object_in_the_place_of_the_prefix(store: ObjectStore) -> None:
    assert "is an object: name the prefix" in refused(url=f"gs://{BUCKET}/exports/aws/x.json")


def test_more_objects_than_may_be_read(store: ObjectStore) -> None:
    assert "over 1 objects; move what is no export elsewhere, or raise reading.files" in refused(ReadLimits(files=1))
    with mirrored(limits=ReadLimits(files=2)) as copy:
        assert len(files(copy.root)) == 2


def test_more_bytes_than_the_disk_has_room_for(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    real = store.info
    monkeypatch.setattr(store, "info", lambda *given: {**real(*given), "size": 1 << 60})
    assert "set TMPDIR to a folder with more" in refused()


def test_a_disk_that_fills_up(store: ObjectStore) -> None:
    def full(key: str) -> None:
        raise OSError(errno.ENOSPC, "no space")

    store.before_download = full
    assert "the disk is full: set TMPDIR" in refused()


def test_nothing_could_be_had(store: ObjectStore) -> None:
    def denied(key: str) -> None:
        raise PermissionError("who are you")

    store.before_download = denied
    assert "none of 2 objects could be had: aws/x.json can't be downloaded: access is denied" in refused()


@pytest.mark.parametrize("seconds", ["_LISTING", "_DOWNLOADING"])
def test_a_store_that_hangs(store: ObjectStore, monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    let_go = threading.Event()
    monkeypatch.setattr(f"soc2test.remote.mirroring.{seconds}", 0.2)

    def hang(_: object) -> None:
        let_go.wait()

    if seconds == "_LISTING":
        store.before_listing = hang
    else:
        store.before_download = hang
    began = time.monotonic()
    said = refused()
    let_go.set()
    assert time.monotonic() - began < 5
    assert "can't be reached" in said or "took over" in said


class _Unauthorized(Exception):
    status_code = 401


class _Coded(Exception):
    response = {"Error": {"Code": "NoSuchBucket", "Message": "hush"}}  # noqa: RUF012  # as botocore has it


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError("hush"), "access is denied (PermissionError): whoever runs this needs storage.objects.list"),
        (OSError("Forbidden: hush"), "access is denied"),
        (FileNotFoundError("hush"), "there is no such bucket or container"),
        (_Unauthorized("hush"), "there are no credentials that hold"),
        (type("NoCredentialsError", (Exception,), {})("hush"), "there are no credentials that hold"),
        (type("DefaultCredentialsError", (Exception,), {})("hush"), "gcloud auth application-default login"),
        (ConnectionRefusedError("hush"), "the service can't be reached"),
        (type("EndpointConnectionError", (Exception,), {})("hush"), "the service can't be reached"),
        (RuntimeError("hush"), "can't be read (RuntimeError)"),
        (_Coded("hush"), "can't be read (NoSuchBucket)"),
    ],
)
def test_why_all_is_refused(store: ObjectStore, error: Exception, says: str) -> None:
    def broken(number: int) -> None:
        raise error

    store.before_listing = broken
    said = refused()
    assert says in said
    assert "hush" not in said


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(RemoteError, match=r"pip install 'soc2test\[remote\]'"):
        open_store(parse_url("s3://evidence/x"))


def test_what_libraries_log_reaches_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """gcsfs 2026.10 logs each failed attempt with its traceback."""
    open_store(parse_url("s3://evidence/x"))
    for name in ("gcsfs", "s3fs", "azure.core.pipeline", "google.auth"):
        logging.getLogger(name).error("hush")
    assert caplog.text == ""


@pytest.mark.parametrize("library", ["s3fs", "gcsfs", "adlfs"])
def test_without_one_of_its_libraries(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    scheme = {"s3fs": "s3", "gcsfs": "gs", "adlfs": "az"}[library]
    monkeypatch.setitem(sys.modules, library, None)
    known = import_module("fsspec.registry")._registry
    for name in list(known):
        monkeypatch.delitem(known, name)
    with pytest.raises(RemoteError, match=r"pip install 'soc2test\[remote\]'"):
        open_store(parse_url(f"{scheme}://evidence/x"))


def test_runs_over_folders_load_nothing_of_it() -> None:
    code = "import sys, soc2test.pytest_plugin.activation, soc2test.cli.evidence, soc2test.remote; " \
           "print(*(name for name in ('fsspec', 's3fs', 'gcsfs', 'adlfs', 'aiohttp') if name in sys.modules))"  # fmt: skip
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == []


def test_a_local_run_does_not_load_what_copies() -> None:
    code = "import sys, soc2test.pytest_plugin.activation; print('soc2test.remote.mirroring' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["False"]


def test_what_a_killed_run_left_is_swept_and_that_of_a_living_one_stays(store: ObjectStore) -> None:
    temporary = Path(tempfile.gettempdir())
    dead, alive, other = (temporary / name for name in (f"{PREFIX}dead", f"{PREFIX}alive", "others"))
    for folder in (dead, alive, other):
        (folder / "exports").mkdir(parents=True)
    lock = FolderLock(alive)
    with mirrored() as copy:
        assert copy.root.is_dir()
        assert not dead.exists()
        assert alive.is_dir()
        assert other.is_dir()
    lock.release()


def test_names_that_the_disk_takes_for_one_are_lost(offered: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    offered(ObjectStore({"exports/aws/x.json": b"one", "exports/aws/X.json": b"two", "exports/okta/y.json": b"two"}))
    monkeypatch.setattr("soc2test.remote.mirroring._tells_names_apart", lambda folder: False)
    assert set(lost()) == {"aws/x.json", "aws/X.json"}


def test_hidden_data_is_named_as_in_a_folder_and_not_downloaded(store: ObjectStore) -> None:
    store.put("exports/aws/.z.json", b"secret")
    with mirrored() as copy:
        assert files(copy.root)["aws/.z.json"] == b""
        assert copy.lost == ()


def test_a_marker_that_is_listed_without_its_slash(store: ObjectStore) -> None:
    """As adlfs lists `aws/empty/`: there is no object of that name, and it does not go away either."""
    store.put("exports/aws/empty", b"")
    marker = store.objects["exports/aws/empty"]

    def not_there(key: str) -> None:
        if key.endswith("empty"):
            raise FileNotFoundError(key)

    store.before_download = not_there
    with mirrored() as copy:
        assert copy.lost == ()
    store.put("exports/aws/empty", b"data")  # what holds data is lost all the same
    with mirrored() as copy:
        assert [found.place for found in copy.lost] == ["aws/empty"]
    store.objects["exports/aws/empty"] = marker
    store.before_listing = lambda number: store.put("exports/aws/empty", b"") if number % 2 == 0 else None
    with mirrored() as copy:
        assert [found.place for found in copy.lost] == ["aws/empty"]
