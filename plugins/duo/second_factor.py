"""Whether a user signs in with a second factor: certain only of who does not."""

from soc2test import UnknownFact, any_of, or_unknown
from soc2test_plugins.duo.kinds import DuoUser
from soc2test_plugins.duo.source import duo

_POLICIES = "policies of the applications that Duo protects are not read, and may let users in without a second factor"


@duo.derives(DuoUser, "mfa")
def mfa(user: DuoUser) -> bool:
    """False for who bypasses it, whatever is enrolled, and for who has enrolled none."""
    if any_of([or_unknown(lambda: user.bypasses), or_unknown(lambda: not user.mfa_enrolled)]):
        return False
    raise UnknownFact("mfa", _POLICIES)
