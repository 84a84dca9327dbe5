"""Who signs people in: Google itself, with its 2-step verification, or another identity provider."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    Unknown,
    UnknownFact,
    dig,
    facts,
    id_text,
    item_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.google_workspace.kinds import (
    GoogleOrgUnit,
    GooglePasswordPolicy,
    GoogleSsoAssignment,
    GoogleSsoProfile,
    GoogleUser,
)
from soc2test_plugins.google_workspace.policies import bare
from soc2test_plugins.google_workspace.source import CLOUD_IDENTITY, google_workspace, uid
from soc2test_plugins.issuers import realm_of, source_of

_DOMAIN_WIDE = Unknown("whether the domain's own SAML provider signs in hangs on a setting that no API of Google tells")
_MODES: Mapping[str, bool | Unknown] = {
    "SSO_OFF": False, "SAML_SSO": True, "OIDC_SSO": True, "DOMAIN_WIDE_SAML_IF_ENABLED": _DOMAIN_WIDE
}  # fmt: skip
"""Whether another provider signs in."""
_BY_PROFILE = {"SAML_SSO": True, "OIDC_SSO": False, "SSO_OFF": False, "DOMAIN_WIDE_SAML_IF_ENABLED": False}
"""Whether the assignment names a profile of the list of those for SAML."""
_FILTER = "?filter=customer==%22customers/{customer}%22"


def _none_is_none(key: str) -> Callable[[Any], Any]:
    """Google leaves a list without entries out: the body is then an empty object."""
    return lambda body: {key: []} if body == {} else body


@google_workspace.reads(
    "inboundSsoAssignments list",
    kind=GoogleSsoAssignment,
    items="inboundSsoAssignments",
    lists=True,
    prepare=_none_is_none("inboundSsoAssignments"),
    command=CLOUD_IDENTITY + f'inboundSsoAssignments{_FILTER}"',
)
def assignment(item: Item, at: Subject) -> Facts:
    """An assignment to a group or an organisational unit."""
    unit, group = item.or_else("targetOrgUnit", None), item.or_else("targetGroup", None)
    return facts(
        uid(at, id_text(item["name"])),
        mode=item["ssoMode"],
        org_unit=None if unit is None else bare(id_text(unit)),
        group=group,
        profile=or_unknown(lambda: _profile(item)),
    )


def _profile(item: Item) -> str | None:
    if not meaning(item["ssoMode"], _BY_PROFILE):
        return None
    return text(dig(item, "samlSsoInfo", "inboundSamlSsoProfile"))


@google_workspace.reads(
    "inboundSamlSsoProfiles list",
    kind=GoogleSsoProfile,
    items="inboundSamlSsoProfiles",
    lists=True,
    prepare=_none_is_none("inboundSamlSsoProfiles"),
    command=CLOUD_IDENTITY + f'inboundSamlSsoProfiles{_FILTER}"',
)
def profile(item: Item, at: Subject) -> Facts:
    """An identity provider, by the issuer that it calls itself."""
    name = id_text(item["name"])
    config = item_of(item["idpConfig"])
    return facts(
        uid(at, name),
        name=name,
        issuer=config["entityId"],
        signs_in_at=config.or_else("singleSignOnServiceUri", None),
    )


@google_workspace.derives(GoogleSsoAssignment, "path", joins=GoogleOrgUnit)
def path_of(assignment: GoogleSsoAssignment, units: Population[GoogleOrgUnit]) -> str | None:
    """The path of the unit that it is set for, by which the directory names the unit of each user."""
    if assignment.org_unit is None:
        return None
    customer = "/".join(assignment.id.split("/")[:2])
    unit = units.one("id", f"{customer}/orgUnits/{assignment.org_unit}")
    if unit is None:
        raise UnknownFact("path", "the list of organisational units does not name one that single sign-on is set for")
    return unit.path


@google_workspace.derives(GoogleUser, "signed_in_by", joins=GoogleSsoAssignment)
def user_signed_in_by(user: GoogleUser, assignments: Population[GoogleSsoAssignment]) -> str:
    """By the assignment to the user's unit or the nearest above it; without any, Google signs in."""
    return _who(lambda: _elsewhere(_own(user.id, assignments), user.org_unit))


@google_workspace.derives(GooglePasswordPolicy, "signed_in_by", joins=GoogleSsoAssignment)
def unit_signed_in_by(rules: GooglePasswordPolicy, assignments: Population[GoogleSsoAssignment]) -> str:
    """The same of a unit."""
    return _who(lambda: _elsewhere(_own(rules.id, assignments), rules.path))


