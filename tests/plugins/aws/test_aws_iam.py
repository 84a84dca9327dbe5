"""IAM's other calls: users, second factors, passwords, tags, rights, the account."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aws_reading import every, gap_codes, known, load, only, read, told

from soc2test import EVERY, Population, UnknownFact
from soc2test.populations.population import Gap
from soc2test.testing import resource
from soc2test_plugins.aws import AccountPasswordPolicy, AwsAccount, IamRoot, IamUser, RootAccessKey, S3Bucket
from soc2test_plugins.aws.account import holds_for_somebody

ADMIN = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
READER = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
DETAILS = "iam get-account-authorization-details"


def user(name: str = "ann", **more: Any) -> dict[str, Any]:
    base = {
        "UserName": name,
        "Path": "/",
        "Arn": f"arn:aws:iam::111122223333:user/{name}",
        "CreateDate": "2022-05-02T08:00:00Z",
    }
    return {**base, "GroupList": [], "AttachedManagedPolicies": [], "Tags": [], **more}


def details(*users: dict[str, Any], groups: Any = (), policies: Any = ()) -> dict[str, Any]:
    return {
        "UserDetailList": list(users),
        "GroupDetailList": list(groups),
        "RoleDetailList": [],
        "Policies": list(policies),
    }


def managed(document: Any, default: bool = True) -> dict[str, Any]:
    versions = [{"Document": READER, "VersionId": "v1", "IsDefaultVersion": not default}]
    return {
        "Arn": "arn:aws:iam::111122223333:policy/p",
        "PolicyVersionList": [*versions, {"Document": document, "VersionId": "v2", "IsDefaultVersion": default}],
    }


ATTACHED = [{"PolicyName": "p", "PolicyArn": "arn:aws:iam::111122223333:policy/p"}]
GROUP = {"GroupName": "g", "GroupPolicyList": [], "AttachedManagedPolicies": ATTACHED}


@pytest.mark.parametrize("spell", [lambda d: d, json.dumps, lambda d: quote(json.dumps(d))])
@pytest.mark.parametrize(
    ("make", "admin"),
    [
        (lambda d: details(user(UserPolicyList=[{"PolicyName": "x", "PolicyDocument": d(ADMIN)}])), True),
        (lambda d: details(user(UserPolicyList=[{"PolicyName": "x", "PolicyDocument": d(READER)}])), False),
        (lambda d: details(user(AttachedManagedPolicies=ATTACHED), policies=[managed(d(ADMIN))]), True),
        (lambda d: details(user(AttachedManagedPolicies=ATTACHED), policies=[managed(d(ADMIN), default=False)]), False),
        (lambda d: details(user(GroupList=["g"]), groups=[GROUP], policies=[managed(d(ADMIN))]), True),
        (lambda d: details(user(GroupList=["g"]), groups=[GROUP], policies=[managed(d(READER))]), False),
    ],
)
def test_who_is_an_administrator(make: Any, spell: Any, admin: bool) -> None:
    assert told(DETAILS, make(spell))["admin"] is admin


def test_the_vendors_own_administrator_policy_needs_no_document() -> None:
    attached = [{"PolicyName": "AdministratorAccess", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}]
    assert told(DETAILS, details(user(AttachedManagedPolicies=attached)))["admin"] is True


@pytest.mark.parametrize(
    "body",
    [
        details(user(GroupList=["elsewhere"])),
        details(user(AttachedManagedPolicies=ATTACHED)),
        details(user(GroupList=["g"]), groups=[GROUP]),
        details(user(UserPolicyList=[{"PolicyName": "x", "PolicyDocument": "{{ template }}"}])),
        details({"UserName": "ann", "CreateDate": "2022-05-02T08:00:00Z", "GroupList": []}),
        details(user(AttachedManagedPolicies={})),
    ],
)
def test_rights_that_the_export_does_not_show_are_unknown(body: dict[str, Any]) -> None:
    facts = told(DETAILS, body)
    assert "admin" not in facts
    assert facts["name"] == "ann"


@pytest.mark.parametrize(
    ("name", "tags", "email", "owner"),
    [
        ("ann", {"email": "ann@acme.example"}, "ann@acme.example", "ann@acme.example"),
        ("ci", {"Owner": "ann@acme.example"}, None, "ann@acme.example"),
        ("ann@acme.example", {}, "ann@acme.example", "ann@acme.example"),
        ("ci", {"owner": " "}, None, None),
        ("ci", {}, None, None),
    ],
)
def test_whose_account_it_is(name: str, tags: dict[str, str], email: str | None, owner: str | None) -> None:
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    facts = told(DETAILS, details(user(name, Tags=listed)))
    assert (facts["email"], facts["owner"]) == (email, owner)
    assert told("iam list-user-tags", {"Tags": listed}, user=name) == {"email": email, "owner": owner}


def test_absent_tags_tell_nothing() -> None:
    bare = user()
    del bare["Tags"]
    assert "email" not in told(DETAILS, details(bare))


def test_second_factors() -> None:
    device = {
        "UserName": "ann",
        "SerialNumber": "arn:aws:iam::111122223333:mfa/ann",
        "EnableDate": "2022-05-02T08:47:33Z",
    }
    assert told("iam list-mfa-devices", {"MFADevices": [device]}, user="ann") == {"mfa": True}
    assert told("iam list-mfa-devices", {"MFADevices": []}, user="ann") == {"mfa": False}
    with pytest.raises(UnknownFact):
        read("iam list-mfa-devices", {}, user="ann")


def test_virtual_devices_tell_only_of_those_who_have_one() -> None:
    call = "iam list-virtual-mfa-devices"
    device = {"SerialNumber": "arn:aws:iam::111122223333:mfa/x", "EnableDate": "2021-03-01T09:31:02Z"}
    (root,) = read(call, {**device, "User": {"Arn": "arn:aws:iam::111122223333:root"}})
    assert (root.kind, root.told) == (IamRoot, {"mfa": True})
    (ann,) = read(call, {**device, "User": {"Arn": "arn:aws:iam::111122223333:user/staff/ann"}})
    assert (ann.id, ann.told) == ("arn:aws:iam::111122223333:user/ann", {"mfa": True})
    assert read(call, device) == []
    assert read(call, {"SerialNumber": "x", "User": {"Arn": "arn:aws:iam::111122223333:user/ann"}}) == []


def test_a_console_password_makes_a_user_a_persons() -> None:
    assert told("iam get-login-profile", {"LoginProfile": {"UserName": "ann"}}, user="ann") == {
        "password": True,
        "human": True,
    }
    assert told("iam get-login-profile", None, user="ci") == {"password": False, "human": False}


@pytest.mark.parametrize(("status", "active"), [("Active", True), ("Inactive", False), ("Expired", False)])
def test_access_keys(status: str, active: bool) -> None:
    item = {
        "UserName": "ci",
        "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "Status": status,
        "CreateDate": "2026-10-05T09:12:44Z",
    }
    (key,) = read("iam list-access-keys", item, user="ci")
    assert key.id == "arn:aws:iam::111122223333:user/ci/access-key/2026-10-05T09:12:44Z"
    assert key.told["active"] is active
    with pytest.raises(UnknownFact):
        read("iam list-access-keys", {**item, "Status": "Paused"}, user="ci")


def test_the_root_by_the_account_summary() -> None:
    root, *keys = read(
        "iam get-account-summary", {"SummaryMap": {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0}}
    )
    assert known(root) == {"name": "root", "mfa": True, "has_keys": False}
    assert keys == []
    root, key = read("iam get-account-summary", {"SummaryMap": {"AccountMFAEnabled": 0, "AccountAccessKeysPresent": 1}})
    assert root.told["mfa"] is False
    assert (key.kind, key.told["root"]) == (RootAccessKey, True)
    with pytest.raises(UnknownFact):  # the list of keys would be incomplete
        read("iam get-account-summary", {"SummaryMap": {"AccountMFAEnabled": 1}})


def test_what_no_call_needs_to_tell_of_the_root(tmp_path: Path) -> None:
    summary = {"SummaryMap": {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0}}
    root = only(load(tmp_path, {"iam.get-account-summary": summary}), IamRoot)
    assert (root.root, root.admin, root.human, root.email, root.owner) == (True, True, False, None, None)
    with pytest.raises(UnknownFact):
        assert root.active


def test_password_rules() -> None:
    rules = {"PasswordPolicy": {"MinimumPasswordLength": 14, "PasswordReusePrevention": 24}}
    facts = told("iam get-account-password-policy", rules)
    assert (facts["min_length"], facts["history"], facts["custom"], facts["lockout_attempts"]) == (14, 24, True, None)
    assert told("iam get-account-password-policy", {"PasswordPolicy": {"MinimumPasswordLength": 8}})["history"] == 0
    assert "min_length" not in told("iam get-account-password-policy", {"PasswordPolicy": {}})


def test_an_account_without_rules_has_the_default_ones(tmp_path: Path) -> None:
    missing = {"Error": {"Code": "NoSuchEntity", "Message": "none"}, "ResponseMetadata": {"HTTPStatusCode": 404}}
    inventory = load(tmp_path, {"iam.get-account-password-policy": missing})
    rules = only(inventory, AccountPasswordPolicy)
    assert (rules.min_length, rules.history, rules.custom) == (8, 0, False)
    assert gap_codes(inventory, AccountPasswordPolicy) == set()


def rules_of(account: str) -> AccountPasswordPolicy:
    return resource(AccountPasswordPolicy, f"{account}/password-policy", name=account)


def user_of(account: str, **facts: Any) -> IamUser:
    return resource(IamUser, f"arn:aws:iam::{account}:user/ann", **facts)


def test_password_rules_hold_for_the_users_of_their_own_account_alone() -> None:
    users = Population(IamUser, [user_of("1", password=True), user_of("2", password=False), user_of("3")])
    assert [holds_for_somebody(rules_of(account), users) for account in "124"] == [True, False, False]
    with pytest.raises(UnknownFact):
        holds_for_somebody(rules_of("3"), users)


def test_users_who_may_be_missing_may_have_a_password() -> None:
    users = Population(IamUser, [user_of("1", password=True)], [Gap("denied", "let it call", "aws")])
    assert holds_for_somebody(rules_of("1"), users)
    with pytest.raises(UnknownFact, match="let it call"):
        holds_for_somebody(rules_of("2"), users)


def test_the_users_of_a_thousand_accounts_are_looked_through_once() -> None:
    class Members(tuple[IamUser, ...]):
        looks = 0

        def __iter__(self) -> Iterator[IamUser]:
            Members.looks += 1
            return super().__iter__()

    users = Population(IamUser, ())
    users.members = Members(user_of(f"{number}", password=False) for number in range(1000))
    assert not any(holds_for_somebody(rules_of(f"{number}"), users) for number in range(1000))
    assert Members.looks == 1


def test_a_denied_call_is_no_answer(tmp_path: Path) -> None:
    denied = {"Error": {"Code": "AccessDenied", "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": 403}}
    assert gap_codes(load(tmp_path, {"iam.get-account-password-policy": denied}), AccountPasswordPolicy) == {"denied"}


BLOCK = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}


def test_public_storage_by_account() -> None:
    call = "s3control get-public-access-block"
    account, bucket = read(call, {"PublicAccessBlockConfiguration": BLOCK})
    assert (account.id, account.kind, account.told) == (EVERY, AwsAccount, {"public_storage_blocked": True})
    assert (bucket.id, bucket.kind) == (EVERY, S3Bucket)
    account, _ = read(call, {"PublicAccessBlockConfiguration": {**BLOCK, "BlockPublicAcls": False}})
    assert account.told == {"public_storage_blocked": False}
    account, bucket = read(call, None)
    assert account.told == {"public_storage_blocked": False}
    assert bucket.told == {"account_ignores_acls": False, "account_restricts_policy": False}
    account, _ = read(call, {"PublicAccessBlockConfiguration": {"IgnorePublicAcls": True}})
    assert known(account) == {}


def test_defaults_of_each_region(tmp_path: Path) -> None:
    files = {
        "ec2.get-ebs-encryption-by-default": {"EbsEncryptionByDefault": False},
        "s3control.get-public-access-block": {"PublicAccessBlockConfiguration": BLOCK},
    }
    account = only(load(tmp_path, files), AwsAccount)
    assert account.id == "111122223333/eu-west-1"
    assert (account.default_encryption, account.public_storage_blocked) == (False, True)


def test_a_user_who_is_off_has_no_known_time_of_it(tmp_path: Path) -> None:
    users = {"Users": [user("ann"), user("bob")]}
    inventory = load(tmp_path, {"iam.list-users": users})
    assert [each.name for each in every(inventory, IamUser)] == ["ann", "bob"]
    for each in every(inventory, IamUser):
        with pytest.raises(UnknownFact, match="get-credential-report"):
            assert each.disabled_at
