"""Whether a user signs in with a second factor: one is registered, and what is in force asks for it."""

from soc2test import Facts, Item, Population, Subject, Unknown, UnknownFact, facts, or_unknown
from soc2test_plugins.entra.about import OF_USER
from soc2test_plugins.entra.demand import Verdict, demands_of, judge
from soc2test_plugins.entra.kinds import EntraConditionalAccessPolicy, EntraUser
from soc2test_plugins.entra.source import as_graph, entra, uid

_GUEST = "a guest signs in at a directory of his own, and what that asks for is not known here"
_NECESSARY = "security defaults ask for a second factor only when Microsoft finds it necessary"
_UNWEIGHED = (
    "whether a second factor is asked for at each sign-in can't be told from the policies: what one leaves out "
    "(places, groups of applications, devices) may overlap with what another does; one that leaves none out settles it"
)
_BETA = 'az rest --url "https://graph.microsoft.com/beta/'


@entra.reads(
    "users authentication requirements",
    kind=EntraUser,
    subject="directory_id",
    about={"directory_id": OF_USER},
    prepare=as_graph,
    command=_BETA + 'users/{directory_id}/authentication/requirements"',
)
def requirements(body: Item, at: Subject) -> Facts:
    """The older setting of one user; conditional access and security defaults ask whatever it says."""
    return facts(uid(at, "users", at["directory_id"]), per_user_mfa=body["perUserMfaState"])


@entra.derives(EntraUser, "mfa", joins=EntraConditionalAccessPolicy)
def mfa(user: EntraUser, policies: Population[EntraConditionalAccessPolicy]) -> bool:
    """Registered here, and asked for here; else unknown where another directory signs the user in."""
    signed_in_by = user.signed_in_by
    asked, registered = or_unknown(lambda: _asked(user, policies)), or_unknown(lambda: user.mfa_enrolled)
    if asked is True and registered is True:
        return True
    # who registered a method signs in here, unless the domain is known to be federated; who did not may come from there
    if signed_in_by == "another" or (signed_in_by == "unknown" and registered is not True):
        raise _elsewhere(user)
    if asked is False or registered is False:
        return False
    return _known(asked) and _known(registered)


def _known(answer: bool | Unknown) -> bool:
    return answer.raise_() if isinstance(answer, Unknown) else answer


def _elsewhere(user: EntraUser) -> UnknownFact:
    if user.guest:
        return UnknownFact("mfa", _GUEST)
    try:
        provider = user.federated_to
    except UnknownFact as error:  # it names the export that would tell
        return error
    return UnknownFact("mfa", f"its domain is federated: {provider} signs the user in, and asks or not")


def _asked(user: EntraUser, policies: Population[EntraConditionalAccessPolicy]) -> bool:
    """Whether each sign-in is asked. Raises `UnknownFact` where that is not certain."""
    setting = or_unknown(lambda: user.per_user_mfa)
    if isinstance(setting, str) and setting == "enforced":
        return True
    tenant = "/".join(user.id.split("/")[:2])
    own = [policy for policy in policies.members if policy.id.startswith(f"{tenant}/")]
    demands, unread = demands_of(user, own)
    verdict = judge(demands)
    if verdict is Verdict.ASKS:
        return True
    if unread is not None:
        raise unread
    for gap in policies.gaps:
        if dict(gap.at).get("tenant") in (None, tenant.rpartition("/")[2]):
            raise UnknownFact("mfa", gap.text, code=gap.code)
    if verdict is Verdict.UNKNOWN:
        raise UnknownFact("mfa", _UNWEIGHED)
    return _asked_by_default(user, own)


def _asked_by_default(user: EntraUser, policies: list[EntraConditionalAccessPolicy]) -> bool:
    """Security defaults can't be on beside policies that are; they ask administrators at each sign-in."""
    if any(policy.state == "enabled" for policy in policies) or not user.security_defaults:
        return False
    if or_unknown(lambda: user.admin_now) is True:
        return True
    raise UnknownFact("security_defaults", _NECESSARY)
