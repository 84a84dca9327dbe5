"""Labels that say what a store holds and who answers for it."""

from datetime import datetime
from typing import Any

from soc2test import DataStore, Person, Population, control, is_placeholder
from soc2test_policies._labels import has_label
from soc2test_policies._people import owner_problem


@control(
    "DAT-06",
    criteria=["C1.1"],
    nature="state",
    supports={"CC6.1": "what must be protected is known"},
    severity="medium",
    limits={"classes": ("public", "internal", "confidential", "restricted")},
    looser={"classes": "more"},
)
def test_stores_are_classified_and_owned(
    store: DataStore, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every data store is labelled with one of the company's classes of data, and with an owner.

    An owner who is labelled by an address works here, where the register of people is told; a team is labelled by any
    word but a placeholder.

    Controls over confidential stores go by the label: a word that is none of `classes` would take a store out of them.

    C1.1: what is confidential is known by its label, and who answers for it by its owner.
    """
    assert store.classification is not None, "its class of data is not labelled"
    assert has_label(store, limits.classes), (
        f"its class of data is labelled {store.classification}, which is none of {', '.join(limits.classes)}"
    )
    owner = store.owner
    assert owner is not None, "nobody is labelled as its owner"
    assert not is_placeholder(owner), f"its owner is labelled {owner}, which names nobody"
    if "@" in owner and persons.members:
        problem = owner_problem(owner, persons, as_of)
        assert not problem, problem
