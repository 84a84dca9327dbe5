"""Who holds rights over a cluster, tokens in secrets, and the shipped controls over them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import every, listing, load, load_folder, only, planned, sample, thing

from soc2test import Credential, Group, Identity, Person, UnknownFact
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_plugins.kubernetes.kinds import KubernetesIdentity, KubernetesOwnRole, KubernetesRole
from soc2test_policies.cc6.accounts import test_service_accounts_have_an_active_owner as owners_control
from soc2test_policies.cc6.administrators import test_administrators_are_few as administrators_control
from soc2test_policies.cc6.keys import test_keys_are_rotated as keys_control

RBAC = "rbac.authorization.k8s.io/v1"
ALL = {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}


def user(name: str, kind: str = "User") -> dict[str, Any]:
    return {"kind": kind, "name": name, "apiGroup": "rbac.authorization.k8s.io"}


def robot(name: str, namespace: str = "shop") -> dict[str, Any]:
    return {"kind": "ServiceAccount", "name": name, "namespace": namespace}


def bound(role: str, *subjects: dict[str, Any], name: str = "b", own: bool = False) -> dict[str, Any]:
    labels = {"labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}} if own else {}
    ref = {"kind": "ClusterRole", "name": role}
    return thing("ClusterRoleBinding", name, RBAC, metadata=labels, roleRef=ref, subjects=list(subjects))


def role(name: str, *rules: Any, **more: Any) -> dict[str, Any]:
    return thing("ClusterRole", name, RBAC, rules=list(rules), **more)


def test_administrators(tmp_path: Path) -> None:
    bindings = [
        bound("cluster-admin", user("ann@acme.example"), user("ops", "Group"), robot("deployer"), name="a"),
        bound("power", robot("helper"), name="b"),
        bound("view", robot("reader"), user("eva"), name="c"),
        bound("view", robot("deployer"), name="d"),
    ]
    roles = [role("power", {**ALL, "verbs": ["get", "*"]}), role("view", {**ALL, "verbs": ["get"]})]
    inventory = load(tmp_path, {"get.clusterrolebindings": listing(*bindings), "get.clusterroles": listing(*roles)})
    found = {each.name: each for each in every(inventory, Identity)}
    assert {name for name, each in found.items() if each.admin} == {"ann@acme.example", "ops", "deployer", "helper"}
    assert found["ann@acme.example"].email == "ann@acme.example"
    assert found["eva"].email is None
    assert found["deployer"].human is False
    with pytest.raises(UnknownFact, match="identity provider"):
        assert found["ann@acme.example"].mfa
    result = check(administrators_control, *found.values(), limits={"administrators": 2})
    assert {each.resource for each in result.findings} == {
        "prod/User/ann@acme.example", "prod/ServiceAccount/shop/deployer", "prod/ServiceAccount/shop/helper",
    }  # fmt: skip


def test_a_role_that_was_not_exported_is_unknown(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"get.clusterrolebindings": listing(bound("power", robot("helper")))})
    with pytest.raises(UnknownFact, match="kubectl get clusterroles"):
        assert not only(inventory, KubernetesIdentity).admin


def test_an_aggregated_role_is_known_where_the_cluster_filled_it_in(tmp_path: Path) -> None:
    wide = role("wide", ALL, aggregationRule={"clusterRoleSelectors": []})
    assert only(load(tmp_path / "a", {"get.clusterroles": listing(wide)}), KubernetesRole).everything
    with pytest.raises(UnknownFact):
        assert only(planned(tmp_path / "b", wide), KubernetesRole).everything


def test_what_kubernetes_binds_for_itself_is_left_out(tmp_path: Path) -> None:
    own = [
        bound("cluster-admin", user("system:masters", "Group"), own=True),
        bound("system:controller:c", robot("c", "kube-system"), name="system:controller:c", own=True),
    ]
    added = bound("view", user("system:unauthenticated", "Group"), user("mallory"), name="x", own=False)
    smuggled = bound("view", user("eve"), user("system:kube-scheduler"), name="y", own=True)
    inventory = load(tmp_path, {"get.clusterrolebindings": listing(*own, added, smuggled)})
    assert {each.name for each in every(inventory, Identity)} == {
        "system:unauthenticated", "mallory", "eve", "system:kube-scheduler",
    }  # fmt: skip


def test_no_label_hides_who_was_given_all_rights(tmp_path: Path) -> None:
    subjects = [user("system:authenticated", "Group"), robot("helper", "kube-system")]
    inventory = load(tmp_path, {"get.clusterrolebindings": listing(bound("cluster-admin", *subjects, own=True))})
    assert {each.name: each.admin for each in every(inventory, Identity)} == {
        "system:authenticated": True, "helper": True,
    }  # fmt: skip


def test_the_masters_are_the_root(tmp_path: Path) -> None:
    bindings = listing(bound("cluster-admin", user("system:masters", "Group")))
    assert only(load(tmp_path, {"get.clusterrolebindings": bindings}), Identity).root


def test_owners_of_service_accounts(tmp_path: Path) -> None:
    labelled = thing("ServiceAccount", "a", namespace="shop", metadata={"annotations": {"owner": "ann@acme.example"}})
    plain = thing("ServiceAccount", "b", namespace="shop")
    files = {
        "get.clusterrolebindings": listing(bound("view", robot("a"), robot("b"))),
        "get.serviceaccounts": listing(labelled, plain),
    }
    identities = every(load(tmp_path, files), KubernetesIdentity)
    ann = resource(Person, "ann@acme.example", email="ann@acme.example", active=True, ended_at=None, accounts=())
    result = check(owners_control, *identities, ann)
    assert [each.resource for each in result.findings] == ["prod/ServiceAccount/shop/b"]
    assert result.passed == 1


def test_tokens_that_never_expire_are_credentials(tmp_path: Path) -> None:
    metadata = {
        "annotations": {"kubernetes.io/service-account.name": "a"},
        "creationTimestamp": "2025-01-01T00:00:00Z",
    }
    token = thing(
        "Secret", "a-token", namespace="shop", metadata=metadata, type="kubernetes.io/service-account-token",
        data={"token": "c2VjcmV0"},
    )  # fmt: skip
    inventory = load(tmp_path, {"get.secrets": listing(token, thing("Secret", "tls", type="kubernetes.io/tls"))})
    found = only(inventory, Credential)
    assert found.identity == "prod/ServiceAccount/shop/a"
    assert found.created_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert [each.outcome for each in check(keys_control, found).findings] == ["deviation"]
    assert "c2VjcmV0" not in str(found.__reduce__())


def test_samples(tmp_path: Path) -> None:
    found = only(sample(tmp_path / "a", "insecure-rbac__setup.yaml"), KubernetesIdentity)
    assert (found.id, found.admin, found.owner) == ("prod/manifests/ServiceAccount/kube-system/superadmin", True, None)
    name = "clusterrolePodExecAttach__failure.all_wildcards.yaml"
    assert only(sample(tmp_path / "b", name), KubernetesRole).everything


LOGINS = "authentication.k8s.io"
ANYBODY = {"apiGroups": [LOGINS], "resources": ["users", "groups"], "verbs": ["impersonate:user-info"]}


def _on(mode: str, groups: str, resources: str, verbs: str) -> dict[str, Any]:
    return _rule(groups, resources, " ".join(f"impersonate-on:{mode}:{verb}" for verb in verbs.split()))


def _rule(groups: str, resources: str, verbs: str, **more: Any) -> dict[str, Any]:
    return {"apiGroups": [groups], "resources": resources.split(), "verbs": verbs.split(), **more}


@pytest.mark.parametrize(
    "rules",
    [
        [ALL],
        [_rule("*", "*", "get list watch create update patch delete")],
        [_rule("*", "*", "get list watch"), _rule("*", "*", "create update patch delete")],
        [_rule("rbac.authorization.k8s.io", "*", "*")],
        [_rule("rbac.authorization.k8s.io", "roles", "escalate", resourceNames=["own"])],
        [_rule("", "serviceaccounts", "impersonate")],
        [_rule("", "groups", "impersonate", resourceNames=["system:masters"])],
        [_rule("*", "*/token", "create")],
        [_rule("", "nodes/proxy", "get")],
        [_rule("", "pods", "create")],
        [_rule("apps", "deployments", "patch")],
        [_rule("", "pods/exec", "create")],
        [_rule("", "secrets", "get create")],
        [_rule("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "update")],
        [
            _rule("certificates.k8s.io", "certificatesigningrequests", "create"),
            _rule("certificates.k8s.io", "certificatesigningrequests/approval", "update"),
            _rule("certificates.k8s.io", "signers", "approve", resourceNames=["kubernetes.io/kube-apiserver-client"]),
        ],
        [ANYBODY, _on("user-info", "", "pods/exec", "create")],
        [ANYBODY, _on("user-info", "*", "*", "get list watch create update patch delete")],
        [ANYBODY, _on("user-info", "rbac.authorization.k8s.io", "rolebindings", "patch")],
        [ANYBODY, _on("user-info", "", "secrets", "get"), _rule("", "secrets", "create")],
        [_rule(LOGINS, "*", "*"), _on("serviceaccount", "apps", "deployments", "create")],
        [_rule("*", "serviceaccounts", "impersonate:serviceaccount"), _on("serviceaccount", "", "pods", "patch")],
    ],
)
def test_who_can_give_himself_everything_is_an_administrator(tmp_path: Path, rules: list[Any]) -> None:
    assert only(planned(tmp_path, role("r", *rules)), KubernetesRole).everything


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [_rule("*", "*", "get list watch")],
        [_rule("", "secrets", "get list watch")],
        [_rule("", "events", "*")],
        [_rule("apps", "secrets", "*")],
        [_rule("", "pods", "create", resourceNames=["web"])],
        [_rule("rbac.authorization.k8s.io", "clusterroles", "bind", resourceNames=["view"])],
        [_rule("rbac.authorization.k8s.io", "clusterrolebindings", "create update")],
        [_rule("certificates.k8s.io", "certificatesigningrequests/approval", "update")],
        [{"nonResourceURLs": ["*"], "verbs": ["*"]}],
        [ANYBODY],
        [ANYBODY, _on("user-info", "*", "*", "get list watch")],
        [ANYBODY, _on("serviceaccount", "", "secrets", "get create")],
        [_rule("", "users", "impersonate:user-info"), _on("user-info", "", "pods", "create")],  # of another group
        [
            _rule(LOGINS, "groups uids userextras/scopes", "impersonate:user-info"),
            _on("user-info", "", "pods", "create"),
        ],
        [_rule(LOGINS, "tokenreviews", "create"), _rule("authorization.k8s.io", "subjectaccessreviews", "create")],
        [_rule("certificates.k8s.io", "signers", "sign attest")],
        [_rule("policy", "podsecuritypolicies", "use")],
        [_rule("apiregistration.k8s.io", "apiservices", "get list watch")],
        [_rule("apiextensions.k8s.io", "customresourcedefinitions", "create delete")],
    ],
)
def test_other_rights_make_no_administrator(tmp_path: Path, rules: list[Any]) -> None:
    assert not only(planned(tmp_path, role("r", *rules)), KubernetesRole).everything


@pytest.mark.parametrize(
    "rule",
    [
        _rule("rbac.authorization.k8s.io", "clusterroles", "bind", resourceNames=["tenant"]),
        _rule("", "users", "impersonate", resourceNames=["ann"]),
        _rule("", "serviceaccounts/token", "create", resourceNames=["deployer"]),
        {"apiGroups": ["*"], "resources": "*", "verbs": ["*"]},
        _rule(LOGINS, "users", "impersonate:session"),
        _rule("example.org", "users", "impersonate:session"),
        _rule("rbac.authorization.k8s.io", "roles", "get delegate", resourceNames=["own"]),
        _rule("*", "signers", "countersign"),
        _rule("certificates.k8s.io", "certificateissuers", "create"),
        _rule("apiregistration.k8s.io", "*", "update"),
    ],
)
def test_what_depends_on_others_is_unknown(tmp_path: Path, rule: Any) -> None:
    with pytest.raises(UnknownFact):
        assert only(planned(tmp_path, role("r", rule)), KubernetesRole).everything


@pytest.mark.parametrize(
    "rules",
    [
        [{**ANYBODY, "resourceNames": ["jane"]}, _on("user-info", "", "pods", "create")],
        [ANYBODY, _on("user-info", "", "configmaps", "update")],
        [_rule(LOGINS, "nodes", "impersonate:associated-node"), _on("associated-node", "", "pods", "create")],
    ],
)
def test_what_somebody_else_may_do_is_not_followed(tmp_path: Path, rules: list[Any]) -> None:
    with pytest.raises(UnknownFact, match="act as others"):
        assert only(planned(tmp_path, role("r", *rules)), KubernetesRole).everything


def test_two_bindings_let_somebody_act_as_another(tmp_path: Path) -> None:
    roles = [role("who", ANYBODY), role("what", _on("user-info", "", "secrets", "get create"))]
    bindings = [bound("who", user("ann"), user("ben"), name="b"), bound("what", user("ann"), user("eva"), name="c")]
    inventory = load(tmp_path, {"get.clusterrolebindings": listing(*bindings), "get.clusterroles": listing(*roles)})
    found = every(inventory, Identity)
    assert {each.name: each.admin for each in found} == {"ann": True, "ben": False, "eva": False}
    result = check(administrators_control, *found, limits={"administrators": 0})
    assert [each.resource for each in result.findings] == ["prod/User/ann"]


def test_the_clusters_own_roles_are_told_where_somebody_changed_them(tmp_path: Path) -> None:
    controller = role("system:controller:node-controller", ALL)
    broad = role("system:basic-user", _rule("", "nodes/proxy", "get"))
    untouched = role("system:controller:clusterrole-aggregation-controller", _rule("*", "clusterroles", "escalate"))
    inventory = load(tmp_path, {"get.clusterroles": listing(controller, broad, untouched, role("cluster-admin", ALL))})
    assert {each.name: each.anybody for each in every(inventory, KubernetesOwnRole)} == {
        "system:controller:node-controller": False, "system:basic-user": True,
    }  # fmt: skip


def test_identities_say_of_which_cluster_they_are(tmp_path: Path) -> None:
    for cluster in ("one", "two"):
        load(
            tmp_path, {"get.clusterrolebindings": listing(bound("cluster-admin", user("ann")))}, f"kubernetes/{cluster}"
        )
    assert [each.tenant for each in every(load_folder(tmp_path).inventory, Identity)] == ["one", "two"]


def test_administrators_are_counted_by_cluster() -> None:
    crowd = [
        resource(Identity, f"{cluster}/{name}", tenant=cluster, active=True, admin=True, root=False)
        for cluster in ("one", "two")
        for name in range(3)
    ]
    assert check(administrators_control, *crowd).passed
    few = check(administrators_control, *crowd[1:], limits={"administrators": 2})
    assert {each.resource for each in few.findings} == {"two/0", "two/1", "two/2"}
    assert "administrators of test two, limit 2" in few.findings[0].message


def test_a_group_is_no_single_administrator() -> None:
    facts: dict[str, Any] = {"name": "ops", "active": True, "root": False}
    unseen = resource(Group, "ops", **facts, admin=True, anybody=False, outsiders=("the members of ops",))
    everybody = resource(Group, "all", **facts, admin=True, anybody=True, outsiders=())
    readers = resource(Group, "view", **facts, admin=False)
    ann = resource(Identity, "ann", active=True, admin=True, root=False)
    assert check(administrators_control, ann, unseen).verdict is Verdict.NOT_EVALUATED
    assert [each.resource for each in check(administrators_control, ann, unseen, everybody).findings] == ["all"]
    assert check(administrators_control, ann, readers).verdict is Verdict.PASS
