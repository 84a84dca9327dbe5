"""What a call told of the same bytes is what it tells again: nobody who reads afresh finds anything else."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from examples import examples
from exporting import DAY, HERE, NOW, Key, Store, User, told, user, vendor, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soc2test import EVERY, Facts, Item, Source, Subject, counted, facts, missed, named, skip, unpaged
from soc2test.code_reading.repeatable import Repeatable
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.facts import Document
from soc2test.telling.calls_read import CallsRead

ACCOUNT = "cloud/012345678901"
CALLS: list[str] = []
CLOUD = vendor()

variants: dict[str, list[Any]] = {
    f"{ACCOUNT}/users.list.json": [
        {"Users": [user("ada"), user("bob")]}, {"Users": [user("ada", mfa=False)]}, {"Users": [{"id": "ada"}]},
        {"fault": "Denied"}, {"fault": "404"}, {"Users": []}, "", "{", {"Users": [user("ada"), "x"]},
    ],
    f"{ACCOUNT}/users.weak.json": [{"Weak": []}, {"Weak": [{"id": "ada"}]}],
    f"{ACCOUNT}/keys.list.ada.json": [{"Keys": [{"id": "k", "active": True}]}, {"fault": "Denied"}],
    f"{HERE}/stores.list.json": [
        {"Stores": [{"id": "s", "name": "s"}]}, {"Stores": [{"id": "s", "name": "s"}], "More": "t"},
        {"Stores": [{"id": "s", "name": "s"}], "taken": "2026-11-19T00:00:00Z"},
    ],
    f"{HERE}/stores.get-policy.s.json": [{"open": True}, {"fault": "NoPolicy"}, {"open": "{{ x }}"}, {}, ""],
    f"{HERE}/stores.get-tags.s.json": [{"owner": "ada"}, {"owner": None, "class": "public"}],
    "manifest.yaml": [
        "collected_at: 2026-11-20T08:00:00Z\n",
        "collected_at: 2026-11-19T08:00:00Z\n",
        f"files: {{'{ACCOUNT}/users.list.json': {{records: 2}}}}\n",
    ],
}  # fmt: skip
days = st.lists(
    st.tuples(
        st.fixed_dictionaries({}, optional={name: st.sampled_from(bodies) for name, bodies in variants.items()}),
        st.sampled_from([None, ZoneInfo("Europe/Berlin")]),
        st.integers(0, 3),
    ),
    min_size=2,
    max_size=4,
)


def load(root: Path, files: Mapping[str, Any], before: CallsRead | None, source: Source = CLOUD, **more: Any) -> Loaded:
    given = {"clock": Clock(NOW, NOW), **more}
    return load_inventory(
        Request(
            write(root, files), {source.name: source}, lambda _: [], {}, {source.name: 7 * DAY}, ReadLimits(),
            given.pop("clock"), calls_read=before, **given,
        )
    )  # fmt: skip


def known() -> CallsRead:
    return CallsRead(Repeatable(trusted=("exporting", "soc2test", __name__.partition(".")[0])))


def all_told(inventory: Inventory) -> Any:
    kinds = (User, Key, Store)
    exports = [{**export, "body": None} for export in map(_fields, inventory.exports())]
    return [(told(inventory, kind), inventory.gaps(kind)) for kind in kinds], exports, inventory.kinds()


def _fields(export: Any) -> dict[str, Any]:
    return {name: getattr(export, name) for name in export.__struct_fields__}


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=days)
def test_each_day_tells_what_it_tells_who_never_saw_the_ones_before(tmp_path_factory: Any, days: Any) -> None:
    before = known()
    for files, zone, late in days:
        clock = Clock(NOW + late * DAY, NOW + late * DAY)
        more = {"clock": clock} if zone is None else {"clock": clock, "zone": zone}
        root = tmp_path_factory.mktemp("day")
        again, afresh = load(root, files, before, **more), load(root, files, None, **more)
        assert all_told(again.inventory) == all_told(afresh.inventory)
        assert (again.problems, again.faults) == (afresh.problems, afresh.faults)


BASE = {name: bodies[0] for name, bodies in variants.items() if name != "manifest.yaml"}
LATER: dict[str, Any] = {"clock": Clock(NOW + DAY, NOW + DAY)}


def taken(day: int) -> str:
    return f"collected_at: 2026-11-{day}T08:00:00Z\n"


@pytest.mark.each(2)
@pytest.mark.parametrize(("name", "number"), [
    (name, number) for name, bodies in variants.items() if name != "manifest.yaml" for number in range(len(bodies))
])  # fmt: skip
def test_each_answer_that_comes_again_the_day_after_tells_the_same(tmp_path: Path, name: str, number: int) -> None:
    before, files = known(), {**BASE, name: variants[name][number]}
    load(tmp_path / "1", {**files, "manifest.yaml": taken(19)}, before)
    again = load(tmp_path / "2", {**files, "manifest.yaml": taken(20)}, before, **LATER)
    afresh = load(tmp_path / "2", {}, None, **LATER)
    assert all_told(again.inventory) == all_told(afresh.inventory)


def odd() -> Source:
    """Whose reading function says of an item all that one may say."""
    source = Source("odd", scope=("org",), error=lambda body: None, paging=unpaged, max_age_days=7)

    @source.reads("users list", kind=User, items="", lists=True)
    def one(item: Item, at: Subject) -> Any:
        if item["say"] == "skip":
            return skip("is gone", item["id"])
        if item["say"] == "missed":
            return missed("not read", User)
        if item["say"] == "named":
            return [facts(item["id"], name="n"), named("k", Key, User)]
        if item["say"] == "counted":
            return [facts(item["id"], name="n"), counted(3, User)]
        if item["say"] == "every":
            return facts(EVERY, mfa=True)
        return facts(item["id"], name=item["say"])

    @source.reads("users names", kind=User, items="")
    def name(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    @source.reads("keys list", kind=Key, items="", lists=True)
    def key(item: Item, at: Subject) -> Facts:
        return facts(item["id"], user=item["user"], active=True)

    return source


@pytest.mark.parametrize("say", ["skip", "missed", "named", "counted", "every", "plain"])
def test_each_word_of_a_function_is_told_again(tmp_path: Path, say: str) -> None:
    before, source = known(), odd()
    files = {
        "odd/acme/users.list.json": [{"id": "ada", "say": say}, {"id": "bob", "say": "name"}],
        "odd/acme/users.names.json": [{"id": "ada", "name": "other"}],
        "odd/acme/keys.list.json": [],
    }
    load(tmp_path / "1", {**files, "manifest.yaml": taken(19)}, before, source)
    again = load(tmp_path / "2", {**files, "manifest.yaml": taken(20)}, before, source, **LATER)
    afresh = load(tmp_path / "2", {}, None, source, **LATER)
    assert all_told(again.inventory) == all_told(afresh.inventory)


def test_a_row_that_names_a_document_is_read_each_day_since_that_may_be_another_one(tmp_path: Path) -> None:
    source = Source("log", scope=("org",), error=lambda body: None, paging=unpaged, nature="record")

    @source.reads("users list", kind=User, items="", lists=True)
    def one(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name="n").shown_by(Document("documents/plan.txt", PLAN_DIGEST), "name")

    before, found = known(), []
    for day in ("1", "2"):
        root = write(tmp_path / day, {"documents/plan.txt": PLAN} if day == "2" else {})
        loaded = load(root / "exports", {PLACE: ROWS[:1]}, before, source, programme=root)
        found.append(told(loaded.inventory, User)["ada"]["name"])
    assert found == ["?conflict", "n"]


@pytest.mark.parametrize("newer", ["list", "names"])
def test_of_two_exports_the_one_that_is_newer_today_counts(tmp_path: Path, newer: str) -> None:
    before, source = known(), odd()
    files = {
        "odd/acme/users.list.json": [{"id": "ada", "say": "from the list"}],
        "odd/acme/users.names.json": [{"id": "ada", "name": "from the names"}],
    }
    for number, first in enumerate(("list", "names") if newer == "names" else ("names", "list")):
        days = {"list": 16, "names": 16, first: 19}
        notes = "".join(
            f"  odd/acme/users.{name}.json: {{collected_at: 2026-11-{day}T08:00:00Z}}\n" for name, day in days.items()
        )
        loaded = load(tmp_path / str(number), {**files, "manifest.yaml": f"files:\n{notes}"}, before, source)
    assert told(loaded.inventory, User)["ada"]["name"] == f"from the {newer}"


def test_pages_of_a_call_are_read_each_day_since_when_each_was_taken_counts(tmp_path: Path) -> None:
    pages = {f"log/acme/users.list.page{page}.json": [{"id": f"u{page}"}] for page in (1, 2)}
    assert calls(tmp_path, pages, pages) == ["u1", "u2"]


def counting(**more: Any) -> Source:
    log = Source("log", scope=("org",), error=lambda body: None, paging=unpaged)

    @log.reads("users list", kind=User, items="", lists=True, **more)
    def one(item: Item, at: Subject) -> Facts:
        CALLS.append(item["id"])
        return facts(item["id"], name=item["id"])

    return log


ROWS = [{"id": "ada"}, {"id": "bob"}]
PLAN = "A plan: " + "step after step, " * 20
PLAN_DIGEST = sha256(PLAN.encode()).hexdigest()
PLACE = "log/acme/users.list.json"


def calls(tmp_path: Path, *days: Mapping[str, Any], source: Source | None = None, more: Any = ({}, {})) -> list[str]:
    """Whom the reading function was asked about on the last of some days."""
    before, log = known(), source or counting()
    for number, files in enumerate(days):
        CALLS.clear()
        load(tmp_path / str(number), files, before, log, **more[number])
    return [*CALLS]


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    assert calls(tmp_path, {PLACE: ROWS}) == ["ada", "bob"]
    assert calls(tmp_path / "again", {PLACE: ROWS}, {PLACE: ROWS}) == []


@pytest.mark.parametrize("second", [
    {PLACE: ROWS[:1]},
    {"log/other/users.list.json": ROWS},
    {"log/acme/users.list.ndjson": '{"id": "ada"}\n{"id": "bob"}\n'},
    {PLACE: ROWS, "manifest.yaml": f"files: {{'{PLACE}': {{records: 2}}}}\n"},
])  # fmt: skip
def test_what_differs_is_read(tmp_path: Path, second: Mapping[str, Any]) -> None:
    assert calls(tmp_path, {PLACE: ROWS}, second)


@pytest.mark.parametrize("more", [{"zone": ZoneInfo("Europe/Berlin")}])
def test_what_is_read_otherwise_is_read(tmp_path: Path, more: Mapping[str, Any]) -> None:
    assert calls(tmp_path, {PLACE: ROWS}, {PLACE: ROWS}, more=({}, more))


def test_an_export_that_was_gone_for_a_day_is_read(tmp_path: Path) -> None:
    assert calls(tmp_path, {PLACE: ROWS}, {}, {PLACE: ROWS}, more=({}, {}, {})) == ["ada", "bob"]


def test_what_is_held_against_a_schema_is_read_each_day(tmp_path: Path) -> None:
    log = counting(schema=lambda: {"type": "array"})
    assert calls(tmp_path, {PLACE: ROWS}, {PLACE: ROWS}, source=log) == ["ada", "bob"]


def test_a_function_that_is_not_seen_to_be_repeatable_is_asked_each_day(tmp_path: Path) -> None:
    before, log = CallsRead(Repeatable()), counting()
    for day in ("1", "2"):
        load(tmp_path / day, {PLACE: ROWS}, before, log)
    assert CALLS[-4:] == ["ada", "bob"] * 2


def test_what_was_known_is_dated_by_the_export_of_today(tmp_path: Path) -> None:
    before = known()
    for day in (19, 20):
        manifest = f"collected_at: 2026-11-{day}T08:00:00Z\n"
        loaded = load(tmp_path / str(day), {PLACE: ROWS, "manifest.yaml": manifest}, before, counting())
    assert loaded.inventory.exports()[0].collected_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
