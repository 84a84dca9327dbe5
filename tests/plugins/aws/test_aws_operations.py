"""How an account is run: machines under management, alarms, logs, networks, checks of settings."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, gap_codes, known, load, only, read, told

from soc2test import UnknownFact
from soc2test_plugins.aws import AccessAnalyzer, CloudWatchAlarm, Ec2Instance, LogGroup, SecurityHub, Vpc

DENIED = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
INFORMATION, STATES = "ssm.describe-instance-information", "ssm.describe-instance-patch-states"
STATE = {
    "InstanceId": "i-1", "MissingCount": 0, "FailedCount": 0, "InstalledPendingRebootCount": 0,
    "OperationEndTime": "2026-11-20T03:00:00Z",
}  # fmt: skip


def machines(folder: Path, files: dict[str, Any], *names: str) -> list[Ec2Instance]:
    found = [
        {"InstanceId": name, "State": {"Name": "running"}, "NetworkInterfaces": [],
         "Placement": {"AvailabilityZone": "eu-west-1a"}} for name in names
    ]  # fmt: skip
    inventory = load(folder, {"ec2.describe-instances": {"Reservations": [{"Instances": found}]}, **files})
    return every(inventory, Ec2Instance)


def information(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"InstanceInformationList": [{"InstanceId": name, "PingStatus": ping} for name, ping in pairs], **more}


def test_who_is_not_under_management(tmp_path: Path) -> None:
    body = information(("i-1", "Online"), ("i-2", "ConnectionLost"), ("mi-0123456789abcdef0", "Online"))
    found = machines(tmp_path, {INFORMATION: body}, "i-1", "i-2", "i-3")
    assert [each.managed for each in found] == [True, False, False]


@pytest.mark.parametrize("body", [information(("i-1", "Online"), NextToken="more"), DENIED])
def test_a_part_of_the_list_does_not_tell_who_is_left_out(tmp_path: Path, body: Any) -> None:
    (_, second) = machines(tmp_path, {INFORMATION: body}, "i-1", "i-2")
    with pytest.raises(UnknownFact):
        assert not second.managed


def test_a_machine_that_only_management_knows_was_missed(tmp_path: Path) -> None:
    files = {"ec2.describe-instances": {"Reservations": []}, INFORMATION: information(("i-9", "Online"))}
    assert gap_codes(load(tmp_path, files), Ec2Instance) == {"unnamed"}


def test_missing_patches(tmp_path: Path) -> None:
    body = {"InstancePatchStates": [{**STATE, "MissingCount": 2, "FailedCount": 1, "InstalledPendingRebootCount": 4}]}
    first, second = machines(tmp_path, {STATES: body}, "i-1", "i-2")
    assert (first.missing_patches, first.patch_scan_at) == (7, datetime(2026, 11, 20, 3, tzinfo=UTC))
    for fact in ("missing_patches", "patch_scan_at"):
        with pytest.raises(UnknownFact, match="describe-instance-patch-states"):
            getattr(second, fact)


def test_fifty_machines_a_call_make_pages(tmp_path: Path) -> None:
    pages = {f"{STATES}.page{page}": {"InstancePatchStates": [{**STATE, "InstanceId": f"i-{page}"}]} for page in (1, 2)}
    assert [each.missing_patches for each in machines(tmp_path, pages, "i-1", "i-2")] == [0, 0]


@pytest.mark.parametrize("count", ["MissingCount", "FailedCount", "InstalledPendingRebootCount"])
def test_a_count_that_is_not_there_is_no_zero(count: str) -> None:
    state = {key: value for key, value in STATE.items() if key != count}
    assert "missing_patches" not in told("ssm describe-instance-patch-states", state)


@pytest.mark.parametrize(
    ("counts", "missing"),
    [
        ({"CriticalNonCompliantCount": 2, "SecurityNonCompliantCount": 4}, 4),
        ({"OtherNonCompliantCount": 3}, 3),
        ({"AvailableSecurityUpdateCount": 41}, 41),
        ({"MissingCount": 3, "FailedCount": 2, "CriticalNonCompliantCount": 4, "AvailableSecurityUpdateCount": 1}, 6),
    ],
)
def test_patches_that_do_not_comply_and_those_held_back(tmp_path: Path, counts: dict[str, int], missing: int) -> None:
    (machine,) = machines(tmp_path, {STATES: {"InstancePatchStates": [{**STATE, **counts}]}}, "i-1")
    assert machine.missing_patches == missing


@pytest.mark.parametrize("odd", [None, "4", True])
@pytest.mark.parametrize("count", ["MissingCount", "SecurityNonCompliantCount", "AvailableSecurityUpdateCount"])
def test_a_count_that_is_no_number_is_unknown(count: str, odd: object) -> None:
    assert "missing_patches" not in told("ssm describe-instance-patch-states", {**STATE, count: odd})


def alarm(name: str, *actions: str, enabled: bool = True, **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:{name}"
    return {"AlarmName": name, "AlarmArn": arn, "ActionsEnabled": enabled, "AlarmActions": list(actions), **more}


def acts(body: Any) -> dict[str, bool | None]:
    """Whether anything acts by alarm; None where it is unknown."""
    told = {str(said.told["name"]): known(said).get("actions") for said in read("cloudwatch describe-alarms", body)}
    return {name: None if actions is None else bool(actions) for name, actions in told.items()}


def test_an_alarm_needs_an_action_that_is_on() -> None:
    found = [alarm("a", "topic"), alarm("b", "topic", enabled=False), alarm("c")]
    assert acts({"MetricAlarms": found, "CompositeAlarms": []}) == {"a": True, "b": False, "c": False}
    assert acts({"MetricAlarms": found}) == {"a": True, "b": None, "c": None}


@pytest.mark.parametrize(
    ("rule", "notifies"),
    [
        ("ALARM(a) OR ALARM(b)", True),
        ('ALARM("a")', True),
        (f"ALARM(arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:a)", True),
        ("ALARM(aa)", False),
        ("OK(a)", False),
        ("ALARM(b) AND NOT ALARM(a)", None),
        ("ALARM(a) AND FALSE", None),
        ('ALARM("a") OR ALARM("NOT FALSE")', True),
    ],
)
def test_a_composite_alarm_passes_on(rule: str, notifies: bool | None) -> None:
    body = {"MetricAlarms": [alarm("a")], "CompositeAlarms": [alarm("all", "topic", AlarmRule=rule)]}
    assert acts(body) == {"a": notifies, "all": True}
    muted = {"MetricAlarms": [alarm("a")], "CompositeAlarms": [alarm("all", AlarmRule=rule)]}
    assert acts(muted) == {"a": False, "all": False}


TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:on-call"
ELSEWHERE = "arn:aws:sns:eu-west-1:999988887777:on-call"
LAMBDA = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:page"


def subscription(arn: str, topic: str = TOPIC) -> dict[str, str]:
    return {
        "SubscriptionArn": arn,
        "Owner": ACCOUNT,
        "Protocol": "email",
        "Endpoint": "a@acme.example",
        "TopicArn": topic,
    }


@pytest.mark.parametrize(
    ("actions", "subscriptions", "notifies"),
    [
        ([TOPIC], [subscription(f"{TOPIC}:1")], True),
        ([TOPIC], [subscription("PendingConfirmation"), subscription(f"{TOPIC}:1")], True),
        ([TOPIC], [subscription("PendingConfirmation")], False),
        ([TOPIC], [subscription("Deleted")], False),
        ([TOPIC], [subscription(f"{TOPIC}-2:1", f"{TOPIC}-2")], False),
        ([TOPIC], [], False),
        ([TOPIC], None, None),
        ([TOPIC], {"Subscriptions": [], "NextToken": "more"}, None),
        ([TOPIC], DENIED, None),
        ([LAMBDA], None, True),
        ([TOPIC, LAMBDA], [], True),
        ([ELSEWHERE], [], None),
        ([ELSEWHERE], [subscription(f"{ELSEWHERE}:1", ELSEWHERE)], True),
        ([ELSEWHERE, TOPIC], [subscription(f"{TOPIC}:1")], True),
        ([], None, False),
    ],
)
def test_a_topic_has_to_be_heard(tmp_path: Path, actions: Any, subscriptions: Any, notifies: bool | None) -> None:
    files: dict[str, Any] = {
        "cloudwatch.describe-alarms": {"MetricAlarms": [alarm("a", *actions)], "CompositeAlarms": []}
    }
    if subscriptions is not None:
        body = {"Subscriptions": subscriptions} if isinstance(subscriptions, list) else subscriptions
        files["sns.list-subscriptions"] = body
    found = only(load(tmp_path, files), CloudWatchAlarm)
    if notifies is None:
        with pytest.raises(UnknownFact):
            assert found.notifies
    else:
        assert found.notifies is notifies


REBOOT = "arn:aws:automate:eu-west-1:ec2:reboot"
IN_THE_OLDER_WAY = "arn:aws:swf:eu-west-1:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0"
ROOM = "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:1:autoScalingGroupName/web:policyName/more"
ITEM = "arn:aws:ssm:eu-west-1:123456789012:opsitem:1"
INCIDENT = "arn:aws:ssm-incidents::123456789012:response-plan/web"


@pytest.mark.parametrize(
    ("actions", "subscriptions", "answered"),
    [
        ([TOPIC], [subscription(f"{TOPIC}:1")], True),
        ([TOPIC], [], False),
        ([REBOOT], [], False),
        ([IN_THE_OLDER_WAY], [], False),
        ([REBOOT, TOPIC], [subscription(f"{TOPIC}:1")], True),
        ([REBOOT, TOPIC], [], False),
        ([ROOM], [], True),
        ([ITEM, REBOOT], [], True),
        ([INCIDENT], [], True),
        ([LAMBDA], [], None),
        ([LAMBDA, TOPIC], [subscription(f"{TOPIC}:1")], True),
        ([], [], False),
    ],
)
def test_a_machine_that_is_restarted_answers_nothing(
    tmp_path: Path, actions: Any, subscriptions: Any, answered: bool | None
) -> None:
    files = {
        "cloudwatch.describe-alarms": {"MetricAlarms": [alarm("a", *actions)], "CompositeAlarms": []},
        "sns.list-subscriptions": {"Subscriptions": subscriptions},
    }
    found = only(load(tmp_path, files), CloudWatchAlarm)
    if answered is None:
        with pytest.raises(UnknownFact, match="what its action does"):
            _ = found.answered
    else:
        assert found.answered is answered


def mailed(address: str, topic: str = TOPIC, protocol: str = "email") -> dict[str, Any]:
    return {**subscription(f"{topic}:{address}", topic), "Protocol": protocol, "Endpoint": address}


@pytest.mark.parametrize(
    ("actions", "subscriptions", "addresses"),
    [
        (
            [TOPIC],
            [mailed("ann@a.example"), mailed("bob@a.example", protocol="email-json")],
            ("ann@a.example", "bob@a.example"),
        ),
        ([TOPIC], [mailed("ann@a.example"), mailed("https://pager.example", protocol="https")], ()),
        ([TOPIC, LAMBDA], [mailed("ann@a.example")], ()),
        ([TOPIC], [], ()),
        ([TOPIC], [{"SubscriptionArn": f"{TOPIC}:1", "TopicArn": TOPIC}], None),
        ([ELSEWHERE, TOPIC], [mailed("ann@a.example")], None),
        ([ELSEWHERE, TOPIC], [mailed("ann@a.example", protocol="sqs")], ()),
    ],
)
def test_whom_mail_alone_tells(
    tmp_path: Path, actions: Any, subscriptions: Any, addresses: tuple[str, ...] | None
) -> None:
    files: dict[str, Any] = {
        "cloudwatch.describe-alarms": {"MetricAlarms": [alarm("a", *actions)], "CompositeAlarms": []},
        "sns.list-subscriptions": {"Subscriptions": subscriptions},
    }
    found = only(load(tmp_path, files), CloudWatchAlarm)
    if addresses is None:
        with pytest.raises(UnknownFact):
            _ = found.told_by_mail
    else:
        assert found.told_by_mail == addresses


def test_alarms_on_logs_are_alarms_too() -> None:
    body = {"MetricAlarms": [], "CompositeAlarms": [], "LogAlarms": [alarm("a", LAMBDA), alarm("b")]}
    assert acts(body) == {"a": True, "b": False}


def test_alarms_of_a_region_without_any(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"cloudwatch.describe-alarms": {"MetricAlarms": [], "CompositeAlarms": []}})
    assert (every(inventory, CloudWatchAlarm), gap_codes(inventory, CloudWatchAlarm)) == ([], set())


GROUP = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/app"


def test_log_groups() -> None:
    group = {"logGroupName": "/app", "arn": f"{GROUP}:*", "retentionInDays": 30}
    (said,) = read("logs describe-log-groups", group)
    assert (said.id, known(said)) == (GROUP, {"name": "/app", "retention_days": 30})
    del group["retentionInDays"]
    assert told("logs describe-log-groups", group)["retention_days"] is None
    assert "retention_days" not in told("logs describe-log-groups", {**group, "logGroupClass": "DELIVERY"})
    assert "retention_days" not in told("logs describe-log-groups", {**group, "logGroupClass": "NEW_CLASS"})
    assert told("logs describe-log-groups", {**group, "logGroupClass": "INFREQUENT_ACCESS"}) != {}


def flow(resource: str, **more: Any) -> dict[str, Any]:
    return {
        "ResourceId": resource,
        "FlowLogStatus": "ACTIVE",
        "DeliverLogsStatus": "SUCCESS",
        "TrafficType": "ALL",
        **more,
    }


@pytest.mark.parametrize(
    ("flows", "logged"),
    [
        ([flow("vpc-1")], True),
        ([flow("vpc-1", TrafficType="REJECT")], True),
        ([flow("vpc-1", TrafficType="ACCEPT")], False),
        ([flow("vpc-1", DeliverLogsStatus="FAILED")], False),
        ([flow("vpc-1", FlowLogStatus="INACTIVE"), flow("vpc-1")], True),
        ([flow("vpc-1", TrafficType="ACCEPT"), flow("vpc-1")], True),
        ([flow("subnet-1")], False),
        ([], False),
    ],
)
def test_traffic_of_a_network(tmp_path: Path, flows: list[Any], logged: bool) -> None:
    files = {"ec2.describe-vpcs": {"Vpcs": [{"VpcId": "vpc-1", "OwnerId": ACCOUNT}]}}
    vpc = only(load(tmp_path, {**files, "ec2.describe-flow-logs": {"FlowLogs": flows}}), Vpc)
    assert (vpc.name, vpc.traffic_logged) == ("vpc-1", logged)


@pytest.mark.parametrize("word", ["FlowLogStatus", "DeliverLogsStatus", "TrafficType"])
def test_a_flow_log_of_a_word_that_nobody_documents_says_nothing(tmp_path: Path, word: str) -> None:
    files = {
        "ec2.describe-vpcs": {"Vpcs": [{"VpcId": "vpc-1", "OwnerId": ACCOUNT}]},
        "ec2.describe-flow-logs": {"FlowLogs": [flow("vpc-1", **{word: "OTHER"})]},
    }
    with pytest.raises(UnknownFact, match="a word here that this plugin does not know"):
        _ = only(load(tmp_path, files), Vpc).traffic_logged


def test_a_flow_log_of_a_network_that_no_list_names(tmp_path: Path) -> None:
    files = {"ec2.describe-vpcs": {"Vpcs": []}, "ec2.describe-flow-logs": {"FlowLogs": [flow("vpc-2")]}}
    assert gap_codes(load(tmp_path, files), Vpc) == {"unnamed"}


@pytest.mark.parametrize("body", [{"FlowLogs": [], "NextToken": "more"}, DENIED, None])
def test_without_all_flow_logs_nothing_is_known(tmp_path: Path, body: Any) -> None:
    files = {"ec2.describe-vpcs": {"Vpcs": [{"VpcId": "vpc-1"}]}}
    if body is not None:
        files["ec2.describe-flow-logs"] = body
    with pytest.raises(UnknownFact):
        assert only(load(tmp_path, files), Vpc).traffic_logged is None


def test_a_network_that_is_shared_belongs_to_its_owner() -> None:
    assert read("ec2 describe-vpcs", {"VpcId": "vpc-1", "OwnerId": "999988887777"}) == []


def analyzer(kind: str, status: str = "ACTIVE") -> dict[str, Any]:
    return {"arn": f"arn:aws:access-analyzer:eu-west-1:{ACCOUNT}:analyzer/x", "type": kind, "status": status}


@pytest.mark.parametrize(
    ("found", "enabled"),
    [
        ([analyzer("ACCOUNT")], True),
        ([analyzer("ORGANIZATION")], True),
        ([analyzer("ACCOUNT_UNUSED_ACCESS")], False),
        ([analyzer("ACCOUNT", "DISABLED")], False),
        ([], False),
    ],
)
def test_the_analyzer_of_a_region(tmp_path: Path, found: list[Any], enabled: bool) -> None:
    check = only(load(tmp_path, {"accessanalyzer.list-analyzers": {"analyzers": found}}), AccessAnalyzer)
    assert (check.scope, check.category, check.enabled) == (f"{ACCOUNT}/eu-west-1", "external_access", enabled)


HUB = {"HubArn": f"arn:aws:securityhub:eu-west-1:{ACCOUNT}:hub/default"}
OFF = {"Error": {"Code": "InvalidAccessException", "Message": "is not subscribed"}}


STANDARDS = "arn:aws:securityhub:eu-west-1::standards"
CIS = f"{STANDARDS}/cis-aws-foundations-benchmark/v/3.0.0"


@pytest.mark.parametrize(
    ("status", "enabled"),
    [(["READY"], True), (["FAILED"], False), (["PENDING", "READY"], True), (["INCOMPLETE"], False), ([], False)],
)
def test_a_hub_needs_a_standard(tmp_path: Path, status: list[str], enabled: bool) -> None:
    tags = {"StandardsStatus": "READY", "StandardsArn": f"{STANDARDS}/aws-resource-tagging-standard/v/1.0.0"}
    standards = {"StandardsSubscriptions": [tags, *({"StandardsStatus": each, "StandardsArn": CIS} for each in status)]}
    files = {"securityhub.describe-hub": HUB, "securityhub.get-enabled-standards": standards}
    assert only(load(tmp_path, files), SecurityHub).enabled is enabled


def test_a_region_without_hub(tmp_path: Path) -> None:
    off = load(tmp_path / "off", {"securityhub.describe-hub": OFF, "securityhub.get-enabled-standards": OFF})
    assert only(off, SecurityHub).enabled is False
    asked_once = only(load(tmp_path / "once", {"securityhub.describe-hub": OFF}), SecurityHub)
    assert asked_once.enabled is False
    alone = only(load(tmp_path / "alone", {"securityhub.describe-hub": HUB}), SecurityHub)
    with pytest.raises(UnknownFact, match="get-enabled-standards"):
        assert alone.enabled
    assert gap_codes(load(tmp_path / "denied", {"securityhub.describe-hub": DENIED}), SecurityHub) == {"denied"}


def test_regions_that_are_another_accounts_are_not_this_ones(tmp_path: Path) -> None:
    other = GROUP.replace(ACCOUNT, "999988887777")
    body = {"logGroups": [{"logGroupName": "/app", "arn": f"{other}:*", "retentionInDays": 30}]}
    assert gap_codes(load(tmp_path, {"logs.describe-log-groups": body}), LogGroup) == {"identity"}
