"""Records, manifests, pages, empty outputs and dates: what each makes of a population."""

import gzip
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exporting import DAY, HERE, NOW, Store, User, codes, ids, load, texts, told, user

from soc2test.resources.kinds import EvidenceItem
from soc2test.resources.resource import Resource

USERS = f"{HERE}/users.list.json"
STORES = f"{HERE}/stores.list.json"
ANN = {"Users": [user("ann")]}
AT = {"account": "012345678901", "region": "eu-west-1"}


def record(operation: str, body: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "soc2test": "evidence/1",
        "source": "cloud",
        "operation": operation,
        "subject": AT,
        "status": "ok",
        "body": body,
        **more,
    }


def failed(operation: str, code: str, **more: Any) -> dict[str, Any]:
    return record(operation, status="error", error={"code": code, "message": "canary"}, **more)


def store(*names: str) -> dict[str, Any]:
    return {"Stores": [{"id": name, "name": name} for name in names]}


# records


def test_a_record_tells_what_a_raw_file_tells(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"all.ndjson": "".join(json.dumps(each) + "\n" for each in [
        record("users list", ANN), record("stores list", store("logs")),
        record("stores get-policy", {"open": True}, subject={**AT, "store": "logs"}),
    ])})  # fmt: skip
    assert ids(loaded.inventory, User) == ["ann"]
    assert told(loaded.inventory, Store)["logs"]["public"] is True
    assert codes(loaded.inventory, User) == codes(loaded.inventory, Store) == []
    assert [each.id for each in loaded.inventory.entries()] == ["all.ndjson#1", "all.ndjson#2", "all.ndjson#3"]


@pytest.mark.parametrize(
    ("code", "http", "expected"),
    [("Denied", None, "denied"), ("x", 403, "denied"), ("Throttled", None, "failed"), ("NoPolicy", None, "failed")],
)
def test_a_list_that_failed_is_no_empty_list(code: str, http: int | None, expected: str, tmp_path: Path) -> None:
    loaded = load(
        tmp_path, {"r.json": failed("users list", code) | {"error": {"code": code, "http": http, "message": "canary"}}}
    )
    assert codes(loaded.inventory, User) == [expected]
    assert "canary" not in texts(loaded.inventory, User)
    if expected == "denied":
        assert "export `cloud users list`" in texts(loaded.inventory, User)


@pytest.mark.parametrize(
    ("code", "public"), [("NoPolicy", False), ("404", False), ("Denied", "?denied"), ("Odd", "?failed")]
)
@pytest.mark.parametrize("raw", [True, False])
def test_of_a_failed_call_only_the_declared_codes_are_an_answer(
    code: str, public: Any, raw: bool, tmp_path: Path
) -> None:
    one = {f"{HERE}/stores.get-policy.logs.json": {"fault": code}} if raw else \
        {"r.json": failed("stores get-policy", code, subject={**AT, "store": "logs"})}  # fmt: skip
    loaded = load(tmp_path, {STORES: store("logs")} | one)
    assert told(loaded.inventory, Store)["logs"]["public"] == public
    assert codes(loaded.inventory, Store) == []


BROKEN_RECORDS: dict[str, str] = {
    "broken line": json.dumps(record("users list", ANN)) + '\n{"soc2test": \n',
    "no record": json.dumps(record("users list", ANN)) + '\n{"hello": "canary"}\n',
    "no source": json.dumps(record("users list", ANN))
    + "\n"
    + json.dumps({"soc2test": "evidence/1", "status": "ok"})
    + "\n",
    "wrong status": json.dumps(record("users list", ANN) | {"status": "canary"}) + "\n",
}


