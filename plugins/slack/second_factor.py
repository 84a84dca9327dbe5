"""Whether a member signs in with a second factor: Slack's own, where Slack itself signs the member in."""

from soc2test import Application, Population
from soc2test_plugins.own_factor import own_factor
from soc2test_plugins.slack.kinds import SlackUser
from soc2test_plugins.slack.source import slack


@slack.derives(SlackUser, "mfa", joins=Application)
def mfa(user: SlackUser, applications: Population[Application]) -> bool:
    """What `has_2fa` says, unless a directory signs people in to Slack.

    With it on, a code is asked for beside the password "each time they sign in" (slack.com/help, article 212221668).
    Off says nothing of who signs in elsewhere: "If you're using single sign-on (SSO), 2FA should be set up through
    your identity provider" (the same). Whether a workspace does is in no documented answer of Slack.
    """
    return own_factor(user.two_factor, applications, "Slack")
