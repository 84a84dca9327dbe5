"""Events of CloudTrail that change what security groups let in: rules that were added, made others, and taken away.

Each call has a list of its own, since `lookup-events` takes one attribute to look for: a list of all that EC2 was asked
would hold each look at a machine. EC2's events are recorded in their own region.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    item_of,
    items_of,
    known,
    or_unknown,
    skip,
    text,
)
from soc2test.sources.item import wrap
from soc2test_plugins.aws.kinds import AuthorizedRule, AwsOpening, ModifiedRule, RevokedRule
from soc2test_plugins.aws.security_groups import Allowance, allowances, group_id
from soc2test_plugins.aws.source import aws, of_account, regional
from soc2test_plugins.aws.trail_records import LOOK_UP, actor, more, record_in, refused

__all__ = ["OPENING", "READERS", "REVOKING", "rules_told"]

AUTHORIZED, MODIFIED = "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"
REVOKED = "RevokeSecurityGroupIngress"
OPENING = (
    "rule", "inbound", "protocol", "from_port", "to_port", "peer", "prefix_list", "world", "opened_at", "actor",
)  # fmt: skip
REVOKING = ("rule", "revoked_at")
_EC2 = "ec2.amazonaws.com"
_KEPT = timedelta(days=90)
"""CloudTrail's event history goes back so far."""
_REFUSED = "it was refused, and changed nothing"
_LISTS = ("groups", "ipRanges", "ipv6Ranges", "prefixListIds")
_NO_DIRECTION = Unknown(
    "ModifySecurityGroupRules does not say whether the rule that was changed is inbound or outbound", what="inbound"
)


def _command(name: str) -> str:
    attribute = f"AttributeKey=EventName,AttributeValue={name}"
    return f"aws cloudtrail lookup-events --lookup-attributes {attribute} --region {{region}}"


@aws.reads(
    f"{LOOK_UP} {AUTHORIZED}", kind=AuthorizedRule, items="Events", lists=True, paging=more, tells=OPENING,
    command=_command(AUTHORIZED), reaches=_KEPT,
)  # fmt: skip
def authorized(item: Item, at: Subject) -> Iterator[Said]:
    """Inbound rules that were added: as the answer tells them since 2021, else as they were asked for."""
    yield from rules_told(_of_list(item, AUTHORIZED), at)


@aws.reads(
    f"{LOOK_UP} {MODIFIED}", kind=ModifiedRule, items="Events", lists=True, paging=more, tells=OPENING,
    command=_command(MODIFIED), reaches=_KEPT,
)  # fmt: skip
def modified(item: Item, at: Subject) -> Iterator[Said]:
    """What rules were made: the answer tells nothing, and the request holds each as it is to be."""
    yield from rules_told(_of_list(item, MODIFIED), at)


@aws.reads(
    f"{LOOK_UP} {REVOKED}", kind=RevokedRule, items="Events", lists=True, paging=more, tells=REVOKING,
    command=_command(REVOKED), reaches=_KEPT,
)  # fmt: skip
def revoked(item: Item, at: Subject) -> Iterator[Said]:
    """Inbound rules that were taken away. Those that went with their group, or were made others, are not among them."""
    yield from rules_told(_of_list(item, REVOKED), at)


@aws.derives(AwsOpening, "closed_at", joins=RevokedRule)
def closed_at(opening: AwsOpening, revocations: Population[RevokedRule]) -> Any:
    """When the same rule was taken away first, after it had been opened."""
    own = revocations.all("rule", opening.rule)
    after = [each.revoked_at for each in own.hits if each.revoked_at >= opening.opened_at]
    if after:
        return min(after)
    for _ in own:  # raises where the list of what was taken away is not whole
        pass
    return None


def _of_list(item: Item, name: str) -> Item:
    """The record. One of another call shows that something else was looked for, and that this is not its list."""
    record = record_in(item)
    if text(record["eventName"]) != name:
        raise UnknownFact("eventName", f"the list is not the one of {name}: it holds an event of another call")
    return record


def rules_told(record: Item, at: Subject) -> Iterator[Said]:
    """What a record of one of the three calls tells."""
    of_account(at, text(record["recipientAccountId"]))
    region = text(record["awsRegion"])
    if "region" in at and region != at["region"]:
        raise UnknownFact("region", f"it is of region {region}: the export lies in the wrong folder")
    if text(record["eventSource"]) != _EC2:
        raise UnknownFact("eventSource", "a call of EC2's name is recorded of another service")
    if refused(record):
        yield skip(_REFUSED)
        return
    rules = [*READERS[text(record["eventName"])](record, Subject({**at, "region": region}))]
    if not rules:
        raise UnknownFact("rule", "the record of a change names no rule")
    yield from rules


def _added(record: Item, at: Subject) -> Iterator[Facts]:
    asked = item_of(record["requestParameters"])
    answered = _answered(record, "securityGroupRuleSet")
    for group, permission in _by_group(answered, asked) if answered is not None else _asked_for(asked):
        for allowance in allowances(permission, at):
            yield _opening(AuthorizedRule, record, at, group, allowance, inbound=True)


def _changed(record: Item, at: Subject) -> Iterator[Facts]:
    request = item_of(item_of(record["requestParameters"])["ModifySecurityGroupRulesRequest"])
    changes = request["SecurityGroupRule"]
    for change in items_of(changes) if isinstance(changes, list) else [item_of(changes)]:
        permission = _permission(item_of(change["SecurityGroupRule"]).raw)
        for allowance in allowances(wrap(permission), at):
            yield _opening(ModifiedRule, record, at, request["GroupId"], allowance, inbound=_NO_DIRECTION)


