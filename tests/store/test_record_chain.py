"""Records are numbered without a gap, none twice, each after the one before it, whoever writes at the same time."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from store.stored import Company, append, whole

from soc2test.store.chain import Store
from soc2test.store.folder import FolderObjects
from soc2test.store.objects import StoreError
from soc2test.store.records import parse_head


def heads_of_writers(writers: int, write: Callable[[int], list[str]]) -> list[str]:
    """The heads that writers in processes of their own were told, all of them."""
    told = []
    for me in range(writers):
        reading, writing = os.pipe()
        if not os.fork():
            try:
                with open(writing, "w", encoding="ascii") as pipe:
                    pipe.write("\n".join(write(me)))
            finally:
                os._exit(0)
        os.close(writing)
        told.append(reading)
    heads: list[str] = []
    for reading in told:
        with open(reading, encoding="ascii") as pipe:
            heads += pipe.read().split()
    for _ in range(writers):
        os.wait()
    return heads


@pytest.mark.parametrize(("writers", "records"), [(4, 6), pytest.param(8, 50, marks=pytest.mark.long)])
def test_writers_at_the_same_time_get_each_number_once(writers: int, records: int, tmp_path: Path) -> None:
    store = Store(FolderObjects(tmp_path / "store"))

    def write(me: int) -> list[str]:
        return [append(Store(FolderObjects(tmp_path / "store")), f"{me}-{number}").text for number in range(records)]

    heads = [parse_head(text) for text in heads_of_writers(writers, write)]
    assert sorted(head.number for head in heads) == list(range(1, writers * records + 1))
    assert whole(store, *heads) == writers * records
    assert len({link.record.id for link in store.links()}) == writers * records


def test_companies_that_record_into_one_store_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    companies = [Company(tmp_path / str(number)) for number in range(3)]
    for number, company in enumerate(companies):
        company.place = tmp_path / "store"
        company.write(f"exports/of-{number}.json", f'["{number}"]')
    heads = heads_of_writers(3, lambda me: [companies[me].record().text for _ in range(3)])
    assert whole(companies[0].store, *map(parse_head, heads)) == 9
    for text in heads:
        assert "exports/things.json" in companies[0].contents(parse_head(text).number)


def test_each_record_names_the_digest_of_the_one_before_it(tmp_path: Path) -> None:
    store = Store(FolderObjects(tmp_path / "store"))
    heads = [append(store, str(number)) for number in range(3)]
    assert [link.head for link in store.links()] == heads
    assert [link.record.previous for link in store.links()] == [None, heads[0].digest, heads[1].digest]
    assert store.head() == heads[-1]


def test_a_writer_who_is_always_late_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(FolderObjects(tmp_path / "store"))
    append(store, "first")
    monkeypatch.setattr(store.objects, "create", lambda name, content: False)
    monkeypatch.setattr(store, "head", lambda: None)
    with pytest.raises(StoreError, match="200 other records came first"):
        append(store, "late")
    assert store.numbers() == [1]


@pytest.mark.parametrize(
    "text", ["", "1", "0:" + "a" * 64, "1:" + "a" * 63, "1:" + "g" * 64, "x:" + "a" * 64, "²:" + "a" * 64]
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"NUMBER:DIGEST"):
        parse_head(text)


@pytest.mark.parametrize("text", ["7:sha256:" + "AB" * 32, f" 7:{'ab' * 32}\n"])
def test_a_head_is_read_as_people_copy_it(text: str) -> None:
    assert parse_head(text).text == f"7:{'ab' * 32}"
