"""Whether conditional access asks a user for a second factor at each sign-in.

All policies that fit a sign-in apply to it together (Microsoft Entra, "Building a Conditional Access policy"), so one
that asks is enough. Policies are for some applications, clients, places or risks, so each kind of sign-in that they
tell apart is looked at by itself.
"""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import product
from math import prod

import msgspec

from soc2test import UnknownFact, or_unknown
from soc2test_plugins.entra.kinds import EntraConditionalAccessPolicy, EntraUser, Members, Reach
from soc2test_plugins.entra.places import Places, covers_place, places_of

__all__ = ["Demand", "Verdict", "demands_of", "judge"]

_MOST_SIGN_INS = 20_000
_OTHER = "any other"
_MODERN = ("browser", "mobileAppsAndDesktopClients")
_OLD = ("exchangeActiveSync", "other")
"""Clients of older protocols, which know no second factor."""
_SPELT = {"easSupported": "exchangeActiveSync", "easUnsupported": "exchangeActiveSync"}
_PLATFORMS = ("android", "iOS", "windows", "windowsPhone", "macOS", "linux", _OTHER)
_RISKS = ("none", "low", "medium", "high")
_GROUPS_OF_APPS = ("Office365", "MicrosoftAdminPortals")


class Verdict(Enum):
    """What a sign-in is asked for."""

    ASKS = "a second factor is asked for, or the sign-in is refused"
    OPEN = "a sign-in gets by with one factor"
    UNKNOWN = "can't be told"


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """A policy that may ask one user; not `certain` where it may not be for him, or may not ask."""

    reach: Reach
    certain: bool


class _SignIn(msgspec.Struct, frozen=True, kw_only=True):
    app: str
    client: str
    platform: str
    places: frozenset[str]
    sign_in_risk: str
    user_risk: str


def demands_of(
    user: EntraUser, policies: Sequence[EntraConditionalAccessPolicy]
) -> tuple[tuple[Demand, ...], UnknownFact | None]:
    """The policies in force that ask, or may ask, a user; and why one can't be told, where there is such a one.

    Policies add up, so that what others ask for stands beside one that can't be read.
    """
    demands: list[Demand] = []
    unread: UnknownFact | None = None
    for policy in policies:
        try:
            demand = _demand(user, policy)
        except UnknownFact as error:
            unread = error
            continue
        if demand is not None:
            demands.append(demand)
    return tuple(demands), unread


def _demand(user: EntraUser, policy: EntraConditionalAccessPolicy) -> Demand | None:
    if policy.state not in _STATES:
        raise UnknownFact("state", "a policy is in a state that this plugin does not know")
    if not _STATES[policy.state]:
        return None
    asks = _asks(policy)
    if asks is False:
        return None
    member = _is_for(user, policy)
    return None if member is False else Demand(reach=policy.reach, certain=asks is True and member is True)


_STATES = {"enabled": True, "disabled": False, "enabledForReportingButNotEnforced": False}
"""Whether a policy does anything: one that only reports asks nobody."""


def _asks(policy: EntraConditionalAccessPolicy) -> bool | None:
    try:
        return policy.asks_mfa
    except UnknownFact:
        return None


def _is_for(user: EntraUser, policy: EntraConditionalAccessPolicy) -> bool | None:
    people = policy.people
    out = _any(
        user.directory_id in people.not_users,
        _guest(user) if people.not_guests else False,
        *(_among(user, group, policy.group_members) for group in people.not_groups),
        *(_among(user, role, policy.role_holders) for role in people.not_roles),
    )
    if out:
        return False
    included = _any(
        people.everybody or user.directory_id in people.users,
        _guest(user) if people.guests else False,
        *(_among(user, group, policy.group_members) for group in people.groups),
        *(_among(user, role, policy.role_holders) for role in people.roles),
    )
    return None if included and out is None else included


def _any(*answers: bool | None) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _guest(user: EntraUser) -> bool | None:
    """Kinds of guests are not told apart here, and a member may be one from outside."""
    outside = or_unknown(lambda: user.guest or "#EXT#" in user.name)
    return False if outside is False else None


def _among(user: EntraUser, name: str, told: Sequence[Members]) -> bool | None:
    return next((user.directory_id in members.members for members in told if members.name == name), None)


