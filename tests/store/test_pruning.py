"""Old evidence goes and the chain stays; what later snapshots share, and what a period in use needs, stays as well."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from store.stored import NOON, Company, acting, acts_of, origin, whole

from soc2test.store.blobs import object_name
from soc2test.store.chain import PRUNING, Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.objects import StoreError
from soc2test.store.pruning import InUse, prune
from soc2test.store.records import Head

DAY = timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """Four snapshots, of the four days up to the 20th of November 2026."""
    made = Company(tmp_path)
    for number in range(4):
        made.write("exports/of-the-day.json", f'["{number}"]')
        made.record(NOON - (3 - number) * DAY)
    return made


def pruned(company: Company, before: date = TODAY, store: Store | None = None, **more: Any) -> tuple[Head | None, int]:
    given: dict[str, Any] = {
        "needed_from": None, "origin": origin(), "system": "Test", "id": "one who prunes", "reason": "two years are over",
        "by": "Ada",
    }  # fmt: skip
    return prune(store or company.store, before, more.pop("zone", UTC), **{**given, **more})


def numbers_gone(company: Company) -> list[tuple[int, ...]]:
    return [link.record.pruned.numbers for link in company.store.links() if link.record.pruned is not None]


def test_the_chain_stays_whole_and_says_what_went(company: Company) -> None:
    before = company.store.head()
    assert before is not None
    head, pieces = pruned(company)
    assert head is not None
    assert (head.number, pieces) == (5, 3)  # of three days an export each
    checked = check(company.store, [before, head])
    assert (checked.wrong, checked.records, checked.snapshots, checked.pruned, checked.unnamed) == ((), 5, 4, 3, 0)
    record = company.store.link(5).record.pruned
    assert record is not None
    assert (record.before, record.numbers, record.reason, record.by) == (
        "2026-11-20", (1, 2, 3), "two years are over", "Ada",
    )  # fmt: skip
    assert company.store.link(1).record.kept is not None


def test_what_later_snapshots_share_stays(company: Company) -> None:
    pruned(company)
    assert company.contents(4) == {
        "exports/things.json": b'{"things": [{"id": "a"}]}', "exports/of-the-day.json": b'["3"]',
        "programme/soc2.yaml": b"system: Test\n",
    }  # fmt: skip
    with pytest.raises(StoreError):
        company.contents(1)
    company.record(NOON + DAY)
    assert whole(company.store) == 6


def test_all_may_go(company: Company) -> None:
    pruned(company, TODAY + DAY)
    assert whole(company.store) == 5
    assert len(company.store.objects.list("blobs")) == 4  # the lists of what there was


def test_the_digests_of_what_was_pruned_stay(company: Company) -> None:
    """A copy that somebody kept elsewhere can still be shown to be what was tested."""
    before = company.store.files(company.store.link(1).record)
    pruned(company, TODAY + DAY)
    after = company.store.files(company.store.link(1).record)
    assert [(file.path, file.sha256) for file in after] == [(file.path, file.sha256) for file in before]
    with pytest.raises(StoreError):
        company.store.content(after[0].stored)
    list_of_files = company.store.link(1).record.kept
    assert list_of_files is not None
    company.store.objects.delete(object_name(list_of_files.listing.sha256))
    assert [text for text in check(company.store).wrong if "record 1 needs it" in text]


def test_what_is_pruned_twice_is_said_once(company: Company) -> None:
    pruned(company, TODAY - DAY)
    assert pruned(company, TODAY - DAY) == (None, 0)
    pruned(company)
    assert numbers_gone(company) == [(1, 2), (3,)]
    assert whole(company.store) == 6


def test_where_nothing_is_as_old_nothing_is_taken_away_or_written(company: Company) -> None:
    before = sorted(company.place.rglob("*"))
    assert pruned(company, TODAY - 3 * DAY) == (None, 0)
    assert sorted(company.place.rglob("*")) == before


def test_a_day_is_that_of_the_company(tmp_path: Path) -> None:
    company = Company(tmp_path)
    company.record(datetime(2026, 11, 19, 23, 30, tzinfo=UTC))
    assert pruned(company, date(2026, 11, 20), zone=ZoneInfo("Europe/Berlin")) == (None, 0)
    assert pruned(company, date(2026, 11, 20))[0] is not None


@pytest.mark.parametrize(
    ("needed_from", "before", "refused"),
    [
        (date(2026, 11, 19), date(2026, 11, 19), False),
        (date(2026, 11, 19), date(2026, 11, 20), True),
        (date(2026, 11, 30), date(2026, 11, 20), False),  # the newest one before it tells how it began
        (date(2026, 11, 30), date(2026, 11, 21), True),
        (date(2026, 11, 1), date(2026, 11, 1), False),
        (date(2026, 11, 1), date(2026, 11, 2), True),
        (None, date(2026, 11, 30), False),
    ],
)
def test_what_a_period_in_use_needs_is_refused(
    needed_from: date | None, before: date, refused: bool, company: Company
) -> None:
    if not refused:
        pruned(company, before, needed_from=needed_from)
        assert whole(company.store) in (4, 5)
        return
    with pytest.raises(InUse, match=r"needs evidence from 2026-11-\d\d on"):
        pruned(company, before, needed_from=needed_from)
    assert numbers_gone(company) == []
    assert len(company.contents(1)) == 3
    assert PRUNING not in company.store.objects.list("")


def damage_a_listing(company: Company) -> None:
    kept = company.store.link(4).record.kept
    assert kept is not None
    company.store.objects.delete(f"blobs/{kept.listing.sha256[:2]}/{kept.listing.sha256}.zst")


def damage_a_record(company: Company) -> None:
    company.store.objects.delete("records/0000000004.json")
    company.store.objects.create("records/0000000004.json", b"{}")


@pytest.mark.parametrize("damage", [damage_a_listing, damage_a_record])
def test_where_it_can_not_be_told_what_is_needed_nothing_goes(
    damage: Callable[[Company], None], company: Company
) -> None:
    damage(company)
    before = set(company.store.objects.list("blobs"))
    with pytest.raises(StoreError):
        pruned(company)
    assert set(company.store.objects.list("blobs")) == before
    assert PRUNING not in company.store.objects.list("")


def test_two_do_not_prune_at_once(company: Company) -> None:
    company.store.objects.create(PRUNING, b'{"begun_at": "2026-11-20T12:00:00Z", "by": "Eve"}')
    with pytest.raises(StoreError, match="somebody else prunes it; where that was killed, go on with --finish"):
        pruned(company)
    assert numbers_gone(company) == []


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it."""


