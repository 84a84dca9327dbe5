"""Issues of one project in whichever state.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ (OpenAPI of Jira Cloud,
searchAndReconsileIssuesUsingJql, SearchAndReconcileResults, IssueBean).
"""

from typing import Any

from soc2test import Facts, Item, Subject, Ticket, Unknown, facts, item_of, listed, meaning, or_unknown, text
from soc2test_plugins.jira.identity import ISSUES
from soc2test_plugins.jira.source import API, jira, uid

_OVER = {"new": False, "indeterminate": False, "done": True}
"""`statusCategory.key` of a status: each status that a company makes up is of one of three categories, To Do, In
Progress and Done, which are not customizable (community.atlassian.com, Status Categories). "undefined" says nothing."""
_JQL = "project%20%3D%20%22{project}%22%20order%20by%20key"
_FIELDS = "summary,issuetype,project,status,statuscategorychangedate,created,labels"
"""By default "this resource returns IDs only"."""


@jira.reads(
    ISSUES,
    kind=Ticket,
    items="issues",
    lists=True,
    # who is not signed in, or may see none, gets an empty list
    never_empty=True,
    command=f'{API}search/jql?jql={_JQL}&maxResults=100&fields={_FIELDS}"',
)
def issue(item: Item, at: Subject) -> Facts:
    """One issue. What it is named by is its key, which becomes another one where it is moved to another project."""
    fields = item_of(item["fields"])
    return facts(
        uid(at, "issues", item["id"]),
        name=or_unknown(lambda: text(item["key"])),
        title=or_unknown(lambda: text(fields["summary"])),
        project=or_unknown(lambda: text(item_of(fields["project"])["key"])),
        type=or_unknown(lambda: text(item_of(fields["issuetype"])["name"])),
        labels=or_unknown(lambda: tuple(text(label) for label in listed(fields["labels"]))),
        created_at=or_unknown(lambda: fields.time("created")),
        closed_at=or_unknown(lambda: _closed_at(fields)),
    )


def _closed_at(fields: Item) -> Any:
    """When its status came to be of the category that ends it: the field "Status Category Changed", a date and time.

    The date of resolution is another thing: a resolution may be set on an issue that goes on, and left out on one that
    is done.
    """
    status = item_of(fields["status"])
    if not meaning(item_of(status["statusCategory"])["key"], _OVER):
        return None
    moment = fields.time("statuscategorychangedate")
    if moment is None:
        return Unknown("it is done, and does not say since when", what="statuscategorychangedate")
    return moment
