"""IAM: who holds rights over everything, from the authorisation details of the whole account."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from soc2test import Facts, Item, Subject, Unknown, facts, flag, id_text, known, listed, or_unknown, text
from soc2test_plugins.aws.documents import grants_everything
from soc2test_plugins.aws.iam import contact
from soc2test_plugins.aws.kinds import IamUser
from soc2test_plugins.aws.names import user_id
from soc2test_plugins.aws.source import aws
from soc2test_plugins.aws.tags import tags_of

__all__ = ["authorization_details"]

ADMINISTRATOR = "policy/AdministratorAccess"
Rights = dict[str, bool | Unknown]


@aws.reads(
    "iam get-account-authorization-details",
    kind=IamUser,
    lists=True,
    scope=("account",),
    tells=("name", "root", "created_at", "email", "owner", "admin"),
    command="aws iam get-account-authorization-details",
)
def authorization_details(body: Item, at: Subject) -> Iterator[Facts]:
    """Users with tags and with what their own, attached and groups' policies add up to."""
    policies = _by_name(
        (id_text(each["Arn"]), or_unknown(partial(_managed, each))) for each in body.or_else("Policies", [])
    )
    groups = _by_name(
        (id_text(each["GroupName"]), _together(each, "GroupPolicyList", policies))
        for each in body.or_else("GroupDetailList", [])
    )
    for user in listed(body["UserDetailList"]):
        name = id_text(user["UserName"])
        yield facts(
            user_id(at, name),
            name=name,
            root=False,
            created_at=user.time("CreateDate"),
            admin=_worst([_together(user, "UserPolicyList", policies), _joined(user, groups)]),
            **_tagged(name, user),
        )


def _by_name(named: Iterable[tuple[str, bool | Unknown]]) -> Rights:
    """The worst of what the export says of a name: it may name one twice, and then not the last word counts."""
    found: Rights = {}
    for name, right in named:
        found[name] = _worst([found[name], right]) if name in found else right
    return found


def _tagged(name: str, user: Item) -> dict[str, Any]:
    if "Tags" not in user:
        return {"email": user["Tags"], "owner": user["Tags"]}
    return contact(name, tags_of(user["Tags"]))


def _together(holder: Item, inline: str, policies: Rights) -> bool | Unknown:
    return or_unknown(lambda: _worst(_own(holder, inline, policies)))


def _joined(user: Item, groups: Rights) -> bool | Unknown:
    return or_unknown(lambda: _worst(_of(groups, group, "group") for group in listed(user["GroupList"])))


def _own(holder: Item, inline: str, policies: Rights) -> Iterator[bool | Unknown]:
    """What each policy of a user or group grants. IAM leaves out the inline list where it is empty."""
    for each in holder.or_else(inline, []):
        yield or_unknown(partial(_inline, each))
    for each in listed(holder["AttachedManagedPolicies"]):
        reference = text(each["PolicyArn"])
        yield True if reference.endswith(ADMINISTRATOR) else _of(policies, reference, "policy")


def _inline(policy: Item) -> bool:
    return grants_everything(known(policy["PolicyDocument"]))


def _managed(policy: Item) -> bool:
    current = [each for each in listed(policy["PolicyVersionList"]) if flag(each["IsDefaultVersion"])]
    if not current:
        return known(Unknown("the default version of a managed policy is not in the export"))  # type: ignore[no-any-return]
    return grants_everything(known(current[0]["Document"]))


def _of(rights: Rights, name: str, what: str) -> bool | Unknown:
    """A right by name; a page may hold a user whose group or policy stands on another."""
    return rights.get(name, Unknown(f"a {what} that applies is not in the same page of the export", what="admin"))


def _worst(found: Iterable[bool | Unknown]) -> bool | Unknown:
    """True where one grants everything, else unknown where one is unknown."""
    listed = list(found)
    if any(each is True for each in listed):
        return True
    return next((each for each in listed if isinstance(each, Unknown)), False)
