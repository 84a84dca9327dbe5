"""Services that check settings for weaknesses."""

from typing import Any

from soc2test import PostureCheck, control


@control(
    "LOG-08",
    criteria=["CC7.1"],
    nature="state",
    supports={
        "CC6.6": "access from outside that nobody meant to give is found",
        "CC5.2": "the baseline of settings is enforced",
    },
    severity="medium",
    operates="continuously",
    where=lambda check, limits: check.category in limits.categories,
    limits={"categories": ("benchmark", "external_access")},
    looser={"categories": "fewer"},
    on_empty="fail",
)
def test_settings_are_checked_everywhere(check: PostureCheck, limits: Any) -> None:
    """In every scope settings are checked against a benchmark, and for access from outside.

    CC7.1: settings that are weak, from the start or since a change, are found by holding them against a benchmark.
    """
    assert check.enabled, f"the check for {check.category.replace('_', ' ')} is off in {check.scope}"
