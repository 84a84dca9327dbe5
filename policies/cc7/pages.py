"""Pages, and the incidents that were declared of them."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, Page, Population, control
from soc2test_policies._ages import WINDOW, due_in_window, late
from soc2test_policies._pages import ENTRY_DAYS, MINOR, asks_for_an_incident, entered, pages_reach_back
from soc2test_policies._second_sources import no_severe_incidents


def _urgent(page: Page, limits: Any, as_of: datetime) -> bool:
    """Also what came before the window, where it had to be entered within it."""
    limit = timedelta(days=limits.entry_days)
    lately = due_in_window(page.created_at, limit, limits.since_days, as_of)
    return lately and asks_for_an_incident(page, limits.minor_priorities)


@control(
    "INC-08",
    criteria=["CC7.3"],
    nature="event",
    dated="created_at",
    supports={"CC7.4": "only an incident that is in the register is led, resolved and told of by the plan"},
    severity="high",
    operates="per event",
    where=_urgent,
    limits={"entry_days": ENTRY_DAYS, "minor_priorities": MINOR, "since_days": WINDOW},
    looser={"entry_days": "higher", "minor_priorities": "more", "since_days": "lower"},
    least={"since_days": 1},
    on_empty="no_occurrences",
    agrees=no_severe_incidents,
    complete=pages_reach_back,
    blind_spots={
        "limits.minor_priorities": "a page of low urgency with such a priority is left out, where no proof begins",
    },
)
def test_urgent_pages_are_in_the_register_of_incidents(
    page: Page, incidents: Population[Incident], limits: Any, as_of: datetime
) -> None:
    """Every page of high urgency is named by a row of the register of incidents within the allowed days.

    So is one of low urgency whose priority is not one of `minor_priorities`: priorities bear the company's own names.
    A row names the pages that were of its incident (`pages`), and speaks for those that were merged into them; nothing
    is matched by time; but one of a page that came after its incident was over names it in vain. What was no incident
    stands in a row of severity low, which says who looked at it. The test is not evaluated unless the list of each
    account goes back beyond the window, since the last month alone is listed unless all is asked for.

    CC7.3: what somebody was called to at once was judged only where a record says what it was.
    """
    problem = "" if entered(page, incidents, as_of) else _not_entered(page, limits, as_of)
    assert not problem, f"page {page.name} ({page.title}): {problem}"


def _not_entered(page: Page, limits: Any, as_of: datetime) -> str:
    limit = timedelta(days=limits.entry_days)
    return late("entered in the register of incidents", None, page.created_at, limit, as_of)
