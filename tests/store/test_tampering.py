"""Whatever is changed in a store is found: by itself where something else tells, and by a head that was written down."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from store.stored import Company

from soc2test.store.blobs import object_name as blob_name
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.objects import StoreError
from soc2test.store.records import Head, encode, object_name


@dataclass
class Kept:
    """A store of four records, with the heads that were written down."""

    company: Company
    heads: list[Head]

    @property
    def place(self) -> Path:
        return self.company.place

    def record(self, number: int) -> Path:
        return self.place / object_name(number)

    def blob_of(self, number: int, path: str) -> Path:
        """Where the content of a file of a snapshot lies."""
        store = self.company.store
        files = {file.path: file.stored.pieces[0] for file in store.files(store.link(number).record)}
        return self.place / blob_name(files[path])

    def listing_of(self, number: int) -> Path:
        kept = self.company.store.link(number).record.kept
        assert kept is not None
        return self.place / blob_name(kept.listing.pieces[0])


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    company = Company(tmp_path_factory.mktemp("recorded"))
    heads = []
    for number in range(1, 5):
        company.write("exports/of-the-day.json", f'["{number}"]')
        heads.append(company.record(results=company.results() if number == 4 else None))
    return Kept(company, heads)


@pytest.fixture
def kept(recorded: Kept, tmp_path: Path) -> Kept:
    """A copy, to be tampered with."""
    company = Company(tmp_path)
    shutil.copytree(recorded.place, company.place)
    for path in company.place.rglob("*.*"):
        path.chmod(0o644)
    return Kept(company, recorded.heads)


def wrong(kept: Kept, *heads: Head) -> str:
    """What is found."""
    return "\n".join(check(kept.company.store, heads).wrong)


def test_a_store_that_nobody_changed_is_whole(kept: Kept) -> None:
    assert wrong(kept, *kept.heads) == ""
    checked = check(kept.company.store, kept.heads)
    assert (checked.records, checked.snapshots, checked.pruned, checked.unnamed) == (4, 4, 0, 0)
    assert checked.head == kept.heads[-1]
    assert checked.witnessed


# found without a head


def edit(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"Test"', b'"Best"'))
    assert path.read_bytes() != data


def edit_a_record(kept: Kept) -> str:
    edit(kept.record(2))
    return "record 3 does not follow on record 2 as it is now"


def add_a_blank_to_a_record(kept: Kept) -> str:
    kept.record(3).write_bytes(kept.record(3).read_bytes() + b"\n")
    return "record 4 does not follow on record 3"


def empty_a_record(kept: Kept) -> str:
    kept.record(2).write_bytes(b"")
    return "record 2: "


def nest_a_record_deeply(kept: Kept) -> str:
    kept.record(4).write_bytes(b'{"schema":"snapshot/1","a":' + b"[" * 200_000)
    return "record 4: "


def make_a_record_of_another_version(kept: Kept) -> str:
    kept.record(4).write_bytes(kept.record(4).read_bytes().replace(b"snapshot/1", b"snapshot/9"))
    return "form 'snapshot/9', which this version of soc2test does not know"


def remove_the_first(kept: Kept) -> str:
    kept.record(1).unlink()
    return "record 1 is missing"


def remove_one_in_the_middle(kept: Kept) -> str:
    kept.record(2).unlink()
    return "record 2 is missing"


def exchange_two(kept: Kept) -> str:
    kept.record(2).rename(kept.place / "x")
    kept.record(3).rename(kept.record(2))
    (kept.place / "x").rename(kept.record(3))
    return "0000000002.json says that it is number 3"


def move_all_down(kept: Kept) -> str:
    """The first one is taken away, and those after it take its place."""
    for number in (2, 3, 4):
        kept.record(number).replace(kept.record(number - 1))
    return "0000000001.json says that it is number 2"


def renumber_without_the_first(kept: Kept) -> str:
    kept.record(1).unlink()
    data = kept.record(2).read_bytes()
    kept.record(1).write_bytes(data.replace(b'"number": 2', b'"number": 1'))
    return "record 1 names one before it: the first ones were taken away"


def edit_a_blob(kept: Kept) -> str:
    path = kept.blob_of(2, "exports/of-the-day.json")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    return f"{path.name} does not hold what its name says; record 2 needs it"


def truncate_a_blob(kept: Kept) -> str:
    path = kept.blob_of(1, "exports/things.json")
    path.write_bytes(path.read_bytes()[:-3])
    return f"{path.name} does not hold what its name says; record 4 needs it"


def empty_a_blob(kept: Kept) -> str:
    path = kept.blob_of(4, "programme/soc2.yaml")
    path.write_bytes(b"")
    return f"{path.name} does not hold what its name says"


def replace_a_blob_by_another(kept: Kept) -> str:
    path = kept.blob_of(2, "exports/of-the-day.json")
    shutil.copyfile(kept.blob_of(3, "exports/of-the-day.json"), path)
    return f"{path.name} does not hold what its name says"


def remove_a_blob(kept: Kept) -> str:
    path = kept.blob_of(3, "exports/of-the-day.json")
    path.unlink()
    return f"{path.name} is missing; record 3 needs it"


def make_a_blob_a_folder(kept: Kept) -> str:
    path = kept.blob_of(3, "exports/of-the-day.json")
    path.unlink()
    path.mkdir()
    return f"{path.name} can't be read: {kept.place}: "


def remove_the_verdicts(kept: Kept) -> str:
    verdicts = kept.company.store.link(4).record.verdicts
    assert verdicts is not None
    path = kept.place / blob_name(verdicts.results.pieces[0])
    path.unlink()
    return f"{path.name} is missing; record 4 needs it"


def damage_a_listing(kept: Kept) -> str:
    path = kept.listing_of(2)
    path.write_bytes(path.read_bytes()[:-3])
    return (
        f"record 2: its list of files can't be read: {kept.place}: blobs/{path.parent.name}/{path.name} does not hold"
    )


def remove_a_listing(kept: Kept) -> str:
    path = kept.listing_of(2)
    path.unlink()
    return "record 2: its list of files can't be read"


FOUND = [
    edit_a_record, add_a_blank_to_a_record, empty_a_record, nest_a_record_deeply, make_a_record_of_another_version,
    remove_the_first, remove_one_in_the_middle, exchange_two, move_all_down, renumber_without_the_first, edit_a_blob,
    truncate_a_blob, empty_a_blob, replace_a_blob_by_another, remove_a_blob, make_a_blob_a_folder, remove_the_verdicts,
    damage_a_listing, remove_a_listing,
]  # fmt: skip


@pytest.mark.parametrize("tamper", FOUND, ids=lambda tamper: tamper.__name__)
def test_what_the_store_itself_contradicts_is_named(tamper: Callable[[Kept], str], kept: Kept) -> None:
    says = tamper(kept)
    assert says in wrong(kept)
    assert says in wrong(kept, kept.heads[0])


# found with a head alone


def remove_the_last(kept: Kept) -> None:
    kept.record(4).unlink()


def remove_the_last_two(kept: Kept) -> None:
    kept.record(3).unlink()
    kept.record(4).unlink()


def remove_all(kept: Kept) -> None:
    shutil.rmtree(kept.place / "records")


def edit_the_last(kept: Kept) -> None:
    edit(kept.record(4))


def make_the_chain_anew(kept: Kept) -> None:
    """From record 3 on it says something else, with digests that fit."""
    store = kept.company.store
    links = list(store.links())
    before = links[1].head.digest
    for link in links[2:]:
        record = msgspec.structs.replace(link.record, previous=before, system="Best")
        kept.record(record.number).write_bytes(encode(record))
        before = store.link(record.number).head.digest


def begin_the_store_anew(kept: Kept) -> None:
    """Somebody takes all of it away and records four times what looks better."""
    shutil.rmtree(kept.place)
    for number in range(4):
        kept.company.write("exports/of-the-day.json", f'["better {number}"]')
        kept.company.record()


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (remove_the_last, "head 4 is not in the chain, which ends at 3: records were taken away"),
        (remove_the_last_two, "head 4 is not in the chain, which ends at 2: records were taken away"),
        (remove_all, "head 4 is not in the chain, which ends at 0: records were taken away"),
        (edit_the_last, "head 4: the record of this number has another digest: it was changed since"),
        (make_the_chain_anew, "head 4: the record of this number has another digest: it was changed since"),
        (begin_the_store_anew, "head 4: the record of this number has another digest: it was changed since"),
    ],
)
def test_what_a_head_that_was_written_down_alone_can_find(
    tamper: Callable[[Kept], None], says: str, kept: Kept
) -> None:
    tamper(kept)
    assert wrong(kept) == ""
    assert says in wrong(kept, *kept.heads)
    assert not check(kept.company.store, kept.heads).witnessed


@pytest.mark.parametrize(("written_down", "found"), [(2, False), (3, True), (4, True)])
def test_a_head_vouches_for_what_was_recorded_before_it(written_down: int, found: bool, kept: Kept) -> None:
    make_the_chain_anew(kept)
    assert bool(wrong(kept, kept.heads[written_down - 1])) is found


# no store


def refused(place: Path) -> str:
    with pytest.raises(StoreError) as error:
        Store(FolderObjects(place))
    return str(error.value)


def test_a_store_without_its_mark_is_refused(kept: Kept) -> None:
    (kept.place / "store.json").unlink()
    assert "has records and no store.json: put it back from a copy" in refused(kept.place)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"schema": "store/2"}', "is of the form 'store/2'; this version of soc2test knows store/1"),
        (b"{}", "store.json is not that of an evidence store"),
        (b"\xff", "store.json is not that of an evidence store"),
        (b"[" * 200_000, "store.json is not that of an evidence store"),
        (b'{"schema":"store/1","a":' + b"[" * 200_000, "store.json is not that of an evidence store"),
    ],
)
def test_a_store_of_another_version_is_refused_and_nothing_written(content: bytes, says: str, kept: Kept) -> None:
    (kept.place / "store.json").write_bytes(content)
    before = sorted(kept.place.rglob("*"))
    assert says in refused(kept.place)
    with pytest.raises(StoreError):
        kept.company.record()
    assert sorted(kept.place.rglob("*")) == before


def test_a_file_in_the_place_of_a_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    assert "store.json can't be read: Not a directory" in refused(tmp_path / "store")


def test_a_pipe_in_the_place_of_an_object_hangs_nothing(kept: Kept) -> None:
    kept.record(4).unlink()
    os.mkfifo(kept.record(4))
    assert "record 4: " in wrong(kept)


def test_a_record_that_is_there_and_can_not_be_read_was_not_taken_away(kept: Kept) -> None:
    empty_a_record(kept)
    assert "is missing" not in wrong(kept)
    kept.record(3).unlink()
    assert "record 3 is missing: whoever took it away left those after it" in wrong(kept)


def test_what_is_recorded_meets_a_blob_that_is_not_what_its_name_says(kept: Kept) -> None:
    path = kept.blob_of(4, "exports/things.json")
    path.write_bytes(b"something else")
    kept.company.write("exports/of-the-day.json", '["never seen"]')
    before = sorted(kept.place.rglob("*"))
    with pytest.raises(StoreError, match=f"{path.name} does not hold what its name says: put it back from a copy"):
        kept.company.record()
    assert sorted(kept.place.rglob("*")) == before


def test_what_lies_there_and_belongs_to_nobody_is_counted_and_no_fault(kept: Kept) -> None:
    for name in ("records/notes.txt", "records/5.json", "records/00000000005.json", "blobs/aa/notes.txt"):
        (kept.place / name).parent.mkdir(exist_ok=True)
        (kept.place / name).write_text("x")
    checked = check(kept.company.store, kept.heads)
    assert (checked.wrong, checked.records, checked.unnamed) == ((), 4, 1)
