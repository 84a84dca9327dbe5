"""Whom a resource's own policy lets in by name, who is of another account: accounts, organisations, users, providers.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
A denial may take some of it back, and is not weighed: whom a policy names is to be known all the same.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import UnknownFact
from soc2test_plugins.aws.documents import Statement, allows, anybody, statements, texts
from soc2test_plugins.aws.openness import ADDRESS_KEY, FREE_KEYS, IDENTITY_KEYS, tests_of

__all__ = ["outsiders_of"]

_ACCOUNT_IN_ARN = re.compile(r"arn:[^:]*:[^:]*:[^:]*:([0-9]{12})(?::.*)?")
_ORGANIZATION = re.compile(r"(o-[a-z0-9]{10,32})/.*")
_CLOUDFRONT = re.compile(r"arn:[^:]*:iam::cloudfront:user/(.+)")
_GONE = re.compile(r"A(?:IDA|ROA|GPA|NPA)[A-Z0-9]{8,}")
"""the id that IAM leaves in the place of a user or role that was deleted: nobody bears it any more"""
_SORTS = {"AWS", "CanonicalUser", "Federated", "Service"}
_EQUAL = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike")
_OF_PRINCIPALS = ("aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths")


def outsiders_of(document: Any) -> tuple[str, ...]:
    """Whom a resource's policy lets in, once each and in order, its own account too; not everybody, where it is public.

    Raises `UnknownFact` where the document can't be read.
    """
    allowed = (statement for statement in statements(document) if allows(statement))
    return tuple(sorted({name for statement in allowed for name in _let_in(statement)}))


def _let_in(statement: Statement) -> Iterator[str]:
    principal = statement.get("Principal")
    if "NotPrincipal" in statement or anybody(principal):
        yield from _by_condition(statement)
        return
    if principal is None:
        raise UnknownFact("policy", "a statement of the policy names nobody whom it is for")
    for sort, names in principal.items() if isinstance(principal, Mapping) else [("AWS", principal)]:
        if sort not in _SORTS:
            raise UnknownFact("policy", "a statement names a sort of principal that this plugin does not know")
        for name in texts(names):
            if sort != "Service" and not _GONE.fullmatch(name):
                yield _whose(name)


def _whose(name: str) -> str:
    """The account of a principal, where it has one: of "arn:aws:iam::111122223333:role/x" 111122223333."""
    arn, cloudfront = _ACCOUNT_IN_ARN.fullmatch(name), _CLOUDFRONT.fullmatch(name)
    if cloudfront:
        return cloudfront[1]
    return arn[1] if arn else _ORGANIZATION.sub(r"\1", name)


def _by_condition(statement: Statement) -> Iterator[str]:
    """Whom a statement for everybody is left for.

    All tests of a condition hold for whoever comes in: one that names somebody is enough to say who it is. Where
    nothing narrows it, anybody comes in, and the store is public.
    """
    tests = [(operator, key, values) for operator, key, values in tests_of(statement) if key not in FREE_KEYS]
    naming = {
        key: texts(values)
        for operator, key, values in tests
        if operator.removeprefix("foranyvalue:") in _EQUAL and key in IDENTITY_KEYS
    }
    if naming:
        # an account says more of who comes in than a network
        key = min(naming, key=lambda key: (key not in _OF_PRINCIPALS, key))
        yield from (_whose(value) for value in naming[key])
        return
    for operator, key, values in tests:
        if key == ADDRESS_KEY and operator == "ipaddress":
            yield from (f"everybody at {address}" for address in texts(values))
        else:
            yield f"everybody under a condition on {key}"
