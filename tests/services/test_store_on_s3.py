"""The evidence store in a bucket of moto's S3: nothing acknowledged is lost, and no number is given twice."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from store.stored import NOON, Company, append, origin, whole

from soc2test.remote.urls import parse_url
from soc2test.store.blobs import object_name
from soc2test.store.bucket import BucketObjects
from soc2test.store.chain import Store, open_store
from soc2test.store.checking import check
from soc2test.store.objects import NoSuchObject, StoreError
from soc2test.store.pruning import prune
from soc2test.store.records import parse_head
from soc2test.store.restoring import restore

sys.path.append(str(Path(__file__).parents[1] / "remote"))  # the server is that of the tests there
from s3_server import BUCKET, S3, empty_bucket

pytestmark = pytest.mark.services
URL = f"s3://{BUCKET}/acme/kept"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    monkeypatch.setattr("soc2test.store.bucket._PAUSE", 0)
    with empty_bucket(monkeypatch) as server:
        yield server


def objects() -> BucketObjects:
    return BucketObjects(parse_url(URL))


def keys(s3: S3, below: str = "") -> list[str]:
    found = s3.client.list_objects_v2(Bucket=BUCKET, Prefix=f"acme/kept/{below}").get("Contents", [])
    return [each["Key"] for each in found]


def test_an_object_is_created_once_and_read_listed_and_taken_away(s3: S3) -> None:
    bucket = objects()
    with pytest.raises(NoSuchObject):
        bucket.read("records/1.json")
    assert bucket.list("records") == []
    assert bucket.create("records/1.json", b"one")
    assert not bucket.create("records/1.json", b"two")
    assert bucket.read("records/1.json") == b"one"
    assert bucket.list("records") == ["records/1.json"]
    assert bucket.present(["records/1.json", "records/2.json"]) == {"records/1.json"}
    bucket.delete("records/1.json")
    bucket.delete("records/1.json")
    assert bucket.list("records") == []


def test_of_threads_that_create_one_object_one_is_told_so(s3: S3) -> None:
    writers = [objects() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for number in range(10):
            gate = threading.Barrier(8)

            def create(me: int, gate: threading.Barrier = gate, number: int = number) -> bool:
                gate.wait()
                return writers[me].create(f"records/{number}", str(me).encode())

            won = list(pool.map(create, range(8)))
            assert sum(won) == 1
            assert writers[0].read(f"records/{number}") == str(won.index(True)).encode()


def test_writers_at_the_same_time_get_each_number_once(s3: S3) -> None:
    writers, records = 4, 5

    def write(me: int) -> list[int]:
        store = Store(objects())
        return [append(store, f"{me}-{number}").number for number in range(records)]

    with ThreadPoolExecutor(writers) as pool:
        told = [number for numbers in pool.map(write, range(writers)) for number in numbers]
    assert sorted(told) == list(range(1, writers * records + 1))
    assert whole(Store(objects())) == writers * records


def test_a_snapshot_is_recorded_checked_restored_and_pruned(s3: S3, tmp_path: Path) -> None:
    company = Company(tmp_path, objects())
    company.write("exports/large.json", os.urandom(200_000))
    first = company.record(NOON - timedelta(days=9))
    company.write("exports/large.json", os.urandom(200_000))
    second = company.record()
    assert whole(company.store, first, second) == 2
    restore(company.store, company.store.link(2).record, tmp_path / "again")
    assert (tmp_path / "again/exports/large.json").read_bytes() == (company.root / "exports/large.json").read_bytes()
    head, pieces = prune(
        company.store,
        NOON.date(),
        UTC,
        needed_from=None,
        origin=origin(),
        system="Test",
        id="x",
        reason="old",
        by="Ada",
    )
    assert head is not None
    assert pieces > 2
    assert whole(company.store, second, head) == 3
    assert "acme/kept/pruning.json" not in keys(s3)
    company.record()
    assert check(company.store).pruned == 1


def test_what_somebody_changed_in_the_bucket_is_found(s3: S3, tmp_path: Path) -> None:
    company = Company(tmp_path, objects())
    head = company.record()
    company.record()
    (piece,) = next(f.stored.pieces for f in company.store.files(company.store.link(1).record) if "things" in f.path)
    s3.put(f"acme/kept/{object_name(piece)}", b"another")
    s3.client.delete_object(Bucket=BUCKET, Key="acme/kept/records/0000000001.json")
    wrong = "\n".join(check(company.store, [head]).wrong)
    assert f"{object_name(piece)} does not hold what its name says" in wrong
    assert "record 1 is missing" in wrong
    assert "head 1 is not in the chain" in wrong


@pytest.mark.parametrize("place", ["acme", "acme/kept", ""])
def test_a_store_among_exports_that_lie_in_the_bucket_is_refused(place: str, s3: S3, tmp_path: Path) -> None:
    company = Company(tmp_path, objects())
    with pytest.raises(StoreError, match="lies among the exports, and would keep itself"):
        company.record(url=f"s3://{BUCKET}/{place}")
    assert keys(s3) == []
    assert company.record(url=f"s3://{BUCKET}/acme/kep").number == 1


# what fails


class Broken(Exception):
    """Ends the connection."""


def failing(step: int, method: str, *, for_good: bool = False) -> Callable[[str, str], None]:
    """The request `step` of a method is not answered, or all from there on."""
    counted, lock = [0], threading.Lock()

    def before(asked: str, path: str) -> None:
        if asked != method:
            return
        with lock:
            counted[0] += 1
            here = counted[0]
        if here == step or (for_good and here >= step):
            raise Broken

    return before


def lost_answers(
    s3: S3, step: int, patch: pytest.MonkeyPatch, *, method: str = "PUT", for_good: bool = False, drop: bool = False
) -> None:
    """What the request `step` asked for is done, and answered with an error, or the connection ends in its place."""
    counted, lock, moto = [0], threading.Lock(), s3._moto

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        done = moto(environ, start_response)
        if environ["REQUEST_METHOD"] != method or "boto3" in environ.get("HTTP_USER_AGENT", "").lower():
            return done
        with lock:
            counted[0] += 1
            here = counted[0]
        if here != step and not (for_good and here > step):
            return done
        if drop:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise Broken

    patch.setattr(s3, "_moto", answer)


def requests_of(s3: S3, run: Callable[[], object], method: str) -> int:
    s3.asked.clear()
    run()
    return sum(asked == method for asked, _ in s3.asked)


@pytest.mark.parametrize("method", ["PUT", "GET", "HEAD"])
def test_any_one_request_that_fails_is_tried_again_or_refused(method: str, s3: S3, tmp_path: Path) -> None:
    company = Company(tmp_path, objects())
    first = company.record()
    company.write("exports/things.json", "[0]")
    steps = requests_of(s3, lambda: company.record(), method)
    acknowledged = [first]
    for step in range(1, steps + 2):
        company.write("exports/things.json", f"[{step}]")
        s3.before = failing(step, method)
        acknowledged.append(company.record())
        s3.before = lambda method, path: None
        assert whole(company.store, *acknowledged) >= len(acknowledged)
    assert len(acknowledged) == steps + 2


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_network_that_breaks_off_for_good_loses_nothing_acknowledged(method: str, s3: S3, tmp_path: Path) -> None:
    company = Company(tmp_path, objects())
    first = company.record()
    for step in (1, 2, 3):
        company.write("exports/things.json", f"[{step}]")
        s3.before = failing(step, method, for_good=True)
        with pytest.raises(StoreError):
            company.record()
        s3.before = lambda method, path: None
        assert whole(company.store, first) == 1
    assert company.record().number == 2


@pytest.mark.parametrize("drop", [True, False], ids=["connection dropped", "error"])
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_an_answer_that_is_lost_after_it_was_written_gives_no_number_twice(
    method: str, drop: bool, s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = Company(tmp_path, objects())
    heads = [company.record()]
    company.write("exports/things.json", "[0]")
    steps = requests_of(s3, lambda: heads.append(company.record()), method)
    for step in range(1, steps + 1):
        company.write("exports/things.json", f"[{step}]")
        with monkeypatch.context() as patch:
            lost_answers(s3, step, patch, method=method, drop=drop)
            heads.append(company.record())
    assert [head.number for head in heads] == list(range(1, steps + 3))
    assert whole(company.store, *heads) == steps + 2


def test_a_record_whose_every_answer_is_lost_is_found_and_acknowledged(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = Company(tmp_path, objects())
    first = company.record()
    last = requests_of(s3, company.record, "PUT")
    with monkeypatch.context() as patch:
        lost_answers(s3, last, patch, for_good=True)
        head = company.record()
    assert head.number == 3
    assert whole(company.store, first, head) == 3


def test_where_not_even_that_can_be_asked_it_is_said(s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    company = Company(tmp_path, objects())
    company.record()
    writes = requests_of(s3, company.record, "PUT")
    left = [writes]

    def before(method: str, path: str) -> None:
        left[0] -= method == "PUT"
        if left[0] <= 0 and (method == "PUT" or path.endswith("0000000003.json")):
            raise Broken

    s3.before = before
    with pytest.raises(StoreError, match=r"records/0000000003.json may be there all the same"):
        company.record()
    s3.before = lambda method, path: None
    assert whole(company.store) == 2


@pytest.mark.parametrize("status", [500, 503, 409])
def test_a_service_that_fails_says_so_and_the_next_record_is_made(
    status: int, s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """409 is what S3 answers where two ask for one name at the same moment."""
    company = Company(tmp_path, objects())
    head = company.record()
    company.write("exports/things.json", "[1]")
    moto, left = s3._moto, [1]

    def answer(environ: dict[str, object], start_response: Callable[[str, list[tuple[str, str]]], object]) -> object:
        if environ["REQUEST_METHOD"] == "PUT" and left[0]:
            left[0] -= 1
            start_response(f"{status} Failed", [("Content-Type", "application/xml")])
            code = "ConditionalRequestConflict" if status == 409 else "InternalError"
            return [f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()]
        return moto(environ, start_response)

    monkeypatch.setattr(s3, "_moto", answer)
    assert company.record().number == 2
    left[0] = 10**6
    company.write("exports/things.json", "[2]")
    with pytest.raises(StoreError, match="can't be written"):
        company.record()
    left[0] = 0
    assert whole(company.store, head) == 2
    assert company.record().number == 3


def test_a_bucket_that_is_not_there_is_named(s3: S3, tmp_path: Path) -> None:
    company = Company(tmp_path)
    with pytest.raises(StoreError, match="there is no such bucket"):
        company.record(store=open_store("s3://nowhere/kept", tmp_path))


def recorded_in_a_child(s3: S3, company: Company, step: int, *, written: bool) -> str:
    """Record in a process of its own that is killed by its request `step`; the head, "" where it got to none."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            company.objects = objects()
            os.write(tell, company.record().text.encode())
        finally:
            os._exit(0)
    os.close(tell)
    counted, lock = [0], threading.Lock()

    def before(method: str, path: str) -> None:
        with lock:
            counted[0] += 1
            last = counted[0] == step
        if last:
            os.kill(child, signal.SIGKILL)
        if last and not written:
            raise Broken

    s3.before = before
    with open(told, encoding="ascii") as pipe:
        head = pipe.read()
    os.waitpid(child, 0)
    s3.before = lambda method, path: None
    return head


@pytest.mark.parametrize("written", [True, False], ids=["what it asked for is done", "and is not done"])
def test_a_kill_at_any_request_loses_nothing_acknowledged_and_shows_nothing_torn(
    written: bool, s3: S3, tmp_path: Path
) -> None:
    company = Company(tmp_path, objects())
    acknowledged = [company.record()]
    company.write("exports/things.json", "[0]")
    s3.asked.clear()
    acknowledged.append(company.record())
    steps = len(s3.asked) + 12  # of the child, which opens the store
    seen = set()
    for step in range(1, steps + 1):
        company.write("exports/things.json", f"[{step}]")
        before = len(company.store.numbers())
        told = recorded_in_a_child(s3, company, step, written=written)
        acknowledged += [parse_head(told)] if told else []
        seen.add((whole(company.store, *acknowledged) - before, bool(told)))
    assert {(0, False), (1, True)} <= seen <= {(0, False), (1, False), (1, True)}
    assert company.record().number == len(company.store.numbers())
