"""Who signs people in: Google itself, with its 2-step verification, or another identity provider."""

from collections.abc import Callable, Sequence
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
from soc2test_plugins.issuers import source_of

_MODES = {"SSO_OFF": False, "SAML_SSO": True, "OIDC_SSO": True}
"""Whether another provider signs in; DOMAIN_WIDE_SAML_IF_ENABLED hangs on a setting that no API tells."""
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
    if text(item["ssoMode"]) != "SAML_SSO":
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
    return facts(uid(at, name), name=name, issuer=dig(item, "idpConfig", "entityId"))


@google_workspace.derives(GoogleUser, "units", joins=GoogleOrgUnit)
def units_of(user: GoogleUser, units: Population[GoogleOrgUnit]) -> tuple[str, ...]:
    """Those of the unit whose path the directory gives for the user."""
    own = [unit for unit in units.all("path", user.org_unit).hits if _same_customer(unit.id, user.id)]
    if not own:
        for gap in units.gaps:
            raise UnknownFact("units", gap.text, code=gap.code)
        raise UnknownFact("units", "the list of organisational units does not name the user's")
    return own[0].units


@google_workspace.derives(GoogleUser, "federated", joins=GoogleSsoAssignment)
def signed_in_elsewhere(user: GoogleUser, assignments: Population[GoogleSsoAssignment]) -> bool:
    """By the assignment to the user's unit or the nearest above it; without any, Google signs in."""
    own = _own(user.id, assignments)
    return bool(own) and _elsewhere(own, user.units)


@google_workspace.derives(GooglePasswordPolicy, "federated", joins=GoogleSsoAssignment)
def unit_signs_in_elsewhere(rules: GooglePasswordPolicy, assignments: Population[GoogleSsoAssignment]) -> bool:
    """The same of a unit."""
    own = _own(rules.id, assignments)
    return bool(own) and _elsewhere(own, rules.units)


def _own(id: str, assignments: Population[GoogleSsoAssignment]) -> list[GoogleSsoAssignment]:
    for gap in assignments.gaps:
        raise UnknownFact("federated", gap.text, code=gap.code)
    return [assignment for assignment in assignments.members if _same_customer(assignment.id, id)]


def _elsewhere(assignments: Sequence[GoogleSsoAssignment], units: Sequence[str]) -> bool:
    """Those to groups come first; who is in the groups is not read, so they must agree with the unit's."""
    nearest = _nearest(assignments, units)
    unit = nearest is not None and meaning(nearest.mode, _MODES)
    if any(assignment.group is not None and meaning(assignment.mode, _MODES) is not unit for assignment in assignments):
        raise UnknownFact("federated", "single sign-on is set otherwise for a group, whose members are not read")
    return unit


def _nearest(assignments: Sequence[GoogleSsoAssignment], units: Sequence[str]) -> GoogleSsoAssignment | None:
    by_unit = {assignment.org_unit: assignment for assignment in assignments if assignment.org_unit is not None}
    return next((by_unit[unit] for unit in units if unit in by_unit), None)


@google_workspace.derives(GoogleUser, "mfa")
def mfa(user: GoogleUser) -> bool:
    """Enrolled and enforced, where Google signs in.

    Who is enrolled signs in here, unless single sign-on is known to be set; who is not may sign in elsewhere.
    """
    enrolled = user.mfa_enrolled
    federated = or_unknown(lambda: user.federated)
    if federated is True:
        raise UnknownFact("mfa", "another identity provider signs the user in, and asks or not")
    if not enrolled and isinstance(federated, Unknown):
        federated.raise_()
    return enrolled and user.mfa_enforced


@google_workspace.derives(GoogleUser, "federated_profile", joins=GoogleSsoAssignment)
def federated_profile(user: GoogleUser, assignments: Population[GoogleSsoAssignment]) -> str | None:
    """The profile of the provider that signs the user in."""
    if not user.federated:
        return None
    nearest = _nearest(_own(user.id, assignments), user.units)
    return None if nearest is None else nearest.profile


@google_workspace.derives(GoogleUser, "federated_to", joins=GoogleSsoProfile)
def federated_to(user: GoogleUser, profiles: Population[GoogleSsoProfile]) -> str | None:
    """The source of that provider."""
    if not user.federated:
        return None
    if user.federated_profile is None:
        raise UnknownFact("federated_profile", "the identity provider that signs the user in is no SAML profile")
    customer = "/".join(user.id.split("/")[:2])
    named = profiles.one("id", f"{customer}/{user.federated_profile}")
    if named is None:
        raise UnknownFact("federated_profile", "the list of profiles does not name the user's")
    return source_of(named.issuer)


def _same_customer(one: str, other: str) -> bool:
    return one.split("/")[:2] == other.split("/")[:2]
