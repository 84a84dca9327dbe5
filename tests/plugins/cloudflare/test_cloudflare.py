"""Members of an account of Cloudflare.

Guesses that the documents refuted: a second factor that is off may be one that cannot be set up, since the member signs
in by single sign-on; who was invited is listed beside the members; the example of the documentation is a part of a list.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import UnknownFact
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test.testing import Read, read
from soc2test.verdicts import Verdict
from soc2test_plugins.cloudflare.kinds import CloudflareMember
from soc2test_plugins.cloudflare.source import cloudflare
from soc2test_policies.cc6.sign_in import test_people_sign_in_with_mfa as second_factor

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACCOUNT = "01a7362d577a6c3019a474fd6f485823"
SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "samples/accounts.members.json").read_text())
ROLE = {"id": "05784afa30c1afe1440e79d9351c7430", "name": "Administrator", "description": "-", "permissions": {}}
JOHN: dict[str, Any] = {
    **SAMPLE["result"][0], "user": {**SAMPLE["result"][0]["user"], "email": "john@acme.example"}, "roles": [ROLE],
}  # fmt: skip


def member(**more: Any) -> dict[str, Any]:
    return {**JOHN, **more}


def user(**more: Any) -> dict[str, Any]:
    return member(user={**JOHN["user"], **more})


def answer(*members: Any, **told: Any) -> dict[str, Any]:
    info = {"page": 1, "per_page": 50, "count": len(members), "total_count": len(members), "total_pages": 1, **told}
    return {"success": True, "errors": [], "messages": [], "result": list(members), "result_info": info}


def listed(body: Any) -> Read:
    return read(cloudflare, "accounts members", body, account=ACCOUNT, as_of=AS_OF)


def one(item: dict[str, Any]) -> CloudflareMember:
    (found,) = listed(answer(item)).resources
    assert isinstance(found, CloudflareMember)
    return found


def test_the_example_of_the_documentation_is_one_member_of_many() -> None:
    told = listed(SAMPLE)
    (found,) = told.resources
    assert isinstance(found, CloudflareMember)
    assert (found.id, found.two_factor) == (f"cloudflare/{ACCOUNT}/members/4536bcfad5faccb111b47003c79917fa", False)
    assert found.roles == ("Account Administrator",)
    assert told.unknown(found.id, "admin") is not None  # a role that is called so no longer
    assert {gap.code for gap in told.gaps} == {"partial"}


def test_a_member() -> None:
    told = listed(answer(JOHN))
    found = one(JOHN)
    assert (found.name, found.email, found.admin) == ("john@acme.example", "john@acme.example", True)
    assert (found.active, found.human, found.root, found.stays_listed, found.disabled_at) == (
        True,
        True,
        False,
        False,
        None,
    )
    assert told.gaps == ()


@pytest.mark.parametrize("status", ["pending", "rejected"])
def test_who_was_invited_is_no_member_yet(status: str) -> None:
    told = listed(answer(JOHN, member(id="f" * 32, status=status)))
    assert (len(told.resources), told.gaps) == (1, ())


@pytest.mark.parametrize("status", ["Accepted", "suspended", None, 7])
def test_a_status_that_is_not_documented_leaves_somebody_out_with_a_word(status: Any) -> None:
    assert listed(answer(JOHN, member(id="f" * 32, status=status))).gaps


@pytest.mark.parametrize(
    ("roles", "policies", "admin"),
    [
        (["Administrator"], [], True), (["Super Administrator - All Privileges"], [{"id": "p"}], True),
        (["Administrator Read Only"], [], False), (["Billing", "DNS"], [], False), (["Billing", "Administrator"], [], True),
        (["Billing", "Owner of all"], [], None), (["Owner of all", "Administrator"], [], True),
        (["Billing"], [{"id": "p"}], None), ([], [{"id": "p"}], None), ([], [], None),
    ],
)  # fmt: skip
def test_who_administers_is_told_by_roles(roles: list[str], policies: list[Any], admin: bool | None) -> None:
    found = one(member(roles=[{**ROLE, "name": name} for name in roles], policies=policies))
    if admin is None:
        with pytest.raises(UnknownFact):
            _ = found.admin
    else:
        assert found.admin is admin


@pytest.mark.parametrize(
    ("fact", "item"),
    [
        ("two_factor", user(two_factor_authentication_enabled=None)),
        ("two_factor", user(two_factor_authentication_enabled="true")),
        ("email", user(email=None)), ("roles", member(roles=None)), ("admin", member(roles=None)),
        ("roles", member(roles=["Administrator"])), ("roles", member(roles=[{"id": "1"}])),
    ],
)  # fmt: skip
def test_what_is_not_told_is_unknown(fact: str, item: dict[str, Any]) -> None:
    found = one(item)
    with pytest.raises(UnknownFact):
        getattr(found, fact)


@pytest.mark.parametrize("fact", ["created_at", "last_used_at", "password"])
def test_what_the_list_does_not_tell_is_unknown(fact: str) -> None:
    found = one(JOHN)
    with pytest.raises(UnknownFact):
        getattr(found, fact)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("partial", answer(JOHN, total_count=2)),
        ("partial", answer(JOHN, total_count=None)),
        ("partial", answer(JOHN, total_count=True)),
        ("partial", {"success": True, "result": [JOHN]}),
        ("empty", answer()),
        ("denied", {"success": False, "errors": [{"code": 10000, "message": "Authentication error"}], "result": None}),
        ("failed", {"success": False, "errors": [{"code": 7003, "message": "-"}], "result": None}),
        ("failed", {"success": False, "errors": [], "result": None}),
        ("unreadable", answer(JOHN, member(user=None, id="f" * 32))),
        ("partial", [JOHN]),
    ],
)
def test_what_is_not_everybody_is_a_gap(code: str, body: Any) -> None:
    gaps = {gap.code for gap in listed(body).gaps}
    assert code in gaps, gaps


APP = {
    "id": "0oa1", "label": "Cloudflare", "name": "cloudflare", "status": "ACTIVE", "signOnMode": "SAML_2_0",
    "_links": {"self": {"href": "https://acme.okta.com/api/v1/apps/0oa1"}},
}  # fmt: skip


def loaded(folder: Path, body: Any, apps: Any = None) -> Any:
    files = {f"cloudflare/{ACCOUNT}/accounts.members.json": body}
    if apps is not None:
        files["okta/acme/listApplications.json"] = apps
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    plugins = load_plugins()
    sources = {name: plugins.sources[name] for name in ("cloudflare", "okta")}
    found = load_inventory(Request(folder, sources, plugins.ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert found.problems == ()
    return found.inventory


def members(inventory: Any) -> list[CloudflareMember]:
    return [found for found in inventory.members(CloudflareMember) if isinstance(found, CloudflareMember)]


@pytest.mark.parametrize("on", [True, False])
def test_its_own_factor_counts_where_nobody_else_signs_in(tmp_path: Path, on: bool) -> None:
    inventory = loaded(tmp_path, answer(user(two_factor_authentication_enabled=on)))
    assert [found.mfa for found in members(inventory)] == [on]
    spec = control_of(second_factor)
    assert spec is not None
    result = evaluate([spec], inventory, {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result
    assert (result.verdict, result.rests_on) == (Verdict.PASS if on else Verdict.FAIL, ("system",))


@pytest.mark.parametrize("on", [True, False])
def test_where_a_directory_signs_people_in_its_own_factor_says_nothing(tmp_path: Path, on: bool) -> None:
    (found,) = members(loaded(tmp_path, answer(user(two_factor_authentication_enabled=on)), [APP]))
    with pytest.raises(UnknownFact, match="single sign-on"):
        _ = found.mfa
    (found,) = members(
        loaded(tmp_path, answer(user(two_factor_authentication_enabled=on)), [{**APP, "label": "Payroll"}])
    )
    assert found.mfa is on
