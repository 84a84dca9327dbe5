"""Policies in force in each organisational unit, claims and the samples."""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from workspace_reading import CUSTOMER, SAMPLES, every, gap_codes, load, load_folder

from soc2test import Claim, Export, UnknownFact
from soc2test.testing import check
from soc2test_plugins.google_workspace import soc2_claim
from soc2test_plugins.google_workspace.kinds import GooglePasswordPolicy, GooglePolicy
from soc2test_policies.cc6.sign_in import test_passwords_are_strong as strong_control

UNITS = {
    "organizationUnits": [
        {"orgUnitId": "id:top", "orgUnitPath": "/"},
        {"orgUnitId": "id:web", "orgUnitPath": "/Web", "parentOrgUnitId": "id:top", "parentOrgUnitPath": "/"},
        {"orgUnitId": "id:ops", "orgUnitPath": "/Web/Ops", "parentOrgUnitId": "id:web", "parentOrgUnitPath": "/Web"},
    ]
}


def policy(
    order: float, unit: str | None = "top", group: str | None = None, query: str = "", **value: Any
) -> dict[str, Any]:
    where: dict[str, Any] = {"sortOrder": order}
    where |= {"orgUnit": f"orgUnits/{unit}"} if unit else {}
    where |= {"group": group} if group else {}
    where |= {"query": query} if query else {}
    setting = {"type": "settings/security.password", "value": value}
    return {"name": f"policies/p{order}", "customer": "customers/C0123abcd", "policyQuery": where, "setting": setting}


def rules(folder: Path, *policies: dict[str, Any], units: Any = None, **more: Any) -> dict[str, GooglePasswordPolicy]:
    files = {"orgunits.list": UNITS if units is None else units, "policies.list": {"policies": list(policies), **more}}
    return {each.path: each for each in every(load(folder, files), GooglePasswordPolicy)}


def lengths(folder: Path, *policies: dict[str, Any]) -> dict[str, int]:
    return {path: each.min_length for path, each in rules(folder, *policies).items()}


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ([], (8, 8, 8)),
        ([policy(101, minimumLength=12)], (12, 12, 12)),
        ([policy(101, minimumLength=12), policy(201, minimumLength=10)], (10, 10, 10)),
        ([policy(201, minimumLength=10), policy(101, minimumLength=12)], (10, 10, 10)),
        ([policy(201, minimumLength=14), policy(202, "web", minimumLength=9)], (14, 9, 9)),
        ([policy(201, minimumLength=14), policy(205, "ops", minimumLength=9)], (14, 14, 9)),
        ([policy(101, None, minimumLength=16), policy(205, "ops", minimumLength=9)], (16, 16, 9)),
        ([policy(101, minimumLength=12), policy(201, allowReuse=True)], (12, 12, 12)),
    ],
)
def test_the_value_in_force(tmp_path: Path, policies: list[dict[str, Any]], expected: tuple[int, ...]) -> None:
    found = lengths(tmp_path, *policies)
    assert (found["/"], found["/Web"], found["/Web/Ops"]) == expected


def test_a_policy_for_a_group_or_a_licence_leaves_it_open(tmp_path: Path) -> None:
    plain = policy(201, minimumLength=12)
    for other in (
        policy(399, group="groups/g", minimumLength=8),
        policy(301, query="entity.org_units.exists(u, true) && entity.licenses.exists(l, true)", minimumLength=8),
    ):
        with pytest.raises(UnknownFact, match="otherwise"):
            _ = rules(tmp_path, plain, other)["/Web"].min_length
    same = policy(399, group="groups/g", minimumLength=12)
    assert rules(tmp_path, plain, same)["/Web"].min_length == 12
    alone = policy(201, query="entity.org_units.exists(u, u.org_unit_id == orgUnitId('top'))", minimumLength=13)
    assert rules(tmp_path, alone)["/Web"].min_length == 13


