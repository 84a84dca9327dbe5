"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others.

Who was switched off stays in the list: "all users, including active users, inactive users and previously deleted users
that have an Atlassian account" (OpenAPI of Jira Cloud, getAllUsers).
"""

from soc2test_plugins.jira.kinds import JiraUser
from soc2test_plugins.jira.source import jira_users

jira_users.always(JiraUser, root=False, human=True, stays_listed=True)
