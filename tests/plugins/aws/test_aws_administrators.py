"""Who can give himself everything in an account: by policies, groups, roles, services; within denials and boundaries."""

from typing import Any

import pytest
from aws_reading import ACCOUNT, every, gap_codes, load, read

from soc2test import RoleUse, Unknown, UnknownFact
from soc2test_plugins.aws import IamRole

DETAILS = "iam get-account-authorization-details"
IAM = f"arn:aws:iam::{ACCOUNT}"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
MADE = {"Path": "/", "CreateDate": "2022-05-02T08:00:00Z"}
UNSURE = "unsure"


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def inline(*statements: Any) -> list[dict[str, Any]]:
    return [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}]


def user(name: str, *statements: Any, **more: Any) -> dict[str, Any]:
    own = {"UserName": name, "Arn": f"{IAM}:user/{name}", "GroupList": [], "AttachedManagedPolicies": [], "Tags": []}
    return {**MADE, **own, "UserPolicyList": inline(*statements), **more}


def role(name: str, trust: Any, *statements: Any, **more: Any) -> dict[str, Any]:
    trusted = {"Statement": trust if isinstance(trust, list) else [trust]}
    own = {"RoleName": name, "Arn": f"{IAM}:role/{name}", "AssumeRolePolicyDocument": trusted}
    return {**MADE, **own, "AttachedManagedPolicies": [], "RolePolicyList": inline(*statements), **more}


def trusts(principal: Any, action: Any = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, **more}


def managed(name: str, *statements: Any, versions: int = 1) -> dict[str, Any]:
    document = {"Statement": list(statements)}
    listed = [
        {"Document": document, "VersionId": f"v{place}", "IsDefaultVersion": place == 0} for place in range(versions)
    ]
    return {"Arn": f"{IAM}:policy/{name}", "PolicyVersionList": listed}


def attached(*names: str) -> dict[str, Any]:
    return {"AttachedManagedPolicies": [{"PolicyName": name, "PolicyArn": f"{IAM}:policy/{name}"} for name in names]}


def details(users: Any = (), roles: Any = (), groups: Any = (), policies: Any = ()) -> dict[str, Any]:
    return {
        "UserDetailList": list(users), "RoleDetailList": list(roles), "GroupDetailList": list(groups),
        "Policies": list(policies),
    }  # fmt: skip


def answers(body: dict[str, Any]) -> dict[str, Any]:
    """Each user and role by name: True, False, or UNSURE."""
    said = [one for one in read(DETAILS, body) if one.kind is not RoleUse]
    return {one.told["name"]: UNSURE if isinstance(one.told["admin"], Unknown) else one.told["admin"] for one in said}


def of_ann(*statements: Any, roles: Any = (), **more: Any) -> Any:
    return answers(details([user("ann", *statements, **more)], roles))["ann"]


BY_LAMBDA = role("worker", trusts({"Service": "lambda.amazonaws.com"}), EVERYTHING)
BY_EC2 = role("machine", trusts({"Service": "ec2.amazonaws.com"}), allow("s3:GetObject"))
MFA = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}


