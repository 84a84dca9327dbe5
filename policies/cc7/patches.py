"""Patches of machines that run workloads."""

from datetime import datetime
from typing import Any

from soc2test import Host, control
from soc2test_policies._ages import overdue


@control(
    "VUL-06",
    criteria=["CC7.1"],
    nature="state",
    supports={"CC6.8": "software that is known to be weak is replaced"},
    severity="high",
    operates="weekly",
    where=lambda host: host.running,
    limits={"scan_days": 7},
    looser={"scan_days": "higher"},
    on_empty="no_occurrences",
)
def test_hosts_are_patched(host: Host, limits: Any, as_of: datetime) -> None:
    """Every running host is under management, was lately searched for missing patches, and lacks none of them.

    CC7.1: a missing patch is a known weakness, and a host that nobody searches hides its own.
    """
    assert host.managed, "reports to no management of machines, so that nobody patches it"
    problem = overdue("last searched for missing patches", host.patch_scan_at, limits.scan_days, as_of)
    assert not problem, problem
    assert host.missing_patches == 0, (
        f"lacks {host.missing_patches} patches: its baseline demands them, or holds back updates for security"
    )
