"""Traffic of private networks."""

from soc2test import Network, control


@control(
    "LOG-10",
    criteria=["CC7.2"],
    nature="state",
    supports={"CC6.6": "attempts to cross the boundary leave a trace"},
    severity="medium",
    operates="continuously",
    on_empty="no_occurrences",
)
def test_network_traffic_is_logged(network: Network) -> None:
    """The traffic of every private network leaves a record, refused connections at least.

    CC7.2: scans, intrusions and data that is carried off show in the record of a network's traffic.
    """
    assert network.traffic_logged, "no record of its traffic is kept, or it does not arrive"
