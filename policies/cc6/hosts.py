"""Machines that run workloads."""

from soc2test import Host, control


@control(
    "NET-03",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.6": "a forged request from outside can't fetch the host's credentials"},
    severity="high",
    where=lambda host: host.running,
    on_empty="no_occurrences",
)
def test_hosts_guard_their_metadata(host: Host) -> None:
    """Every running host gives its instance metadata only to callers with a session token.

    CC6.1: the metadata hands out the host's own credentials, and the token keeps them from forged requests.
    """
    assert host.metadata_token_required, "its metadata service answers without a session token"
