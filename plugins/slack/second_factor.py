"""Whether a member signs in with a second factor: Slack's own, where Slack itself signs the member in."""

from soc2test import Application, Population, UnknownFact, any_of
from soc2test_plugins.slack.kinds import SlackUser
from soc2test_plugins.slack.source import slack

_ELSEWHERE = (
    "a directory holds an application for Slack with single sign-on, and no export of Slack tells whom it signs in: "
    "what is asked of them there is not known here"
)


@slack.derives(SlackUser, "mfa", joins=Application)
def mfa(user: SlackUser, applications: Population[Application]) -> bool:
    """What `has_2fa` says, unless a directory signs people in to Slack.

    With it on, a code is asked for beside the password "each time they sign in" (slack.com/help, article 212221668).
    Off says nothing of who signs in elsewhere: "If you're using single sign-on (SSO), 2FA should be set up through
    your identity provider" (the same). Whether a workspace does is in no documented answer of Slack, so that the lists
    of declared directories are asked for an application of that name. Where none is declared, Slack signs in.
    """
    asked = user.two_factor
    if any_of(applications.members, _signs_in_to_slack):
        raise UnknownFact("mfa", _ELSEWHERE)
    if not asked:
        _refuse_part_of(applications)
    return asked


def _signs_in_to_slack(application: Application) -> bool:
    return "slack" in application.name.casefold() and application.active and application.single_sign_on


def _refuse_part_of(applications: Population[Application]) -> None:
    """Raises `UnknownFact` where a declared directory does not tell all of its applications."""
    for gap in applications.gaps:
        if gap.source is not None:
            raise UnknownFact("mfa", gap.text, code=gap.code)
