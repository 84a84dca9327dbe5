"""Merging, derived facts, and the reasons of unknown ones."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from exporting import HERE, Store, User, codes, load, told, user
from hypothesis import given
from hypothesis import strategies as st

from soc2test import (
    DERIVE,
    ErrorInfo,
    Facts,
    Item,
    Resource,
    Source,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    or_unknown,
    unpaged,
)
from soc2test.merging.told import Value, merge

STORES = f"{HERE}/stores.list.json"
ONE = {STORES: {"Stores": [{"id": "logs", "name": "logs"}]}}
POLICY, TAGS, DEFAULTS = (
    f"{HERE}/{name}.json" for name in ("stores.get-policy.logs", "stores.get-tags.logs", "defaults")
)

# merging

START = datetime(2026, 11, 1, tzinfo=UTC)
DATES = st.none() | st.integers(0, 3).map(lambda days: START + timedelta(days=days))
WORDS = st.lists(
    st.tuples(DATES, st.sampled_from(["a.json", "b.json", "c.json"]),
              st.sampled_from([True, False, None, 1, "x", "absent"]).map(lambda value: Unknown(value) if value == "absent" else value)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(WORDS, st.randoms())
def test_the_order_of_the_evidence_does_not_matter(words: list[Value], shuffle: random.Random) -> None:
    other = list(words)
    shuffle.shuffle(other)
    assert merge({"x": words}) == merge({"x": other})


@given(WORDS)
def test_the_newest_that_says_something_wins_and_equals_must_agree(words: list[Value]) -> None:
    known, unknown, by = merge({"x": words})
    saying = [word for word in words if not isinstance(word[2], Unknown)]
    assert ("x" in known) != ("x" in unknown)
    if not saying:
        assert unknown["x"] == ("unknown_fact", "absent")
        return
    newest = max((when or datetime.min.replace(tzinfo=UTC)) for when, _, _ in saying)
    latest = [(type(value), value) for when, _, value in saying if (when or datetime.min.replace(tzinfo=UTC)) == newest]
    if all(each == latest[0] for each in latest):
        assert (type(known["x"]), known["x"]) == latest[0]
        assert any(word[1] == by["x"] and word[2] is known["x"] for word in saying)
    else:
        assert unknown["x"][0] == "conflict"
        assert "x" not in by


@given(WORDS)
def test_saying_it_twice_changes_nothing(words: list[Value]) -> None:
    assert merge({"x": words}) == merge({"x": words + words})


def test_a_contradiction_names_the_files() -> None:
    _, unknown, _ = merge({"x": [(START, "b.json", True), (START, "a.json", False)]})
    assert unknown["x"] == ("conflict", "the evidence contradicts itself: a.json, b.json")


def test_a_fact_of_two_calls_is_that_of_the_newer_one(tmp_path: Path) -> None:
    report = {"id": "ann", "name": "another", "active": True}
    files = {
        f"{HERE}/users.list.json": {"Users": [user("ann")], "taken": "2026-11-18"}, f"{HERE}/users.report.json": [report],
        "manifest.yaml": "collected_at: 2026-11-19\n",
    }  # fmt: skip
    assert told(load(tmp_path, files).inventory, User)["ann"]["name"] == "another"
    files["manifest.yaml"] = "collected_at: 2026-11-17\n"
    assert told(load(tmp_path, files).inventory, User)["ann"]["name"] == "ann"
    files["manifest.yaml"] = "collected_at: 2026-11-18\n"
    assert told(load(tmp_path, files).inventory, User)["ann"]["name"] == "?conflict"


def test_origin_says_which_evidence_told_which_fact(tmp_path: Path) -> None:
    loaded = load(tmp_path, ONE | {POLICY: {"open": True}})
    (logs,) = loaded.inventory.members(Store)
    assert logs.source == "cloud"
    assert logs.origin.evidence == (POLICY, STORES)
    assert dict(logs.origin.facts) == {"name": STORES, "public": POLICY, "risky": POLICY}  # derived


# derived facts


@pytest.mark.parametrize(
    ("policy", "defaults", "risky", "doomed"),
    [
        ({"open": True}, {"encrypted": False}, True, True),
        ({"open": True}, {"encrypted": True}, True, False),
        ({"open": False}, {"encrypted": False}, False, False),
        ({"open": False}, {}, False, False),
        ({"open": True}, {}, True, "?"),
        ({"fault": "Denied"}, {"encrypted": False}, "?denied", "?denied"),
        (None, {"encrypted": False}, "?missing", "?missing"),
    ],
)
def test_derived_facts_follow_from_known_ones_in_chains(
    policy: Any, defaults: Any, risky: Any, doomed: Any, tmp_path: Path
) -> None:
    files = ONE | {DEFAULTS: defaults} | ({POLICY: policy} if policy is not None else {})
    logs = told(load(tmp_path, files).inventory, Store)["logs"]
    assert logs["risky"] == risky
    assert str(logs["doomed"]).startswith("?") if doomed == "?" else logs["doomed"] == doomed


class Door(Resource, frozen=True, gc=False, kw_only=True):
    """A door."""

    open: bool
    guarded: bool
    safe: bool


def doors() -> Source:
    house = Source("house", paging=unpaged)

    @house.reads("doors", kind=Door, items="", lists=True, paging=unpaged)
    def door(item: Item, at: Subject) -> Facts:
        return facts(item["id"], open=item["open"], safe=item.or_else("safe", DERIVE))

    return house


def test_what_evidence_tells_is_not_derived(tmp_path: Path) -> None:
    house = doors()
    house.derives(Door, "safe")(lambda door: not door.open)
    loaded = load(
        tmp_path, {"house/doors.json": [{"id": "1", "open": True, "safe": True}, {"id": "2", "open": True}]}, house
    )
    found = told(loaded.inventory, Door)
    assert (found["1"]["safe"], found["2"]["safe"]) == (True, False)


@pytest.mark.parametrize("safe", [None, "yes", 1, {}, "{{ safe }}"])
def test_evidence_that_says_something_odd_is_not_replaced_by_what_follows_from_others(
    tmp_path: Path, safe: Any
) -> None:
    house = doors()
    house.derives(Door, "safe")(lambda door: not door.open)
    loaded = load(tmp_path, {"house/doors.json": [{"id": "1", "open": False, "safe": safe}]}, house)
    assert told(loaded.inventory, Door)["1"]["safe"].startswith("?")


@pytest.mark.parametrize(
    ("alarm", "expected"),
    [(None, True), ({"armed": False}, False), ({}, "?unknown_fact"), ({"error": "denied"}, "?denied"), (b"", "?empty")],
    ids=["never asked for", "told", "absent", "denied", "cut off"],
)
def test_a_call_about_one_resource_that_went_wrong_is_not_made_good_by_a_derivation(
    tmp_path: Path, alarm: Any, expected: Any
) -> None:
    house = Source("house", paging=unpaged, denied=["denied"], error=_failure)
    house.reads("doors", kind=Door, items="", lists=True)(lambda item, at: facts(item["id"], open=item["open"]))
    house.reads("alarm", kind=Door, subject="door", named_by={"door": "id"}, tells=["safe"])(
        lambda body, at: facts(at["door"], safe=body["armed"])
    )
    house.derives(Door, "safe")(lambda door: not door.open)
    files = {"house/doors.json": [{"id": "1", "open": False}]} | (
        {} if alarm is None else {"house/alarm.1.json": alarm}
    )
    assert told(load(tmp_path, files, house).inventory, Door)["1"]["safe"] == expected


def test_a_denied_call_about_all_says_more_than_a_derivation_that_knows_nothing(tmp_path: Path) -> None:
    house = Source("house", paging=unpaged, denied=["denied"], error=_failure)
    house.reads("doors", kind=Door, items="", lists=True)(lambda item, at: facts(item["id"], open=item["open"]))
    house.reads("safety", kind=Door, items="", tells=["safe"])(lambda item, at: facts(item["id"], safe=item["safe"]))
    house.derives(Door, "safe")(lambda door: door.guarded)
    doors_alone: dict[str, Any] = {"house/doors.json": [{"id": "1", "open": False}]}
    assert told(load(tmp_path / "a", doors_alone, house).inventory, Door)["1"]["safe"] == "?unknown_fact"
    files = doors_alone | {"house/safety.json": {"error": "denied"}}
    assert told(load(tmp_path / "b", files, house).inventory, Door)["1"]["safe"] == "?denied"


def test_two_exports_that_disagree_are_not_settled_by_a_derivation(tmp_path: Path) -> None:
    house = doors()
    house.derives(Door, "safe")(lambda door: True)
    rows = [{"id": "1", "open": False, "safe": True}, {"id": "1", "open": False, "safe": False}]
    assert told(load(tmp_path, {"house/doors.json": rows}, house).inventory, Door)["1"]["safe"] == "?conflict"


def _failure(body: Any) -> ErrorInfo | None:
    return ErrorInfo(body["error"]) if isinstance(body, dict) and "error" in body else None


def test_a_derivation_that_hears_of_no_unknown_fact_waits_for_one_that_is_derived_too(tmp_path: Path) -> None:
    house = doors()
    house.derives(Door, "safe")(lambda door: or_unknown(lambda: door.guarded) is True)
    house.derives(Door, "guarded")(lambda door: True)
    found = told(load(tmp_path, {"house/doors.json": [{"id": "1", "open": True}]}, house).inventory, Door)
    assert (found["1"]["guarded"], found["1"]["safe"]) == (True, True)


def test_facts_derived_from_each_other_stay_unknown(tmp_path: Path) -> None:
    house = doors()
    house.derives(Door, "safe")(lambda door: door.guarded)
    house.derives(Door, "guarded")(lambda door: door.safe)
    found = told(load(tmp_path, {"house/doors.json": [{"id": "1", "open": True}]}, house).inventory, Door)
    assert found["1"]["safe"].startswith("?")
    assert found["1"]["guarded"].startswith("?")


def test_a_derivation_that_gives_another_type_leaves_the_fact_unknown(tmp_path: Path) -> None:
    house = doors()
    house.derives(Door, "safe")(lambda door: "yes")
    found = told(load(tmp_path, {"house/doors.json": [{"id": "1", "open": True}]}, house).inventory, Door)
    assert found["1"]["safe"] == "?type"


def test_a_derivation_that_breaks_leaves_its_fact_unknown_and_the_others_known(tmp_path: Path) -> None:
    house = doors()

    @house.derives(Door, "safe")
    def safe(door: Door) -> bool:
        raise ZeroDivisionError("canary")

    loaded = load(tmp_path, {"house/doors.json": [{"id": "1", "open": True}]}, house)
    found = told(loaded.inventory, Door)
    assert (found["1"]["open"], found["1"]["safe"]) == (True, "?plugin")


def test_a_derivation_may_join_and_a_partial_join_leaves_it_unknown(tmp_path: Path) -> None:
    house = doors()

    @house.derives(Door, "guarded", joins=User)
    def guarded(door: Door, users: Any) -> bool:
        return users.one("name", "guard") is not None

    files = {"house/doors.json": [{"id": "1", "open": True}], f"{HERE}/users.list.json": {"Users": [user("ann")]}}
    from exporting import vendor

    assert told(load(tmp_path, files, house, vendor()).inventory, Door)["1"]["guarded"] is False
    files[f"{HERE}/users.list.json"]["NextToken"] = "x"  # type: ignore[index]
    assert told(load(tmp_path, files, house, vendor()).inventory, Door)["1"]["guarded"] == "?partial"


def test_a_derivation_may_join_its_own_kind(tmp_path: Path) -> None:
    house = doors()

    @house.derives(Door, "safe", joins=Door)
    def safe(door: Door, all_doors: Any) -> bool:
        return all(not each.open for each in all_doors)

    loaded = load(tmp_path, {"house/doors.json": [{"id": "1", "open": True}, {"id": "2", "open": False}]}, house)
    assert {id: each["safe"] for id, each in told(loaded.inventory, Door).items()} == {"1": False, "2": False}


def test_a_derivation_from_itself_stays_unknown(tmp_path: Path) -> None:
    house = doors()

    @house.derives(Door, "safe", joins=Door)
    def safe(door: Door, all_doors: Any) -> bool:
        return all(each.safe for each in all_doors)

    loaded = load(tmp_path, {"house/doors.json": [{"id": "1", "open": True}, {"id": "2", "open": False}]}, house)
    (first, _) = loaded.inventory.members(Door)
    with pytest.raises(UnknownFact, match="derived from one another in a circle"):
        _ = first.safe  # type: ignore[attr-defined]


# reasons


def reason(loaded: Any, fact: str) -> str:
    (logs,) = loaded.inventory.members(Store)
    with pytest.raises(UnknownFact) as caught:
        getattr(logs, fact)
    return f"{caught.value.code}: {caught.value.reason}"


def test_a_fact_that_no_export_told_says_which_command_would(tmp_path: Path) -> None:
    loaded = load(tmp_path, ONE)
    folder = "exports/cloud/012345678901/eu-west-1"
    wanted = f"missing: export `cloud stores get-policy` as {folder}/stores.get-policy.logs.json"
    assert reason(loaded, "public") == wanted
    assert reason(loaded, "encrypted") == f"missing: export `cloud defaults` as {folder}/defaults.json"


def test_the_command_is_filled_in_with_what_is_known(tmp_path: Path) -> None:
    shop = Source("shop", scope=("org",), command="shop {operation} --org {org}", paging=unpaged)

    @shop.reads("list", kind=Door, items="", lists=True, next="more")
    def door(item: Item, at: Subject) -> Facts:
        return facts(item["id"])

    @shop.reads("get", kind=Door, subject="id", command="shop get {id} --of {org} --as {who}")
    def one(body: Item, at: Subject) -> Facts:
        return facts(at["id"], open=True)

    loaded = load(tmp_path, {"shop/acme/list.json": [{"id": "1"}]}, shop)
    (front,) = loaded.inventory.members(Door)
    with pytest.raises(UnknownFact, match="export `shop get ID --of acme --as WHO`"):
        _ = front.open  # type: ignore[attr-defined]
    assert codes(load(tmp_path, {}, shop, declared={"shop": {"org": ["acme", "beta"]}}).inventory, Door) == ["missing"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            {"fault": "Denied"},
            "denied: cloud/012345678901/eu-west-1/stores.get-tags.logs.json: was denied (Denied): let the",
        ),
        ({"fault": "Throttled"}, "failed: cloud/012345678901/eu-west-1/stores.get-tags.logs.json: holds a failed call"),
        ("{", "unreadable: cloud/012345678901/eu-west-1/stores.get-tags.logs.json: line 1"),
        ("", "empty: cloud/012345678901/eu-west-1/stores.get-tags.logs.json: is empty"),
        ({"class": "x"}, "unknown_fact: the evidence has no key .owner"),
    ],
)
def test_a_call_that_failed_says_how(body: Any, says: str, tmp_path: Path) -> None:
    assert reason(load(tmp_path, ONE | {TAGS: body}), "owner").startswith(says)


def test_a_fact_that_nothing_tells_says_so(tmp_path: Path) -> None:
    assert (
        reason(load(tmp_path, ONE), "versioned")
        == "unknown_fact: no export that soc2test reads tells versioned of Store"
    )


def test_a_key_that_is_absent_is_named_with_its_place(tmp_path: Path) -> None:
    assert "no key Stores[0].name" in reason(load(tmp_path, {STORES: {"Stores": [{"id": "logs"}]}}), "name")


def test_a_value_of_another_type_names_fact_and_evidence_but_not_the_value(tmp_path: Path) -> None:
    said = reason(load(tmp_path, ONE | {POLICY: {"open": "canary"}}), "public")
    assert said.startswith(f"type: {POLICY}: public expected `bool`, got `str`")
    assert "canary" not in said


class Rank(Resource, frozen=True, gc=False, kw_only=True):
    """With a fact that is a decimal number."""

    order: float


@pytest.mark.parametrize(("number", "reads"), [("1e400", None), ("-1e400", None), ("1.5", 1.5), ("1e300", 1e300)])
def test_a_number_that_no_float_holds_is_unknown_not_infinite(number: str, reads: float | None, tmp_path: Path) -> None:
    ranks = Source("ranks")

    @ranks.reads("list", kind=Rank, items="", lists=True, paging=unpaged)
    def rank(item: Item, at: Subject) -> Facts:
        return facts(item["id"], order=item["order"])

    loaded = load(tmp_path, {"ranks/list.json": f'[{{"id": "a", "order": {number}}}]'}, ranks)
    (found,) = loaded.inventory.members(Rank)
    if reads is None:
        with pytest.raises(UnknownFact, match="out of range"):
            _ = found.order  # type: ignore[attr-defined]
    else:
        assert found.order == reads  # type: ignore[attr-defined]


def test_a_plugin_that_tells_a_fact_that_its_kind_lacks_is_named(tmp_path: Path) -> None:
    house = Source("house", paging=unpaged)

    @house.reads("doors", kind=Door, items="", lists=True, paging=unpaged)
    def door(item: Item, at: Subject) -> Facts:
        return facts(item["id"], opne=True)

    loaded = load(tmp_path, {"house/doors.json": [{"id": "1"}]}, house)
    assert codes(loaded.inventory, Door) == ["plugin"]
    assert loaded.problems


NEWER = START + timedelta(days=2)


def test_a_newer_row_kept_by_hand_contradicts_what_a_system_tells() -> None:
    words: list[Any] = [(START, "hr.json", False), (NEWER, "registers/people.json", True)]
    _, unknown, _ = merge({"x": words}, {"registers/people.json"})
    assert unknown["x"] == ("conflict", "the evidence contradicts itself: hr.json, registers/people.json")


@pytest.mark.parametrize("when", [START - timedelta(days=1), START, NEWER])
def test_what_a_system_tells_is_its_word_where_a_row_says_the_same(when: datetime) -> None:
    words: list[Any] = [(when, "a-row.json", True), (START, "hr.json", True)]
    known, _, by = merge({"x": words}, {"a-row.json"})
    assert (known["x"], by["x"]) == (True, "hr.json")


def test_an_older_row_is_outdone_by_a_system() -> None:
    words: list[Any] = [(START, "a-row.json", True), (NEWER, "hr.json", False)]
    known, _, by = merge({"x": words}, {"a-row.json"})
    assert (known["x"], by["x"]) == (False, "hr.json")


def test_a_row_tells_what_a_system_does_not() -> None:
    words: list[Any] = [(START, "a-row.json", True), (NEWER, "hr.json", Unknown("hidden"))]
    known, _, by = merge({"x": words}, {"a-row.json"})
    assert (known["x"], by["x"]) == (True, "a-row.json")


def test_of_two_systems_the_newer_one_counts_beside_a_row_that_is_newer_still() -> None:
    words: list[Any] = [(START, "old.json", 1), (NEWER, "hr.json", 2), (NEWER + timedelta(days=1), "a-row.json", 2)]
    known, _, by = merge({"x": words}, {"a-row.json"})
    assert (known["x"], by["x"]) == (2, "hr.json")
