"""Whether a user signs in with a second factor: one is enrolled, and the policies in force ask for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from soc2test import Population, UnknownFact, or_unknown
from soc2test_plugins.okta.demand import Layer, Verdict, everybody_in, judge, layer_of
from soc2test_plugins.okta.kinds import OktaAccessPolicy, OktaApp, OktaSessionPolicy, OktaSignOnPolicy, OktaUser
from soc2test_plugins.okta.source import okta

_SESSION, _ACCESS = "listPolicies OKTA_SIGN_ON", "listPolicies ACCESS_POLICY"
_ELSEWHERE = "another identity provider vouches for the user, and what that asks for is not known here"
_UNWEIGHED = (
    "whether a second factor is asked for hangs on conditions, zones that may overlap or an order of policies that "
    "can't be told here: let the last rule ask as well, or leave all zones out in one"
)


@okta.derives(OktaUser, "mfa", joins=OktaSignOnPolicy)
def mfa(user: OktaUser, policies: Population[OktaSignOnPolicy]) -> bool:
    """Enrolled, and asked for at the session with Okta or at each application."""
    asked = _asked(user, policies)
    enrolled = or_unknown(lambda: user.mfa_enrolled)
    if not user.signs_in_here and not (asked is Verdict.ASKS and enrolled is True):
        raise UnknownFact("mfa", _ELSEWHERE)
    if asked is Verdict.OPEN or enrolled is False:
        return False
    if asked is Verdict.UNKNOWN:
        raise _why(user, policies)
    return user.mfa_enrolled


def _asked(user: OktaUser, policies: Population[OktaSignOnPolicy]) -> Verdict:
    """What a sign-in of the user is asked for; where applications differ, the weakest that is in use counts."""
    own = [policy for policy in policies.members if policy.id.startswith(f"{_org(user)}/")]
    everybody = everybody_in(own)
    session: Layer = None
    if not _gaps(user, policies, _SESSION):
        session = layer_of(user, [policy for policy in own if isinstance(policy, OktaSessionPolicy)], everybody)
    if _gaps(user, policies, _ACCESS):
        return judge((session, None))
    access = [policy for policy in own if isinstance(policy, OktaAccessPolicy)]
    if not access:  # Classic Engine has no policies of this type: the session decides alone
        return judge((session,))
    return _over_all([(_decides(policy), judge((session, layer_of(user, [policy], everybody)))) for policy in access])


def _decides(policy: OktaAccessPolicy) -> bool | None:
    """Whether it decides for an active application; None where no export tells."""
    apps = or_unknown(lambda: policy.apps)
    return bool(apps) if isinstance(apps, tuple) else None


def _over_all(met: Sequence[tuple[bool | None, Verdict]]) -> Verdict:
    """One application in use that a single factor opens is enough; a policy that may be in use settles nothing."""
    possible = {verdict for decides, verdict in met if decides is not False}
    if (True, Verdict.OPEN) in met:
        return Verdict.OPEN
    return possible.pop() if len(possible) == 1 else Verdict.UNKNOWN


def _org(user: OktaUser) -> str:
    return user.id.rpartition("/")[0]


def _gaps(user: OktaUser, policies: Population[OktaSignOnPolicy], operation: str) -> list[Any]:
    """What a list of policies of the user's org lacks; a gap of no known list may be of this one."""
    return [gap for gap in policies.gaps if gap.operation in (operation, None) and _about(gap, user)]


def _about(gap: Any, user: OktaUser) -> bool:
    org = dict(gap.at).get("org")
    return org is None or _org(user) == f"okta/{org}"


def _why(user: OktaUser, policies: Population[OktaSignOnPolicy]) -> UnknownFact:
    """The export that would tell, where one does."""
    for gap in (*_gaps(user, policies, _SESSION), *_gaps(user, policies, _ACCESS)):
        return UnknownFact("mfa", gap.text, code=gap.code)
    for read in _reads(user, policies):
        return read
    return UnknownFact("mfa", _UNWEIGHED)


def _reads(user: OktaUser, policies: Population[OktaSignOnPolicy]) -> Iterator[UnknownFact]:
    """Unknown facts of the policies, and the groups of the user where policies name some."""
    named = False
    for policy in policies.members:
        try:
            people = (policy.people, *(rule.people for rule in policy.rules))
            named = named or any(each.groups or each.not_groups for each in people)
        except UnknownFact as error:
            yield error
    try:
        _ = user.groups if named else None
    except UnknownFact as error:
        yield error


@okta.derives(OktaAccessPolicy, "apps", joins=OktaApp)
def decides_for(policy: OktaAccessPolicy, apps: Population[OktaApp]) -> tuple[str, ...]:
    """The active applications whose sign-in it decides. Raises `UnknownFact` where an application does not say."""
    org = policy.id.rpartition("/policies/")[0]
    own = [app for app in apps if app.id.startswith(f"{org}/") and app.active]
    return tuple(sorted(app.name for app in own if app.access_policy == policy.policy))
