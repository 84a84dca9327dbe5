"""Labels that say what a store holds and who answers for it."""

from typing import Any

from soc2test import DataStore, control
from soc2test_policies._labels import has_label


@control(
    "DAT-06",
    criteria=["C1.1"],
    nature="state",
    supports={"CC6.1": "what must be protected is known"},
    severity="medium",
    limits={"classes": ("public", "internal", "confidential", "restricted")},
    looser={"classes": "more"},
)
def test_stores_are_classified_and_owned(store: DataStore, limits: Any) -> None:
    """Every data store is labelled with one of the company's classes of data, and with an owner.

    Controls over confidential stores go by the label: a word that is none of `classes` would take a store out of them.

    C1.1: what is confidential is known by its label, and who answers for it by its owner.
    """
    assert store.classification is not None, "its class of data is not labelled"
    assert has_label(store, limits.classes), (
        f"its class of data is labelled {store.classification}, which is none of {', '.join(limits.classes)}"
    )
    assert store.owner is not None, "nobody is labelled as its owner"
