"""The inventory of systems: who answers for each, and how it came to be."""

from datetime import datetime
from typing import Any

from soc2test import Person, PolicyDocument, Population, System, any_of, control
from soc2test_policies._ages import disorder, overdue, recent
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import are_two
from soc2test_policies._people import owner_problem


@control(
    "SYS-01",
    criteria=["CC5.2"],
    nature="state",
    supports={"CC1.3": "somebody answers for each system"},
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
    on_empty="fail",
)
def test_systems_have_an_active_owner(
    system: System, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every system of the inventory is owned by an active person, and its entry was gone through within the year.

    CC5.2: general controls of a system are set up and kept by somebody who works here and knows what it is made of.
    """
    problem = owner_problem(system.owner_email, persons, as_of)
    assert not problem, problem
    problem = overdue("last reviewed", system.reviewed_at, limits.review_days, as_of)
    assert not problem, problem


@control(
    "SYS-02",
    criteria=["CC5.2"],
    nature="state",
    supports={"CC8.1": "how systems are developed is laid down"},
    severity="medium",
    operates="per event",
    where=lambda system, limits: system.environment in limits.environments,
    limits={"environments": ("production",), "policy_days": 365},
    looser={"environments": "fewer", "policy_days": "higher"},
    words={"environments": ("production", "staging", "development", "internal")},
    on_empty="fail",
)
def test_systems_follow_a_life_cycle_and_have_security_requirements(
    system: System,
    documents: Population[PolicyDocument],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every production system names the policy of its life cycle, which is in force, and has security requirements.

    The policy is in force where it was approved, and reviewed within `policy_days`. The requirements are a document
    that a person who worked here then approved, and who does not own the system.

    CC5.2: systems are developed and acquired by a life cycle in which security is asked for before they are built.
    """
    assert system.life_cycle is not None, "no policy says how it is developed or acquired"
    named = documents.all("id", system.life_cycle)
    assert named, f"its life cycle {system.life_cycle} is no policy of the register"

    def in_force(document: PolicyDocument) -> bool:
        approved = document.approved_at is not None and document.approved_at <= as_of
        return approved and recent(document.reviewed_at, limits.policy_days, as_of)

    assert any_of(named, in_force), (
        f"its life cycle {system.life_cycle} is not approved, or not reviewed for {limits.policy_days} days"
    )
    approved, approver = system.requirements_at, system.requirements_by
    assert system.requirements_document is not None, "of its security requirements there is no document"
    assert approved is not None, "its security requirements are not approved"
    problem = disorder(as_of, ("approved", approved))
    problem = problem or signer_problem("approver", approver, approved, persons)
    assert not problem, f"its security requirements: {problem}"
    if approver is not None and system.owner_email is not None:
        assert are_two(approver, system.owner_email, persons), (
            "its security requirements were approved by its owner alone"
        )
