"""Whose an export is by its own word is held against where it lies."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import (
    About,
    Collecting,
    DataStore,
    Item,
    Owner,
    PluginError,
    ScopeIdentity,
    Source,
    Subject,
    UnknownFact,
    WhoAmI,
    facts,
    unpaged,
)
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.facts import Facts

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    for part in ("account", "region", "bucket"):
        if part in item:
            yield Owner(part, item[part])


def source(rule: Any = owners) -> Source:
    names = {"account": r"\d{4}", "region": r"[a-z]+-\d"}
    made = Source("cloud", scope=("account", "region"), paging=unpaged, identity=ScopeIdentity(of=rule, names=names))

    @made.reads("list buckets", kind=DataStore, items="", lists=True)
    def bucket(item: Item, at: Subject) -> Facts:
        return facts(f"{at['account']}/{at['region']}/{item['name']}", name=item["name"])

    @made.reads("get policy", kind=DataStore, subject="bucket")
    def policy(body: Item, at: Subject) -> Facts:
        return facts(f"{at['account']}/{at['region']}/{at['bucket']}", public=body["public"])

    @made.reads("whoami", kind=DataStore, scope=("account",))
    def whoami(body: Item, at: Subject) -> list[Facts]:
        return []

    return made


def load(tmp_path: Path, files: Mapping[str, Any], rule: Any = owners, **declared: list[str]) -> Loaded:
    for name, body in files.items():
        path = tmp_path / "cloud" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    wanted = {"cloud": declared} if declared else {}
    made = {"cloud": source(rule)}
    return load_inventory(Request(tmp_path, made, lambda _: [], wanted, {}, ReadLimits(), Clock(NOW, NOW)))


def told(loaded: Loaded) -> list[str]:
    return [each.id for each in loaded.inventory.members(DataStore)]


def codes(loaded: Loaded) -> list[str]:
    return sorted(gap.code for gap in loaded.inventory.gaps(DataStore))


def items(*names: str, **owner: str) -> list[dict[str, str]]:
    return [{"name": name, **owner} for name in names]


def test_what_is_where_it_says_counts(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"0001/eu-1/list.buckets": items("a", "b", account="0001", region="eu-1")})
    assert (told(loaded), codes(loaded)) == (["0001/eu-1/a", "0001/eu-1/b"], [])


def test_what_says_nothing_counts(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"0001/eu-1/list.buckets": items("a"), "0002/eu-1/list.buckets": items("a")})
    assert (len(told(loaded)), codes(loaded)) == (2, [])


def test_one_file_of_another_account_refuses_the_whole_scope(tmp_path: Path) -> None:
    files = {
        "0001/eu-1/list.buckets": items("a", account="0001"),
        "0002/eu-1/list.buckets": items("a"),  # does not say; the login was the same
        "0002/us-1/list.buckets": items("b", account="0001"),
    }
    loaded = load(tmp_path, files, account=["0001", "0002"], region=["eu-1", "us-1"])
    assert told(loaded) == ["0001/eu-1/a"]
    assert codes(loaded) == ["identity", "identity", "missing"]
    texts = [gap.text for gap in loaded.inventory.gaps(DataStore) if gap.code == "identity"]
    assert all(
        "us-1/list.buckets.json is of account 0001, though it lies in the folder of 0002" in text for text in texts
    )


def test_an_identity_call_alone_refuses_it(tmp_path: Path) -> None:
    files = {"0002/eu-1/list.buckets": items("a"), "0002/eu-1/whoami": {"account": "0001"}}
    assert (told(load(tmp_path, files)), codes(load(tmp_path, files))) == ([], ["identity"])


def test_another_region_refuses_that_region_alone(tmp_path: Path) -> None:
    files = {
        "0001/eu-1/list.buckets": items("a", account="0001", region="eu-1"),
        "0001/us-1/list.buckets": items("a", account="0001", region="eu-1"),
    }
    loaded = load(tmp_path, files)
    assert (told(loaded), codes(loaded)) == (["0001/eu-1/a"], ["identity"])


def test_folders_of_the_companys_own_names(tmp_path: Path) -> None:
    one = load(tmp_path / "one", {"prod/eu-1/list.buckets": items("a", account="0001")})
    assert (told(one), codes(one)) == (["prod/eu-1/a"], [])
    two = load(tmp_path / "two", {
        "prod/eu-1/list.buckets": items("a", account="0001"), "test/eu-1/list.buckets": items("a", account="0001"),
    })  # fmt: skip
    assert (told(two), set(codes(two))) == ([], {"identity"})
    mixed = load(tmp_path / "mixed", {
        "prod/eu-1/list.buckets": items("a", account="0001"), "prod/us-1/list.buckets": items("a", account="0002"),
    })  # fmt: skip
    assert (told(mixed), set(codes(mixed))) == ([], {"identity"})
    beside = load(tmp_path / "beside", {
        "prod/eu-1/list.buckets": items("a", account="0001"), "0001/eu-1/list.buckets": items("a", account="0001"),
    })  # fmt: skip
    assert (told(beside), codes(beside)) == (["0001/eu-1/a"], ["identity"])


def test_another_subject_costs_that_export_alone(tmp_path: Path) -> None:
    files = {
        "0001/eu-1/list.buckets": items("a", "b"),
        "0001/eu-1/get.policy.a": {"public": False, "bucket": "b"},
        "0001/eu-1/get.policy.b": {"public": False, "bucket": "B"},
    }
    loaded = load(tmp_path, files)
    assert codes(loaded) == []
    first, second = loaded.inventory.members(DataStore)
    with pytest.raises(UnknownFact, match="is of bucket b by its content, and of a by its place"):
        _ = first.public  # type: ignore[attr-defined]
    assert second.public is False  # type: ignore[attr-defined]


def test_a_rule_that_breaks_hides_nothing(tmp_path: Path) -> None:
    def broken(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
        raise KeyError("x")

    loaded = load(tmp_path, {"0001/eu-1/list.buckets": items("a")}, broken)
    assert codes(loaded) == ["plugin"]
    (gap,) = loaded.inventory.gaps(DataStore)
    assert "identity rule `broken` raised KeyError" in gap.text
    assert len(loaded.faults) == 1  # which fails the run


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(PluginError, match="no pattern"):
        ScopeIdentity(of=owners, names={"account": "("})


def test_an_identity_that_tells_nothing_is_refused() -> None:
    with pytest.raises(PluginError, match=r"give it of= or once=, or leave it out"):
        ScopeIdentity(names={"account": "a+"})


def of_secrets(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The name stands where an export may hold a secret: what is read in its place can't be looked at."""
    if "connection_string" in item:
        yield Owner("account", item["connection_string"])
    yield from owners(at, operation, item)


