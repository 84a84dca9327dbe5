"""Between two snapshots: what a log tells of changes, and scopes of which none does.

The company is one of AWS with two accounts, and the controls are the shipped ones: a firewall rule that was opened and
closed between two snapshots is a deviation where CloudTrail tells of it, and its twin elsewhere is named as not observable.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from soc2test.controls.control import control_of
from soc2test.inventory.log_spans import LogSpan
from soc2test.period.between import Between
from soc2test.period.calendar import Period
from soc2test.sources.loading import load_plugins
from soc2test.verdicts import ControlResult
from soc2test_policies.cc6 import network, network_changes

from . import half_year
from .half_year import BERLIN, HalfYear, days

TOLD, UNTOLD = "111122223333", "444455556666"
AUTHORIZE, MODIFY, REVOKE = "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules", "RevokeSecurityGroupIngress"
GROUP = "sg-0a1b2c3d4e5f60012"
NINETY = timedelta(days=90)
DAYS = days("2026-01-01", "2026-06-30", every=3)
PLAIN = "no deviations noted on the 61 of 181 days observed; between snapshots not tested"
EXCEPT = f"{PLAIN}, except the changes that logs tell of: NET-05 tests them"


def event(name: str, when: str, account: str, port: int = 22) -> dict[str, Any]:
    """One rule for any address that was added or taken away."""
    rule = {"groupId": GROUP, "isEgress": False, "ipProtocol": "tcp", "fromPort": port, "toPort": port,
            "cidrIpv4": "0.0.0.0/0"}  # fmt: skip
    answer = "securityGroupRuleSet" if name == AUTHORIZE else "revokedSecurityGroupRuleSet"
    return {
        "eventTime": when, "eventSource": "ec2.amazonaws.com", "eventName": name, "awsRegion": "eu-west-1",
        "eventID": f"{name}-{when}", "recipientAccountId": account, "requestParameters": {"groupId": GROUP},
        "responseElements": {answer: {"items": [rule]}}, "userIdentity": {"arn": f"arn:aws:iam::{account}:user/eve"},
    }  # fmt: skip


class Cloud:
    """The company, what happened in its accounts, and which of them export a log."""

    def __init__(self, root: Path) -> None:
        self.company = HalfYear(root)
        tests = (
            network.test_admin_ports_are_not_open_to_the_world,
            network_changes.test_nothing_was_opened_to_the_world,
        )
        controls = [control for test in tests if (control := control_of(test)) is not None]
        half_year._loaded[self.company.root] = load_plugins(None), controls
        self.accounts: Sequence[str] = (TOLD, UNTOLD)
        self.logs: Sequence[str] = (TOLD,)
        self.events: list[dict[str, Any]] = []
        self.rules: list[dict[str, Any]] = []
        self.bodies: dict[str, Any] = {}
        """what a call answers instead of what happened; None: it was not made"""

    def record(self, *moments: datetime) -> None:
        accounts = ", ".join(f'"{account}"' for account in self.accounts)
        source = f"{{accounts: [{accounts}], regions: [eu-west-1]}}"
        self.company.write("soc2.yaml", f"system: Half a year\ntime_zone: Europe/Berlin\nsources: {{aws: {source}}}\n")
        for moment in moments:
            for account in self.accounts:
                self.export(account, moment)
            self.company.record(moment)

    def export(self, account: str, moment: datetime) -> None:
        below = f"exports/aws/{account}/eu-west-1"
        group = {"GroupId": GROUP, "VpcId": "vpc-1", "OwnerId": account, "IpPermissions": [INSIDE, *self.rules],
                 "IpPermissionsEgress": []}  # fmt: skip
        self.company.write(f"{below}/ec2.describe-security-groups.json", json.dumps({"SecurityGroups": [group]}))
        for name in (AUTHORIZE, MODIFY, REVOKE):
            path = f"{below}/cloudtrail.lookup-events.{name}.json"
            if account in self.logs and self.bodies.get(name, {}) is not None:
                own = [each for each in self.events if each["eventName"] == name and _kept(each, account, moment)]
                events = [{"CloudTrailEvent": json.dumps(each)} for each in own]
                self.company.write(path, json.dumps(self.bodies.get(name) or {"Events": events}))
            else:
                (self.company.root / path).unlink(missing_ok=True)

    def results(self) -> tuple[ControlResult, ControlResult]:
        """Of the rules that are there, and of what was opened."""
        found = self.company.evaluate().results
        return found["NET-01"], found["NET-05"]


INSIDE = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [],
          "UserIdGroupPairs": [], "PrefixListIds": []}  # fmt: skip
SSH = {**INSIDE, "FromPort": 22, "ToPort": 22}


def _kept(each: dict[str, Any], account: str, moment: datetime) -> bool:
    """The event history of a moment goes back 90 days."""
    when = datetime.fromisoformat(each["eventTime"].replace("Z", "+00:00"))
    return each["recipientAccountId"] == account and moment.astimezone(UTC) - NINETY <= when <= moment.astimezone(UTC)


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path)


def notes(result: ControlResult) -> list[str]:
    assert result.period is not None
    return [note for note in result.period.notes if "between snapshots" in note]


def sentence(result: ControlResult) -> str:
    assert result.period is not None
    return result.period.sentence


def test_a_rule_that_lived_between_two_snapshots_is_a_deviation_where_a_log_tells_of_it(cloud: Cloud) -> None:
    for account in (TOLD, UNTOLD):
        cloud.events += [
            event(AUTHORIZE, "2026-03-03T10:00:00Z", account),
            event(REVOKE, "2026-03-03T11:30:00Z", account),
        ]
    cloud.record(*DAYS)
    rules, opened = cloud.results()
    assert (opened.verdict, opened.deviations) == ("fail", 1)
    (finding,) = opened.findings
    assert finding.resource.startswith(f"{TOLD}/eu-west-1/cloudtrail/")
    assert finding.message == (
        f"opened tcp 22 to the whole internet on 2026-03-03 10:00 UTC by arn:aws:iam::{TOLD}:user/eve, "
        "closed 2026-03-03 11:30 UTC"
    )
    assert opened.period is not None
    (noted,) = opened.period.noted  # 30 snapshots show it
    assert noted.by == "2026-03-05T02:00:00Z"
    assert (rules.verdict, rules.deviations) == ("pass", 0)
    assert sentence(rules) == f"{EXCEPT}; not observable in 1 of 2 scopes"
    assert notes(rules) == [
        f"between snapshots a log tells what changed, and NET-05 tests it: aws {TOLD}/eu-west-1",
        "not observable between snapshots, whatever lived and died there in that time: "
        f"aws {UNTOLD}/eu-west-1 (no log tells of it)",
    ]


def test_where_logs_tell_of_all_scopes_nothing_is_named(cloud: Cloud) -> None:
    cloud.accounts = cloud.logs = (TOLD,)
    cloud.events = [event(AUTHORIZE, "2026-03-03T10:00:00Z", TOLD, port=443)]
    cloud.record(*DAYS)
    rules, opened = cloud.results()
    assert sentence(rules) == EXCEPT
    assert len(notes(rules)) == 1
    assert (opened.verdict, opened.population, opened.deviations) == ("pass", 1, 0)


def test_without_any_log_the_sentence_is_the_plain_one(cloud: Cloud) -> None:
    cloud.logs = ()
    cloud.record(*DAYS)
    rules, opened = cloud.results()
    assert sentence(rules) == f"{PLAIN}: no log tells of all of that time"
    assert f"aws {TOLD}/eu-west-1 (no log tells of it); aws {UNTOLD}/eu-west-1" in notes(rules)[0]
    assert opened.verdict == "not_evaluated"


def test_a_log_goes_back_no_further_than_its_vendor_keeps_it(cloud: Cloud) -> None:
    cloud.accounts, cloud.logs = (TOLD,), ()
    cloud.record(*DAYS[:-1])
    cloud.logs = (TOLD,)
    cloud.record(DAYS[-1])
    rules, _ = cloud.results()
    assert sentence(rules) == f"{PLAIN}: no log tells of all of that time"
    assert f"aws {TOLD}/eu-west-1 (no log tells of 2026-01-01 to 2026-04-01)" in notes(rules)[0]


def test_a_log_that_ends_early_does_not_tell_of_what_came_after(cloud: Cloud) -> None:
    cloud.accounts = cloud.logs = (TOLD,)
    cloud.record(*DAYS[:40])
    cloud.logs = ()
    cloud.record(*DAYS[40:])
    assert f"(no log tells of {DAYS[39].astimezone(BERLIN):%Y-%m-%d} to 2026-06-30)" in notes(cloud.results()[0])[0]


def test_a_log_of_an_earlier_day_tells_of_no_time_after_it() -> None:
    """Of one that was exported on the snapshot's own day the hours up to it are taken to be told."""
    period = Period(first=half_year.FIRST, last=half_year.LAST, zone=BERLIN)
    for hours, shown in ((2, []), (48, ["not observable"])):
        between = Between("NET-05", period)
        for moment in DAYS[20:24]:
            span = LogSpan(first=moment - NINETY, last=moment - timedelta(hours=hours))
            snapshot = SimpleNamespace(as_of=moment)
            between.take(SimpleNamespace(snapshot=snapshot, logs={"aws one": span}))  # type: ignore[arg-type]
        found = [note.partition(" between")[0] for note in between.notes()]
        assert [note for note in found if note.startswith("not")] == shown


