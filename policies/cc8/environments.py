"""Deployments to where customers are served."""

import re
from typing import Any

from soc2test import Environment, control

_WORDS = re.compile(r"[^\W_]+")
_ASIDE = frozenset({
    "copy", "dev", "development", "mirror", "no", "non", "not", "pre", "preview", "qa", "sandbox", "stage", "staging",
    "test", "testing", "uat",
})  # fmt: skip
"""Beside the name of production they say that it is none: "pre-production", "prod-preview"."""


def _production(environment: Environment, limits: Any) -> bool:
    """By its whole name or a word of it: "prod-eu" is production somewhere."""
    name, names = environment.name.casefold(), {each.casefold() for each in limits.names}
    words = set(_WORDS.findall(name))
    return name in names or (not names.isdisjoint(words) and words.isdisjoint(_ASIDE))


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

    `names` are those of the environments that are production, or words of their names ("prod-eu").

    CC8.1: deploying is the last step of a change; one that its author takes alone was authorised by nobody.
    """
    assert environment.approval_required, f"{environment.repository} is deployed without an approval"
    assert environment.self_approval_blocked, f"who deploys {environment.repository} can approve it alone"
    assert environment.admins_bound, f"administrators can deploy {environment.repository} without an approval"
