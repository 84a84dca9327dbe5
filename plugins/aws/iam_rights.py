"""IAM: who holds rights over everything, from the authorisation details of the whole account."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import (
    Facts,
    Item,
    RoleUse,
    Said,
    Subject,
    Unknown,
    facts,
    id_text,
    item_of,
    known,
    listed,
    missed,
    or_unknown,
    text,
)
from soc2test_plugins.aws.administrators import Account, administrators
from soc2test_plugins.aws.answers import Answer
from soc2test_plugins.aws.iam import contact
from soc2test_plugins.aws.kinds import IamRole, IamUser
from soc2test_plugins.aws.names import role_id, user_id
from soc2test_plugins.aws.principals import Principal, groups_of, managed_of, role_of, user_of
from soc2test_plugins.aws.source import aws, home_arn
from soc2test_plugins.aws.tags import tags_of
from soc2test_plugins.aws.trust import Trust, trust_of

__all__ = ["authorization_details"]

_OF_A_SERVICE = "/aws-service-role/"
_ACCOUNT = re.compile(r"arn:[^:]*:iam::[0-9]{12}(?=:)")


@aws.reads(
    "iam get-account-authorization-details",
    kind=(IamUser, IamRole, RoleUse),
    lists=True,
    scope=("account",),
    tells=(
        "name",
        "root",
        "created_at",
        "email",
        "owner",
        "admin",
        "active",
        "anybody",
        "outsiders",
        "own",
        "last_used_at",
    ),
    command="aws iam get-account-authorization-details",
)
def authorization_details(body: Item, at: Subject) -> Iterator[Said]:
    """Users with tags, and roles; with what their own, attached and groups' policies and each other's add up to."""
    prefix = _prefix(body, at)
    policies = managed_of(body)
    groups = groups_of(body, prefix, policies)
    users = [(item, user_of(item, prefix, policies, groups)) for item in listed(body["UserDetailList"])]
    roles = [(item, role_of(item, prefix, policies)) for item in body.or_else("RoleDetailList", [])]
    trusts = {role.arn: _trust(item, prefix) for item, role in roles}
    everybody = [*(user for _, user in users), *groups.values(), *(role for _, role in roles)]
    admin = administrators(Account(prefix=prefix, principals=everybody, trusts=trusts, policies=policies))
    if not roles:  # each account has some that AWS made
        yield missed("the export lists no role: it was filtered; export it without --filter", IamRole, RoleUse)
    yield from (_user(item, user, at, admin) for item, user in users)
    yield from (_role(item, role, at, admin, trusts[role.arn]) for item, role in roles)
    yield from (_use(item, role, at) for item, role in roles)


def _prefix(body: Item, at: Subject) -> str:
    """What the account's ARNs begin with; a folder may bear a name in the place of its number."""
    for item in listed(body["UserDetailList"]):
        arn = item.or_else("Arn", "")
        begins = _ACCOUNT.match(arn) if isinstance(arn, str) else None
        if begins is not None:
            return begins[0]
    return home_arn(at, "iam", "").rstrip(":")


def _trust(item: Item, prefix: str) -> Trust | Unknown:
    account = prefix.rpartition(":")[2]
    return or_unknown(lambda: trust_of(known(item["AssumeRolePolicyDocument"]), account))


def _user(item: Item, user: Principal, at: Subject, admin: Mapping[str, Answer]) -> Facts:
    return facts(
        user_id(at, user.name),
        IamUser,
        name=user.name,
        root=False,
        created_at=item.time("CreateDate"),
        admin=admin[user.arn],
        **_tagged(user.name, item),
    )


def _tagged(name: str, user: Item) -> dict[str, Any]:
    if "Tags" not in user:
        return {"email": user["Tags"], "owner": user["Tags"]}
    return contact(name, tags_of(user["Tags"]))


def _role(item: Item, role: Principal, at: Subject, admin: Mapping[str, Answer], trust: Trust | Unknown) -> Facts:
    return facts(
        role_id(at, id_text(item["RoleName"])),
        IamRole,
        name=role.name,
        root=False,
        active=True,
        admin=admin[role.arn],
        anybody=trust if isinstance(trust, Unknown) else trust.anybody,
        outsiders=trust if isinstance(trust, Unknown) else trust.outsiders,
    )


def _use(item: Item, role: Principal, at: Subject) -> Facts:
    """AWS looks back over 400 days, and says nothing of a role that was not used in them.

    A role below `_OF_A_SERVICE` is linked to a service, which alone can change it.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html
    """
    return facts(
        f"{role_id(at, id_text(item['RoleName']))}/use",
        RoleUse,
        name=role.name,
        own=or_unknown(lambda: not text(item["Path"]).startswith(_OF_A_SERVICE)),
        created_at=item.time("CreateDate"),
        last_used_at=or_unknown(lambda: _last_used_at(item_of(item["RoleLastUsed"]))),
    )


def _last_used_at(last: Item) -> Any:
    return last.time("LastUsedDate") if "LastUsedDate" in last else None
