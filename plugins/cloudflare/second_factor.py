"""Whether a member signs in with a second factor: Cloudflare's own, where Cloudflare itself signs the member in."""

from soc2test import Application, Population
from soc2test_plugins.cloudflare.kinds import CloudflareMember
from soc2test_plugins.cloudflare.source import cloudflare
from soc2test_plugins.own_factor import own_factor


@cloudflare.derives(CloudflareMember, "mfa", joins=Application)
def mfa(member: CloudflareMember, applications: Population[Application]) -> bool:
    """What `two_factor_authentication_enabled` says, unless a directory signs people in to Cloudflare.

    Off says nothing of who signs in elsewhere: "Cloudflare user accounts configured to use single sign-on (SSO) cannot
    configure 2FA" (developers.cloudflare.com/fundamentals/user-profiles/2fa). Whether an account does is in no answer
    of the list.
    """
    return own_factor(member.two_factor, applications, "Cloudflare")
