"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.okta.kinds import OktaApiToken, OktaUser
from soc2test_plugins.okta.source import okta

okta.always(OktaUser, root=False, stays_listed=True)
okta.always(OktaApiToken, root=False, category="token")
