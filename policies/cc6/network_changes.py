"""What was opened in firewalls and security groups, as logs tell it: also what no list of rules shows any more."""

from typing import Any

from soc2test import NetworkOpening, NetworkRule, Population, control, deviation
from soc2test_policies._joins import told
from soc2test_policies._ports import ADMIN_PORTS, DATABASE_PORTS, opened


def none_is_open(rules: Population[NetworkRule], limits: Any) -> None:
    """No rule that is there opens one of these ports to the world: somebody would have opened it."""
    for rule in rules:
        if rule.inbound and opened(rule, (*limits.admin_ports, *limits.database_ports)) and rule.world:
            deviation(rule, "is there, and the log tells of nothing that was opened")


@control(
    "NET-05",
    criteria=["CC6.6"],
    nature="event",
    severity="critical",
    operates="per event",
    dated="opened_at",
    limits={"admin_ports": ADMIN_PORTS, "database_ports": DATABASE_PORTS},
    looser={"admin_ports": "fewer", "database_ports": "fewer"},
    on_empty="no_occurrences",
    agrees=none_is_open,
)
def test_nothing_was_opened_to_the_world(opening: NetworkOpening, limits: Any) -> None:
    """No change of a firewall opened a port of administration or of a database to any address.

    CC6.6: what was open for an hour could be tried out for that hour, also where no list of rules shows it any more.
    """
    ports = opened(opening, (*limits.admin_ports, *limits.database_ports))
    if ports and opening.world:  # of a change that may be of an outbound rule the direction matters only then
        assert not opening.inbound, f"opened {opening.protocol} {ports} to the whole internet{_moments(opening)}"


def _moments(opening: NetworkOpening) -> str:
    """When, by whom, and until when, as far as the log tells."""
    closed = told(lambda: opening.closed_at, otherwise=None)
    actor = told(lambda: opening.actor, otherwise=None)
    until = f", closed {closed:%Y-%m-%d %H:%M} UTC" if closed is not None else ""
    return f" on {opening.opened_at:%Y-%m-%d %H:%M} UTC{f' by {actor}' if actor is not None else ''}{until}"