def _who(elsewhere: Callable[[], bool]) -> str:
    """A word in any case: facts that follow from it must not be taken from what is not told yet."""
    answer = or_unknown(elsewhere)
    if isinstance(answer, Unknown):
        return "unknown"
    return "another" if answer else "Google"


def _own(id: str, assignments: Population[GoogleSsoAssignment]) -> list[GoogleSsoAssignment]:
    for gap in assignments.gaps:
        raise UnknownFact("signed_in_by", gap.text, code=gap.code)
    return [assignment for assignment in assignments.members if _same_customer(assignment.id, id)]


def _elsewhere(assignments: Sequence[GoogleSsoAssignment], path: str) -> bool:
    """Those to groups come first; who is in the groups is not read, so they must agree with the unit's."""
    nearest = _nearest(assignments, path)
    unit = nearest is not None and meaning(nearest.mode, _MODES)
    if any(assignment.group is not None and meaning(assignment.mode, _MODES) is not unit for assignment in assignments):
        raise UnknownFact("signed_in_by", "single sign-on is set otherwise for a group, whose members are not read")
    return unit


def _nearest(assignments: Sequence[GoogleSsoAssignment], path: str) -> GoogleSsoAssignment | None:
    by_path = {assignment.path: assignment for assignment in assignments}
    return next((by_path[unit] for unit in _upward(path) if unit in by_path), None)


def _upward(path: str) -> Iterator[str]:
    """/a/b, /a, /."""
    while path not in ("", "/"):
        yield path
        path = path.rpartition("/")[0]
    yield "/"


@google_workspace.derives(GoogleUser, "mfa", joins=GoogleSsoAssignment)
def mfa(user: GoogleUser, assignments: Population[GoogleSsoAssignment]) -> bool:
    """Enrolled and enforced, where Google signs in.

    Who is enrolled signs in here, unless single sign-on is known to be set; who is not may sign in elsewhere. Super
    administrators sign in at the Admin console with Google's own password, whatever provider is set ("Super
    administrator SSO" in Google's help): without Google's second step nobody asks them there.
    """
    signed_in_by, enrolled = user.signed_in_by, user.mfa_enrolled
    if signed_in_by == "another":
        if _asked_at_the_console(user) is False:
            return False
        raise UnknownFact("mfa", "another identity provider signs the user in, and asks or not")
    if signed_in_by == "unknown" and not enrolled:
        _elsewhere(_own(user.id, assignments), user.org_unit)  # raises with the export that would tell
    return enrolled and user.mfa_enforced


def _asked_at_the_console(user: GoogleUser) -> bool | None:
    """Whether Google's second step stands before a super administrator's password; None for anybody else.

    Raises `UnknownFact` where a word on that is missing.
    """
    if not user.admin:
        return None
    return user.mfa_enforced and user.mfa_enrolled


@google_workspace.derives(GoogleUser, "federated_profile", joins=GoogleSsoAssignment)
def federated_profile(user: GoogleUser, assignments: Population[GoogleSsoAssignment]) -> str | None:
    """The profile of the provider that signs the user in."""
    own = _own(user.id, assignments)
    nearest = _nearest(own, user.org_unit) if _elsewhere(own, user.org_unit) else None
    return None if nearest is None else nearest.profile


@google_workspace.derives(GoogleUser, "federated_to", joins=GoogleSsoProfile)
def federated_to(user: GoogleUser, profiles: Population[GoogleSsoProfile]) -> str | None:
    """The source of that provider."""
    provider = _provider(user, profiles)
    return None if provider is None else source_of(provider.issuer)


@google_workspace.derives(GoogleUser, "federated_realm", joins=GoogleSsoProfile)
def federated_realm(user: GoogleUser, profiles: Population[GoogleSsoProfile]) -> str | None:
    """The directory there: the address that people are sent to names it, if its issuer does not."""
    provider = _provider(user, profiles)
    named = () if provider is None else (provider.issuer, provider.signs_in_at)
    realms = (realm_of(place) for place in named if place is not None)
    return next((realm for realm in realms if realm is not None), None)


def _provider(user: GoogleUser, profiles: Population[GoogleSsoProfile]) -> GoogleSsoProfile | None:
    if user.signed_in_by == "Google":
        return None
    _asked_at_the_console(user)  # raises where Google alone may sign the user in too, for all that is told
    if user.federated_profile is None:
        raise UnknownFact("federated_profile", "the identity provider that signs the user in is no SAML profile")
    customer = "/".join(user.id.split("/")[:2])
    named = profiles.one("id", f"{customer}/{user.federated_profile}")
    if named is None:
        raise UnknownFact("federated_profile", "the list of profiles does not name the user's")
    return named


def _same_customer(one: str, other: str) -> bool:
    return one.split("/")[:2] == other.split("/")[:2]