@pytest.mark.parametrize("text", BROKEN_RECORDS.values(), ids=BROKEN_RECORDS)
@pytest.mark.parametrize("folder", ["", "cloud/"])
def test_a_record_that_cant_be_read_counts_against_what_it_may_have_been(
    text: str, folder: str, tmp_path: Path
) -> None:
    loaded = load(tmp_path, {f"{folder}r.ndjson": text, USERS: ANN, STORES: store("logs")})
    for kind in (User, Store):
        assert "unreadable" in codes(loaded.inventory, kind)
        assert "canary" not in texts(loaded.inventory, kind)
    assert "r.ndjson" in repr(loaded.unclaimed)


LATE = {"body": {"Users": [user("ann", mfa=False)], "Long": "x" * 5000}}
SORTED = json.dumps(record("users list", **LATE), sort_keys=True)


@pytest.mark.parametrize("name", ["any.json", f"{HERE}/odd.ndjson", USERS, f"{HERE}/users.list.ndjson", "any.json.gz"])
def test_a_record_whose_mark_comes_late_is_a_record_all_the_same(name: str, tmp_path: Path) -> None:
    data = gzip.compress(SORTED.encode()) if name.endswith(".gz") else SORTED.encode()
    loaded = load(tmp_path, {name: data})
    assert SORTED.index("evidence/1") > 4096
    assert ids(loaded.inventory, User) == ["ann"]
    assert (loaded.unclaimed, codes(loaded.inventory, User)) == ((), [])


def test_a_late_record_of_a_failed_call_is_no_raw_body_without_keys(tmp_path: Path) -> None:
    long = json.dumps(failed("stores get-policy", "Denied", body={"x": "x" * 5000}), sort_keys=True)
    policy = f"{HERE}/stores.get-policy.a.json"
    loaded = load(tmp_path, {STORES: store("a"), policy: long.replace('"region"', '"store": "a", "region"')})
    assert told(loaded.inventory, Store)["a"]["public"] == "?denied"


def test_a_record_of_a_misspelt_call_is_told_the_nearest(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, {"a.json": record("users lst", {}), "b.json": record("users list", {}) | {"source": "clod"}}
    )
    assert [each.reason for each in loaded.unclaimed] == [
        "a record of cloud 'users lst', which no loaded source reads; did you mean 'users list'?",
        "a record of clod 'users list', which no loaded source reads; did you mean 'cloud'?",
    ]


def test_a_record_of_an_unknown_source_is_listed(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"r.ndjson": json.dumps(record("users list") | {"source": "nix"}) + "\n", USERS: ANN})
    assert [each.reason for each in loaded.unclaimed] == ["a record of nix 'users list', which no loaded source reads"]
    assert codes(loaded.inventory, User) == []


def test_a_record_that_says_it_is_not_complete_is_not(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"r.json": record("users list", ANN, complete=False)})
    assert codes(loaded.inventory, User) == ["partial"]


def test_a_record_does_not_vouch_against_its_own_token(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"r.json": record("users list", ANN | {"NextToken": "x"}, complete=True)})
    assert codes(loaded.inventory, User) == ["partial"]


# manifests


def digest(value: Any) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (f"sha256: {digest(ANN)}", None),
        (f"sha256: {digest(ANN).upper()}", None),
        ("sha256: abcd", "unreadable"),
        ("records: 1", None),
        ("records: 2", "partial"),
        ("records: 0", "partial"),
    ],
)
def test_what_the_manifest_says_must_tie_out(note: str, code: str | None, tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: ANN, "manifest.yaml": f"files:\n  {USERS}: {{{note}}}\n"})
    assert codes(loaded.inventory, User) == ([code] if code else [])


@pytest.mark.parametrize(("note", "fine"), [("sha256: abcd", False), ("records: 3", False), ("records: 2", True)])
def test_a_file_of_records_must_tie_out_too(note: str, fine: bool, tmp_path: Path) -> None:
    text = json.dumps(record("users list", ANN)) + "\n" + json.dumps(record("stores list", store("logs"))) + "\n"
    loaded = load(tmp_path, {"r.ndjson": text, "manifest.yaml": f"files: {{r.ndjson: {{{note}}}}}\n"})
    assert (codes(loaded.inventory, User) == []) is fine


