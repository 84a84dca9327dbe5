"""Second factors of accounts that another provider's sign-in opens."""

from collections.abc import Callable, Iterable

from soc2test import Identity, UnknownFact

__all__ = ["asked_elsewhere"]


def asked_elsewhere(identity: Identity, namesakes: Callable[[], Iterable[Identity]]) -> bool:
    """Whether the provider that signs the account in asks for a second factor, as far as exports tell.

    `namesakes` gives the accounts of the same address. True only where the person has accounts at that provider, and
    each that is active asks.
    """
    try:
        provider = identity.federated_to
        if provider is None or identity.email is None:
            return False
        there = [each for each in namesakes() if each.source == provider and each.id != identity.id]
        accounts = [account for account in there if not _apart(identity, account) and account.active]
        return bool(accounts) and all(account.mfa for account in accounts)
    except UnknownFact:
        return False


def _apart(identity: Identity, account: Identity) -> bool:
    """The account is in another directory of that provider than the one that the federation names."""
    try:
        named, own = identity.federated_realm, account.realm
    except UnknownFact:
        return False
    return None not in (named, own) and named != own
