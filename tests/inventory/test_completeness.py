"""Is everything of a kind in? Scopes, alternatives, lists per parent, and members that no list names."""

from pathlib import Path
from typing import Any

import pytest
from exporting import HERE, Key, Store, User, codes, ids, load, texts, told, user, vendor

from soc2test import Facts, Item, Resource, Source, Subject, UnknownFact, counted, facts, unpaged
from soc2test.resources.kinds import DataStore, DeclaredScope, Device, Identity

EU, US = HERE, "cloud/012345678901/us-east-1"
OTHER = "cloud/999999999999/eu-west-1"
BOTH = {"cloud": {"account": ["012345678901"], "region": ["eu-west-1", "us-east-1"]}}


def store(*names: str) -> dict[str, Any]:
    return {"Stores": [{"id": name, "name": name} for name in names]}


def users(*names: str) -> dict[str, Any]:
    return {"Users": [user(name) for name in names]}


def test_a_declared_region_that_was_not_exported_is_a_gap(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/stores.list.json": store("a")}, declared=BOTH)
    assert codes(loaded.inventory, Store) == ["missing"]
    assert texts(loaded.inventory, Store) == (
        "export `cloud stores list` as exports/cloud/012345678901/us-east-1/stores.list.json "
        "for account 012345678901, region us-east-1"
    )
    whole = load(tmp_path, {f"{US}/stores.list.json": store("b")}, declared=BOTH)
    assert codes(whole.inventory, Store) == []


def test_a_region_that_anything_was_exported_of_must_be_whole(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/stores.list.json": store("a"), f"{US}/defaults.json": {"encrypted": True}})
    assert codes(loaded.inventory, Store) == ["missing"]


def test_a_declared_account_that_was_not_exported_is_a_gap(tmp_path: Path) -> None:
    declared = {"cloud": {"account": ["012345678901", "999999999999"]}}
    loaded = load(tmp_path, {f"{EU}/users.list.json": users("ann")}, declared=declared)
    assert codes(loaded.inventory, User) == ["missing"]
    assert "account 999999999999" in texts(loaded.inventory, User)


def test_a_global_service_is_asked_once_an_account(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/users.list.json": users("ann")}, declared=BOTH)
    assert codes(loaded.inventory, User) == []


def test_a_global_service_exported_in_each_region_is_not_doubled(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, {f"{EU}/users.list.json": users("ann"), f"{US}/users.list.json": users("ann")}, declared=BOTH
    )
    assert (ids(loaded.inventory, User), codes(loaded.inventory, User)) == (["ann"], [])
    assert told(loaded.inventory, User)["ann"]["mfa"] is True


def _whole(items: list[Any]) -> str | None:
    return None if any(item["id"] == "last" for item in items) else "names no last one"


def _pages(folder: Path, *pages: Any) -> list[str]:
    made = Source("cloud", scope=("account", "region"), command="cloud {operation}")
    made.reads("users all", kind=User, items="", lists=True, paging=unpaged, whole=_whole)(
        lambda item, at: facts(item["id"])
    )
    files = {f"{HERE}/users.all.page{number}.json": page for number, page in enumerate(pages, 1)}
    if len(pages) == 1:
        files = {f"{HERE}/users.all.json": pages[0]}
    loaded = load(folder, files, made)
    return codes(loaded.inventory, User)


def test_a_rule_over_all_pages_together(tmp_path: Path) -> None:
    last, other = {"id": "last"}, {"id": "a"}
    assert _pages(tmp_path / "1", [last, other], [{"id": "b"}]) == []
    assert _pages(tmp_path / "2", [other], [{"id": "b"}, last]) == []
    assert _pages(tmp_path / "3", [other], [{"id": "b"}]) == ["partial"]
    assert _pages(tmp_path / "4", [other]) == ["partial"]


def test_a_record_vouches_against_a_rule_over_all_pages(tmp_path: Path) -> None:
    head = {
        "soc2test": "evidence/1",
        "source": "cloud",
        "operation": "users all",
        "collected_at": "2026-11-20T08:00:00Z",
    }
    subject = {"account": "012345678901", "region": "eu-west-1"}
    record = {**head, "subject": subject, "status": "ok", "complete": True, "body": [{"id": "a"}]}
    assert _pages(tmp_path, record) == []


def test_a_list_of_fewer_than_an_export_of_its_scope_counts_is_partial(tmp_path: Path) -> None:
    made = Source("cloud", scope=("account", "region"), command="cloud {operation}", paging=unpaged)
    made.reads("users all", kind=User, items="", lists=True)(lambda item, at: facts(item["id"]))
    made.reads("summary", kind=User, tells=["name"])(lambda body, at: counted(body["Users"], User))
    rows = [{"id": "a"}, {"id": "b"}]
    here = {f"{EU}/users.all.json": rows, f"{US}/users.all.json": rows}
    for number, expected in ((2, []), (1, []), (3, ["partial"])):
        loaded = load(tmp_path / str(number), {**here, f"{EU}/summary.json": {"Users": number}}, made)
        assert codes(loaded.inventory, User) == expected
    assert f"{EU}/summary.json counts 3 User, and 2 are listed: export `cloud users all` again" in texts(
        loaded.inventory, User
    )


def test_nothing_exported_of_a_declared_source_is_a_gap(tmp_path: Path) -> None:
    loaded = load(tmp_path, {}, declared={"cloud": {}})
    assert codes(loaded.inventory, User) == ["missing"]
    assert loaded.inventory.declared("cloud")


def test_a_kind_that_no_source_tells_is_a_gap(tmp_path: Path) -> None:
    loaded = load(tmp_path, {})
    assert texts(loaded.inventory, Device) == "no source tells Device: no loaded plugin tells it"
    assert texts(loaded.inventory, Key) == "no source tells Key: declare cloud in soc2.yaml and export it"
    assert not loaded.inventory.declared(None)


def test_a_list_may_come_from_either_of_two_calls(tmp_path: Path) -> None:
    row = {"id": "ann", "name": "ann", "active": True}
    for files, expected in (
        ({f"{EU}/users.report.json": [row]}, []),
        ({f"{EU}/users.list.json": {"fault": "Denied"}, f"{EU}/users.report.json": [row]}, []),
        ({f"{EU}/users.list.json": users("ann") | {"NextToken": "x"}, f"{EU}/users.report.json": [row]}, []),
        ({f"{EU}/users.list.json": {"fault": "Denied"}}, ["denied"]),
        ({f"{EU}/users.report.json": {"fault": "Denied"}}, ["denied"]),
        ({f"{EU}/users.list.json": "{", f"{EU}/users.report.json": {"fault": "Denied"}}, ["unreadable"]),
    ):
        loaded = load(tmp_path / str(hash(repr(files))), files)
        assert codes(loaded.inventory, User) == expected


def test_a_neutral_kind_has_the_members_and_gaps_of_all_that_were_declared(tmp_path: Path) -> None:
    other = Source("other", paging=unpaged)

    class Vault(DataStore, frozen=True, gc=False, kw_only=True):
        """A store elsewhere."""

    @other.reads("vaults", kind=Vault, items="", lists=True)
    def vault(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["id"])

    files = {f"{EU}/stores.list.json": store("a"), "other/vaults.json": [{"id": "v"}]}
    loaded = load(tmp_path, files, vendor(), other)
    assert (ids(loaded.inventory, DataStore), ids(loaded.inventory, Vault)) == (["a", "v"], ["v"])
    assert codes(loaded.inventory, DataStore) == []
    assert loaded.inventory.sources(DataStore) == ("cloud", "other")
    (tmp_path / "other/vaults.json").unlink()
    assert codes(load(tmp_path, {}, vendor(), other, declared={"other": {}}).inventory, DataStore) == ["missing"]
    assert codes(load(tmp_path, {}, vendor(), other).inventory, DataStore) == []  # undeclared, unexported: not in use
    (tmp_path / "other").rmdir()
    (tmp_path / EU / "stores.list.json").write_text("{")
    assert codes(load(tmp_path, {}, vendor(), other).inventory, Vault) == ["missing"]
    assert codes(load(tmp_path, {}, vendor(), other).inventory, DataStore) == ["unreadable"]


# one list for each parent

KEYS = f"{EU}/keys.list"


def keys(*names: str) -> dict[str, Any]:
    return {"Keys": [{"id": name, "active": True} for name in names]}


PER: dict[str, tuple[dict[str, Any], list[str]]] = {
    "each": ({f"{KEYS}.ann.json": keys("k"), f"{KEYS}.bob.json": keys()}, []),
    "none": ({}, ["missing", "missing"]),
    "one is missing": ({f"{KEYS}.ann.json": keys("k")}, ["missing"]),
    "one was denied": ({f"{KEYS}.ann.json": keys("k"), f"{KEYS}.bob.json": {"fault": "Denied"}}, ["denied"]),
    "one is a page": ({f"{KEYS}.ann.json": keys("k") | {"NextToken": "x"}, f"{KEYS}.bob.json": keys()}, ["partial"]),
    "one of a stranger": ({f"{KEYS}.ann.json": keys("k"), f"{KEYS}.eve.json": keys()}, ["missing"]),
    "without a subject": ({f"{KEYS}.json": keys("k")}, ["missing", "missing"]),
}


@pytest.mark.parametrize(("files", "expected"), PER.values(), ids=PER)
def test_a_list_per_parent_needs_each_parent(files: dict[str, Any], expected: list[str], tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/users.list.json": users("ann", "bob"), **files})
    assert codes(loaded.inventory, Key) == expected
    if expected == ["missing"]:
        assert texts(loaded.inventory, Key) == (
            "export `cloud keys list` as exports/cloud/012345678901/<region>/keys.list.bob.json for account 012345678901"
        )


def test_where_the_parents_are_not_all_known_their_lists_are_not_either(tmp_path: Path) -> None:
    files = {f"{EU}/users.list.json": users("ann") | {"NextToken": "x"}, f"{KEYS}.ann.json": keys("k")}
    assert codes(load(tmp_path, files).inventory, Key) == ["partial"]
    (tmp_path / EU / "users.list.json").unlink()
    assert "missing" in codes(load(tmp_path, {}).inventory, Key)


def test_a_parent_without_a_name_can_have_no_list(tmp_path: Path) -> None:
    files = {
        f"{EU}/users.list.json": {"Users": [{"id": "ann", "email": None, "mfa": True}]},
        f"{KEYS}.ann.json": keys("k"),
    }
    loaded = load(tmp_path, files)
    assert codes(loaded.inventory, Key) == ["unknown_fact"]
    assert "User(ann) has no known name" in texts(loaded.inventory, Key)


def test_a_parent_is_asked_for_in_its_own_scope_only(tmp_path: Path) -> None:
    files = {
        f"{EU}/users.list.json": users("ann"), f"{OTHER}/users.list.json": users("bob"),
        f"{EU}/keys.list.ann.json": keys("k"), f"{OTHER}/keys.list.bob.json": keys("l"),
    }  # fmt: skip
    assert codes(load(tmp_path, files).inventory, Key) == []
    (tmp_path / OTHER / "keys.list.bob.json").rename(tmp_path / EU / "keys.list.bob.json")
    assert "missing" in codes(load(tmp_path, {}).inventory, Key)


def test_a_list_per_a_kind_that_nothing_lists_is_never_whole(tmp_path: Path) -> None:
    odd = Source("odd", paging=unpaged)

    @odd.reads("keys", kind=Key, items="", lists=True, per=Identity, subject="user")
    def key(item: Item, at: Subject) -> Facts:
        return facts(item["id"], user=at["user"])

    loaded = load(tmp_path, {"odd/keys.ann.json": [{"id": "k"}]}, odd)
    assert codes(loaded.inventory, Key)


# members that no list names


def test_what_is_told_of_a_member_that_no_list_names_is_a_gap(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/stores.list.json": store("a"), f"{EU}/stores.get-policy.b.json": {"open": True}})
    assert ids(loaded.inventory, Store) == ["a", "b"]
    assert codes(loaded.inventory, Store) == ["unnamed"]
    assert "tells of Store b, which no list names: export `cloud stores list`" in texts(loaded.inventory, Store)


def test_without_any_list_what_single_calls_tell_is_no_population(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/stores.get-policy.b.json": {"open": False}})
    assert codes(loaded.inventory, Store) == ["missing"]


# facts of all others


WEAK = f"{EU}/users.weak.json"


def password(tmp_path: Path, weak: dict[str, Any]) -> dict[str, Any]:
    loaded = load(tmp_path, {f"{EU}/users.list.json": users("ann", "bob"), **weak})
    return {id: each["password"] for id, each in told(loaded.inventory, User).items()}


def test_whom_a_complete_list_does_not_name_has_the_other_value(tmp_path: Path) -> None:
    assert password(tmp_path, {WEAK: {"Weak": [{"id": "bob"}]}}) == {"ann": False, "bob": True}
    assert password(tmp_path, {WEAK: {"Weak": []}}) == {"ann": False, "bob": False}


@pytest.mark.parametrize(
    "body",
    [
        {"Weak": [{"id": "bob"}], "NextToken": "x"}, {"Weak": [{"id": "bob"}, {}]}, {"fault": "Denied"}, "", "{", "null",
        {"weak": [{"id": "bob"}]}, {"Weak": [{"id": "bob"}, "canary"]},
    ],
)  # fmt: skip
def test_a_list_that_is_not_whole_says_nothing_of_the_others(body: Any, tmp_path: Path) -> None:
    found = password(tmp_path, {WEAK: body})
    assert str(found["ann"]).startswith("?")
    assert found["bob"] is True or str(found["bob"]).startswith("?")


@pytest.mark.parametrize(
    ("listed", "weak", "ann"),
    [
        ("2026-11-19T08:00:00Z", "2026-11-18T08:00:00Z", False),  # within a day, in whichever order
        ("2026-11-18T08:00:00Z", "2026-11-19T09:00:00Z", False),
        ("2026-11-19T08:00:01Z", "2026-11-18T08:00:00Z", "?unknown_fact"),
        ("2026-11-19T08:00:00Z", "2026-11-14T08:00:00Z", "?unknown_fact"),
    ],
)
def test_a_list_that_is_older_may_not_have_known_a_member(tmp_path: Path, listed: str, weak: str, ann: Any) -> None:
    files = {
        f"{EU}/users.list.json": {**users("ann", "bob"), "taken": listed},
        WEAK: {"Weak": [{"id": "bob"}], "taken": weak},
    }
    found = {id: each["password"] for id, each in told(load(tmp_path, files).inventory, User).items()}
    assert found == {"ann": ann, "bob": True}


def test_an_older_list_says_what_to_export(tmp_path: Path) -> None:
    files = {
        f"{EU}/users.list.json": {**users("ann"), "taken": "2026-11-19T08:00:00Z"},
        WEAK: {"Weak": [], "taken": "2026-11-15T08:00:00Z"},
    }
    (ann,) = load(tmp_path, files).inventory.members(User)
    with pytest.raises(UnknownFact, match=r"users\.weak\.json is older than the list that names it"):
        _ = ann.password  # type: ignore[attr-defined]


def test_the_others_are_those_of_the_same_account(tmp_path: Path) -> None:
    found = password(tmp_path, {WEAK: {"Weak": []}, f"{OTHER}/users.list.json": users("eve")})
    assert found == {"ann": False, "bob": False, "eve": "?missing"}


def test_a_fact_of_all_members_holds_in_its_scope_only(tmp_path: Path) -> None:
    loaded = load(tmp_path, {
        f"{EU}/stores.list.json": store("a"), f"{US}/stores.list.json": store("b"), f"{EU}/defaults.json": {"encrypted": True},
    })  # fmt: skip
    found = told(loaded.inventory, Store)
    assert (found["a"]["encrypted"], found["b"]["encrypted"]) == (True, "?missing")


# scopes as a population


def test_declared_scopes_are_a_population(tmp_path: Path) -> None:
    declared = {"cloud": {"account": ["012345678901", "999999999999"], "region": ["eu-west-1"]}}
    loaded = load(tmp_path, {f"{EU}/users.list.json": users("ann")}, declared=declared)
    found = {
        each.id: each.exported for each in loaded.inventory.members(DeclaredScope) if isinstance(each, DeclaredScope)
    }
    assert found == {"cloud/012345678901": True, "cloud/999999999999": False, "cloud/eu-west-1": True}
    assert codes(loaded.inventory, DeclaredScope) == []


def test_a_kind_is_any_kind_of_its_subclasses(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{EU}/users.list.json": users("ann")})
    for kind in (User, Identity):
        assert ids(loaded.inventory, kind) == ["ann"]
    assert ids(loaded.inventory, Resource) == ["ann"]


class Ticket(Resource, frozen=True, gc=False, kw_only=True):
    """Something that two calls of levels that are no part of one another list."""

    open: bool


def test_where_neither_of_two_lists_is_there_the_first_alone_is_asked_for(tmp_path: Path) -> None:
    desk = Source("desk", scope=("org", "project"), paging=unpaged)
    for name, scope in (("tickets", ("org",)), ("tickets of one", ("org", "project"))):

        @desk.reads(name, kind=Ticket, items="", lists=True, scope=scope)
        def ticket(item: Item, at: Subject) -> Facts:
            return facts(item["id"], open=item["open"])

    loaded = load(tmp_path, {}, desk, declared={"desk": {"org": ["o"], "project": ["p"]}})
    assert texts(loaded.inventory, Ticket) == "export `tickets` as exports/desk/o/<project>/tickets.json for org o"


@pytest.mark.parametrize("exported", ["org", "project"])
def test_a_list_of_one_level_does_not_stand_for_one_of_another_that_is_no_part_of_it(
    tmp_path: Path, exported: str
) -> None:
    desk = Source("desk", scope=("org", "project"), paging=unpaged)
    for level in ("org", "project"):

        @desk.reads(f"{level} tickets", kind=Ticket, items="", lists=True, scope=(level,))
        def ticket(item: Item, at: Subject) -> Facts:
            return facts(item["id"], open=item["open"])

    record = {
        "soc2test": "evidence/1", "source": "desk", "operation": f"{exported} tickets", "subject": {exported: exported[0]},
        "collected_at": "2026-11-20T08:00:00Z", "status": "ok", "complete": True, "body": [{"id": "1", "open": True}],
    }  # fmt: skip
    loaded = load(tmp_path, {"desk.json": record}, desk, declared={"desk": {"org": ["o"], "project": ["p"]}})
    assert ids(loaded.inventory, Ticket) == ["1"]
    assert codes(loaded.inventory, Ticket) == ["missing"]
