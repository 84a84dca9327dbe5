"""Deployments to where customers are served."""

import re
from datetime import datetime
from typing import Any

from soc2test import Environment, Identity, Person, Population, Repository, control, deviation
from soc2test_policies._deployment_approvers import Approvers, gone_problem, machine_problem
from soc2test_policies._joins import problems, told

_WORDS = re.compile(r"[^\W_]+")
_ASIDE = frozenset({
    "copy", "dev", "development", "mirror", "no", "non", "not", "pre", "preview", "qa", "sandbox", "stage", "staging",
    "test", "testing", "uat",
})  # fmt: skip
"""Beside the name of production they say that it is none: "pre-production", "prod-preview"."""
_DIGITS = "0123456789"


def _production(environment: Environment, limits: Any) -> bool:
    """By its whole name or a word of it: "prod-eu" is production somewhere, and so is "prod2"."""
    name, names = environment.name.casefold(), {each.casefold() for each in limits.names}
    words = {word.rstrip(_DIGITS) or word for word in _WORDS.findall(name)}
    return name in names or (not names.isdisjoint(words) and words.isdisjoint(_ASIDE))


def _production_named(environments: Population[Environment], repositories: Population[Repository], limits: Any) -> None:
    """Each repository in use that has environments has one that is production by its name.

    One that is called otherwise would leave the test by its name alone, and others would keep it green.
    """
    for repository in repositories.members:
        if told(lambda repository=repository: repository.archived, False):  # type: ignore[misc]
            continue
        own = [each for each in environments.members if _of(repository, each)]
        if own and not any(told(lambda each=each: _production(each, limits), True) for each in own):  # type: ignore[misc]
            names = ", ".join(sorted(each.name for each in own))
            text = f"{repository.name} has the environments {names}, and none is production by limits.names"
            deviation(repository, f"{text}: add the name of the one that is, or exempt the repository")


def _of(repository: Repository, environment: Environment) -> bool:
    return environment.source == repository.source and environment.repository == repository.name


@control(
    "CHG-07",
    criteria=["CC8.1"],
    nature="state",
    supports={"CC5.1": "whoever writes code does not put it into production alone"},
    severity="high",
    operates="per event",
    where=_production,
    limits={"names": ("production", "prod", "prd", "live")},
    looser={"names": "fewer"},
    complete=_production_named,
    beside=["identities"],
)
def test_production_deployments_are_approved(
    environment: Environment, persons: Population[Person], identities: Population[Identity], as_of: datetime
) -> None:
    """Every deployment to production waits until somebody else than its author approves it, whoever deploys.

    `names` are those of the environments that are production, or words of their names ("prod-eu"). The test is not
    evaluated where a repository in use has environments, and none is called so.

    One of those who are named is enough, so that none of them is a machine, by the type of the account or the register
    of people, and one works here. Who is in a team is not asked.

    CC8.1: deploying is the last step of a change; one that its author takes alone was authorised by nobody.
    """
    assert environment.approval_required, f"{environment.repository} is deployed without an approval"
    assert environment.self_approval_blocked, f"who deploys {environment.repository} can approve it alone"
    assert environment.admins_bound, f"administrators can deploy {environment.repository} without an approval"
    approvers = Approvers(persons=persons, identities=identities, as_of=as_of)
    problem = problems(lambda look: look(environment, approvers), (machine_problem, gone_problem))
    assert not problem, f"{environment.repository} is deployed with the approval of {problem}"
