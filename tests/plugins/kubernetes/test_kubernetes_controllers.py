"""Whom a pod names as its controller: he is a member, and where no list tells of him everything about him is unknown."""

from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import every, gap_codes, listing, load, pod, thing

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.kubernetes.kinds import KubernetesWorkload, LoadBalancerPort
from soc2test_policies.cc6.workloads import test_workloads_hold_no_rights_over_their_host as rights_control

SPEC = pod()["spec"]


def owned(kind: str, name: str, api: str = "apps/v1", **labels: str) -> dict[str, Any]:
    owner = {"apiVersion": api, "kind": kind, "name": name, "controller": True}
    return {"ownerReferences": [owner], "labels": labels}


def workloads(folder: Path, files: dict[str, Any]) -> dict[str, KubernetesWorkload]:
    return {each.id: each for each in every(load(folder, files), KubernetesWorkload)}


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        (owned("ReplicaSet", "web-7c9f", **{"pod-template-hash": "7c9f"}), "Deployment/default/web"),
        (owned("ReplicaSet", "ghost-1"), "ReplicaSet/default/ghost-1"),
        (owned("ReplicaSet", "ghost-1", **{"pod-template-hash": "7c9f"}), "ReplicaSet/default/ghost-1"),
        (owned("StatefulSet", "db"), "StatefulSet/default/db"),
        (owned("DaemonSet", "agent"), "DaemonSet/default/agent"),
        (owned("Job", "import", "batch/v1"), "Job/default/import"),
        (owned("Job", "nightly-29384640", "batch/v1"), "CronJob/default/nightly"),
    ],
)
def test_a_pod_whose_controller_no_list_names_is_not_passed_over(tmp_path: Path, metadata: Any, named: str) -> None:
    found = workloads(tmp_path, {"get.pods": listing(pod(metadata=metadata))})
    assert list(found) == [f"prod/{named}"]
    (member,) = found.values()
    with pytest.raises(UnknownFact):
        _ = member.privileged
    assert check(rights_control, member).verdict == "not_evaluated"


def test_one_that_a_list_names_is_one_member_and_known(tmp_path: Path) -> None:
    running = pod("web-7c9f-x", metadata=owned("ReplicaSet", "web-7c9f", **{"pod-template-hash": "7c9f"}))
    of_deployment = thing("ReplicaSet", "web-7c9f", "apps/v1", namespace="default", spec={"template": {"spec": SPEC}})
    of_deployment["metadata"] |= owned("Deployment", "web")
    deployment = thing("Deployment", "web", "apps/v1", namespace="default", spec={"template": {"spec": SPEC}})
    found = workloads(
        tmp_path,
        {
            "get.pods": listing(running),
            "get.replicasets": listing(of_deployment),
            "get.deployments": listing(deployment),
        },
    )
    assert {id: each.privileged for id, each in found.items()} == {"prod/Deployment/default/web": False}


def test_a_deployment_that_only_its_replica_set_names_is_unknown(tmp_path: Path) -> None:
    of_deployment = thing("ReplicaSet", "web-1", "apps/v1", namespace="default", spec={"template": {"spec": SPEC}})
    of_deployment["metadata"] |= owned("Deployment", "web")
    found = workloads(tmp_path, {"get.replicasets": listing(of_deployment), "get.deployments": listing()})
    with pytest.raises(UnknownFact):
        _ = found["prod/Deployment/default/web"].privileged


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "unreadable"),
        (listing(pod(), remainingItemCount=7), "partial"),
        (listing(pod(), remainingItemCount=None), ""),
        (listing(pod(), remainingItemCount=0), ""),
        (listing(), ""),
    ],
)
def test_what_is_no_list_of_all(tmp_path: Path, body: Any, code: str) -> None:
    kinds = ("deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs")
    files = {**{f"get.{kind}": listing() for kind in kinds}, "get.pods": body}
    assert gap_codes(load(tmp_path, files), KubernetesWorkload) == ({code} if code else set())


@pytest.mark.parametrize("word", ["loadbalancer", "Other", None, True, {}])
def test_a_service_of_an_unknown_type_is_not_passed_over(tmp_path: Path, word: Any) -> None:
    service = thing("Service", "web", namespace="default", spec={"type": word, "ports": [{"port": 22}]})
    own = thing("Service", "kubernetes", namespace="default", spec={"ports": [{"port": 443}]})
    assert gap_codes(load(tmp_path, {"get.services": listing(own, service)}), LoadBalancerPort) == {"unreadable"}
