"""Who may take on a role, by its trust policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from soc2test import Unknown
from soc2test_plugins.aws.answers import Answer, all_hold, one_holds
from soc2test_plugins.aws.documents import allows, everybody, statements, texts
from soc2test_plugins.aws.grants import conditions_of, his_to_meet
from soc2test_plugins.aws.patterns import names_action

__all__ = ["Trust", "trust_of"]

_WAYS = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")
_ARN = re.compile(r"arn:[^:]*:(?:iam|sts)::([0-9]{12}):(.*)")
_HANDS_OUT = {
    "rolesanywhere.amazonaws.com": "holders of certificates",
    "credentials.iot.amazonaws.com": "holders of devices' certificates",
    "pods.eks.amazonaws.com": "pods of clusters",
}
"""Services that hand a role's session to whom they take it for, and not to what somebody of the account makes there:
IAM Roles Anywhere, the credentials provider of AWS IoT, EKS Pod Identity, as their user guides describe it."""
_GONE = re.compile(r"A(?:IDA|ROA|GPA|NPA)[A-Z0-9]{8,}")
"""the id that IAM leaves in the place of a user or role that was deleted: nobody bears it any more"""
_UNDER_CONDITION = Unknown("a trust policy lets in under a condition that only AWS can weigh", what="admin")


class Trust(msgspec.Struct, frozen=True):
    """Whom a role lets in. Of its own account: by name, or whoever's own policies allow it."""

    anybody: Answer
    own_account: Answer
    """whoever of its own account has the right to assume it"""
    named: Mapping[str, Answer]
    """users and roles of its own account, "user/ann" without the path"""
    services: tuple[str, ...]
    outsiders: tuple[str, ...]
    """other accounts and identity providers: whom they let through no export of this account tells"""
    providers: tuple[str, ...] = ()
    """ARNs of the SAML providers among them"""


class _Entry(msgspec.Struct, frozen=True):
    """One principal that a statement lets in, and whether its conditions can be met by it."""

    sort: str
    name: str
    met: Answer


def trust_of(document: Any, account: str) -> Trust:
    """The trust of a role of `account`. Raises `UnknownFact` where the document can't be read."""
    listed = statements(document)
    shut = frozenset(way for each in listed if _shuts(each) for way in _ways(each))
    entries = [entry for statement in listed for entry in _entries(statement, shut)]
    anybody = one_holds(entry.met for entry in entries if entry.sort == "anybody")
    own = [entry for entry in entries if entry.sort == "AWS" and _of_account(entry.name) == account]
    return Trust(
        anybody=anybody,
        own_account=one_holds(entry.met for entry in own if _name(entry.name) in ("", "root")),
        named=_named(own),
        services=tuple(dict.fromkeys(entry.name for entry in entries if entry.sort == "Service")),
        outsiders=tuple(dict.fromkeys(_outsiders(entries, account))),
        providers=tuple(entry.name for entry in entries if ":saml-provider/" in entry.name),
    )


def _shuts(statement: Mapping[str, Any]) -> bool:
    """Denied to everybody without a condition: nobody comes in by its ways, whatever else stands there."""
    denies = not allows(statement) and not statement.get("Condition")
    return denies and everybody(statement.get("Principal"))


def _ways(statement: Mapping[str, Any]) -> frozenset[str]:
    """Those of its actions that hand out a session; to tag one is none."""
    if "NotAction" in statement:
        spared = texts(statement["NotAction"])
        return frozenset(way for way in _WAYS if not any(names_action(each, way) for each in spared))
    named = texts(statement.get("Action"))
    return frozenset(way for way in _WAYS if any(names_action(each, way) for each in named))


def _entries(statement: Mapping[str, Any], shut: frozenset[str]) -> Iterator[_Entry]:
    """Whom it lets in by ways that are not `shut`."""
    if not allows(statement) or not _ways(statement) - shut:
        return
    if "NotPrincipal" in statement:
        yield _Entry("anybody", "*", _met(statement, stranger=True))
        return
    principal = statement.get("Principal")
    listed = principal.items() if isinstance(principal, Mapping) else [("AWS", principal)]
    for sort, names in listed:
        for name in texts(names):
            stranger = name == "*"
            yield _Entry("anybody" if stranger else sort, name, _met(statement, stranger=stranger))


def _met(statement: Mapping[str, Any], *, stranger: bool) -> Answer:
    """Whether the conditions are the caller's to meet: a secret that was handed to somebody is not."""
    keys = [key for _, key, _ in conditions_of(statement.get("Condition"))]
    return all_hold(True if his_to_meet(key, stranger=stranger) else _UNDER_CONDITION for key in keys)


def _of_account(principal: str) -> str:
    match = _ARN.fullmatch(principal)
    return match[1] if match else principal if re.fullmatch("[0-9]{12}", principal) else ""


def _name(principal: str) -> str:
    """ "root", "user/ann", "role/deploy" without the path; "" of a bare account id. A session is its role's."""
    match = _ARN.fullmatch(principal)
    if match is None:
        return ""
    sort, _, path = match[2].partition("/")
    if sort == "assumed-role":
        return f"role/{path.partition('/')[0]}"
    return f"{sort}/{path.rpartition('/')[2]}" if path else sort


def _named(own: list[_Entry]) -> dict[str, Answer]:
    names = dict.fromkeys(_name(entry.name) for entry in own)
    return {
        name: one_holds(entry.met for entry in own if _name(entry.name) == name)
        for name in names
        if name not in ("", "root")
    }


def _outsiders(entries: list[_Entry], account: str) -> Iterator[str]:
    for entry in entries:
        if entry.sort == "AWS" and _GONE.fullmatch(entry.name):
            continue
        if entry.sort == "Service":
            if entry.name in _HANDS_OUT:
                yield f"{_HANDS_OUT[entry.name]} ({entry.name})"
        elif entry.sort == "anybody":
            if entry.met is not True:
                yield "everybody under a condition"
        elif entry.sort != "AWS":
            yield f"those whom {entry.name} lets in"
        elif (other := _of_account(entry.name)) != account:
            yield f"account {other}" if other else "a principal that is no ARN"
