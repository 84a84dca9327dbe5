"""What is the same in two snapshots is not looked at again, and whoever comes or goes is seen all the same."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from soc2test import Identity, control
from soc2test.controls.control import control_of
from soc2test.period.listing import Listing
from soc2test.period.members_seen import MembersSeen, Sinks
from soc2test.period.observed import Key, Snapshot
from soc2test.testing import resource

from .half_year import HalfYear, days

STAYS = {"id": "stays", "public": False}
LEAVES = {"id": "leaves", "public": False}
COMES = {"id": "comes", "public": False}


def test_members_of_a_period_are_those_of_all_its_snapshots(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    for items, first, last in (
        ([STAYS, LEAVES], "2026-01-01", "2026-02-01"),
        ([STAYS], "2026-02-02", "2026-03-01"),
        ([STAYS, COMES], "2026-03-02", "2026-06-30"),
    ):
        company.export("cloud", "one", "buckets", items)
        company.record(*days(first, last, every=1))
    found = company.evaluate()
    result = found.results["OWN-01"]
    assert (result.verdict, result.population, result.passed) == ("pass", 3, 3)
    spans = {member.key[1]: (member.first, member.last) for member in found.members["OWN-01"]}
    numbers = {id: (first and first.number, last and last.number) for id, (first, last) in spans.items()}
    assert numbers == {"stays": (1, 181), "leaves": (1, 32), "comes": (61, 181)}


def seen(number: int, members: dict[Key, str], *exempt: str) -> Any:
    """A snapshot with these members, and resources that are exempt beside them."""
    moment = datetime(2026, 1, number, tzinfo=UTC)
    keys = [*members, *(("Identity", id) for id in exempt)]
    return SimpleNamespace(
        members=members,
        resources={key: resource(Identity, key[1], name=str(number)) for key in keys},
        snapshot=Snapshot(number=number, digest="", as_of=moment, recorded_at=moment),
    )


def test_who_is_exempt_for_a_while_is_listed_from_the_first_to_the_last_snapshot_with_the_same_members() -> None:
    same: dict[Key, str] = {("Identity", "a"): "idp"}
    listing = Listing()
    for number, exempt in ((1, ""), (2, "x"), (3, "x"), (4, "y"), (5, ""), (6, "y")):
        listing.take(seen(number, same, *exempt))
    told = listing.members(same, [("Identity", "x"), ("Identity", "y")])
    spans = {each.key[1]: (each.first and each.first.number, each.last and each.last.number) for each in told}
    assert spans == {"a": (1, 6), "x": (2, 3), "y": (4, 6)}
    assert [each.resource.name for each in told if isinstance(each.resource, Identity)] == ["6", "3", "6"]


@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_one(identity: Identity) -> None:
    """Every account has a second factor."""
    assert identity.mfa


@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_other(identity: Identity) -> None:
    """Every account is on."""
    assert identity.active


@control("OWN-03", criteria=["CC6.1"], nature="state", where=lambda identity: identity.active)
def test_of_some(identity: Identity) -> None:
    """Every account that is on has a second factor."""
    assert identity.mfa


def test_what_applies_to_all_of_a_kind_shares_its_members_and_nothing_else_does() -> None:
    controls = [spec for each in (test_one, test_other, test_of_some) if (spec := control_of(each)) is not None]
    people = [resource(Identity, "a"), resource(Identity, "b")]
    shared = Sinks(controls, {})
    assert shared.of["OWN-01"] is shared.of["OWN-02"] is not shared.of["OWN-03"]
    assert sorted(shared.take) == ["OWN-01", "OWN-03"]
    shared.take["OWN-01"](people)
    shared.take["OWN-03"](people[:1])
    members = MembersSeen().of(shared.of)
    told = [[key[1] for key in members[id].by_key] for id in ("OWN-01", "OWN-02", "OWN-03")]
    assert told == [["a", "b"], ["a", "b"], ["a"]]
    assert members["OWN-01"] is members["OWN-02"]
    exemption: Any = object()
    apart = Sinks(controls, {"OWN-01": [exemption]})
    assert apart.of["OWN-01"] is not apart.of["OWN-02"]


for each in (test_one, test_other, test_of_some):
    vars(each)["__test__"] = False  # controls of this file, no tests of it