def test_reuse(tmp_path: Path) -> None:
    assert rules(tmp_path, policy(201, allowReuse=True))["/"].history == 0
    with pytest.raises(UnknownFact, match="how many"):
        _ = rules(tmp_path)["/"].history


def test_the_shipped_control(tmp_path: Path) -> None:
    short = rules(tmp_path, policy(201, minimumLength=10))["/"]
    assert check(strong_control, short).verdict == "fail"
    long = rules(tmp_path, policy(201, minimumLength=12, allowReuse=True))["/"]
    assert check(strong_control, long, limits={"history": 0}).verdict == "pass"
    assert check(strong_control, rules(tmp_path, policy(201, minimumLength=12))["/"]).verdict == "not_evaluated"


def test_half_the_policies_say_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = rules(tmp_path, policy(201, minimumLength=12), nextPageToken="t")["/"].min_length  # a page's


def test_units_without_the_top_one(tmp_path: Path) -> None:
    cut = {"organizationUnits": UNITS["organizationUnits"][1:]}
    assert set(rules(tmp_path, units=cut)) == {"/", "/Web", "/Web/Ops"}
    lost = rules(tmp_path, units={"organizationUnits": UNITS["organizationUnits"][2:]})
    with pytest.raises(UnknownFact, match="way up"):
        _ = lost["/Web/Ops"].min_length


@pytest.mark.parametrize(
    ("body", "code"), [({"organizationUnits": [{"orgUnitPath": "/"}]}, "unread"), ({"kind": "x"}, "unreadable")]
)
def test_units_that_are_none(tmp_path: Path, body: Any, code: str) -> None:
    assert gap_codes(load(tmp_path, {"orgunits.list": body}), GooglePasswordPolicy) == {code}


def test_one_odd_unit_costs_no_other(tmp_path: Path) -> None:
    body = {"organizationUnits": [*UNITS["organizationUnits"], {"orgUnitPath": None}, "odd"]}
    inventory = load(tmp_path, {"orgunits.list": body})
    assert {each.path for each in every(inventory, GooglePasswordPolicy)} == {"/", "/Web", "/Web/Ops"}
    assert gap_codes(inventory, GooglePasswordPolicy) == {"unread"}


@pytest.mark.parametrize(("number", "pages", "count"), [(1, 2, 13), (2, 2, 18), (6, 1, 1)])
def test_samples_of_policies(tmp_path: Path, number: int, pages: int, count: int) -> None:
    for page in range(pages):
        name = f"policies.list.{number}.page{page}.json"
        shutil.copy(SAMPLES / name, tmp_path / name)
    loaded = load_folder(tmp_path)
    assert loaded.unclaimed == ()
    assert gap_codes(loaded.inventory, GooglePolicy) == set()
    assert len(every(loaded.inventory, GooglePolicy)) == count


@pytest.mark.parametrize("name", ["policyapi_get_groups1.json", "policyapi_get_ou1.json"])
def test_other_samples_are_refused(tmp_path: Path, name: str) -> None:
    shutil.copy(SAMPLES / name, tmp_path / name)
    (unclaimed,) = load_folder(tmp_path).unclaimed
    assert unclaimed.reason


def claim(body: Any, name: str = "x.json") -> Claim | None:
    return soc2_claim(Export(PurePosixPath(name), 1, lambda: json.dumps(body).encode()))


def test_claims() -> None:
    listed = {"policies": [policy(1)]}
    assert claim(listed) == Claim("google_workspace", "policies list", {"customer": "C0123abcd"})
    assert claim(listed, "a.page0.json") == Claim("google_workspace", "policies list", {"customer": "C0123abcd"}, 1)
    users = {"kind": "admin#directory#users", "users": [{"customerId": CUSTOMER}]}
    assert claim(users) == Claim("google_workspace", "users list", {"customer": CUSTOMER})
    others: tuple[Any, ...] = ({"policies": []}, {"policies": [{"id": "okta"}]}, [policy(1)])
    for other in others:
        assert claim(other) is None
    assert claim(listed, "x.csv") is None
