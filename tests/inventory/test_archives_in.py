"""Archives through all stations: what they hold counts as if it lay there, and what is lost in one is a gap."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exporting import HERE, codes, ids, load, texts, user, vendor

from soc2test import Facts, Resource, Source, facts, unpaged
from soc2test.evidence.read_limits import ReadLimits
from soc2test.resources.kinds import DataStore, Identity

Pack = Callable[[Mapping[str, Any]], bytes]
DECLARED = {"cloud": {"account": ["012345678901"], "region": ["eu-west-1"]}}


def data_of(body: Any) -> bytes:
    return body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()


def zipped(files: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, data_of(body))
    return out.getvalue()


def tarred(files: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, body in files.items():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(data_of(body))
            archive.addfile(info, io.BytesIO(data_of(body)))
    return out.getvalue()


PACKS = pytest.mark.parametrize(("suffix", "pack"), [(".zip", zipped), (".tar.gz", tarred)])
USERS = {"Users": [user("ada"), user("bob")]}
STORES = {"Stores": [{"id": "s", "name": "s"}]}
RECORD = {
    "soc2test": "evidence/1", "source": "cloud", "operation": "users list", "subject": {"account": "012345678901"},
    "collected_at": "2026-11-20T08:00:00Z", "status": "ok", "body": USERS,
}  # fmt: skip


@PACKS
def test_an_archive_tells_what_its_files_would(suffix: str, pack: Pack, tmp_path: Path) -> None:
    users = {f"{HERE}/users.list.json": USERS, f"{HERE}/stores.list.json": STORES}
    plain = load(tmp_path / "plain", users, declared=DECLARED)
    whole = load(tmp_path / "whole", {f"all{suffix}": pack(users)}, declared=DECLARED)
    inner = {name.removeprefix("cloud/"): body for name, body in users.items()}
    below = load(tmp_path / "below", {f"cloud/part{suffix}": pack(inner)}, declared=DECLARED)
    for loaded in (whole, below):
        for kind in (Identity, DataStore):
            assert ids(loaded.inventory, kind) == ids(plain.inventory, kind) != []
            assert codes(loaded.inventory, kind) == codes(plain.inventory, kind) == []
        assert {each.sha256 for each in loaded.inventory.entries()} == {
            each.sha256 for each in plain.inventory.entries()
        }
    paths = [each.path for each in whole.inventory.entries()]
    dot = "./" if suffix == ".tar.gz" else ""
    assert f"all{suffix}!{dot}{HERE}/stores.list.json" in paths


@PACKS
def test_records_in_an_archive_are_read(suffix: str, pack: Pack, tmp_path: Path) -> None:
    body = "".join(json.dumps(each) + "\n" for each in [RECORD, {**RECORD, "operation": "nothing"}])
    loaded = load(tmp_path, {f"records{suffix}": pack({"r.ndjson": body, "s.json": RECORD})})
    assert ids(loaded.inventory, Identity) == ["ada", "bob"]
    assert [each.path.split("!")[0] for each in loaded.unclaimed] == [f"records{suffix}"]


@PACKS
@pytest.mark.parametrize("place", ["inside", "beside", "beside, by the archive's name"])
def test_a_manifest_dates_members(place: str, suffix: str, pack: Pack, tmp_path: Path) -> None:
    inner: dict[str, Any] = {f"{HERE}/users.list.json": USERS}
    outer: dict[str, Any] = {}
    when = "collected_at: 2026-11-19T08:00:00Z\n"
    if place == "inside":
        inner["manifest.yaml"] = when
        outer["manifest.yaml"] = "collected_at: 2026-11-01T08:00:00Z\n"
    elif place == "beside":
        outer["manifest.yaml"] = when
    else:
        outer["manifest.yaml"] = f"files: {{a{suffix}: {{{when.strip()}}}}}"
    loaded = load(tmp_path, {f"a{suffix}": pack(inner), **outer}, given=None)
    (entry,) = [each for each in loaded.inventory.entries() if "users" in each.path]
    assert entry.collected_at == datetime(2026, 11, 19, 8, tzinfo=UTC)
    assert codes(loaded.inventory, Identity) == []


def test_what_a_manifest_says_of_members_must_tie_out(tmp_path: Path) -> None:
    name = f"{HERE}/users.list.json"
    digest = sha256(data_of(USERS)).hexdigest()

    def codes_with(inner: str, outer: str = "{}", case: list[int] = [0]) -> list[str]:  # noqa: B006  # counts its calls
        case[0] += 1
        archive = zipped({name: USERS, "manifest.yaml": inner})
        files = {"a.zip": archive, "manifest.yaml": outer.replace("DIGEST", sha256(archive).hexdigest())}
        return codes(load(tmp_path / str(case[0]), files).inventory, Identity)

    assert codes_with(f"files: {{{name}: {{sha256: {digest}, records: 2}}}}") == []
    assert codes_with(f"files: {{{name}: {{sha256: {digest[::-1]}}}}}") == ["unreadable"]
    assert codes_with(f"files: {{{name}: {{records: 3}}}}") == ["partial"]
    assert codes_with(f"files: {{{name}: {{}}, cloud/gone.json: {{}}}}") == ["missing"]
    assert codes_with("{}", "files: {a.zip: {sha256: DIGEST, records: 2}}") == []
    assert codes_with("{}", "files: {a.zip: {sha256: abcd}}") == ["unreadable"]
    assert codes_with("{}", "files: {b.zip: {}}") == ["missing"]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "nothing": lambda data: b"",
    "rubbish": lambda data: b"rubbish" * 100,
}


@PACKS
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_archive_is_lost_evidence(damage: Any, suffix: str, pack: Pack, tmp_path: Path) -> None:
    """Below a source's folder of that source; elsewhere of all of them."""
    more = damage(pack({"012345678901/eu-west-1/stores.list.json": STORES}))
    files = {f"{HERE}/users.list.json": USERS, "other/users.list.json": USERS}
    sources = (vendor(), vendor("other", ()))
    below = load(tmp_path / "below", {**files, f"cloud/more{suffix}": more}, *sources)
    assert [each.path for each in below.unclaimed] == [f"cloud/more{suffix}"]
    assert {gap.source for gap in below.inventory.gaps(Identity)} == {"cloud"}
    assert ids(below.inventory, Identity) == ["ada", "bob"]  # nothing else is hidden
    assert f"cloud/more{suffix}" in texts(below.inventory, Identity)
    elsewhere = load(tmp_path / "elsewhere", {**files, f"more{suffix}": more}, *sources)
    assert f"more{suffix}" in texts(elsewhere.inventory, Identity)
    assert f"more{suffix}" in texts(elsewhere.inventory, DataStore)