def test_what_no_log_tells_between_two_that_do_is_named() -> None:
    between = Between("NET-05", Period(first=half_year.FIRST, last=half_year.LAST, zone=BERLIN))
    for moment in DAYS:
        span = LogSpan(first=moment - timedelta(days=5), last=moment) if moment.month != 3 else None  # March
        seen = SimpleNamespace(snapshot=SimpleNamespace(as_of=moment), logs={"aws one": span})
        between.take(seen)  # type: ignore[arg-type]
    (note,) = between.notes()
    assert note.endswith(": aws one (no log tells of 2026-02-27 to 2026-03-27)")


ODD = event(AUTHORIZE, "2026-01-01T00:00:00Z", TOLD)


@pytest.mark.parametrize(
    "body",
    [{"Events": [], "NextToken": "more"}, None, {"Events": [{"CloudTrailEvent": json.dumps(ODD)}]}],
    ids=["a page is missing", "one list of two", "an event of another call"],
)
def test_a_list_that_is_not_whole_tells_of_no_time(cloud: Cloud, body: Any) -> None:
    cloud.accounts = cloud.logs = (TOLD,)
    cloud.bodies[MODIFY] = body
    cloud.record(*DAYS)
    assert "no log tells of it" in notes(cloud.results()[0])[0]