@pytest.mark.parametrize("given", [NOW, None])
def test_a_manifest_that_cant_be_read_is_no_manifest_that_ties_out(given: Any, tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: ANN, "manifest.yaml": "fiels: {}\n"}, given=given)
    assert codes(loaded.inventory, User)
    assert "manifest.yaml" in repr(loaded.unclaimed)


def test_a_file_that_the_manifest_names_and_that_is_gone_is_missed(tmp_path: Path) -> None:
    loaded = load(tmp_path, {
        USERS: ANN, "manifest.yaml": f"files:\n  {USERS}: {{records: 1}}\n  {HERE}/users.list.page2.json: {{records: 7}}\n",
    })  # fmt: skip
    assert codes(loaded.inventory, User) == ["missing"]
    assert f"{HERE}/users.list.page2.json" in texts(loaded.inventory, User)


def test_the_nearest_manifest_dates_a_file_its_own_date_before_the_default(tmp_path: Path) -> None:
    loaded = load(tmp_path, {
        USERS: ANN | {"taken": "2026-11-18"},
        STORES: store("logs"),
        f"{HERE}/defaults.json": {"encrypted": True},
        "cloud/manifest.yaml": f"collected_at: 2026-11-19\nfiles: {{012345678901/eu-west-1/defaults.json: {{collected_at: 2026-11-17}}}}\n",
        "manifest.yaml": "collected_at: 2020-01-01\n",
    })  # fmt: skip
    dates = {each.operation: str(each.collected_at)[:10] for each in loaded.inventory.entries()}
    assert dates == {"users list": "2026-11-18", "stores list": "2026-11-19", "defaults": "2026-11-17"}


def test_a_date_that_is_none_makes_the_export_unreadable(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: ANN | {"taken": "canary"}})
    assert codes(loaded.inventory, User) == ["unreadable"]
    assert "canary" not in texts(loaded.inventory, User)


# pages

REPORT = f"{HERE}/users.report"


def row(id: str) -> dict[str, Any]:
    return {"id": id, "name": id, "active": True}


PAGES: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "token": ({STORES: store("a") | {"More": "x"}}, ["a"], ["partial"]),
    "empty token": ({STORES: store("a") | {"More": ""}}, ["a"], []),
    "usual token": ({STORES: store("a") | {"nextLink": "x"}}, ["a"], ["partial"]),
    "truncated": ({STORES: store("a") | {"IsTruncated": True}}, ["a"], ["partial"]),
    "not truncated": ({STORES: store("a") | {"IsTruncated": False}}, ["a"], []),
    "numbered": ({f"{HERE}/stores.list.page1.json": store("a") | {"More": "x"}, f"{HERE}/stores.list.page2.json": store("b")}, ["a", "b"], []),
    "numbered from nought": ({f"{HERE}/stores.list.page0.json": store("a"), f"{HERE}/stores.list.page1.json": store("b")}, ["a", "b"], []),
    "last has a token": ({f"{HERE}/stores.list.page1.json": store("a"), f"{HERE}/stores.list.page2.json": store("b") | {"More": "x"}}, ["a", "b"], ["partial"]),
    "hole": ({f"{HERE}/stores.list.page1.json": store("a"), f"{HERE}/stores.list.page3.json": store("b")}, ["a", "b"], ["partial"]),
    "no first": ({f"{HERE}/stores.list.page2.json": store("b")}, ["b"], ["partial"]),
    "ten pages sort as numbers": ({f"{HERE}/stores.list.page{n}.json": store(f"{n:02}") | ({"More": "x"} if n < 10 else {}) for n in range(1, 11)}, [f"{n:02}" for n in range(1, 11)], []),
    "a broken page": ({f"{HERE}/stores.list.page1.json": store("a"), f"{HERE}/stores.list.page2.json": "{"}, ["a"], ["unreadable"]),
    "a denied page": ({f"{HERE}/stores.list.page1.json": store("a"), f"{HERE}/stores.list.page2.json": {"fault": "Denied"}}, ["a"], ["denied"]),
    "an empty page": ({f"{HERE}/stores.list.page1.json": "", f"{HERE}/stores.list.page2.json": store("b")}, ["b"], ["empty"]),
}  # fmt: skip