def test_a_secret_in_the_place_of_an_owner_blames_no_rule(tmp_path: Path) -> None:
    files = {"0001/eu-1/list.buckets": items("a", connection_string="0001"), "0002/eu-1/list.buckets": items("b")}
    loaded = load(tmp_path, files, of_secrets)
    assert loaded.faults == ()
    assert (told(loaded), codes(loaded)) == (["0002/eu-1/b"], ["identity"])
    (gap,) = loaded.inventory.gaps(DataStore)
    assert "does not say whose it is" in gap.text


def test_a_secret_hides_no_other_items_owner(tmp_path: Path) -> None:
    mixed = [*items("a", connection_string="0001"), *items("b", account="0002")]
    files = {"0001/eu-1/list.buckets": mixed, "0001/us-1/list.buckets": items("c")}
    loaded = load(tmp_path, files, of_secrets)
    assert (told(loaded), codes(loaded)) == ([], ["identity", "identity"])


WHOAMI = WhoAmI(
    operation="whoami", command="cloud whoami", says={"Id": "{account}"}, who="Login", known={"account": r"\d{4}"}
)


@pytest.mark.parametrize(
    ("folder", "answer", "refused"),
    [
        ("0001", {"Id": "0001", "Login": "ci"}, False),
        ("0001", {"Id": "0002", "Login": "ci"}, True),
        ("0001", {"user": {"Id": "0001"}}, False),
        ("0001", [{"Id": "0002"}, {"Id": "0001"}], False),
        ("0001", {}, False),  # says nothing
        ("prod", {"Id": "0002"}, False),  # a name of the company's own can't be held against it
    ],
)
def test_the_answer_to_who_am_i_is_evidence(tmp_path: Path, folder: str, answer: Any, refused: bool) -> None:
    made = Source("cloud", scope=("account", "region"), paging=unpaged, collecting=Collecting(whoami=WHOAMI))
    made.reads("list buckets", kind=DataStore, items="", lists=True)(lambda item, at: facts(item["name"]))
    for name, body in (("list.buckets", items("a")), ("whoami", answer)):
        path = tmp_path / "cloud" / folder / "eu-1" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    loaded = load_inventory(Request(tmp_path, {"cloud": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))
    assert [each.id for each in loaded.inventory.members(DataStore)] == ([] if refused else ["a"])
    assert ({gap.code for gap in loaded.inventory.gaps(DataStore)} == {"identity"}) is refused


def test_an_answer_with_a_secret_in_the_place_of_its_login_names_nobody(tmp_path: Path) -> None:
    says = {"connection_string": "{account}"}
    whoami = WhoAmI(operation="whoami", command="cloud whoami", says=says, who="Login")
    made = Source("cloud", scope=("account", "region"), paging=unpaged, collecting=Collecting(whoami=whoami))
    made.reads("list buckets", kind=DataStore, items="", lists=True)(lambda item, at: facts(item["name"]))
    for name, body in (("list.buckets", items("a")), ("whoami", {"connection_string": "0002"})):
        path = tmp_path / "cloud" / "0001" / "eu-1" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    loaded = load_inventory(Request(tmp_path, {"cloud": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))
    assert told(loaded) == ["a"]


def about(tmp_path: Path, body: Any, **declared: Any) -> Any:
    """The store of a list, with the answer of one call about it."""
    made = Source("cloud", scope=("account", "region"), paging=unpaged)
    made.reads("list buckets", kind=DataStore, items="", lists=True)(
        lambda item, at: facts(item["name"], encrypted=True)
    )

    @made.reads("get policy", kind=DataStore, subject="bucket", **declared)
    def policy(body: Item, at: Subject) -> Facts:
        return facts(at["bucket"], public=body["public"], encrypted=body["encrypted"])

    for name, each in (("list.buckets", items("a", "b")), ("get.policy.a", body)):
        path = tmp_path / "cloud" / "0001" / "eu-1" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(each))
    return load_inventory(Request(tmp_path, {"cloud": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))


ANSWER = {"public": False, "encrypted": True, "of": "b"}


@pytest.mark.parametrize(
    "where", ["of", About(at=("of",)), About(of=lambda body: [body["of"]]), (About(at=("no",)), About(at=("of",)))]
)
def test_what_an_answer_about_another_subject_tells_is_unknown_whoever_tells_it_too(tmp_path: Path, where: Any) -> None:
    first, second = about(tmp_path, ANSWER, about={"bucket": where}).inventory.members(DataStore)
    for fact in ("public", "encrypted"):
        with pytest.raises(UnknownFact, match="is of bucket b by its content, and of a by its place: export it again"):
            getattr(first, fact)
    assert second.encrypted is True


@pytest.mark.parametrize("said", ["a", "A", None, 7.5, True, ["b"], {"of": "b"}])
def test_an_answer_about_its_own_subject_or_that_does_not_say_counts(tmp_path: Path, said: Any) -> None:
    first, _ = about(tmp_path, {**ANSWER, "of": said}, about={"bucket": "of"}).inventory.members(DataStore)
    assert (first.public, first.encrypted) == (False, True)


def test_names_of_another_form_are_not_compared_and_exact_ones_by_each_letter(tmp_path: Path) -> None:
    by_id = About(at=("of",), form=r"id-(\d+)")
    first, _ = about(tmp_path / "form", {**ANSWER, "of": "id-7"}, about={"bucket": by_id}).inventory.members(DataStore)
    assert first.public is False
    exact = About(at=("of",), exact=True)
    first, _ = about(tmp_path / "exact", {**ANSWER, "of": "A"}, about={"bucket": exact}).inventory.members(DataStore)
    with pytest.raises(UnknownFact, match="is of bucket A"):
        _ = first.public


def test_a_function_that_breaks_on_an_answer_is_the_plugins_fault(tmp_path: Path) -> None:
    loaded = about(tmp_path, ANSWER, about={"bucket": About(of=lambda body: body["missing"])})
    assert len(loaded.faults) == 1
    assert "raised KeyError" in loaded.faults[0]


def test_a_declaration_that_says_nothing_is_refused() -> None:
    with pytest.raises(PluginError, match="About"):
        About()
    for form in ("(", "x"):
        with pytest.raises(PluginError, match="About"):
            About(at=("x",), form=form)
    with pytest.raises(PluginError, match="no part of its subject"):
        Source("cloud").reads("x", kind=DataStore, subject="bucket", about={"user": "of"})


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    if "uid" in item:
        yield item["uid"]


def shared(tmp_path: Path, files: Mapping[str, Any], of: Any = owners) -> Loaded:
    made = Source("cloud", scope=("account", "region"), paging=unpaged, identity=ScopeIdentity(of=of, once=once))
    made.reads("list buckets", kind=DataStore, items="", lists=True)(
        lambda item, at: facts(f"{at['account']}/{at['region']}/{item['name']}")
    )
    for name, body in files.items():
        path = tmp_path / "cloud" / f"{name}list.buckets.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    return load_inventory(Request(tmp_path, {"cloud": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))


@pytest.mark.parametrize("of", [owners, None])
def test_two_scopes_with_one_thing_are_one_under_two_names(tmp_path: Path, of: Any) -> None:
    files = {"prod/eu-1/": items("a", uid="1"), "prod/us-1/": items("b", uid="2"), "test/eu-1/": items("c", uid="1")}
    loaded = shared(tmp_path, files, of)
    assert (told(loaded), codes(loaded).count("identity")) == ([], 3)
    assert "prod and test are one account under two names" in loaded.inventory.gaps(DataStore)[0].text


def test_two_regions_with_one_thing_leave_the_others_alone(tmp_path: Path) -> None:
    files = {"prod/eu-1/": items("a", uid="1"), "prod/us-1/": items("b", uid="1"), "prod/ap-1/": items("c", uid="2")}
    loaded = shared(tmp_path, files)
    assert (told(loaded), codes(loaded)) == (["prod/ap-1/c"], ["identity", "identity"])


def test_scopes_that_hold_nothing_or_do_not_say_are_no_contradiction(tmp_path: Path) -> None:
    files = {"prod/eu-1/": [], "test/eu-1/": [], "prod/us-1/": items("a"), "test/us-1/": items("a")}
    loaded = shared(tmp_path, files)
    assert (len(told(loaded)), codes(loaded)) == (2, [])


def test_what_one_scope_holds_twice_is_one(tmp_path: Path) -> None:
    loaded = shared(tmp_path, {"prod/eu-1/": [*items("a", uid="1"), *items("b", uid="1")], "test/eu-1/": []})
    assert codes(loaded) == []