@lru_cache(maxsize=1024)
def judge(demands: tuple[Demand, ...]) -> Verdict:
    """What the sign-ins of somebody meet whom these policies ask."""
    if not demands:
        return Verdict.OPEN
    modern = _over(demands, _MODERN)
    if modern is not Verdict.ASKS:
        return modern
    return Verdict.ASKS if _over(demands, _OLD) is Verdict.ASKS else Verdict.UNKNOWN


def _over(demands: Sequence[Demand], clients: Sequence[str]) -> Verdict:
    reaches = [demand.reach for demand in demands]
    risks = _risks(reaches, "sign_in_risks"), _risks(reaches, "user_risks")
    respects = (_apps(reaches), clients, _platforms(reaches), *risks)
    places = places_of(reaches)
    if places is None or prod(map(len, respects)) * len(places.possible) > _MOST_SIGN_INS:
        return Verdict.UNKNOWN
    met = {_from_places(demands, each, places) for each in product(*respects)}
    return next(verdict for verdict in (Verdict.OPEN, Verdict.UNKNOWN, Verdict.ASKS) if verdict in met)


def _from_places(demands: Sequence[Demand], elsewise: Sequence[str], places: Places) -> Verdict:
    """What a sign-in is asked for wherever it comes from; a place that is only perhaps one makes it unknown at most."""
    met = {place: _meets(demands, _sign_in(elsewise, place)) for place in places.possible}
    if all(verdict is Verdict.ASKS for verdict in met.values()):
        return Verdict.ASKS
    certain = any(all(met[place] is Verdict.OPEN for place in some) for some in places.certain)
    return Verdict.OPEN if certain else Verdict.UNKNOWN


def _sign_in(elsewise: Sequence[str], places: frozenset[str]) -> _SignIn:
    app, client, platform, sign_in_risk, user_risk = elsewise
    return _SignIn(
        app=app, client=client, platform=platform, places=places, sign_in_risk=sign_in_risk, user_risk=user_risk
    )


def _apps(reaches: Sequence[Reach]) -> Sequence[str]:
    named = {app for reach in reaches for apps in (reach.apps, reach.not_apps) for app in apps}
    return (*sorted(named - {"All"}), _OTHER)


def _platforms(reaches: Sequence[Reach]) -> Sequence[str]:
    told = any(reach.platforms is not None or reach.not_platforms for reach in reaches)
    return _PLATFORMS if told else (_OTHER,)


def _risks(reaches: Sequence[Reach], respect: str) -> Sequence[str]:
    return _RISKS if any(getattr(reach, respect) is not None for reach in reaches) else ("none",)


def _meets(demands: Sequence[Demand], sign_in: _SignIn) -> Verdict:
    possible = False
    for demand in demands:
        covered = _covers(demand.reach, sign_in)
        if covered and demand.certain:
            return Verdict.ASKS
        possible = possible or covered is not False
    return Verdict.UNKNOWN if possible else Verdict.OPEN


def _covers(reach: Reach, sign_in: _SignIn) -> bool | None:
    clients = None if reach.clients is None else tuple(_SPELT.get(client, client) for client in reach.clients)
    answers = (
        not reach.rare,  # there is an ordinary one of each kind
        _app(reach, sign_in.app),
        clients is None or sign_in.client in clients,
        (reach.platforms is None or sign_in.platform in reach.platforms)
        and sign_in.platform not in reach.not_platforms,
        covers_place(reach, sign_in.places),
        reach.sign_in_risks is None or sign_in.sign_in_risk in reach.sign_in_risks,
        reach.user_risks is None or sign_in.user_risk in reach.user_risks,
    )
    if False in answers:
        return False
    return None if None in answers or not reach.readable else True


def _app(reach: Reach, app: str) -> bool | None:
    """Office365 and the like stand for several applications, perhaps for this one or some of those of another group."""
    perhaps_in = set() if app == _OTHER else set(_GROUPS_OF_APPS) - {app}
    if app in reach.not_apps:
        return False
    if perhaps_in & set(reach.not_apps):
        return None
    if "All" in reach.apps or app in reach.apps:
        return True
    return None if perhaps_in & set(reach.apps) else False