@pytest.mark.parametrize(("files", "members", "expected"), PAGES.values(), ids=PAGES)
def test_pages_are_one_list_or_a_gap(
    files: dict[str, Any], members: list[str], expected: list[str], tmp_path: Path
) -> None:
    loaded = load(tmp_path, files)
    assert ids(loaded.inventory, Store) == members
    assert codes(loaded.inventory, Store) == expected
    if expected:
        assert not all(each.complete for each in loaded.inventory.entries())


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([row("a")]) + "\n" + json.dumps([row("b")]),
        json.dumps([[row("a")], [row("b")]]),
        json.dumps([row("a"), row("b"), row("a")]),
    ],
    ids=["concatenated", "slurped", "one member twice"],
)
def test_bare_arrays_in_one_file_are_one_list(text: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{REPORT}.json": text})
    assert ids(loaded.inventory, User) == ["a", "b"]
    assert codes(loaded.inventory, User) == []


# lists


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "empty"), ("  \n", "empty"), ({"Users": []}, None), ({"users": [user("ann")]}, "unreadable"),
        ({"Users": None}, "unreadable"), ({"Users": {"id": "ann"}}, "unreadable"), ([user("ann")], "unreadable"),
        ("null", "unreadable"), ('"AccessDenied"', "unreadable"), ({"Users": [user("ann"), "canary"]}, "unreadable"),
        ({"Users": [user("ann"), None]}, "unreadable"), ({"Users": [{"name": "no id"}]}, "unreadable"),
        ({"Users": [user("ann"), user("ann") | {"id": ""}]}, "unreadable"),
        ({"Users": [user("ann") | {"id": 5}]}, "unreadable"), ({"Users": [user("ann") | {"id": None}]}, "unreadable"),
        ("<html>canary</html>", "unreadable"),
    ],
)  # fmt: skip
def test_a_list_must_be_there_and_each_item_be_one(body: Any, expected: str | None, tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: body})
    assert codes(loaded.inventory, User) == ([expected] if expected else [])
    assert "canary" not in texts(loaded.inventory, User) + repr(loaded.problems)


def test_nothing_at_all_is_an_answer_where_the_vendor_says_so(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        {
            STORES: store("logs", "data"),
            f"{HERE}/stores.get-policy.logs.json": "",
            f"{HERE}/stores.get-tags.data.json": "",
        },
    )
    facts_of = told(loaded.inventory, Store)
    assert facts_of["logs"]["public"] is False
    assert (facts_of["data"]["public"], facts_of["data"]["owner"]) == ("?missing", "?empty")


def test_contradicting_members_of_one_list_are_unknown(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: {"Users": [user("ann"), user("bob"), user("ann", mfa=False)]}})
    facts_of = told(loaded.inventory, User)
    assert (facts_of["ann"]["mfa"], facts_of["bob"]["mfa"], facts_of["ann"]["name"]) == ("?conflict", True, "ann")


def test_null_false_absent_and_text_differ(tmp_path: Path) -> None:
    absent = {key: value for key, value in user("d").items() if key != "mfa"}
    loaded = load(
        tmp_path,
        {
            USERS: {
                "Users": [
                    user("a", mfa=False),
                    user("b", mfa=None),
                    user("c", mfa="false"),
                    absent,
                    user("e", email=None),
                ]
            }
        },
    )
    facts_of = told(loaded.inventory, User)
    assert [facts_of[id]["mfa"] for id in "abcde"] == [False, "?type", "?type", "?unknown_fact", True]
    assert facts_of["e"]["email"] is None


# dates


def dated(days: float) -> str:
    return f"collected_at: {(NOW - days * DAY).isoformat()}\n"


