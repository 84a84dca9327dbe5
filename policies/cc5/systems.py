"""The inventory of systems: who answers for each, and how it came to be."""

from datetime import datetime
from operator import call
from typing import Any

from soc2test import DataStore, Person, PolicyDocument, Population, System, any_of, control
from soc2test_policies._ages import disorder, overdue, recent
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import are_two
from soc2test_policies._people import owner_problem
from soc2test_policies._systems import stands_out

_LABELS = ("confidential", "restricted")
_LIFE_CYCLES = ("secure-development", "change-management", "acquisition")


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


def _has_to_be_built_well(system: System, stores: Population[DataStore], limits: Any) -> bool:
    says_so = (
        lambda: system.environment in limits.environments,
        lambda: stands_out(system, stores, limits.labels),
    )
    return any_of(says_so, call)


@control(
    "SYS-02",
    criteria=["CC5.2"],
    nature="state",
    supports={"CC8.1": "how systems are developed is laid down"},
    severity="medium",
    operates="per event",
    where=_has_to_be_built_well,
    limits={
        "environments": ("production",),
        "labels": _LABELS,
        "topics": _LIFE_CYCLES,
        "policy_days": 365,
    },
    looser={
        "environments": "fewer",
        "labels": "fewer",
        "topics": "more",
        "policy_days": "higher",
    },
    words={"environments": ("production", "staging", "development", "internal")},
    against=["stores"],
    on_empty="fail",
)
def test_systems_follow_a_life_cycle_and_have_security_requirements(
    system: System,
    documents: Population[PolicyDocument],
    persons: Population[Person],
    stores: Population[DataStore],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every production system names the policy of its life cycle, which is in force, and has security requirements.

    So does each other system that its row calls critical, or that names a store with confidential data: what people and
    data depend on is not made less by the word for its environment. The policy is of one of the `topics`, and in force
    where it was approved, and reviewed within `policy_days`. The requirements are a document that a person who worked
    here then approved, and who does not own the system; how old they may be is not asked.

    CC5.2: systems are developed and acquired by a life cycle in which security is asked for before they are built.
    """
    assert system.life_cycle is not None, "no policy says how it is developed or acquired"
    named = documents.all("id", system.life_cycle)
    assert named, f"its life cycle {system.life_cycle} is no policy of the register"
    fitting = any_of(named, lambda document: document.topic in limits.topics)
    assert fitting, f"its life cycle {system.life_cycle} is a policy of another topic than {', '.join(limits.topics)}"

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
