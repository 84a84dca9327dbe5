"""Policy documents: do they let in everybody, weighed with the conditions that their statements set?

What restricts follows AWS's own words on when S3 calls a policy public (Amazon S3 User Guide, "The meaning of public"):
a fixed account, organisation, principal, network or endpoint. What AWS leaves open here is unknown, never a bound.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from soc2test import UnknownFact
from soc2test_plugins.aws.documents import Statement, allows, anybody, everybody, statements, texts
from soc2test_plugins.networks import lets_in_world

__all__ = ["ADDRESS_KEY", "FREE_KEYS", "IDENTITY_KEYS", "delegates", "open_to_all", "tests_of"]

IDENTITY_KEYS = frozenset({
    "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
    "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
    "aws:userid", "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths", "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn", "kms:calleraccount",
})  # fmt: skip
"""Keys that name somebody or something of somebody's: with a fixed value they shut everybody else out."""
FREE_KEYS = frozenset({"aws:referer", "aws:useragent", "aws:securetransport", "s3:tlsversion", "s3:x-amz-acl"})
"""Keys that whoever calls sets as he likes."""
ADDRESS_KEY = "aws:sourceip"
_EQUAL = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"})
_NOT_EQUAL = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike"})
_ANY_PART = re.compile(r"[*?]|\$\{")
_OF_SOMEBODY = re.compile(
    r"arn:[^:*?$]+:[^:*?$]+:[^:]*:\d{12}:.+|o-[a-z0-9]{10,32}/.+|A[A-Z]{3}[A-Z0-9]{12,}:.+", re.ASCII
)
"""Values whose beginning names an account, an organisation or a principal, whatever pattern follows."""
_IF_EXISTS = "ifexists"
_OF_ANY = "foranyvalue:"
_OF_ALL = "forallvalues:"

Test = tuple[str, str, Any]
"""Operator and key in small letters, and the values."""


def open_to_all(document: Any) -> bool:
    """True where a statement allows something to everybody, and neither its condition nor a denial takes that back.

    Raises `UnknownFact` where a condition may do so and only AWS can weigh it.
    """
    found = statements(document)
    denials = [each for each in found if not allows(each) and _denies_everybody(each)]
    words = [_open(each, denials) for each in found if allows(each) and _to_everybody(each)]
    if True in words:
        return True
    if None in words:
        raise UnknownFact("policy", "it allows everybody under a condition, which only AWS can weigh")
    return False


def _to_everybody(statement: Statement) -> bool:
    principal = statement.get("Principal")
    if "NotPrincipal" in statement or anybody(principal):
        return True
    if any(_ANY_PART.search(each) for each in texts(principal.get("AWS") if isinstance(principal, Mapping) else None)):
        raise UnknownFact("policy", "it allows principals by a pattern, which AWS refuses: whom they are is not known")
    return False


def _denies_everybody(statement: Statement) -> bool:
    """Everybody, or everybody but those whom it names."""
    if "NotPrincipal" in statement:
        return not anybody(statement["NotPrincipal"])
    return everybody(statement.get("Principal"))


def _open(statement: Statement, denials: list[Statement]) -> bool | None:
    """Whether a statement that names everybody lets everybody in; None where that is not known.

    All tests of a condition must hold: one that restricts is enough.
    """
    words = [_restricts(test) for test in tests_of(statement)]
    taken_back = [_shuts_out(denial, statement) for denial in denials]
    if True in words or True in taken_back:
        return False
    return None if None in words or None in taken_back else True


def _restricts(test: Test) -> bool | None:
    """Whether a test of a permission holds for somebody alone; None where that is not known."""
    operator, key, values = test
    plain = operator.removeprefix(_OF_ANY).removesuffix(_IF_EXISTS)
    if key in FREE_KEYS:
        return False
    if operator.startswith(_OF_ALL):  # holds where the request has no such key
        return None
    if key == ADDRESS_KEY:
        return _by_address(operator, values)
    if key not in IDENTITY_KEYS:
        return None
    if plain in _NOT_EQUAL or operator.endswith(_IF_EXISTS):  # a request without the key comes in
        return False
    return _names_somebody(values) if plain in _EQUAL else None