@pytest.mark.parametrize(
    ("days", "given", "expected"),
    [
        (1, False, None), (6.9, False, None), (7.1, False, "stale"), (400, True, "stale"), (-0.003, False, None),
        (-1, False, "future"), (-1, True, "future"), (-5 / 1440, True, None), (-5.1 / 1440, True, "future"), (None, False, "undated"), (None, True, None),
    ],
)  # fmt: skip
def test_evidence_has_an_age(days: float | None, given: bool, expected: str | None, tmp_path: Path) -> None:
    files = {USERS: ANN} | ({} if days is None else {"manifest.yaml": dated(days)})
    loaded = load(tmp_path, files, given=NOW if given else None)
    assert codes(loaded.inventory, User) == ([expected] if expected else [])


def test_as_of_is_as_given_else_the_newest_evidence_else_the_clock(tmp_path: Path) -> None:
    manifest = f"files:\n  {USERS}: {{{dated(2).strip()}}}\n  {STORES}: {{{dated(1).strip()}}}\n  odd.json: {{{dated(-3).strip()}}}\n"
    files = {USERS: ANN, STORES: store("logs"), "odd.json": [], "manifest.yaml": manifest}
    assert load(tmp_path, files, given=NOW - 9 * DAY).as_of.source == "option"
    found = load(tmp_path, files, given=None).as_of
    assert (found.time, found.source) == (NOW - DAY, "evidence")
    (tmp_path / "manifest.yaml").unlink()
    nothing = load(tmp_path, {USERS: ANN}, given=None).as_of
    assert (nothing.time, nothing.source) == (NOW, "clock")


def test_evidence_from_the_future_does_not_move_as_of(tmp_path: Path) -> None:
    files = {
        USERS: ANN,
        STORES: store("logs"),
        "manifest.yaml": f"files:\n  {USERS}: {{{dated(-9).strip()}}}\n  {STORES}: {{{dated(1).strip()}}}\n",
    }
    assert load(tmp_path, files, given=None).as_of.time == NOW - DAY


def at(days: float, *users: dict[str, Any]) -> dict[str, Any]:
    return record("users list", {"Users": list(users)}, collected_at=(NOW - timedelta(days=days)).isoformat())


def test_of_two_exports_of_a_call_the_newest_counts(tmp_path: Path) -> None:
    for name, rows in {
        "a": [at(1, user("bob")), at(3, user("ann"))],
        "b": [at(3, user("ann")), at(1, user("bob"))],
    }.items():
        loaded = load(tmp_path / name, {"r.ndjson": "".join(json.dumps(each) + "\n" for each in rows)}, given=None)
        assert ids(loaded.inventory, User) == ["bob"]  # ann is gone since
        assert codes(loaded.inventory, User) == []


def test_an_old_export_beside_a_fresh_one_of_the_same_call_does_no_harm(tmp_path: Path) -> None:
    rows = [at(30, user("ann")), at(1, user("bob"))]
    loaded = load(tmp_path, {"r.ndjson": "".join(json.dumps(each) + "\n" for each in rows)}, given=None)
    assert ids(loaded.inventory, User) == ["bob"]
    assert codes(loaded.inventory, User) == []


def test_a_stale_page_is_not_replaced_by_a_fresh_one(tmp_path: Path) -> None:
    first, second = f"{HERE}/stores.list.page1.json", f"{HERE}/stores.list.page2.json"
    manifest = f"files:\n  {first}: {{{dated(1).strip()}}}\n  {second}: {{{dated(30).strip()}}}\n"
    loaded = load(tmp_path, {first: store("a"), second: store("b"), "manifest.yaml": manifest}, given=None)
    assert codes(loaded.inventory, Store) == ["stale"]


def test_an_undated_export_stands_for_the_moment_given_not_for_long_ago(tmp_path: Path) -> None:
    files = {"r.json": at(1, user("ann", mfa=True)), USERS: {"Users": [user("ann", mfa=False)]}}
    loaded = load(tmp_path, files, given=NOW)
    assert told(loaded.inventory, User)["ann"]["mfa"] is False
    assert [(each.path, each.in_force) for each in loaded.inventory.exports()] == [(USERS, True), ("r.json", False)]


