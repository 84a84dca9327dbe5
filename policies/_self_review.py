"""Whether somebody decided on an account of their own."""

from soc2test import AccessDecision, Identity, Person, Population, UnknownFact, normal_email
from soc2test_policies._people import listing
from soc2test_policies._reviews import accounts_named, misnamed

__all__ = ["own_account"]


def own_account(
    decision: AccessDecision, by: str, system: str, identities: Population[Identity], persons: Population[Person]
) -> str:
    """What is wrong where the account that was decided on is that of the person who decided, by address or register.

    Accounts of programs are nobody's own. Raises `UnknownFact` where nothing tells whose it is.
    """
    sure, perhaps = accounts_named(decision.account, system, identities)
    if perhaps:
        raise misnamed(decision.account, system)
    own = _is_own(sure[0], by, persons) if sure else _was_own(decision, by, system, persons)
    return f"{by} decided on {decision.account}, an account of their own" if own else ""


def _is_own(identity: Identity, by: str, persons: Population[Person]) -> bool:
    """Whether a listed account is that of the person with the address `by`."""
    if not identity.human:
        return False
    if _same(identity.name, by) or (identity.email is not None and _same(identity.email, by)):
        return True
    holders = list(listing(identity, persons))
    if not holders and identity.email is None and not persons.all("email", identity.name).hits:
        text = f"no person is named for account {identity.name}: whether it is the reviewer's own can't be told"
        raise UnknownFact("accounts", text)
    return any(_same(person.email, by) for person in holders)


def _was_own(decision: AccessDecision, by: str, system: str, persons: Population[Person]) -> bool:
    """The same of an account that is listed no more: its holder is told by its login or by the register of people."""
    if _same(decision.account, by):
        return True
    source = system.partition(":")[0]
    holders = [
        *persons.all("accounts", f"{source}:{decision.account}"),
        *persons.all("email", decision.account),
    ]
    if not holders and decision.decision != "revoke":  # who takes an account away keeps none
        text = f"no person is named for account {decision.account}: whether it was the reviewer's own can't be told"
        raise UnknownFact("accounts", text)
    return any(_same(person.email, by) for person in holders)


def _same(one: str, other: str) -> bool:
    return normal_email(one) == normal_email(other)
