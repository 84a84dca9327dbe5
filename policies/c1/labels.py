"""Labels that say what a store holds and who answers for it."""

from soc2test import DataStore, control


@control(
    "DAT-06",
    criteria=["C1.1"],
    supports={"CC6.1": "what must be protected is known"},
    severity="medium",
)
def test_stores_are_classified_and_owned(store: DataStore) -> None:
    """Every data store is labelled with the class of its data and with an owner."""
    assert store.classification is not None, "its class of data is not labelled"
    assert store.owner is not None, "nobody is labelled as its owner"
