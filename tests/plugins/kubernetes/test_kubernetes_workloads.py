"""Workloads: where their pods are specified, and what these may do."""

from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import DIGEST, container, every, gap_codes, listing, load, only, planned, pod, sample, thing

from soc2test import UnknownFact, control
from soc2test.testing import check
from soc2test_plugins.kubernetes.kinds import CronJob, DaemonSet, Job, KubernetesWorkload, Pod

SPEC = pod()["spec"]


@pytest.mark.parametrize(
    ("kind", "api", "spec"),
    [
        ("Pod", "v1", SPEC),
        ("Deployment", "apps/v1", {"template": {"spec": SPEC}}),
        ("ReplicaSet", "apps/v1", {"template": {"spec": SPEC}}),
        ("StatefulSet", "apps/v1", {"template": {"spec": SPEC}}),
        ("DaemonSet", "apps/v1", {"template": {"spec": SPEC}}),
        ("Job", "batch/v1", {"template": {"spec": SPEC}}),
        ("CronJob", "batch/v1", {"jobTemplate": {"spec": {"template": {"spec": SPEC}}}}),
    ],
)
def test_the_pod_stands_at_three_depths(tmp_path: Path, kind: str, api: str, spec: Any) -> None:
    inventory = planned(tmp_path, thing(kind, "web", api, namespace="shop", spec=spec))
    found = only(inventory, KubernetesWorkload)
    assert found.id == f"prod/manifests/{kind}/shop/web"
    assert found.namespace == "prod/manifests/Namespace/shop"
    assert found.images == (f"registry.example:5000/web{DIGEST}",)
    assert (found.images_pinned, found.privileged, found.host_namespaces, found.host_paths) == (True, False, False, ())


def owned(kind: str, api: str, controller: bool = True) -> dict[str, Any]:
    return {"ownerReferences": [{"apiVersion": api, "kind": kind, "name": "x", "controller": controller}]}


@pytest.mark.parametrize(
    ("metadata", "members"),
    [
        (owned("ReplicaSet", "apps/v1"), 0),
        (owned("ReplicaSet", "apps/v1", controller=False), 1),
        (owned("Node", "v1"), 1),
        (owned("Rollout", "argoproj.io/v1alpha1"), 1),
        (owned("Job", "batch.volcano.sh/v1alpha1"), 1),
        ({"ownerReferences": None}, 1),
    ],
)
def test_pods_of_known_workloads_are_left_out(tmp_path: Path, metadata: Any, members: int) -> None:
    inventory = load(tmp_path, {"get.pods": listing(pod(metadata=metadata))})
    assert len(every(inventory, Pod)) == members


def test_a_pod_that_somebody_debugs_is_not_what_its_maker_tells(tmp_path: Path) -> None:
    debugger = {**container(name="debugger", securityContext={"privileged": True}), "targetContainerName": "c"}
    of_replica_set = owned("ReplicaSet", "apps/v1")
    debugged = pod("web", metadata=of_replica_set, ephemeralContainers=[debugger])
    found = only(load(tmp_path, {"get.pods": listing(debugged, pod("db", metadata=of_replica_set))}), Pod)
    assert (found.name, found.privileged) == ("web", True)


RIGHTS: list[tuple[dict[str, Any], dict[str, Any], str, Any]] = [
    ({}, {}, "privileged", False),
    ({}, {"privileged": True}, "privileged", True),
    ({}, {"privileged": "{{ .Values.privileged }}"}, "privileged", UnknownFact),
    ({}, {}, "escalation_allowed", True),
    ({}, {"allowPrivilegeEscalation": False}, "escalation_allowed", False),
    ({}, {}, "non_root_enforced", False),
    ({"runAsNonRoot": True}, {}, "non_root_enforced", True),
    ({"runAsNonRoot": True}, {"runAsNonRoot": False}, "non_root_enforced", False),
    ({"runAsUser": 1000}, {}, "non_root_enforced", True),
    ({"runAsUser": 1000}, {"runAsUser": 0}, "non_root_enforced", False),
    ({"runAsUser": "{{ uid }}"}, {}, "non_root_enforced", UnknownFact),
    ({}, {"readOnlyRootFilesystem": True}, "read_only_root", True),
    ({}, {}, "read_only_root", False),
    ({}, {"capabilities": {"add": ["NET_ADMIN"], "drop": ["ALL"]}}, "capabilities", ("NET_ADMIN",)),
    ({}, {"capabilities": None}, "capabilities", ()),
    ({}, {"capabilities": {"add": ["cap_sys_admin", "ALL"]}}, "capabilities", ("ALL", "SYS_ADMIN")),
    ({}, {"windowsOptions": {"hostProcess": True}}, "privileged", True),
    ({"windowsOptions": {"hostProcess": True}}, {}, "privileged", True),
    ({"windowsOptions": {"hostProcess": True}}, {"windowsOptions": {"hostProcess": False}}, "privileged", False),
    ({}, {"windowsOptions": {"hostProcess": "yes"}}, "privileged", UnknownFact),
    ({}, {"allowPrivilegeEscalation": False, "privileged": True}, "escalation_allowed", True),
    ({}, {"allowPrivilegeEscalation": False, "capabilities": {"add": ["SYS_ADMIN"]}}, "escalation_allowed", True),
    ({}, {"allowPrivilegeEscalation": False, "capabilities": {"add": ["All"]}}, "escalation_allowed", True),
    ({}, {"allowPrivilegeEscalation": False, "capabilities": {"add": ["CHOWN"]}}, "escalation_allowed", False),
    ({"runAsUser": True}, {}, "non_root_enforced", UnknownFact),
]


