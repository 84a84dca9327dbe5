"""Objects are known by group and kind; what no reader takes is a skip with its reason, or a gap."""

from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import DIGEST, every, gap_codes, listing, load, planned, pod, thing

from soc2test import Endpoint, Identity, Workload
from soc2test_plugins.kubernetes.known_types import HARMLESS, KINDS, listed
from soc2test_plugins.kubernetes.shapes import READERS

LISTED = dict(listed())
TEMPLATE = {"spec": {"containers": [{"name": "c", "image": f"registry.example/x{DIGEST}"}]}}


def test_every_word_of_the_list_is_known() -> None:
    assert {each for word in LISTED.values() for each in word.split("+")} - {*KINDS, *HARMLESS, "any"} == set()


def test_no_type_is_both_read_and_listed() -> None:
    assert set(READERS) & set(LISTED) == set()


@pytest.mark.parametrize(
    "type_",
    [
        "/Node", "/Event", "/ConfigMap", "/Pod", "/PodTemplate", "/PersistentVolume", "apps/ControllerRevision",
        "apps/StatefulSet", "autoscaling/HorizontalPodAutoscaler", "batch/CronJob", "node.k8s.io/RuntimeClass",
        "certificates.k8s.io/CertificateSigningRequest", "discovery.k8s.io/EndpointSlice", "policy/PodDisruptionBudget",
        "networking.k8s.io/IngressClass", "rbac.authorization.k8s.io/Role", "storage.k8s.io/StorageClass",
        "scheduling.k8s.io/PriorityClass", "resource.k8s.io/ResourceClaim", "apiregistration.k8s.io/APIService",
    ],
)  # fmt: skip
def test_kubernetes_own_types_are_known(type_: str) -> None:
    assert type_ in READERS or type_ in LISTED


@pytest.mark.parametrize(
    ("api", "kind", "gaps"),
    [
        ("argoproj.io/v1alpha1", "Rollout", {Workload}),
        ("gateway.networking.k8s.io/v1", "Gateway", {Endpoint}),
        ("serving.knative.dev/v1", "Service", {Workload, Endpoint}),
        ("user.openshift.io/v1", "User", {Identity}),
        ("argoproj.io/v1alpha1", "Application", {Workload, Endpoint, Identity}),
        ("example.com/v1", "Pod", {Workload, Endpoint, Identity}),
        ("v1", "ConfigMap", set()),
        ("autoscaling/v2", "HorizontalPodAutoscaler", set()),
    ],
)
def test_a_type_is_a_gap_of_its_kinds(tmp_path: Path, api: str, kind: str, gaps: set[Any]) -> None:
    inventory = planned(tmp_path, pod(), thing(kind, "x", api))
    assert {each for each in (Workload, Endpoint, Identity) if gap_codes(inventory, each) - {"missing"}} == gaps


def test_a_list_of_deployments_takes_no_others(tmp_path: Path) -> None:
    """`kubectl get deployments` means whichever group the cluster puts first."""
    foreign = thing("Deployment", "x", "example.com/v1", spec={"template": TEMPLATE})
    own = thing("Deployment", "y", "apps/v1", spec={"template": TEMPLATE})
    inventory = load(tmp_path, {"get.deployments": listing(foreign, own)})
    assert [each.name for each in every(inventory, Workload)] == ["y"]
    assert any("is no apps/Deployment" in gap.text for gap in inventory.gaps(Workload))


def test_what_stood_in_the_old_group_is_read(tmp_path: Path) -> None:
    old = thing("Deployment", "x", "extensions/v1beta1", spec={"template": TEMPLATE})
    (found,) = every(load(tmp_path, {"get.deployments": listing(old)}), Workload)
    assert found.id == "prod/Deployment/default/x"


def test_an_old_ingress_s_own_backend_answers_for_every_host(tmp_path: Path) -> None:
    spec = {"backend": {"serviceName": "a"}, "tls": [{"hosts": ["a.example"]}], "rules": [{"host": "a.example"}]}
    old = thing("Ingress", "x", "extensions/v1beta1", spec=spec)
    (found,) = every(load(tmp_path, {"get.ingresses": listing(old)}), Endpoint)
    assert found.tls is False


@pytest.mark.parametrize("item", [{"metadata": {"name": "x"}}, {"kind": "Pod"}, {"apiVersion": 1, "kind": "Pod"}])
def test_an_entry_that_does_not_say_what_it_is_is_a_gap(tmp_path: Path, item: Any) -> None:
    body = {"apiVersion": "v1", "kind": "List", "items": [pod(), item]}
    assert gap_codes(planned(tmp_path, body), Workload) != set()


def test_a_list_within_a_list_that_is_a_part_is_refused(tmp_path: Path) -> None:
    inner = {"apiVersion": "v1", "kind": "PodList", "metadata": {"continue": "x"}, "items": [pod()]}
    assert "unreadable" in gap_codes(
        planned(tmp_path, {"apiVersion": "v1", "kind": "List", "items": [inner]}), Workload
    )


def test_each_object_that_is_passed_over_says_why(tmp_path: Path) -> None:
    binding = thing(
        "RoleBinding", "b", "rbac.authorization.k8s.io/v1", namespace="shop",
        roleRef={"kind": "Role", "name": "r"}, subjects=[],
    )  # fmt: skip
    service = thing("Service", "s", spec={"ports": []})
    (export,) = planned(tmp_path, service, binding, thing("ConfigMap", "c")).exports()
    assert dict(export.skipped) == {
        "a service that no load balancer opens": 1,
        "gives rights within one namespace": 1,
        "settings, which no control tests": 1,
    }
