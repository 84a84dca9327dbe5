"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others.

`users.list` goes on naming who was deactivated: "This includes both invited users and deleted/deactivated users"
(docs.slack.dev, users.list).
"""

from soc2test_plugins.slack.kinds import SlackUser
from soc2test_plugins.slack.source import slack

slack.always(SlackUser, root=False, stays_listed=True)
