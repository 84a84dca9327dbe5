"""Who may use artificial intelligence, and how they sign in to it."""

from datetime import datetime
from typing import Any

from soc2test import AISystem, AIUse, AppGrant, Application, Person, Population, any_of, control
from soc2test_policies._ai import KNOWN, all_told, known_name, of_source, registered, systems_of
from soc2test_policies._joins import worded
from soc2test_policies._people import works_here


@control(
    "AI-03",
    criteria=["CC6.2"],
    nature="state",
    supports={"CC9.2": "a product that has seats is one that somebody decided on"},
    severity="medium",
    operates="continuously",
)
def test_ai_seats_are_of_people_who_work_here(
    use: AIUse, systems: Population[AISystem], persons: Population[Person], as_of: datetime
) -> None:
    """Every seat of an AI product is of an account that the register of people names for somebody who works here.

    The product itself has to be in the register of AI systems.

    CC6.2: a seat is an account of its own, which ends with the work of whom it was given to.
    """
    assert registered(use.product, systems), f"is of {use.product}, which no entry of the register is known as"
    account = f"{use.source}:{use.account}"
    found = persons.all("accounts", account)
    if any_of(found, lambda person: works_here(person, as_of)):
        return
    whose = "nobody in the register"
    if found.hits:
        holder = found.hits[0]
        whose = worded(lambda: f"{holder.email}, who has left or has not begun", "somebody who has left or not begun")
    raise AssertionError(f"is held by {account}, an account of {whose}")


@control(
    "AI-05",
    criteria=["CC6.1"],
    nature="state",
    severity="high",
    operates="continuously",
    complete=all_told,
)
def test_ai_systems_are_behind_single_sign_on(system: AISystem, applications: Population[Application]) -> None:
    """People sign in to every AI system by an active application of the directory that uses single sign-on.

    CC6.1: what a model is given stays in the company's account only where people use that one, with its rules.
    """
    assert system.application is not None, "people sign in to it by no application of a directory"
    source, id = of_source(system.application)
    for application in applications.all("id", id):
        if application.source == source:
            assert application.active, f"its application {id} is switched off"
            assert application.single_sign_on, f"its application {id} signs people in with a stored password"
            return
    raise AssertionError(f"{source} has no application {id}")


@control(
    "AI-08",
    criteria=["CC6.3"],
    nature="state",
    supports={
        "CC9.2": "what an application of others was let into by a user is known",
        "C1.1": "a model reads no more of what the company holds than was decided",
    },
    severity="high",
    operates="continuously",
    where=lambda grant: grant.active,
    limits={"names": KNOWN},
    looser={"names": "fewer"},
)
def test_ai_connectors_hold_no_more_than_was_decided(
    grant: AppGrant, systems: Population[AISystem], limits: Any
) -> None:
    """No application that was let in has the name of an AI system, but one that holds what the register allows it.

    The names are those of `limits.names`: what is called otherwise is not noticed.

    CC6.3: a connector acts with the rights that somebody gave it, and a model with more than it needs may use them.
    """
    found = known_name(grant.name, limits.names)
    if not found:
        return
    entries, allowed = 0, set[str]()
    for system in systems_of(grant.name, systems):
        entries += 1
        allowed |= set(system.rights)
    assert entries, f"{grant.name} was let in, as {found} is called, and is in no entry of the register"
    beyond = sorted(set(grant.rights) - allowed)
    assert not beyond, f"{grant.name} holds {', '.join(beyond)}, which the register does not allow it"