def test_an_undated_export_of_another_call_is_not_the_oldest_word(tmp_path: Path) -> None:
    report = record("users report", [{"id": "ann", "name": "old", "active": True}], collected_at=f"{NOW - DAY}")
    loaded = load(tmp_path, {"r.json": report, USERS: {"Users": [user("ann", name="new")]}}, given=NOW)
    assert told(loaded.inventory, User)["ann"]["name"] == "new"


def test_what_may_be_newer_is_not_left_out_because_it_is_undated(tmp_path: Path) -> None:
    files = {"r.json": at(1, user("ann", mfa=True)), USERS: {"Users": [user("ann", mfa=False)]}}
    assert codes(load(tmp_path, files, given=None).inventory, User) == ["undated"]


@pytest.mark.parametrize(("days", "expected"), [(0.9, []), (1.1, ["partial"])])
def test_pages_of_different_days_are_no_one_list(days: float, expected: list[str], tmp_path: Path) -> None:
    first, second = f"{HERE}/stores.list.page1.json", f"{HERE}/stores.list.page2.json"
    manifest = f"files:\n  {first}: {{{dated(0).strip()}}}\n  {second}: {{{dated(days).strip()}}}\n"
    files = {first: store("a") | {"More": "x"}, second: store("b"), "manifest.yaml": manifest}
    loaded = load(tmp_path, files, given=None)
    assert codes(loaded.inventory, Store) == expected
    assert ("taken on different days" in texts(loaded.inventory, Store)) == bool(expected)


def test_two_exports_of_one_moment_are_both_read(tmp_path: Path) -> None:
    rows = [at(1, user("ann")), at(1, user("bob"), user("ann", mfa=False))]
    loaded = load(tmp_path, {"r.ndjson": "".join(json.dumps(each) + "\n" for each in rows)}, given=None)
    assert ids(loaded.inventory, User) == ["ann", "bob"]
    assert told(loaded.inventory, User)["ann"]["mfa"] == "?conflict"


# the report's side


def facts_of(inventory: Any, kind: type[Resource]) -> dict[str, tuple[Any, ...]]:
    return {each.id: (each.dated, each.readable, each.complete, each.records) for each in inventory.members(kind)}


def test_evidence_is_a_population_of_its_own(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, {USERS: ANN | {"taken": "2026-11-19"}, STORES: "{", f"{HERE}/users.report.json": {"fault": "Denied"}}
    )
    assert facts_of(loaded.inventory, EvidenceItem) == {
        USERS: (True, True, True, 1), STORES: (False, False, False, 0), f"{HERE}/users.report.json": (False, False, False, 0),
    }  # fmt: skip


def test_a_count_that_was_never_read_is_not_shown(tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: {"fault": "Denied"}, "manifest.yaml": f"files: {{{USERS}: {{records: 5}}}}\n"})
    (entry,) = loaded.inventory.entries()
    assert (entry.records, entry.complete) == (0, False)


@pytest.mark.parametrize("body", ["null", "[]", '"NoPolicy"', "3"])
def test_null_or_another_shape_is_no_answer_that_says_there_is_none(body: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {STORES: store("logs"), f"{HERE}/stores.get-policy.logs.json": body})
    assert str(told(loaded.inventory, Store)["logs"]["public"]).startswith("?")


def test_a_manifest_leads_nowhere_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text(json.dumps(ANN))
    files = {
        "manifest.yaml": "files: {../secret.json: {records: 1}, /etc/passwd: {records: 1}}\n",
        STORES: store("logs"),
    }
    loaded = load(tmp_path / "exports", files)
    assert all(
        each.path == STORES or (each.sha256, each.complete) == ("", False) for each in loaded.inventory.entries()
    )
    assert ids(loaded.inventory, User) == []
