"""What CloudTrail tells of changes of security groups: rules that were added, made others, and taken away."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, AS_OF, REGION, every, gap_codes, known, load, load_folder, only, read

from soc2test import AccountEvent, NetworkOpening, NetworkRule, Unknown, UnknownFact
from soc2test_plugins.aws import AuthorizedRule, ModifiedRule, aws

AUTHORIZE, MODIFY, REVOKE = "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules", "RevokeSecurityGroupIngress"
GROUP = "sg-0a1b2c3d4e5f60012"
WHO = f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/ci"
SSH = {
    "groupOwnerId": ACCOUNT, "groupId": GROUP, "securityGroupRuleId": "sgr-1", "isEgress": False, "ipProtocol": "tcp",
    "fromPort": 22, "toPort": 22, "cidrIpv4": "0.0.0.0/0",
}  # fmt: skip
PERMISSION = {
    "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "groups": {},
    "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}, "ipv6Ranges": {"items": [{"cidrIpv6": "::/0"}]}, "prefixListIds": {},
}  # fmt: skip
RULE = f"arn:aws:ec2:{REGION}:{ACCOUNT}:security-group/{GROUP}/in/tcp/22-22/0.0.0.0/0"


def record(name: str, request: Any, response: Any = None, when: str = "2026-11-05T22:10:00Z", **more: Any) -> Any:
    """A record, in the shape in which a trail delivers it."""
    return {
        "eventVersion": "1.11", "userIdentity": {"type": "AssumedRole", "arn": WHO, "accountId": ACCOUNT},
        "eventTime": when, "eventSource": "ec2.amazonaws.com", "eventName": name, "awsRegion": REGION,
        "requestParameters": request, "responseElements": response, "eventID": f"id-{when}", "readOnly": False,
        "recipientAccountId": ACCOUNT, **more,
    }  # fmt: skip


def added(*rules: dict[str, Any], **more: Any) -> Any:
    answer = {"requestId": "r", "_return": True, "securityGroupRuleSet": {"items": list(rules)}}
    return record(AUTHORIZE, {"groupId": GROUP, "ipPermissions": {"items": [PERMISSION]}}, answer, **more)


def taken(*rules: dict[str, Any], **more: Any) -> Any:
    answer = {"_return": True, "unknownIpPermissionSet": {}, "revokedSecurityGroupRuleSet": {"items": list(rules)}}
    request = {"groupId": GROUP, "securityGroupRuleIds": {"items": [{"securityGroupRuleId": "sgr-1"}]}}
    return record(REVOKE, request, answer, **more)


def changed(**rule: Any) -> Any:
    change = {"SecurityGroupRuleId": "sgr-1", "SecurityGroupRule": rule, "tag": 1}
    return record(MODIFY, {"ModifySecurityGroupRulesRequest": {"GroupId": GROUP, "SecurityGroupRule": change}})


def looked_up(*records: Any, **more: Any) -> Any:
    """The same as `lookup-events` answers it."""
    events = [{"EventName": each["eventName"], "CloudTrailEvent": json.dumps(each)} for each in records]
    return {"Events": events, **more}


def lists(*of_added: Any, of_changed: Any = (), of_taken: Any = ()) -> dict[str, Any]:
    """The three lists of one region."""
    own = {AUTHORIZE: of_added, MODIFY: of_changed, REVOKE: of_taken}
    return {f"cloudtrail.lookup-events.{name}": looked_up(*records) for name, records in own.items()}


def told(one: Any) -> list[dict[str, Any]]:
    """What a record tells, unknown facts left out."""
    return [known(said) for said in read(f"cloudtrail lookup-events {one['eventName']}", looked_up(one)["Events"][0])]


def test_a_rule_that_was_added_and_taken_away(tmp_path: Path) -> None:
    inventory = load(tmp_path, lists(added(SSH), of_taken=[taken(SSH, when="2026-11-05T23:20:00Z")]))
    opening = only(inventory, NetworkOpening)
    assert opening.id == f"{ACCOUNT}/{REGION}/cloudtrail/id-2026-11-05T22:10:00Z/tcp/22-22/0.0.0.0/0"
    assert (opening.rule, opening.inbound, opening.world, opening.actor) == (RULE, True, True, WHO)
    assert (opening.protocol, opening.from_port, opening.to_port) == ("tcp", 22, 22)
    assert opening.opened_at == datetime(2026, 11, 5, 22, 10, tzinfo=UTC)
    assert opening.closed_at == datetime(2026, 11, 5, 23, 20, tzinfo=UTC)
    assert gap_codes(inventory, NetworkOpening) == set()


def test_the_id_of_the_rule_is_the_one_in_the_list_of_rules(tmp_path: Path) -> None:
    group = {"GroupId": GROUP, "VpcId": "vpc-1", "IpPermissionsEgress": [], "IpPermissions": [
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [], "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
         "Ipv6Ranges": [], "PrefixListIds": []}]}  # fmt: skip
    inventory = load(tmp_path, {**lists(added(SSH)), "ec2.describe-security-groups": {"SecurityGroups": [group]}})
    assert only(inventory, NetworkRule).id == only(inventory, NetworkOpening).rule


@pytest.mark.parametrize("when", ["2026-11-05T22:00:00Z", None])
def test_what_was_taken_away_before_is_not_closed(tmp_path: Path, when: str | None) -> None:
    before = [taken(SSH, when=when)] if when else []
    assert only(load(tmp_path, lists(added(SSH), of_taken=before)), NetworkOpening).closed_at is None


def test_without_the_list_of_what_was_taken_away_nobody_knows_when_it_was_closed(tmp_path: Path) -> None:
    files = lists(added(SSH))
    del files[f"cloudtrail.lookup-events.{REVOKE}"]
    opening = only(load(tmp_path, files), NetworkOpening)
    with pytest.raises(UnknownFact, match=REVOKE):
        assert opening.closed_at
    assert opening.world


def test_an_answer_without_rules_is_told_by_what_was_asked_for() -> None:
    old = record(AUTHORIZE, {"groupId": GROUP, "ipPermissions": {"items": [PERMISSION]}}, {"_return": True})
    assert [(each["peer"], each["world"]) for each in told(old)] == [("0.0.0.0/0", True), ("::/0", True)]
    flat = {"groupId": GROUP, "ipPermissions": {}, "cidrIp": "198.51.100.0/24", "ipProtocol": "tcp", "fromPort": 22,
            "toPort": 22}  # fmt: skip
    assert [(each["peer"], each["world"]) for each in told(record(AUTHORIZE, flat))] == [("198.51.100.0/24", False)]


def test_two_halves_of_the_internet_are_the_internet() -> None:
    halves = [{**SSH, "cidrIpv4": network} for network in ("0.0.0.0/1", "128.0.0.0/1")]
    assert [each["world"] for each in told(added(*halves))] == [True, True]


@pytest.mark.parametrize(
    ("peer", "world"),
    [({"referencedGroupInfo": {"groupId": "sg-2"}}, False), ({"cidrIpv6": "::/0"}, True), ({"cidrIpv4": None}, None),
     ({"cidrIpv4": "anywhere"}, None), ({}, None), ({"prefixListId": "pl-1"}, None)],
)  # fmt: skip
def test_whom_a_rule_lets_in(peer: dict[str, Any], world: bool | None) -> None:
    rule = {key: value for key, value in SSH.items() if key != "cidrIpv4"} | peer
    (said,) = told(added(rule))
    assert said.get("world") is world


def test_a_rule_that_names_nobody_is_not_lost_beside_another(tmp_path: Path) -> None:
    nobody = {key: value for key, value in SSH.items() if key != "cidrIpv4"}
    assert [each.get("world") for each in told(added({**SSH, "cidrIpv4": "10.0.0.0/8"}, nobody))] == [False, None]


@pytest.mark.parametrize("odd", [None, "22", {}, True])
def test_a_port_that_is_no_number_is_unknown(odd: object) -> None:
    (said,) = told(added({**SSH, "fromPort": odd}))
    assert "from_port" not in said
    assert said["world"]


def test_a_rule_that_was_made_another_one_may_be_outbound(tmp_path: Path) -> None:
    one = changed(IpProtocol="tcp", FromPort=22, ToPort=22, CidrIpv4="0.0.0.0/0", Description="test")
    (said,) = read(f"cloudtrail lookup-events {MODIFY}", looked_up(one)["Events"][0])
    assert isinstance(said.told["inbound"], Unknown)
    assert known(said)["world"]
    several = copy.deepcopy(one)
    request = several["requestParameters"]["ModifySecurityGroupRulesRequest"]
    request["SecurityGroupRule"] = [request["SecurityGroupRule"]]
    assert told(several) == told(one)


def test_what_was_refused_changed_nothing(tmp_path: Path) -> None:
    refused = record(AUTHORIZE, None, None, errorCode="Client.UnauthorizedOperation")
    inventory = load(tmp_path, lists(refused))
    assert every(inventory, NetworkOpening) == []
    assert gap_codes(inventory, NetworkOpening) == set()


@pytest.mark.parametrize(
    "wrong",
    [added(SSH, awsRegion="us-east-1"), added(SSH, recipientAccountId="999900001111"), added(SSH, eventSource="other"),
     record(AUTHORIZE, None), taken(SSH)],
    ids=["region", "account", "service", "no request", "another call"],
)  # fmt: skip
def test_a_list_that_is_not_this_one_is_not_whole(tmp_path: Path, wrong: Any) -> None:
    files = lists()
    files[f"cloudtrail.lookup-events.{AUTHORIZE}"] = looked_up(wrong)
    assert gap_codes(load(tmp_path, files), NetworkOpening) != set()


def test_each_list_must_be_there_and_whole(tmp_path: Path) -> None:
    for number, name in enumerate((AUTHORIZE, MODIFY)):
        files = lists(added(SSH))
        del files[f"cloudtrail.lookup-events.{name}"]
        assert gap_codes(load(tmp_path / f"{number}", files), NetworkOpening) == {"missing"}
        files[f"cloudtrail.lookup-events.{name}"] = looked_up(NextToken="more")
        assert gap_codes(load(tmp_path / f"{number}", files), NetworkOpening) == {"partial"}


def test_one_region_tells_of_that_region_alone(tmp_path: Path) -> None:
    declared = {"aws": {"account": [ACCOUNT], "region": [REGION, "us-east-1"]}}
    load(tmp_path, lists(added(SSH)))
    gaps = load_folder(tmp_path, declared).gaps(NetworkOpening)
    assert {dict(gap.at)["region"] for gap in gaps} == {"us-east-1"}


def delivered(folder: Path, name: str, *records: Any) -> None:
    path = folder / "trail" / f"{ACCOUNT}_CloudTrail_{REGION}_20261105T2215Z_{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"Records": list(records)}))


def test_files_of_a_trail_tell_of_both_and_are_never_all(tmp_path: Path) -> None:
    user = record("DeleteUser", {"userName": "leo"}, eventSource="iam.amazonaws.com")
    delivered(tmp_path, "one", added(SSH), user)
    delivered(tmp_path, "two", taken(SSH, when="2026-11-05T23:20:00Z"))
    inventory = load_folder(tmp_path, {"aws": {"account": [ACCOUNT], "region": [REGION]}})
    assert only(inventory, AccountEvent).account == "leo"
    opening = only(inventory, NetworkOpening)
    assert (opening.rule, opening.closed_at) == (RULE, datetime(2026, 11, 5, 23, 20, tzinfo=UTC))
    assert gap_codes(inventory, NetworkOpening) != set()
    assert gap_codes(inventory, AccountEvent) != set()


def test_a_file_and_a_list_tell_of_one_event_once(tmp_path: Path) -> None:
    delivered(tmp_path, "one", added(SSH))
    inventory = load(tmp_path, lists(added(SSH)))
    assert only(inventory, NetworkOpening).rule == RULE


def test_what_can_not_be_told_apart_may_be_of_any_list(tmp_path: Path) -> None:
    inventory = load(tmp_path, lists())
    (span,) = inventory.log_spans(NetworkRule, NetworkOpening, AS_OF).values()
    assert span is not None
    assert (span.last - span.first).days == 90
    (tmp_path / "aws" / "record.json").write_text('{"soc2test": "evidence/1", ')
    assert [*load(tmp_path, lists()).log_spans(NetworkRule, NetworkOpening, AS_OF).values()] == [None]


def test_how_far_back_the_history_goes() -> None:
    for kind in (AuthorizedRule, ModifiedRule):
        (lister,) = [each for each in aws.operations.values() if each.creates == (kind,)]
        assert lister.reaches is not None
        assert lister.reaches.days == 90
