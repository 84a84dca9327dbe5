"""Sites: who answers for each, and who comes there without a badge."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Badge, Person, Population, Site, Vendor, Visit, any_of, control, deviation
from soc2test_policies._ages import disorder, due_in_window, in_window, late
from soc2test_policies._badges import closed, ours
from soc2test_policies._joins import known
from soc2test_policies._people import named_problem, owner_problem


@control(
    "PHY-06",
    criteria=["CC6.4"],
    nature="state",
    severity="medium",
    where=lambda site, as_of: not closed(site, as_of),
)
def test_sites_have_an_owner_and_doors(
    site: Site, badges: Population[Badge], vendors: Population[Vendor], persons: Population[Person], as_of: datetime
) -> None:
    """Every site has an owner; ours opens by badges that are listed, another's is a vendor's whose controls we watch.

    Its vendor is one in use that our commitments rest on: VEN-04 asks for its report, or what was watched instead.

    CC6.4: of each place somebody can say who may enter, the company itself or the provider whose rooms they are.
    """
    problem = owner_problem(site.owner_email, persons, as_of)
    assert not problem, problem
    if ours(site):
        opens = any_of(badges, lambda badge: site.id in badge.sites and badge.active)
        assert opens, "no badge that is listed opens it: nobody knows who can enter"
        return
    operator = site.operated_by
    found = vendors.all("id", operator)
    assert any_of(found, lambda vendor: vendor.active), f"is operated by {operator}, which is no vendor in use"
    assert any_of(found, lambda vendor: vendor.active and vendor.subservice), (
        f"is operated by {operator}, whose controls nobody watches: by the register of vendors it is no subservice "
        "organisation"
    )


def each_site_logs_visits(sites: Population[Site], visits: Population[Visit], limits: Any, as_of: datetime) -> None:
    """Each site of ours that is in use has an entry of the window in the log of visits.

    A log that is not kept looks like one to which nobody came.
    """
    lately, unclear = known(visits.members, lambda visit: in_window(visit.arrived_at, limits.window_days, as_of))
    logged = {visit.site for visit in lately}
    silent, unknown = known(
        sites.members, lambda site: ours(site) and not closed(site, as_of) and site.id not in logged
    )
    for site in silent:
        deviation(site, f"{site.id} has no visit of the last {limits.window_days} days in the log")
    if (lost := unclear or unknown) is not None:
        raise lost


def _in_window(visit: Visit, limits: Any, as_of: datetime) -> bool:
    return due_in_window(visit.arrived_at, timedelta(hours=limits.stay_hours), limits.window_days, as_of)


@control(
    "PHY-05",
    criteria=["CC6.4"],
    nature="event",
    dated="arrived_at",
    severity="low",
    operates="per event",
    where=_in_window,
    limits={"window_days": 365, "stay_hours": 24},
    looser={"window_days": "lower", "stay_hours": "higher"},
    least={"window_days": 1},
    complete=each_site_logs_visits,
)
def test_visitors_are_logged_and_accompanied(
    visit: Visit, sites: Population[Site], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every visit names the visitor, a host who worked here then, and that the visitor left within the allowed hours.

    Each site of ours has visits in the log of the year: one that keeps no log looks like one without visitors.

    CC6.4: who has no badge enters with somebody who has, and is known to have left.
    """
    if not _in_window(visit, limits, as_of):
        return
    assert visit.visitor is not None, "the log does not say who came"
    assert sites.all("id", visit.site), f"was at {visit.site}, which is no site of the register"
    problem = named_problem("host", visit.host_email, visit.arrived_at, persons)
    assert not problem, problem
    limit = timedelta(hours=limits.stay_hours)
    wrong = disorder(as_of, ("arrived", visit.arrived_at), ("left", visit.left_at))
    wrong = wrong or late("left", visit.left_at, visit.arrived_at, limit, as_of)
    assert not wrong, wrong
