"""Places where data lies: buckets, databases, volumes."""

from typing import Any

from soc2test import DataStore, Identity, Population, SharedStore, control


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


@control(
    "DAT-11",
    criteria=["CC6.1", "CC6.3"],
    nature="state",
    supports={"C1.1": "who of others reads confidential data was decided"},
    severity="high",
    operates="continuously",
    where=lambda store: store.may_share,
    limits={"allowed": ()},
    looser={"allowed": "more"},
    beside=["identities"],
    blind_spots={"limits.allowed": "it names whom of others a store may let in, and without one it is never asked"},
)
def test_stores_let_in_no_strangers_by_name(store: SharedStore, identities: Population[Identity], limits: Any) -> None:
    """No store lets in others by its own policy, access list or share but those whom the company allows.

    `allowed` names them as the source does: accounts, organisations, users, networks. Accounts whose users are
    exported too are the company's own.

    CC6.1: who is let in by the store itself is in no list of accounts, and no review of access looks at him.
    CC6.3: rights that are given to another account are its owner's to hand on.
    """
    own = {store.tenant, *(identity.tenant for identity in identities.members if identity.source == store.source)}
    strangers = [name for name in store.outsiders if name not in own and name not in limits.allowed]
    assert not strangers, f"its own policy, list or share lets in {', '.join(strangers)}"


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