def _taken_away(record: Item, at: Subject) -> Iterator[Facts]:
    """By the answer, which names the rules whatever was asked; a request may hold no more than their ids."""
    asked = item_of(record["requestParameters"])
    answered = _answered(record, "revokedSecurityGroupRuleSet")
    for group, permission in _by_group(answered, asked) if answered is not None else _asked_for(asked):
        for allowance in allowances(permission, at):
            yield _revocation(record, at, group, allowance)


def _revocation(record: Item, at: Subject, group: Any, allowance: Allowance) -> Facts:
    return facts(
        _event_id(record, at, allowance),
        RevokedRule,
        rule=or_unknown(lambda: _rule(at, group, allowance)),
        revoked_at=record.time("eventTime"),
    )


READERS = {AUTHORIZED: _added, MODIFIED: _changed, REVOKED: _taken_away}
"""By the name of the call that a record is of."""


def _opening(
    kind: type[AwsOpening], record: Item, at: Subject, group: Any, allowance: Allowance, *, inbound: bool | Unknown
) -> Facts:
    peer = allowance.peer
    told = {} if peer.world is None else {"world": peer.world}
    return facts(
        _event_id(record, at, allowance),
        kind,
        rule=or_unknown(lambda: _rule(at, group, allowance)),
        inbound=inbound,
        protocol=allowance.protocol,
        from_port=allowance.low,
        to_port=allowance.high,
        peer=peer.name,
        prefix_list=peer.prefix_list,
        opened_at=record.time("eventTime"),
        actor=actor(record),
        **told,
    )


def _event_id(record: Item, at: Subject, allowance: Allowance) -> str:
    return f"{regional(at)}/cloudtrail/{id_text(record['eventID'])}/{allowance.name}"


def _rule(at: Subject, group: Any, allowance: Allowance) -> str:
    return f"{group_id(at, id_text(group))}/in/{allowance.name}"


def _answered(record: Item, key: str) -> list[Any] | None:
    """The rules that an answer names; None of one that names none, as answers of before 2021."""
    response = known(record.or_else("responseElements", None))
    if response is None:
        return None
    told = known(item_of(response).or_else(key, None))
    if told is None or "items" not in item_of(told):
        return None
    return items_of(told["items"])


def _by_group(rules: list[Any], asked: Item) -> Iterator[tuple[Any, Item]]:
    """Single rules as permissions: what one call opens for the same ports is weighed together."""
    together: dict[str, tuple[Any, dict[str, Any]]] = {}
    for number, rule in enumerate(rules):
        permission = _permission(rule.raw)
        group = rule["groupId"] if "groupId" in rule else asked["groupId"]
        apart = None if any(isinstance(value, list) for value in permission.values()) else number  # it names no peer
        same = repr([*(permission.get(key) for key in ("ipProtocol", "fromPort", "toPort")), group, apart])
        _, merged = together.setdefault(same, (group, {}))
        for key, value in permission.items():
            merged[key] = [*merged.get(key, ()), *value] if isinstance(value, list) else value
    for group, permission in together.values():
        yield group, wrap(permission)


def _permission(rule: Mapping[str, Any]) -> dict[str, Any]:
    """One rule, in the words of an answer or, with capitals, of a request, as a permission with one peer."""
    told = {key[:1].lower() + key[1:]: value for key, value in rule.items()}
    permission: dict[str, Any] = {key: told[key] for key in ("ipProtocol", "fromPort", "toPort") if key in told}
    for key, place, name in (
        ("cidrIpv4", "ipRanges", "cidrIp"),
        ("cidrIpv6", "ipv6Ranges", "cidrIpv6"),
        ("prefixListId", "prefixListIds", "prefixListId"),
        ("referencedGroupId", "groups", "groupId"),
    ):
        if key in told:
            permission[place] = [{name: told[key]}]
    referenced = told.get("referencedGroupInfo")
    if isinstance(referenced, dict) and "groupId" in referenced:
        permission["groups"] = [{"groupId": referenced["groupId"]}]
    return _renamed(permission)


def _renamed(permission: dict[str, Any]) -> dict[str, Any]:
    """`groups` as lists of rules call it."""
    if "groups" in permission:
        permission["userIdGroupPairs"] = permission.pop("groups")
    return permission


def _asked_for(asked: Item) -> Iterator[tuple[Any, Item]]:
    """The permissions of a request, or the one that its own keys are. A list that is not empty stands in `items`."""
    group = asked["groupId"]
    listed = known(asked.or_else("ipPermissions", None))
    permissions = items_of(listed["items"]) if isinstance(listed, Item) and "items" in listed else []
    for permission in permissions:
        raw = {key: _unwrapped(value) if key in _LISTS else value for key, value in permission.raw.items()}
        yield group, wrap(_renamed(raw))
    if not permissions:
        yield group, wrap(_flat(asked.raw))


def _flat(asked: Mapping[str, Any]) -> dict[str, Any]:
    permission = {key: asked[key] for key in ("ipProtocol", "fromPort", "toPort") if key in asked}
    if "cidrIp" in asked:
        permission["ipRanges"] = [{"cidrIp": asked["cidrIp"]}]
    if "sourceSecurityGroupName" in asked:
        permission["userIdGroupPairs"] = [{"groupId": asked["sourceSecurityGroupName"]}]
    return permission


def _unwrapped(value: Any) -> Any:
    """A list in `items`; an empty object is an empty one. Anything else stays, and is refused where it is read."""
    return value.get("items", []) if isinstance(value, dict) and value.keys() <= {"items"} else value
