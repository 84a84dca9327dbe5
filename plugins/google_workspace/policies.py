"""Policies of Cloud Identity, and what of them is in force in each organisational unit."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    flag,
    id_text,
    item_of,
    listed,
    missed,
    number,
    or_unknown,
    text,
    unpaged,
)
from soc2test_plugins.google_workspace.kinds import GoogleOrgUnit, GooglePasswordPolicy, GooglePolicy, GoogleUser
from soc2test_plugins.google_workspace.source import CLOUD_IDENTITY, DIRECTORY, google_workspace, uid

__all__ = ["bare", "effective"]

_RULES = "security.password"
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {_RULES: {"minimumLength": 8, "allowReuse": False}}
"""What Google documents for settings that nobody made."""


@google_workspace.reads(
    "policies list",
    kind=GooglePolicy,
    items="policies",
    lists=True,
    command=CLOUD_IDENTITY + 'policies?pageSize=100"',
)
def policy(item: Item, at: Subject) -> Facts:
    """One setting. Several may have one name and differ in their place in the order."""
    query, setting = item_of(item["policyQuery"]), item_of(item["setting"])
    order, unit, group = (query.or_else(key, None) for key in ("sortOrder", "orgUnit", "group"))
    type_ = text(setting["type"]).removeprefix("settings/")
    rank = 0.0 if order is None else _rank(order)
    return facts(
        uid(
            at,
            id_text(item["name"]),
            type_,
            *("-" if each is None else id_text(each) for each in (unit, group)),
            str(rank),
        ),
        type=type_,
        org_unit=None if unit is None else bare(id_text(unit)),
        group=None if group is None else id_text(group),
        conditional="query" in query and _narrows(text(query["query"])),
        sort_order=rank,
        value=dict(item_of(setting["value"]).raw),
    )


def _rank(order: Any) -> float:
    if isinstance(order, bool) or not isinstance(order, int | float | Decimal):
        raise UnknownFact("sortOrder", "the place of a policy in the order is no number")
    return float(order)


def _narrows(query: str) -> bool:
    """More than one organisational unit stands in the query."""
    return "&&" in query or "||" in query or "org_units" not in query


def bare(unit: str) -> str:
    """orgUnits/03ph of a policy and id:03ph of the directory are one unit."""
    return unit.removeprefix("orgUnits/").removeprefix("id:")


@google_workspace.reads(
    "orgunits list",
    kind=(GooglePasswordPolicy, GoogleOrgUnit),
    lists=True,
    paging=unpaged,  # the Directory API knows no pages of organisational units
    tells=("name", "path", "units", "lockout_attempts"),
    command=DIRECTORY + 'customer/{customer}/orgunits?type=ALL_INCLUDING_PARENT"',
)
def org_units(body: Item, at: Subject) -> Iterator[Said]:
    """Each organisational unit, for the password rules in it; the top one is named by its children at least."""
    parents: dict[str, tuple[str, str | None]] = {}
    for row in listed(body["organizationUnits"]):
        unit = or_unknown(partial(_unit, row))
        if isinstance(unit, Unknown):
            yield missed("an organisational unit can't be read", GoogleOrgUnit, GooglePasswordPolicy)
            continue
        name, path, above, below_the_top = unit
        parents[name] = path, above
        if above is not None and below_the_top:
            parents.setdefault(above, ("/", None))
    for id, (path, _) in parents.items():
        place = {"path": path, "units": _upward(id, parents)}
        yield facts(uid(at, "orgUnits", id), GoogleOrgUnit, **place)
        yield facts(uid(at, "orgUnits", id), GooglePasswordPolicy, name=path, lockout_attempts=None, **place)


def _unit(row: Any) -> tuple[str, str, str | None, bool]:
    """Its id and path, the id of the unit above, and whether that is the top one."""
    unit = item_of(row)
    parent = unit.or_else("parentOrgUnitId", None)
    above = None if parent is None else bare(id_text(parent))
    return (
        bare(id_text(unit["orgUnitId"])),
        text(unit["orgUnitPath"]),
        above,
        unit.or_else("parentOrgUnitPath", "") == "/",
    )


def _upward(unit: str, parents: Mapping[str, tuple[str, str | None]]) -> Any:
    chain = [unit]
    while chain[-1] in parents and (above := parents[chain[-1]][1]) is not None:
        if above in chain:
            return Unknown("the organisational units are below each other", what="units")
        chain.append(above)
    top = parents.get(chain[-1], ("", None))[0]
    return tuple(chain) if top == "/" else Unknown("the list names no way up to the top unit", what="units")


@google_workspace.derives(GooglePasswordPolicy, "min_length", joins=GooglePolicy)
def min_length(rules: GooglePasswordPolicy, policies: Population[GooglePolicy]) -> int:
    """Google refuses passwords below 8 characters itself."""
    _must_be_here(rules)
    return number(effective(policies, rules.units, _RULES, "minimumLength"))


@google_workspace.derives(GooglePasswordPolicy, "history", joins=GooglePolicy)
def history(rules: GooglePasswordPolicy, policies: Population[GooglePolicy]) -> int:
    """None is refused where reuse is allowed."""
    _must_be_here(rules)
    if flag(effective(policies, rules.units, _RULES, "allowReuse")):
        return 0
    raise UnknownFact("history", "reuse is not allowed, but Google does not say how many earlier passwords it refuses")


@google_workspace.derives(GooglePasswordPolicy, "active", joins=GoogleUser)
def holds_for_somebody(rules: GooglePasswordPolicy, users: Population[GoogleUser]) -> bool:
    """Some active user is in the unit itself, or may be; those below have rules of their own."""
    customer = rules.id.rpartition("/orgUnits/")[0]
    return bool(users.gaps) or any(
        user.id.startswith(f"{customer}/") and _may_be_in(user, rules.path) for user in users.members
    )


def _may_be_in(user: GoogleUser, path: str) -> bool:
    try:
        return user.active and user.org_unit == path
    except UnknownFact:
        return True


def _must_be_here(rules: GooglePasswordPolicy) -> None:
    """Raises `UnknownFact` where another identity provider is known to keep the passwords."""
    if rules.signed_in_by == "another":
        raise UnknownFact("min_length", "another identity provider keeps the passwords of the unit's users")


def effective(policies: Population[GooglePolicy], units: Sequence[str], type_: str, field: str) -> Any:
    """The value in force in a unit: of the highest order there, else inherited from above, else Google's default.

    Raises `UnknownFact` where a policy for a group or under a condition says otherwise for some people.
    """
    mine = [each for each in policies.all("type", type_) if field in each.value and each.org_unit in (*units, None)]
    plain = [each for each in mine if each.group is None and not each.conditional]
    value = _DEFAULTS[type_][field]
    for unit in (*units, None):
        here = [each for each in plain if each.org_unit == unit]
        if here:
            value = max(here, key=lambda each: each.sort_order).value[field]
            break
    if any(each.value[field] != value for each in mine if each.group is not None or each.conditional):
        raise UnknownFact(field, f"a policy for a group or some licences sets {type_} otherwise for some people")
    return value
