"""Patches of machines that run workloads."""

from datetime import datetime
from typing import Any

from soc2test import Host, control
from soc2test_policies._ages import overdue, recent


@control(
    "VUL-06",
    criteria=["CC7.1"],
    nature="state",
    supports={"CC6.8": "software that is known to be weak is replaced"},
    severity="high",
    operates="weekly",
    where=lambda host: host.running,
    limits={"scan_days": 7, "install_days": 7},
    looser={"scan_days": "higher", "install_days": "higher"},
    on_empty="no_occurrences",
)
def test_hosts_are_patched(host: Host, limits: Any, as_of: datetime) -> None:
    """Every running host is under management, was lately searched for missing patches, and lacks none of them.

    Where patches were installed in the last `install_days`, those that came up since wait for the next time. One that
    failed, that needs a restart or that is held back waits for nothing.

    CC7.1: a missing patch is a known weakness, and a host that nobody searches hides its own.
    """
    assert host.managed, "reports to no management of machines, so that nobody patches it"
    problem = overdue("last searched for missing patches", host.patch_scan_at, limits.scan_days, as_of)
    assert not problem, problem
    missing = host.missing_patches
    waits = missing > 0 and missing <= host.untried_patches and recent(host.patched_at, limits.install_days, as_of)
    lacks = f"lacks {missing} patches: its baseline demands them, or holds back updates for security"
    assert missing == 0 or waits, lacks
