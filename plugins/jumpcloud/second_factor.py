"""Whether a user signs in with a second factor: certain only of who has none."""

from soc2test import UnknownFact
from soc2test_plugins.jumpcloud.kinds import JumpcloudUser
from soc2test_plugins.jumpcloud.source import jumpcloud

_UNASKED = (
    "a second factor is set up, and access policies, which are not read, decide whether a sign-in asks for it: they "
    'override "Require Multi-factor Authentication on the User Portal" of the user'
)


@jumpcloud.derives(JumpcloudUser, "mfa")
def mfa(user: JumpcloudUser) -> bool:
    """No factor, no second step: who has none signs in without, or is locked out of the user portal.

    What is set up need not be asked for: users "can log in to their resources with just their username and password"
    unless it is required (help, Require MFA for Users), and "Conditional access policies override a Default Access
    Policy", which may leave it to the user's own setting, `enable_user_portal_multifactor`, or not (help, Set a Default
    Access Policy). They may also "relax access", on a managed device say.
    """
    if user.mfa_enrolled:
        raise UnknownFact("mfa", _UNASKED)
    return False
