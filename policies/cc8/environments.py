"""Deployments to where customers are served."""

from typing import Any

from soc2test import Environment, control


def _production(environment: Environment, limits: Any) -> bool:
    return environment.name.casefold() in {name.casefold() for name in limits.names}


@control(
    "CHG-07",
    criteria=["CC8.1"],
    nature="state",
    supports={"CC5.1": "whoever writes code does not put it into production alone"},
    severity="high",
    operates="per event",
    where=_production,
    limits={"names": ("production", "prod", "live")},
    looser={"names": "fewer"},
)
def test_production_deployments_are_approved(environment: Environment) -> None:
    """Every deployment to production waits until somebody else than its author approves it, whoever deploys.

    `names` are those of the environments that are production.
    """
    assert environment.approval_required, f"{environment.repository} is deployed without an approval"
    assert environment.self_approval_blocked, f"who deploys {environment.repository} can approve it alone"
    assert environment.admins_bound, f"administrators can deploy {environment.repository} without an approval"
