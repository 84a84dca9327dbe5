"""Scopes that exports are about against those that are declared; and why a piece of evidence can't be relied on."""

from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from exporting import DAY, HERE, NOW, User, codes, load, user, vendor, write

from soc2test import Claim, Export
from soc2test.evidence.record import Evidence
from soc2test.finding.file_names import by_path
from soc2test.finding.places import place_of
from soc2test.inventory.load import Loaded
from soc2test.resources.kinds import EvidenceItem, ExportedScope

USERS = f"{HERE}/users.list.json"
ANN = {"Users": [user("ann")]}
DECLARED = {"cloud": {"account": ["012345678901"], "region": ["eu-west-1"]}}


def scopes(loaded: Loaded) -> dict[str, bool]:
    found = loaded.inventory.members(ExportedScope)
    return {each.id: each.declared for each in found if isinstance(each, ExportedScope)}


def test_an_account_or_region_that_nobody_declared_is_told(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        f"cloud/{where}/stores.list.json": {"Stores": []} for where in ("012345678901/eu-west-1", "9/moon-1")
    }
    assert scopes(load(tmp_path, files, declared=DECLARED)) == {
        "cloud/account/012345678901": True, "cloud/account/9": False,
        "cloud/region/eu-west-1": True, "cloud/region/moon-1": False,
    }  # fmt: skip


def test_it_names_an_export_of_the_scope(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"cloud/9/eu-west-1/stores.list.json": "{"}, declared=DECLARED)
    shadow = next(each for each in loaded.inventory.members(ExportedScope) if each.id == "cloud/account/9")
    assert shadow.origin.evidence == ("cloud/9/eu-west-1/stores.list.json",)  # also where it can't be read


def test_an_export_of_nobody_knows_which_account_is_not_declared(tmp_path: Path) -> None:
    def ask(export: Export) -> list[Claim]:
        return [Claim("cloud", "stores list")] if export.path.name == "odd.json" else []

    loaded = load(tmp_path, {USERS: ANN, "odd.json": {"Stores": []}}, declared=DECLARED, ask=ask)
    assert scopes(loaded) == {"cloud/account": False, "cloud/account/012345678901": True}


def test_a_call_for_a_whole_account_is_about_no_region(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"cloud/012345678901/global/users.list.json": ANN}, declared=DECLARED)
    assert scopes(loaded) == {"cloud/account/012345678901": True}


def test_a_source_that_nobody_declared_is_told_where_others_are(tmp_path: Path) -> None:
    files: dict[str, Any] = {"cloud/1/r/stores.list.json": {"Stores": []}}
    assert scopes(load(tmp_path, files, vendor(), vendor("nimbus"), declared={"nimbus": {"account": ["2"]}})) == {
        "cloud/account/1": False, "cloud/region/r": False,
    }  # fmt: skip


def test_a_source_without_levels_is_its_own_scope(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"flat/stores.list.json": {"Stores": []}}, vendor("flat", ()), declared={"flat": {}})
    assert scopes(loaded) == {"flat": True}


def test_where_nothing_is_declared_nothing_is_undeclared(tmp_path: Path) -> None:
    assert scopes(load(tmp_path, {USERS: ANN})) == {}


# why a piece of evidence can't be relied on


def the(loaded: Loaded, path: str = USERS) -> Evidence:
    return next(each for each in loaded.inventory.exports() if each.path == path)


def dated(when: datetime) -> dict[str, Any]:
    return {USERS: ANN | {"taken": f"{when:%Y-%m-%dT%H:%M:%SZ}"}}


@pytest.mark.parametrize(
    ("files", "code", "says"),
    [
        (dated(NOW - 9 * DAY), "stale", "is 9 days old where cloud allows 7"),
        (
            dated(NOW + DAY),
            "future",
            "is dated 2026-11-21 12:00, after the moment given (2026-11-20 12:00): correct its collected_at",
        ),
        ({USERS: {"fault": "Denied"}}, "denied", "was denied"),
        ({USERS: "{"}, "unreadable", "line 1"),
        ({USERS: ANN, "manifest.yaml": f"files: {{{USERS}: {{records: 2}}}}\n"}, "partial", "holds 1 items where"),
        ({USERS: ANN, "manifest.yaml": f"files: {{{USERS}: {{sha256: '00'}}}}\n"}, "unreadable", "another SHA-256"),
        ({"manifest.yaml": f"files: {{{USERS}: {{}}}}\n"}, "missing", "is named by the manifest and is not there"),
        (
            {USERS: ANN, "manifest.yaml": f"files: {{{USERS}: {{}}}}\n"} | dated(NOW - 8 * DAY),
            "stale",
            "export it again",
        ),
    ],
)
def test_evidence_says_itself_what_is_wrong_with_it(
    files: dict[str, Any], code: str, says: str, tmp_path: Path
) -> None:
    loaded = load(tmp_path, files)
    gap = the(loaded).gap
    assert gap is not None
    assert gap[0] == code
    assert says in gap[1]
    (item,) = loaded.inventory.members(EvidenceItem)
    assert isinstance(item, EvidenceItem)
    assert (item.complete, item.problem) == (False, gap[1])


def test_what_is_all_from_the_future_is_replaced_by_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path, dated(NOW + DAY))
    assert the(loaded).in_force
    assert codes(loaded.inventory, User) == ["future"]


def test_what_a_newer_export_replaces_is_no_item_and_has_no_gap(tmp_path: Path) -> None:
    old = {"soc2test": "evidence/1", "source": "cloud", "operation": "users list", "status": "ok", "body": ANN}
    old |= {"subject": {"account": "012345678901"}, "collected_at": "2026-11-18"}
    loaded = load(tmp_path, {**dated(NOW - DAY), "old.json": old})
    assert (the(loaded, "old.json").in_force, the(loaded, "old.json").gap) == (False, None)
    assert [each.id for each in loaded.inventory.members(EvidenceItem)] == [USERS]


def test_it_is_known_who_said_what_a_file_is(tmp_path: Path) -> None:
    record = {"soc2test": "evidence/1", "source": "cloud", "operation": "stores list", "status": "ok", "body": {}}

    def ask(export: Export) -> list[Claim]:
        return [Claim("cloud", "users report", {"account": "1"})] if export.path == PurePosixPath("a.txt") else []

    files = {USERS: ANN, "r.json": record, "a.txt": "[]", "manifest.yaml": "files: {gone.json: {}}\n"}
    loaded = load(write(tmp_path, {}), files, ask=ask)
    assert {each.path: each.claimed_by for each in loaded.inventory.exports()} == {
        USERS: "path", "r.json": "record", "a.txt": "plugin cloud", "gone.json": "manifest",
    }  # fmt: skip


# where an export belongs


@pytest.mark.parametrize(
    "known",
    [{"account": "1", "region": "r", "store": "logs"}, {"account": "..", "region": "a/b c", "store": "x~y%z/é"}],
)
def test_a_file_is_read_where_people_are_told_to_put_it(known: dict[str, str]) -> None:
    source = vendor()
    for operation in source.operations.values():
        path = PurePosixPath(place_of(source, operation, {**known, "user": "ann"})).relative_to("exports")
        subject = {"account": known["account"], "region": known["region"]}
        subject |= {part: {**known, "user": "ann"}[part] for part in operation.subject}
        assert not any(part.startswith(".") for part in path.parts)
        assert by_path(str(path), source) == Claim("cloud", operation.name, subject)
