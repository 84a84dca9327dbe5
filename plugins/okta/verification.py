"""What a rule for an application asks of somebody who signs in: `verificationMethod` of an access policy's rule."""

from collections.abc import Iterator
from typing import Any

from soc2test import Item, UnknownFact, item_of, items_of, meaning, text

__all__ = ["two_factors"]

_FACTOR_MODES = {"2FA": True, "1FA": False}
_KNOWLEDGE = ("okta_password", "security_question")
_WEAK = (*_KNOWLEDGE, "okta_email")
"""What is known, and the mailbox that the password often opens: no second factor beside a password."""
_LONGEST_CHAIN = 8


def two_factors(method: Any) -> bool:
    """Whether all ways that the method allows take two factors.

    Raises `UnknownFact` for identity proofing, for other types, and where a single method may hold two factors in one.
    """
    kind = text(item_of(method)["type"])
    if kind == "ASSURANCE":
        return _assured(method)
    if kind == "AUTH_METHOD_CHAIN":
        return _chained([way for chain in items_of(method["chains"]) for way in _ways(chain)])
    if kind == "ID_PROOFING":
        raise UnknownFact("verificationMethod", "a rule proves people by papers: by which factors is not told")
    raise UnknownFact("verificationMethod", "a rule verifies people in a way that this plugin does not know")


def _assured(method: Item) -> bool:
    two = meaning(method["factorMode"], _FACTOR_MODES)
    constraints = method.or_else("constraints", None) or []
    alternatives = items_of(constraints if isinstance(constraints, list) else [constraints])
    if not two and alternatives and all(map(_verifies_its_holder, alternatives)):
        text = "one device that verifies its holder, by fingerprint or code, is asked for: that may be two factors"
        raise UnknownFact("factorMode", text)
    return two


def _verifies_its_holder(constraint: Item) -> bool:
    possession = constraint.or_else("possession", None)
    return possession is not None and item_of(possession).or_else("userVerification", "") == "REQUIRED"


def _ways(step: Item, depth: int = 1) -> Iterator[tuple[str, ...]]:
    """Each way through a chain, by the keys of its authenticators."""
    if depth > _LONGEST_CHAIN:
        raise UnknownFact("chains", "a chain of authentication methods is longer than Okta allows")
    keys = [text(method["key"]) for method in items_of(step["authenticationMethods"])]
    after = items_of(step.or_else("next", None) or [])
    rests = [rest for follower in after for rest in _ways(follower, depth + 1)] or [()]
    return ((key, *rest) for key in keys for rest in rests)


def _chained(ways: list[tuple[str, ...]]) -> bool:
    """Two steps, of which one is more than knowledge, in each of the ways."""
    if not ways:
        raise UnknownFact("chains", "a chain names no authentication method")
    if all(len(set(way)) > 1 and not set(way) <= set(_WEAK) for way in ways):
        return True
    if any(set(way) <= set(_WEAK) for way in ways):
        return False
    raise UnknownFact("chains", "a single authenticator is asked for: that may be two factors in one")