class Dead(FolderObjects):
    """Somebody who was killed cleans up no more."""

    def delete(self, name: str) -> None:
        if name != PRUNING:
            super().delete(name)


def test_a_kill_at_any_step_is_gone_on_with(tmp_path: Path) -> None:
    def begun(name: str) -> Company:
        made = Company(tmp_path / name)
        for number in range(3):
            made.write("exports/of-the-day.json", f'["{number}"]')
            made.record(NOON - (2 - number) * DAY)
        return made

    counted = begun("counted")
    seen = set()
    for step in range(1, len(acts_of(counted.place, lambda: pruned(counted)))):
        company = begun(str(step))
        head = company.store.head()
        assert head is not None
        left = [step]

        def before(name: str, path: str, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        with acting(company.place, before), pytest.raises(Killed):
            pruned(company, store=Store(Dead(company.place)))
        assert check(company.store, [head]).wrong == ()
        marked = (company.place / PRUNING).exists()
        seen.add((marked, bool(numbers_gone(company))))
        pruned(company, finish=True)
        assert numbers_gone(company) == [(1, 2)]
        checked = check(company.store, [head])
        assert (checked.wrong, checked.unnamed, checked.pruned) == ((), 0, 2)
        assert whole(company.store, company.record(NOON)) == 5
    assert seen == {(False, False), (True, False), (True, True)}
