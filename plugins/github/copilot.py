"""Seats of GitHub Copilot: who may use it.

https://docs.github.com/en/rest/copilot/copilot-user-management#list-all-copilot-seat-assignments-for-an-organization
"""

from soc2test import Facts, Item, Subject, facts, item_of, text
from soc2test_plugins.github.kinds import CopilotSeat
from soc2test_plugins.github.source import counted_by, github, uid

PRODUCT = "GitHub Copilot"
_ONE = "if length == 1 then .[0] else {{total_seats: .[0].total_seats, seats: map(.seats[]?)}} end"
"""gh prints the pages one after the other; an error stands alone."""


@github.reads(
    "copilot list-copilot-seats",
    kind=CopilotSeat,
    items="seats",
    lists=True,
    total="total_seats",
    paging=counted_by("total_seats"),
    command='gh api --paginate "orgs/{org}/copilot/billing/seats?per_page=100" | jq --slurp \'' + _ONE + "'",
)
def seat(item: Item, at: Subject) -> Facts:
    """A seat, also one that ends with the month: until then it is used."""
    login = text(item_of(item["assignee"])["login"])
    return facts(uid(at, "copilot", login), product=PRODUCT, account=login)
