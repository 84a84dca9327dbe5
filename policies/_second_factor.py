"""Second factors of accounts that another provider's sign-in opens."""

from collections.abc import Iterator

from soc2test import Identity, Population, UnknownFact

__all__ = ["asks_second_factor"]


def asks_second_factor(identity: Identity, identities: Population[Identity]) -> bool:
    """Whether an account signs in with a second factor, its own or that of the provider which signs it in.

    Raises `UnknownFact` where its own provider can't tell and no account at the other one is known to ask for it.
    """
    try:
        return identity.mfa
    except UnknownFact:
        if _asked_elsewhere(identity, identities):
            return True
        raise


def _asked_elsewhere(identity: Identity, identities: Population[Identity]) -> bool:
    """Whether the person has accounts at the identity provider, and each that is active asks for a second factor."""
    try:
        accounts = list(_accounts_at(identity.federated_to, identity, identities))
        return bool(accounts) and all(account.mfa for account in accounts)
    except UnknownFact:
        return False


def _accounts_at(provider: str | None, identity: Identity, identities: Population[Identity]) -> Iterator[Identity]:
    """The person's active accounts there, by address."""
    if provider is None or identity.email is None:
        return
    for account in identities.all("email", identity.email).hits:
        if account.source == provider and account.id != identity.id and account.active:
            yield account