@PACKS
def test_a_refused_member_is_lost_evidence_of_its_source(suffix: str, pack: Pack, tmp_path: Path) -> None:
    files = {f"{HERE}/users.list.json": USERS, "other/users.list.json": USERS, "other/more.zip": b""}
    loaded = load(tmp_path, {f"a{suffix}": pack(files)}, vendor(), vendor("other", ()))
    assert {gap.source for gap in loaded.inventory.gaps(Identity)} == {"other"}
    assert "archive within an archive" in texts(loaded.inventory, Identity)


def test_a_file_that_is_there_twice_is_believed_in_neither_place(tmp_path: Path) -> None:
    name = f"{HERE}/users.list.json"
    loaded = load(tmp_path, {name: {"Users": []}, "a.zip": zipped({name: USERS})}, declared=DECLARED)
    assert ids(loaded.inventory, Identity) == []
    assert "is there twice" in texts(loaded.inventory, Identity)


@PACKS
@pytest.mark.parametrize("place", ["", "cloud/012345678901/", "cloud/"])
def test_what_is_there_twice_touches_no_other_call(place: str, suffix: str, pack: Pack, tmp_path: Path) -> None:
    """The member's name says which call it is of, and what is wrong with that is nothing to all others."""
    name = f"{HERE}/users.list.json"
    files = {name: USERS, f"{HERE}/stores.list.json": STORES}
    old = pack({name.removeprefix(place): {"Users": [user("eve")]}})
    loaded = load(tmp_path, {**files, f"{place}old{suffix}": old}, declared=DECLARED)
    assert {(gap.source, gap.code) for gap in loaded.inventory.gaps(Identity)} == {("cloud", "unreadable")}
    assert "is there twice" in texts(loaded.inventory, Identity)
    assert not loaded.inventory.gaps(DataStore)
    assert ids(loaded.inventory, DataStore) == ["s"]


