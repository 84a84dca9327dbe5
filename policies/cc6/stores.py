"""Places where data lies: buckets, databases, volumes."""

from soc2test import DataStore, control


@control(
    "DAT-01",
    criteria=["CC6.1", "CC6.6"],
    nature="state",
    supports={"C1.1": "confidential data is not open to all"},
    severity="critical",
)
def test_stores_are_not_public(store: DataStore) -> None:
    """No data store can be read or written by anyone on the internet.

    CC6.1: whoever reaches a store without signing in passes by every rule of who may read it.
    CC6.6: nothing stands between a store that is open to the internet and those outside.
    """
    assert not store.public, "anyone on the internet can read or write it"


@control("DAT-02", criteria=["CC6.1"], nature="state", severity="high")
def test_stores_are_encrypted(store: DataStore) -> None:
    """Every data store is encrypted at rest.

    CC6.1: encryption at rest keeps data from whoever gets at disks or copies past the rules of access.
    """
    assert store.encrypted, "is not encrypted at rest"


@control("DAT-03", criteria=["CC6.7"], nature="state", severity="medium")
def test_stores_demand_tls(store: DataStore) -> None:
    """Every data store refuses connections without TLS.

    CC6.7: what travels to or from a store without TLS can be read and changed on its way.
    """
    assert store.tls_only, "answers connections without TLS"
