"""How many issues a project holds, whatever a list of them was asked for.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/ (OpenAPI of Jira Cloud, searchProjects,
PageBeanProject, ProjectInsight).
"""

from collections.abc import Iterator

from soc2test import (
    Counted,
    Facts,
    Item,
    Subject,
    Ticket,
    TicketProject,
    counted,
    facts,
    item_of,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.jira.identity import PROJECTS
from soc2test_plugins.jira.source import API, jira, uid


@jira.reads(
    PROJECTS,
    kind=TicketProject,
    items="values",
    lists=True,
    total="total",
    never_empty=True,
    command=API + 'project/search?keys={project}&expand=insight"',
)
def project(item: Item, at: Subject) -> Iterator[Facts | Counted]:
    """The project, with `insight`: "the insight details of total issue count and last issue update time".

    Atlassian calls that part experimental; where an answer has none, how many there are is unknown, and no list shows
    that it is whole.
    """
    count = or_unknown(lambda: number(item_of(item["insight"])["totalIssueCount"]))
    yield facts(uid(at, "projects", item["id"]), name=or_unknown(lambda: text(item["key"])), tickets=count)
    if isinstance(count, int):
        yield counted(count, Ticket)
