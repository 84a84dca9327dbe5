"""Users, groups and roles of one account as the authorisation details show them: whose policies hold for whom.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from soc2test import Item, Unknown, UnknownFact, flag, id_text, known, listed, or_unknown, text
from soc2test_plugins.aws.answers import Answer, all_hold
from soc2test_plugins.aws.escalation import ACTIONS
from soc2test_plugins.aws.grants import Asked, Policy, grants_of, within

__all__ = ["Managed", "Principal", "attached_policy", "groups_of", "managed_of", "role_of", "user_of"]

_ADMINISTRATOR = "policy/AdministratorAccess"
_EVERYTHING = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
_OTHER_PAGE = "a {} that applies is not in the same page of the export"


@dataclass(frozen=True)
class Managed:
    """A managed policy: what its version in force grants, and whether it has others to go back to."""

    grants: Policy
    versions: int = 1


@dataclass(frozen=True)
class Principal:
    """Whose rights are asked for, with all policies that hold for it."""

    sort: str
    """"user", "group" or "role\""""
    name: str
    arn: str
    policies: Sequence[Policy]
    attached: frozenset[str]
    """ARNs of the managed policies among them"""
    groups: frozenset[str] = frozenset()
    """ARNs of its groups"""
    boundary: Policy | None = None
    boundary_arn: str = ""

    @cached_property
    def actions(self) -> frozenset[str]:
        """The actions that matter and that its policies speak of; all where one can't be read."""
        if any(isinstance(policy, Unknown) for policy in self.policies):
            return ACTIONS
        granted = [grant.actions for policy in self.policies for grant in policy if grant.allow]
        return frozenset[str]().union(*granted)

    def may(self, action: str, resource: str, service: str = "", *, bound: bool = True) -> Answer:
        """Whether its policies allow an action on a resource; not `bound`: without its permissions boundary."""
        if action not in self.actions:
            return False
        variables = {"aws:username": self.name} if self.sort == "user" else {}
        asked = Asked(action=action, resource=resource, service=service, variables=variables)
        own = within(self.policies, asked)
        if own is False or self.boundary is None or not bound:
            return own
        return all_hold([own, within([self.boundary], asked)])


def managed_of(body: Item) -> dict[str, Managed]:
    """The managed policies by ARN; of one that is there twice all that either grants counts."""
    found: dict[str, Managed] = {}
    for item in body.or_else("Policies", []):
        arn = id_text(item["Arn"])
        policy = _managed(item)
        found[arn] = Managed(_added(found[arn].grants, policy.grants), 2) if arn in found else policy
    return found


def _added(first: Policy, second: Policy) -> Policy:
    if isinstance(first, Unknown):
        return first
    return second if isinstance(second, Unknown) else (*first, *second)


def _managed(item: Item) -> Managed:
    def read() -> Managed:
        versions = listed(item["PolicyVersionList"])
        current = [version for version in versions if flag(version["IsDefaultVersion"])]
        if not current:
            raise UnknownFact("admin", "the default version of a managed policy is not in the export")
        return Managed(grants_of(known(current[0]["Document"])), len(versions))

    policy = or_unknown(read)
    return policy if isinstance(policy, Managed) else Managed(policy, 2)


def groups_of(body: Item, prefix: str, policies: Mapping[str, Managed]) -> dict[str, Principal]:
    """The groups by name, each as a principal that has the rights of its members."""
    found: dict[str, Principal] = {}
    for item in body.or_else("GroupDetailList", []):
        name = id_text(item["GroupName"])
        group = _principal(f"{prefix}:group/", name, item, "GroupPolicyList", policies)
        if name in found:
            group = replace(group, policies=(*group.policies, *found[name].policies))
        found[name] = group
    return found


def user_of(item: Item, prefix: str, policies: Mapping[str, Managed], groups: Mapping[str, Principal]) -> Principal:
    """A user with what its groups grant."""
    user = _principal(f"{prefix}:user/", id_text(item["UserName"]), item, "UserPolicyList", policies)
    joined = list(_joined(item, groups))
    members = [group for group in joined if isinstance(group, Principal)]
    unknown = [group for group in joined if isinstance(group, Unknown)]
    return replace(
        user,
        policies=(*user.policies, *(policy for group in members for policy in group.policies), *unknown),
        attached=user.attached.union(*(group.attached for group in members)),
        groups=frozenset(group.arn for group in members),
    )


def role_of(item: Item, prefix: str, policies: Mapping[str, Managed]) -> Principal:
    """A role with its own policies."""
    return _principal(f"{prefix}:role/", id_text(item["RoleName"]), item, "RolePolicyList", policies)


def _joined(user: Item, groups: Mapping[str, Principal]) -> Iterator[Principal | Unknown]:
    names = or_unknown(lambda: [id_text(name) for name in listed(user["GroupList"])])
    if isinstance(names, Unknown):
        yield names
        return
    for name in names:
        yield groups.get(name, Unknown(_OTHER_PAGE.format("group"), what="admin"))


def _principal(begins: str, name: str, item: Item, inline: str, policies: Mapping[str, Managed]) -> Principal:
    """One whose ARN, where the export leaves it out, `begins` so."""
    references = or_unknown(lambda: [text(each["PolicyArn"]) for each in listed(item["AttachedManagedPolicies"])])
    attached = [] if isinstance(references, Unknown) else references
    unread = [references] if isinstance(references, Unknown) else []
    arn = or_unknown(lambda: text(item["Arn"]))
    bound = _boundary(item)
    return Principal(
        sort=begins.rpartition(":")[2].removesuffix("/"),
        name=name,
        arn=f"{begins}{name}" if isinstance(arn, Unknown) else arn,
        policies=(*_inline(item, inline), *(attached_policy(reference, policies) for reference in attached), *unread),
        attached=frozenset(attached),
        boundary=attached_policy(bound, policies) if isinstance(bound, str) else bound,
        boundary_arn=bound if isinstance(bound, str) else "",
    )


def _inline(item: Item, key: str) -> Iterable[Policy]:
    """IAM leaves the list out where it is empty."""
    found = or_unknown(lambda: [_document(policy) for policy in listed(item.or_else(key, []))])
    return [found] if isinstance(found, Unknown) else found


def _document(policy: Item) -> Policy:
    document = or_unknown(lambda: known(policy["PolicyDocument"]))
    return document if isinstance(document, Unknown) else grants_of(document)


def attached_policy(reference: str, policies: Mapping[str, Managed]) -> Policy:
    """What a managed policy grants, by its ARN; the vendor's own administrator is known without a document."""
    if reference in policies:
        return policies[reference].grants
    if reference.endswith(f":aws:{_ADMINISTRATOR}"):
        return grants_of(_EVERYTHING)
    return Unknown(_OTHER_PAGE.format("policy"), what="admin")


def _boundary(item: Item) -> str | Unknown | None:
    """The ARN of its permissions boundary; None where it has none."""
    if "PermissionsBoundary" not in item:
        return None
    return or_unknown(lambda: text(known(item["PermissionsBoundary"])["PermissionsBoundaryArn"]))