def _by_address(operator: str, values: Any) -> bool | None:
    """A permission for all addresses but some is one for everybody.

    "...IfExists" lets in what comes by an endpoint of a network, anybody's: such a request has no public address.
    """
    if operator in ("notipaddress", "notipaddressifexists"):
        return None if _wide(values) else False
    if operator == "ipaddress":
        return not _wide(values)
    return False if _wide(values) else None


def _wide(values: Any) -> bool:
    return lets_in_world(texts(values))


def _names_somebody(values: Any) -> bool | None:
    """A value with a wildcard or a variable may mean anybody, unless it begins with whose it is; a star alone does."""
    named = texts(values)
    if "*" in named:
        return False
    fixed = all(_OF_SOMEBODY.fullmatch(each) or not _ANY_PART.search(each) for each in named)
    return True if named and fixed else None


def _shuts_out(denial: Statement, allowed: Statement) -> bool | None:
    """Whether a denial leaves of what is allowed something to somebody alone; None where that can't be weighed.

    It holds where all its tests do: each of them spares some, and all must spare somebody alone.
    """
    spared = [_spares_somebody(test) for test in tests_of(denial)]
    if False in spared:
        return False
    covers = _covers(denial, allowed)
    if covers is False:
        return False
    return None if covers is None or None in spared else True


def _spares_somebody(test: Test) -> bool | None:
    """Whether a test of a denial holds for everybody but somebody; False where it leaves everybody a way."""
    operator, key, values = test
    plain = operator.removesuffix(_IF_EXISTS)
    if key in FREE_KEYS:
        return False
    if key == ADDRESS_KEY and plain == "notipaddress":
        return not _wide(values)
    if key == ADDRESS_KEY and plain == "ipaddress":
        return None if _wide(values) else False
    if key not in IDENTITY_KEYS or plain.startswith((_OF_ANY, _OF_ALL)):
        return None
    if plain in _NOT_EQUAL:  # holds where the request has no such key, too
        return _names_somebody(values)
    return False if plain in _EQUAL else None


def _covers(denial: Statement, allowed: Statement) -> bool | None:
    """Whether a denial is about all that is allowed; None where it says it the other way round."""
    if "NotAction" in denial or "NotResource" in denial:
        return None
    actions = {each.casefold() for each in texts(denial.get("Action"))}
    wanted = [each.casefold() for each in texts(allowed.get("Action", "*"))]
    takes_all = _takes_all(actions, allowed)
    if not all(_matched(each, actions) or (each == "*" and takes_all is not False) for each in wanted):
        return False
    if takes_all is None and "*" in wanted and "*" not in actions:
        return None
    resources = texts(denial.get("Resource", "*"))
    return all(_matched(each, resources) for each in texts(allowed.get("Resource", "*")))


def _takes_all(actions: Iterable[str], allowed: Statement) -> bool | None:
    """Whether a denial is of all actions of the service whose resources are allowed; None where these are a star."""
    services = {[*each.split(":"), "", ""][2] for each in texts(allowed.get("Resource", "*"))}
    if services <= {""}:
        return None if any(each.endswith(":*") for each in actions) else False
    return {f"{service}:*" for service in services} <= set(actions)


def _matched(name: str, patterns: Iterable[str]) -> bool:
    """Some pattern takes in all that the name does; but for a star at its end it is taken by its letters."""
    return any(name == each or (each.endswith("*") and name.startswith(each[:-1])) for each in patterns)


def delegates(document: Any) -> bool:
    """True where a bucket policy allows everybody who comes through an access point."""
    return any(
        allows(each) and _to_everybody(each) and _keys(each) & {"s3:dataaccesspointaccount", "s3:dataaccesspointarn"}
        for each in statements(document)
    )


def _keys(statement: Statement) -> set[str]:
    return {key for _, key, _ in tests_of(statement)}


def tests_of(statement: Statement) -> Iterator[Test]:
    """Each test of a statement's condition."""
    condition = statement.get("Condition") or {}
    if not isinstance(condition, Mapping):
        raise UnknownFact("policy", "a condition is no object")
    for operator, tests in condition.items():
        if not isinstance(tests, Mapping):
            raise UnknownFact("policy", "a condition is no object")
        yield from ((operator.casefold(), key.casefold(), values) for key, values in tests.items())