def test_records_that_are_there_twice_may_be_of_any_call(tmp_path: Path) -> None:
    name = f"{HERE}/users.list.json"
    files = {name: RECORD, f"{HERE}/stores.list.json": STORES, "old.zip": zipped({name: RECORD})}
    loaded = load(tmp_path, files, declared=DECLARED)
    assert "is there twice" in texts(loaded.inventory, DataStore)


def test_what_no_name_tells_is_lost_to_its_source_as_ever(tmp_path: Path) -> None:
    files = {f"{HERE}/users.list.json": USERS, "cloud/odd.bin": b"1", "cloud/old.zip": zipped({"odd.bin": b"2"})}
    loaded = load(tmp_path, files, declared=DECLARED)
    assert "is there twice" in texts(loaded.inventory, Identity)


def test_pages_in_an_archive_and_beside_it_are_one_list(tmp_path: Path) -> None:
    page = {"Users": [user("eve")]}
    files = {f"{HERE}/users.list.page1.json": USERS, "a.zip": zipped({f"{HERE}/users.list.page2.json": page})}
    loaded = load(tmp_path, files)
    assert ids(loaded.inventory, Identity) == ["ada", "bob", "eve"]
    assert codes(loaded.inventory, Identity) == []


class Event(Resource, frozen=True, gc=False, kw_only=True):
    """Something that happened."""

    good: bool


def streaming() -> Source:
    log = Source("log", paging=unpaged)

    @log.reads("events", kind=Event, items="", lists=True, stream=True)
    def event(item: Any, at: Any) -> Facts:
        return facts(item["id"], good=item["good"])

    return log


ROWS = [{"id": f"{number:06}", "good": True} for number in range(20_000)]
LINES = "".join(json.dumps(each) + "\n" for each in ROWS).encode()


@PACKS
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("events.ndjson", LINES),
        ("events.json", json.dumps(ROWS).encode()),
        ("events.ndjson.gz", gzip.compress(LINES)),
        ("events.ndjson", b"\xff\xfe" + LINES.decode().encode("utf-16-le")),
    ],
    ids=["ndjson", "json", "gz", "utf-16"],
)
def test_members_stream(name: str, data: bytes, suffix: str, pack: Pack, tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"log/a{suffix}": pack({name: data})}, streaming(), limits=ReadLimits(document_mib=2))
    assert loaded.inventory.streams(Event)
    assert len(ids(loaded.inventory, Event)) == 20_000
    assert codes(loaded.inventory, Event) == []
    (entry,) = loaded.inventory.entries()
    assert (entry.sha256, entry.records) == (sha256(data).hexdigest(), 20_000)


def test_a_streamed_member_whose_checksum_is_wrong_is_a_gap(tmp_path: Path) -> None:
    data = bytearray(zipped({"events.ndjson": LINES}))
    at = data.rindex(b"PK\1\2") + 16  # the checksum in the directory
    data[at] ^= 1
    loaded = load(tmp_path, {"log/a.zip": bytes(data)}, streaming())
    assert len(ids(loaded.inventory, Event)) <= 20_000
    assert codes(loaded.inventory, Event) == ["unreadable"]
    assert "checksum is wrong" in texts(loaded.inventory, Event)
