"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others.

Whoever is deleted goes from the list: "There's no way to get info on a deleted user from our API"
(community.pagerduty.com, 822, PagerDuty's own answer), and a user can't be switched off.
"""

from soc2test_plugins.pagerduty.kinds import PagerdutyUser
from soc2test_plugins.pagerduty.source import pagerduty

pagerduty.always(PagerdutyUser, root=False, human=True, active=True, stays_listed=False)
