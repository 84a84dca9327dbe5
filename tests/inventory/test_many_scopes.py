"""What a run over many files does not do again for each of them, and what it must not lose by that."""

from datetime import UTC, datetime

import pytest

from soc2test import Identity, Item, Subject
from soc2test.evidence.record import Evidence
from soc2test.finding.file_names import by_path
from soc2test.merging.ledger import Ledger
from soc2test.merging.told import Told
from soc2test.sources.facts import Facts, facts
from soc2test.sources.paging import unpaged
from soc2test.sources.source import Source

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    cloud = Source("cloud", scope=["account", "region"])

    @cloud.reads("users list", kind=Identity, items="users", lists=True, paging=unpaged)
    def user(item: Item, at: Subject) -> Facts:
        return facts(item["id"])

    @cloud.reads("user get", kind=Identity, subject=["user", "part"])
    def one(item: Item, at: Subject) -> Facts:
        return facts(item["id"])

    return cloud


def told(user: str, part: str, region: str = "eu") -> Evidence:
    subject = {"account": "1", "region": region, "user": user, "part": part}
    return Evidence(f"{region}/{user}~{part}", "a.json", "cloud", "user get", subject, "", None)


def about(ledger: Ledger, source: Source, **known: str) -> list[str]:
    return [entry.evidence for entry in ledger.about(source.operations["user get"], {"account": "1", **known})]


def test_calls_of_which_a_part_is_known_are_those_of_the_scope(source: Source) -> None:
    ledger = Ledger()
    for evidence in (told("ann", "a"), told("ann", "b"), told("bob", "a"), told("ann", "a", region="us")):
        ledger.note(source.operations["user get"], evidence)
    assert about(ledger, source, region="eu", user="ann") == ["eu/ann~a", "eu/ann~b"]
    assert about(ledger, source, region="us", user="ann") == ["us/ann~a"]
    assert about(ledger, source, region="ap", user="ann") == []


def test_a_call_that_is_noted_after_the_first_question_is_found_by_the_next(source: Source) -> None:
    ledger, operation = Ledger(), source.operations["user get"]
    ledger.note(operation, told("ann", "a"))
    assert about(ledger, source, region="eu", user="ann") == ["eu/ann~a"]
    ledger.note(operation, told("ann", "b"))  # a stream is noted when it was read
    ledger.note(operation, told("ann", "a"), "denied", "let it")
    assert about(ledger, source, region="eu", user="ann") == ["eu/ann~a", "eu/ann~b"]
    assert [entry.code for entry in ledger.about(operation, {"account": "1", "region": "eu", "user": "ann"})] == [
        "denied", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        ("cloud/1/eu/users.list.json", {"account": "1", "region": "eu"}),
        ("cloud/1/us/users.list.json", {"account": "1", "region": "us"}),
        ("cloud/a%2Fb/eu/users.list.json", {"account": "a/b", "region": "eu"}),
        ("cloud/1/users.list.json", None),
        ("cloud/1/eu/more/users.list.json", None),
        ("cloud/1/eu/other.json", None),
    ],
)
def test_files_of_one_folder_have_its_scope_and_a_subject_of_their_own(
    source: Source, place: str, subject: dict[str, str] | None
) -> None:
    for _ in range(2):
        claim = by_path(place, source)
        assert (claim.subject if claim else None) == subject
        if claim is not None:
            claim.subject["account"] = "another"  # type: ignore[index]  # no file shares it with the next


def test_words_on_one_resource_stand_by_fact_in_the_order_in_which_they_were_told() -> None:
    ann = Told(Identity, "ann")
    assert ann.evidence == []
    ann.tell(NOW, "b.json", {"active": True, "mfa": False})
    ann.tell(None, "a.json", {"active": False})
    ann.tell(None, "a.json", {})
    assert ann.evidence == ["a.json", "b.json"]
    assert ann.values == {
        "active": [(NOW, "b.json", True), (None, "a.json", False)],
        "mfa": [(NOW, "b.json", False)],
    }
    assert [ann.tells(fact) for fact in ("active", "mfa", "email")] == [True, True, False]


def test_resources_that_nothing_was_told_of_share_no_place() -> None:
    ann, bob = Told(Identity, "ann"), Told(Identity, "bob")
    ann.at, ann.shown = {"account": "1"}, {("active", "a.json"): "0"}
    assert (dict(bob.at), dict(bob.shown)) == ({}, {})