@pytest.mark.parametrize(
    ("action", "admin"),
    [
        ("*", True), ("*:*", True), ("i?m:*", True), ("iam:*", True), ("IAM:put*", True), ("iam:Put*", True),
        ("iam:PutUserPolicy", True), ("iam:Attach*", True), ("iam:CreatePolicyVersion", True),
        ("iam:SetDefaultPolicyVersion", True), ("iam:AddUserToGroup", True), ("iam:UpdateAssumeRolePolicy", True),
        ("iam:CreateAccessKey", True), ("iam:CreateLoginProfile", True), ("iam:UpdateLoginProfile", True),
        ("iam:*Policy", True), ("*PolicyVersion", True), ("sts:AssumeRole", True), ("sts:*", True),
        (["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], True),
        (["iam:Pass*", "ec2:RunInstances"], True), (["iam:PassRole", "cloudformation:CreateStack"], True),
        (["iam:PassRole", "glue:*"], True), (["iam:PassRole", "sagemaker:Create*"], True),
        ("aws-portal:View*", False), ("iam:Get*", False), ("iam:List*", False), ("iam:Delete*", False), ("s3:*", False),
        ("iam:PassRole", False), (["iam:PassRole", "lambda:CreateFunction"], False), ("iam:Generate*", False),
        (["lambda:CreateFunction", "lambda:InvokeFunction"], False), ("ec2:*", False), ("iam:ChangePassword", False),
    ],
)  # fmt: skip
def test_actions_that_end_in_all_rights(action: Any, admin: bool) -> None:
    assert of_ann(allow(action)) is admin
    assert of_ann(allow(action), roles=[BY_EC2]) is admin


@pytest.mark.parametrize(
    ("statement", "admin"),
    [
        ({"Effect": "Allow", "Action": "*", "Resource": "*"}, True),
        ({"Effect": "Allow", "Action": ["s3:*", "*:*"], "Resource": ["*"]}, True),
        ({"Effect": "Allow", "Action": "IAM:*", "Resource": "*"}, True),
        (
            {
                "Effect": "Allow",
                "Action": "*",
                "Resource": "*",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
            },
            True,
        ),
        ({"Effect": "Allow", "NotAction": ["aws-portal:*"], "Resource": "*"}, True),
        ({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::secret"}, True),
        ({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}, False),
        ({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, False),
        ({"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::*:*"}, True),
        ({"Effect": "Allow", "Action": "iam:*", "Resource": ["arn:aws:s3:::b", "arn:aws:iam::111122223333:*"]}, True),
        ({"Effect": "Allow", "Action": "*", "Resource": "arn:*"}, True),
        ({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:*:*:111122223333:*"}, True),
        ({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:*:111122223333:*"}, False),
        ({"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::*:user/*"}, True),
        ({"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::*:role/*"}, True),
        ({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/*"}, False),
        ({"Effect": "Deny", "Action": "*", "Resource": "*"}, False),
    ],
)
def test_rights_over_everything(statement: dict[str, Any], admin: bool) -> None:
    assert of_ann(statement) is admin


@pytest.mark.parametrize(
    ("statements", "admin"),
    [
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], True),
        ([{"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"}], False),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::secret"}], True),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:iam::*"}], False),
        ([EVERYTHING, deny(["iam:*", "sts:*"])], False),
        ([EVERYTHING, deny("iam:Put*")], True),  # there are other ways
        ([EVERYTHING, deny("*")], False),
        ([EVERYTHING, {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}], False),
        ([EVERYTHING, deny("*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})], True),
        ([EVERYTHING, deny("*", Condition={"StringNotEquals": {"aws:PrincipalTag/team": "ops"}})], UNSURE),
        ([{**EVERYTHING, **MFA}], True),
        ([{**EVERYTHING, "Condition": {"StringEquals": {"aws:PrincipalTag/team": "ops"}}}], UNSURE),
        ([allow("iam:PutUserPolicy", Condition={"StringEquals": {"iam:PermissionsBoundary": "x"}})], UNSURE),
        ([allow("iam:PutUserPolicy", f"{IAM}:user/${{aws:username}}")], True),
        ([allow("iam:PutUserPolicy", f"{IAM}:user/ann")], True),
        ([allow("iam:PutUserPolicy", f"{IAM}:user/nobody")], False),
        ([allow(["iam:CreateAccessKey", "iam:UpdateLoginProfile"], f"{IAM}:user/${{aws:username}}")], False),
        ([allow("iam:CreateAccessKey", "arn:aws:iam::*:user/*")], True),
        ([allow("iam:*", "arn:aws:s3:::b")], False),
        ([allow("sts:AssumeRole", "arn:aws:iam::999988887777:role/audit")], False),
        ([allow("sts:AssumeRole", f"{IAM}:role/machine")], False),
        ([allow(["iam:PassRole", "ec2:RunInstances"], [f"{IAM}:role/machine", "arn:aws:ec2:*"])], False),
        (
            [
                allow("iam:PassRole", Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
                allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
            ],
            False,
        ),
        (
            [
                allow("iam:PassRole", Condition={"StringLike": {"iam:PassedToService": "lambda.*"}}),
                allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "arn:aws:lambda:*:*:function:app-*"),
            ],
            True,
        ),
    ],
)
def test_denials_conditions_and_resources_are_weighed(statements: Any, admin: Any) -> None:
    assert of_ann(*statements, roles=[BY_EC2]) == admin


@pytest.mark.parametrize(
    ("statements", "admin"),
    [
        ([allow("lambda:UpdateFunctionCode")], True),
        ([allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:*:function:*")], True),
        ([allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:*:function:one")], UNSURE),
        ([allow("ssm:StartSession")], False),  # no machine has all rights
        ([allow("lambda:InvokeFunction")], False),
        ([allow(["iam:PassRole", "lambda:*"], [f"{IAM}:role/worker", "arn:aws:lambda:*"])], True),
        ([allow(["iam:PassRole", "ec2:RunInstances"], [f"{IAM}:role/worker", "arn:aws:ec2:*"])], False),
        ([allow("iam:UpdateAssumeRolePolicy", f"{IAM}:role/worker")], True),
        ([allow("iam:UpdateAssumeRolePolicy", f"{IAM}:role/machine")], False),
        ([allow("iam:PutRolePolicy", f"{IAM}:role/machine")], UNSURE),
    ],
)
def test_what_works_as_a_role_with_all_rights(statements: Any, admin: Any) -> None:
    assert of_ann(*statements, roles=[BY_LAMBDA, BY_EC2]) == admin


APPS, CI, TEAMS = f"{IAM}:role/app-*", f"{IAM}:user/ci/*", f"{IAM}:group/team-*"
BOUNDARY = {"iam:PermissionsBoundary": f"{IAM}:policy/boundary"}


@pytest.mark.parametrize(
    ("statements", "admin"),
    [
        ([allow("iam:*", APPS)], True),
        ([allow(["iam:CreateRole", "iam:AttachRolePolicy"], APPS)], True),
        ([allow("iam:CreateRole"), allow("iam:PutRolePolicy", APPS)], True),
        ([allow("iam:CreateRole", APPS), allow("iam:PutRolePolicy", f"{IAM}:role/other-*")], False),
        ([allow("iam:CreateRole", APPS)], False),
        ([allow(["iam:CreateRole", "iam:AttachRolePolicy"], APPS), deny("iam:Attach*")], False),
        ([allow(["iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"], CI)], True),
        ([allow(["iam:CreateUser", "iam:AttachUserPolicy"], CI)], False),
        ([allow(["iam:CreateUser", "iam:CreateAccessKey"], CI)], False),
        ([allow(["iam:CreateGroup", "iam:PutGroupPolicy", "iam:AddUserToGroup"], TEAMS)], True),
        ([allow(["iam:CreateGroup", "iam:PutGroupPolicy"], TEAMS)], False),
        ([allow("iam:CreateRole", APPS, Condition={"StringEquals": BOUNDARY}), allow("iam:PutRolePolicy", APPS)], False),
        ([allow("iam:CreateRole", APPS, Condition={"ArnLike": BOUNDARY}), allow("iam:PutRolePolicy", APPS)], False),
        ([allow("iam:*", APPS), deny("iam:CreateRole", Condition={"StringNotEquals": BOUNDARY})], False),
        ([allow("iam:*", APPS), deny("iam:CreateRole", Condition={"Null": {"iam:PermissionsBoundary": "true"}})], False),
        ([allow("iam:*", APPS), deny("iam:CreateRole", Condition={"StringEquals": BOUNDARY})], True),
        (
            [allow("iam:CreateRole", APPS), allow("iam:AttachRolePolicy", APPS, Condition={"ArnEquals": {"iam:PolicyARN": "x"}})],
            UNSURE,
        ),
        ([allow("*", "arn:aws:s3:::app-*")], False),
    ],
)  # fmt: skip
def test_who_makes_what_he_may_give_any_right_to(statements: Any, admin: Any) -> None:
    assert of_ann(*statements) == admin


ROOT = {"AWS": f"{IAM}:root"}


@pytest.mark.parametrize(
    ("trust", "own", "admin"),
    [
        (trusts(ROOT), [allow("sts:AssumeRole", f"{IAM}:role/deploy")], True),
        (trusts(ROOT), [allow("sts:AssumeRole", f"{IAM}:role/de*")], True),
        (trusts({"AWS": ACCOUNT}), [allow("sts:AssumeRole", f"{IAM}:role/deploy")], True),
        (trusts(ROOT), [allow("s3:*")], False),
        (trusts(ROOT), [allow("sts:AssumeRole", f"{IAM}:role/deploy"), deny("sts:*")], False),
        (trusts({"AWS": f"{IAM}:user/ann"}), [], True),
        (trusts({"AWS": f"{IAM}:user/bob"}), [], False),
        (trusts({"AWS": f"{IAM}:user/ann"}, **MFA), [], True),
        (trusts({"AWS": f"{IAM}:user/ann"}, Condition={"StringEquals": {"sts:ExternalId": "x"}}), [], UNSURE),
        (trusts("*"), [], True),
        ([trusts(ROOT), {**trusts("*"), "Effect": "Deny"}], [allow("sts:AssumeRole", f"{IAM}:role/deploy")], False),
        (trusts({"Service": "ec2.amazonaws.com"}), [allow("sts:AssumeRole", f"{IAM}:role/deploy")], False),
    ],
)
def test_roles_with_all_rights_and_who_may_take_them_on(trust: Any, own: Any, admin: Any) -> None:
    assert of_ann(*own, roles=[role("deploy", trust, EVERYTHING)]) == admin


def test_roles_of_roles_and_what_groups_add_up_to() -> None:
    chain = role("first", trusts({"AWS": f"{IAM}:user/ann"}))
    last = role("last", trusts({"AWS": f"{IAM}:role/first"}), EVERYTHING)
    assert answers(details([user("ann")], [chain, last])) == {"ann": True, "first": True, "last": True}
    group = {"GroupName": "g", "Arn": f"{IAM}:group/g", "GroupPolicyList": inline(allow("iam:PassRole")), **attached()}
    together = user("ann", allow(["lambda:CreateFunction", "lambda:InvokeFunction"]), GroupList=["g"])
    assert answers(details([together], groups=[group])) == {"ann": True}
    grows = {**group, "GroupPolicyList": inline(allow("iam:AttachGroupPolicy", f"{IAM}:group/g"))}
    assert answers(details([user("ann", GroupList=["g"]), user("bob")], groups=[grows])) == {"ann": True, "bob": False}


@pytest.mark.parametrize(
    ("service", "actions", "admin"),
    [
        ("ecs-tasks.amazonaws.com", "batch:SubmitJob", True),
        ("ec2.amazonaws.com", "ssm:CreateAssociation", True),
        ("ec2.amazonaws.com", "codedeploy:CreateDeployment", True),
        ("ec2.amazonaws.com", "elasticmapreduce:AddJobFlowSteps", True),
        ("states.amazonaws.com", "states:UpdateStateMachine", True),
        ("glue.amazonaws.com", ["glue:UpdateJob", "glue:CreateTrigger"], True),
        ("sagemaker.amazonaws.com", "sagemaker:CreatePresignedDomainUrl", True),
        ("bedrock-agentcore.amazonaws.com", "bedrock-agentcore:InvokeAgentRuntimeCommand", True),
        ("glue.amazonaws.com", "batch:SubmitJob", False),
        ("ec2.amazonaws.com", "ssm:ListAssociations", False),
    ],
)
def test_what_runs_as_a_role_of_all_rights_and_takes_work(service: str, actions: Any, admin: bool) -> None:
    assert of_ann(allow(actions), roles=[role("worker", trusts({"Service": service}), EVERYTHING)]) is admin


def test_who_changes_an_identity_provider_speaks_for_its_users() -> None:
    provider = {"Federated": f"{IAM}:saml-provider/okta"}
    strong, weak = (role("staff", trusts(provider), rights) for rights in (EVERYTHING, allow("s3:*")))
    changes = allow("iam:UpdateSAMLProvider", f"{IAM}:saml-provider/okta")
    assert of_ann(changes, roles=[strong]) == UNSURE
    assert of_ann(changes, roles=[weak]) is False
    assert of_ann(allow("iam:UpdateSAMLProvider", f"{IAM}:saml-provider/other"), roles=[strong]) is False


def test_whose_place_is_taken_counts_where_it_holds_all_rights() -> None:
    keys = user("ann", allow("iam:CreateAccessKey", [f"{IAM}:user/boss", f"{IAM}:user/clerk"]))
    assert answers(details([keys, user("boss", EVERYTHING), user("clerk")]))["ann"] is True
    assert answers(details([keys, user("boss", allow("s3:*")), user("clerk")]))["ann"] is False


def test_policies_that_it_can_write_to() -> None:
    writes = allow("iam:CreatePolicyVersion", f"{IAM}:policy/mine")
    goes_back = allow("iam:SetDefaultPolicyVersion", f"{IAM}:policy/mine")
    for versions, right, admin in [(1, writes, True), (1, goes_back, False), (2, goes_back, True)]:
        body = details([user("ann", **attached("mine"))], policies=[managed("mine", right, versions=versions)])
        assert answers(body)["ann"] is admin
    elsewhere = details([user("ann", writes)], policies=[managed("mine", allow("s3:*"))])
    assert answers(elsewhere)["ann"] == UNSURE


def bounded(*statements: Any, **more: Any) -> dict[str, Any]:
    boundary = {
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": f"{IAM}:policy/b"}
    }
    return details([user("ann", EVERYTHING, **boundary)], policies=[managed("b", *statements)] if statements else [])


@pytest.mark.parametrize(
    ("boundary", "admin"),
    [
        ([allow("s3:*")], False),
        ([EVERYTHING], True),
        ([EVERYTHING, deny(["iam:*", "sts:*"])], False),
        ([allow(["s3:*", "iam:DeleteUserPermissionsBoundary"])], True),
        ([allow(["s3:*", "iam:CreatePolicyVersion"], f"{IAM}:policy/b")], True),
        ([], UNSURE),  # the export does not hold it
    ],
)
def test_a_boundary_bounds_as_far_as_it_is_known(boundary: Any, admin: Any) -> None:
    assert answers(bounded(*boundary))["ann"] == admin


@pytest.mark.parametrize(
    ("trust", "anybody", "outsiders"),
    [
        (trusts({"AWS": "*"}), True, ()),
        (trusts("*", "sts:*"), True, ()),
        (trusts({"AWS": ["*"]}, **MFA), True, ()),
        ({"Effect": "Allow", "NotPrincipal": {"AWS": f"{IAM}:root"}, "Action": "sts:AssumeRole"}, True, ()),
        (
            trusts("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
            UNSURE,
            ("everybody under a condition",),
        ),
        (
            trusts("*", Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}),
            UNSURE,
            ("everybody under a condition",),
        ),
        (trusts("*", "sts:TagSession"), False, ()),
        (trusts({"AWS": "arn:aws:iam::999988887777:root"}), False, ("account 999988887777",)),
        (trusts({"AWS": "999988887777"}), False, ("account 999988887777",)),
        (trusts({"AWS": "AIDAEXAMPLEGONE000001"}), False, ()),
        (trusts({"AWS": f"{IAM}:root"}), False, ()),
        (trusts({"Service": "lambda.amazonaws.com"}), False, ()),
        (
            trusts({"Federated": f"{IAM}:saml-provider/AWSSSO_1_DO_NOT_DELETE"}, "sts:AssumeRoleWithSAML"),
            False,
            (f"those whom {IAM}:saml-provider/AWSSSO_1_DO_NOT_DELETE lets in",),
        ),
    ],
)
def test_whom_a_role_lets_in(trust: Any, anybody: Any, outsiders: tuple[str, ...]) -> None:
    said, _ = read(DETAILS, details([], [role("r", trust, EVERYTHING)]))
    told = UNSURE if isinstance(said.told["anybody"], Unknown) else said.told["anybody"]
    assert (told, said.told["outsiders"]) == (anybody, outsiders)


def test_a_trust_that_cant_be_read_leaves_both_unknown(tmp_path: Any) -> None:
    broken = {**role("r", trusts("*"), EVERYTHING), "AssumeRolePolicyDocument": "{{ template }}"}
    inventory = load(tmp_path, {"iam.get-account-authorization-details": details([user("ann")], [broken])})
    (found,) = every(inventory, IamRole)
    assert found.admin
    for fact in ("anybody", "outsiders"):
        with pytest.raises(UnknownFact, match="template"):
            getattr(found, fact)
    assert not gap_codes(inventory, IamRole)
