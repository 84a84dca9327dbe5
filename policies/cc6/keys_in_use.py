"""Keys that data is encrypted with: whoever loses the key has lost the data."""

from soc2test import DataStore, EncryptionKey, Population, control
from soc2test_policies._keys import lost


@control("DAT-10", criteria=["A1.2", "CC6.1"], nature="state", severity="critical", operates="continuously")
def test_keys_of_stores_can_be_used(store: DataStore, keys: Population[EncryptionKey]) -> None:
    """The key that a store or a snapshot is encrypted with is on, and is not on its way to deletion.

    Keys that the provider keeps for itself can't be taken away. Of a key with versions each counts.

    A1.2: what is encrypted with a key that is gone is gone as well, and so is each copy of it.
    CC6.1: a key is kept for as long as there is data that only this key opens.
    """
    if store.encryption_key is None:
        return
    problem = lost(store.encryption_key, keys)
    assert not problem, problem