@pytest.mark.parametrize(("outer", "own", "fact", "expected"), RIGHTS)
def test_rights(tmp_path: Path, outer: Any, own: Any, fact: str, expected: Any) -> None:
    found = only(planned(tmp_path, pod("web", container(securityContext=own), securityContext=outer)), Pod)
    if expected is UnknownFact:
        with pytest.raises(UnknownFact):
            getattr(found, fact)
    else:
        assert getattr(found, fact) == expected


@pytest.mark.parametrize("name", ["hostPID", "hostIPC", "hostNetwork"])
def test_each_namespace_of_the_host(tmp_path: Path, name: str) -> None:
    for shared in (True, False):
        spec: dict[str, Any] = {name: shared}
        assert only(planned(tmp_path / str(shared), pod(**spec)), Pod).host_namespaces is shared


def test_every_container_needs_its_limit(tmp_path: Path) -> None:
    limited = container(resources={"limits": {"memory": "1Gi"}})
    assert only(planned(tmp_path / "all", pod("web", limited)), Pod).memory_limited is True
    assert only(planned(tmp_path / "one", pod("web", limited, container())), Pod).memory_limited is False


def test_a_pod_without_containers_is_no_whole_object(tmp_path: Path) -> None:
    empty = pod()
    empty["spec"]["containers"] = []
    inventory = load(tmp_path, {"get.pods": listing(empty)})
    assert (every(inventory, Pod), gap_codes(inventory, Pod)) == ([], {"unreadable"})


def test_one_container_s_rights_are_the_workload_s(tmp_path: Path) -> None:
    risky = container(securityContext={"privileged": True, "runAsUser": 0})
    safe = container(securityContext={"runAsNonRoot": True, "readOnlyRootFilesystem": True})
    found = only(planned(tmp_path, pod("web", safe, initContainers=[risky])), Pod)
    assert (found.privileged, found.non_root_enforced, found.read_only_root) == (True, False, False)


@pytest.mark.parametrize(
    ("image", "tagged"),
    [("nginx", False), ("nginx:latest", False), ("nginx:1.27", True), ("host:5000/nginx", False), (f"n{DIGEST}", True)],
)
def test_images(tmp_path: Path, image: str, tagged: bool) -> None:
    found = only(planned(tmp_path, pod("web", container(image=image))), Pod)
    assert found.images_tagged is tagged
    assert found.images_pinned is (DIGEST in image)


def test_a_template_is_no_image(tmp_path: Path) -> None:
    found = only(planned(tmp_path, pod("web", container(image="{{ .Values.image }}"))), Pod)
    with pytest.raises(UnknownFact, match="template"):
        assert not found.images


def account(**more: Any) -> dict[str, Any]:
    return thing("ServiceAccount", "test", **more)


@pytest.mark.parametrize(
    ("spec", "account", "mounted"),
    [
        ({"automountServiceAccountToken": True}, account(automountServiceAccountToken=False), True),
        ({"automountServiceAccountToken": False}, account(automountServiceAccountToken=True), False),
        ({}, account(automountServiceAccountToken=False), False),
        ({}, account(), True),
        ({"serviceAccountName": "default"}, account(), True),
        ({"serviceAccountName": "other"}, account(), None),
    ],
)
def test_who_gets_a_token(tmp_path: Path, spec: Any, account: Any, mounted: bool | None) -> None:
    found = only(planned(tmp_path, pod(**{"serviceAccountName": "test", **spec}), account), Pod)
    if mounted is None:
        with pytest.raises(UnknownFact):
            assert found.token_mounted
    else:
        assert found.token_mounted is mounted


def test_without_the_list_of_service_accounts_who_gets_a_token_is_unknown(tmp_path: Path) -> None:
    found = only(load(tmp_path, {"get.pods": listing(pod())}), Pod)
    with pytest.raises(UnknownFact, match="kubectl get serviceaccounts"):
        assert found.token_mounted


def test_samples(tmp_path: Path) -> None:
    found = only(sample(tmp_path, "docker-bench-security__deployment.yaml"), DaemonSet)
    assert found.privileged
    assert found.host_namespaces
    assert not found.non_root_enforced
    assert found.host_paths[-1] == "/var/run/docker.sock"
    assert found.capabilities == ("AUDIT_CONTROL",)
    job = only(sample(tmp_path / "job", "batch-check__job.yaml"), Job)
    assert (job.privileged, job.images_tagged) == (False, False)


@control("OWN-01", criteria=["CC6.8"], nature="state", severity="high")
def test_workloads_are_not_privileged(workload: KubernetesWorkload) -> None:
    """No workload has the rights of its node's root."""
    assert not workload.privileged, "has all rights of its node"


test_workloads_are_not_privileged.__test__ = False  # type: ignore[attr-defined]  # a control under test


def test_a_control_on_workloads_tests_each_kind_of_them(tmp_path: Path) -> None:
    cron = {"jobTemplate": {"spec": {"template": {"spec": pod(hostPID=True)["spec"]}}}}
    inventory = planned(
        tmp_path,
        pod("web", container(securityContext={"privileged": True})),
        pod("db", container(securityContext={"privileged": "yes"})),
        thing("CronJob", "nightly", "batch/v1", spec=cron),
    )
    assert len(every(inventory, CronJob)) == 1
    result = check(test_workloads_are_not_privileged, *every(inventory, KubernetesWorkload))
    assert {each.resource: each.outcome for each in result.findings} == {
        "prod/manifests/Pod/default/web": "deviation",
        "prod/manifests/Pod/default/db": "unknown",
    }
    assert result.passed == 1
