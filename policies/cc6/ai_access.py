"""Who may use artificial intelligence, and how they sign in to it."""

from datetime import datetime

from soc2test import AISystem, AIUse, Application, Person, Population, any_of, control
from soc2test_policies._ai import all_told, of_source, registered
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