def test_a_rule_that_a_snapshot_shows_too_is_counted_once_by_each_test(cloud: Cloud) -> None:
    cloud.accounts = cloud.logs = (TOLD,)
    cloud.events = [event(AUTHORIZE, "2026-03-03T10:00:00Z", TOLD), event(REVOKE, "2026-03-12T10:00:00Z", TOLD)]
    cloud.record(*DAYS[:21])
    cloud.rules = [SSH]
    cloud.record(*DAYS[21:24])
    cloud.rules = []
    cloud.record(*DAYS[24:])
    rules, opened = cloud.results()
    assert (rules.deviations, opened.deviations) == (1, 1)
    assert rules.period is not None
    assert opened.period is not None
    assert (len(rules.period.noted), len(opened.period.noted)) == (1, 1)
    assert opened.period.notes == ()  # that it was closed is told later, and changes nothing that was told


def test_where_the_test_of_changes_is_not_part_of_the_run_nothing_is_said_to_be_tested(cloud: Cloud) -> None:
    cloud.accounts = cloud.logs = (TOLD,)
    plugins, controls = half_year._loaded[cloud.company.root]
    half_year._loaded[cloud.company.root] = plugins, [each for each in controls if each.id == "NET-01"]
    cloud.record(*DAYS[-10:])
    (result,) = cloud.company.evaluate().results.values()
    assert "no log tells of it" in notes(result)[0]
