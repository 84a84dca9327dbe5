"""What kubectl prints in its several forms, what is not all, and files that lie elsewhere."""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from kubernetes_reading import SAMPLES, every, gap_codes, listing, load, load_folder, planned, pod, sample, thing

from soc2test import Claim, ErrorInfo, Export
from soc2test_plugins.kubernetes import soc2_claim
from soc2test_plugins.kubernetes.kinds import (
    KubernetesNetworkPolicy,
    KubernetesSecret,
    KubernetesServiceAccount,
    KubernetesWorkload,
    LoadBalancerPort,
    Pod,
)
from soc2test_plugins.kubernetes.reading import PLURALS
from soc2test_plugins.kubernetes.source import as_items, error_info, manifests

BARE = {key: value for key, value in pod().items() if key not in ("kind", "apiVersion")}
API = {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [BARE]}
LINES = "\n".join(json.dumps(each) for each in (pod("web"), pod("db")))
FORBIDDEN = {
    "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Forbidden", "code": 403, "message": "secret",
}  # fmt: skip
STDERR = 'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods" in API group ""'


@pytest.mark.parametrize("body", [listing(pod()), API, [pod()], [listing(pod())], yaml.safe_dump(listing(pod()))])
def test_a_list_in_each_dialect(tmp_path: Path, body: Any) -> None:
    name = "get.pods.yaml" if isinstance(body, str) else "get.pods"
    inventory = load(tmp_path, {name: body})
    assert [each.id for each in every(inventory, Pod)] == ["prod/Pod/default/web"]
    assert gap_codes(inventory, Pod) == set()


def test_an_empty_list_is_an_answer(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"get.networkpolicies": listing()})
    assert every(inventory, KubernetesNetworkPolicy) == []
    assert gap_codes(inventory, KubernetesNetworkPolicy) == set()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (listing(pod(), **{"continue": "token"}), "partial"),
        (pod(), "partial"),
        (listing(thing("Service", "web", spec={})), "unreadable"),
        (listing(pod("{{ .Release.Name }}")), "unreadable"),
        ({"kind": "PodList", "items": None}, "unreadable"),
        ({"items": []}, "unreadable"),
        (FORBIDDEN, "denied"),
        (STDERR, "denied"),
        ({**FORBIDDEN, "reason": "Timeout", "code": 504}, "failed"),
        ("", "empty"),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, body: Any, code: str) -> None:
    assert gap_codes(load(tmp_path, {"get.pods": body}), Pod) == {code}


OF_ALL = [
    thing("Service", "kubernetes", namespace="default", spec={}),
    thing("ServiceAccount", "default", namespace="kube-system"),
]
OF_ONE = [
    thing("Service", "kubernetes", namespace="shop", spec={}),
    thing("ServiceAccount", "default", namespace="shop"),
]


@pytest.mark.parametrize(
    ("file", "kind", "place"),
    [("get.services", LoadBalancerPort, 0), ("get.serviceaccounts", KubernetesServiceAccount, 1)],
)
def test_the_list_of_one_namespace_is_not_that_of_all(tmp_path: Path, file: str, kind: Any, place: int) -> None:
    assert gap_codes(load(tmp_path / "all", {file: listing(OF_ALL[place])}), kind) == set()
    inventory = load(tmp_path / "one", {file: listing(OF_ONE[place])})
    assert gap_codes(inventory, kind) == {"partial"}
    assert "--all-namespaces" in "".join(gap.text for gap in inventory.gaps(kind))
    assert gap_codes(load(tmp_path / "none", {file: listing()}), kind) == {"partial"}
    cut = listing(OF_ALL[place], **{"continue": "token"})
    assert gap_codes(load(tmp_path / "cut", {file: cut}), kind) == {"partial"}


def test_workloads_are_complete_where_each_kind_of_them_was_exported(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"get.pods": listing(pod())})
    (gap, *_) = inventory.gaps(KubernetesWorkload)
    assert gap.text.startswith("export `kubectl get ")
    assert "--all-namespaces --context prod --output json" in gap.text
    kinds = ("deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs")
    inventory = load(tmp_path, {f"get.{each}": listing() for each in kinds})
    assert gap_codes(inventory, KubernetesWorkload) == set()


def test_what_runs_and_what_is_planned_are_two_resources(tmp_path: Path) -> None:
    load(tmp_path, {"get.pods": listing(pod(hostPID=True))})
    inventory = planned(tmp_path, pod())
    assert {each.id: each.host_namespaces for each in every(inventory, Pod)} == {
        "prod/Pod/default/web": True,
        "prod/manifests/Pod/default/web": False,
    }


def test_secrets_are_exported_without_what_they_hold() -> None:
    from soc2test_plugins.kubernetes.source import kubernetes

    assert "del(.items[].data" in kubernetes.operations["get secrets"].command


def test_errors() -> None:
    assert error_info(FORBIDDEN) == ErrorInfo("Forbidden", 403)
    assert error_info(STDERR) == ErrorInfo("Forbidden")
    assert error_info("error: You must be logged in to the server (Unauthorized)") == ErrorInfo("Unauthorized")
    assert error_info({**FORBIDDEN, "status": "Success"}) is None
    assert error_info([FORBIDDEN]) is None
    assert error_info("pods") is None


def test_several_objects_are_joined_and_empty_documents_left_out() -> None:
    assert as_items([listing(pod("a")), None, pod("b")])["items"] == [pod("a"), pod("b")]
    assert as_items([listing(**{"continue": "t"})])["metadata"]["continue"] == "t"


def export(path: str, body: Any) -> Export:
    text = body if isinstance(body, str) else json.dumps(body, indent=4, sort_keys=True)
    return Export(PurePosixPath(path), len(text), lambda: text.encode())


@pytest.mark.parametrize(
    ("path", "body", "claim"),
    [
        ("prod/pods.json", listing(pod()), Claim("kubernetes", "get pods", {"cluster": "prod"})),
        ("kubernetes/prod/pods.json", json.dumps(API), Claim("kubernetes", "get pods", {"cluster": "prod"})),
        ("prod/all.json", listing(pod()), None),
        ("prod/web.json", pod(), Claim("kubernetes-manifests", "manifests", {"cluster": "prod"})),
        ("web.ndjson", LINES, Claim("kubernetes-manifests", "manifests", {"cluster": "manifests"})),
        ("a/b/web.yaml", "# x\n---\napiVersion: v1\nkind: Pod\n", Claim("kubernetes-manifests", "manifests", {"cluster": "a/b"})),
        ("Chart.yaml", "apiVersion: v1\nname: web\n", None),
        ("people.yaml", "as_of: 2026-11-20\npeople: []\n", None),
        ("x.json", {"kind": "drive#file"}, None),
        ("pods.txt", "apiVersion: v1\nkind: Pod\n", None),
    ],
)  # fmt: skip
def test_claims(path: str, body: Any, claim: Claim | None) -> None:
    assert soc2_claim(export(path, body)) == claim


def test_plurals_are_kubectl_s() -> None:
    assert {"ingresses", "networkpolicies", "clusterrolebindings", "serviceaccounts", "cronjobs"} <= set(PLURALS)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_samples_are_read_or_refused_by_name(tmp_path: Path, path: Path) -> None:
    shutil.copy(path, tmp_path / path.name)
    loaded = load_folder(tmp_path)
    if path.name.endswith("Chart.yaml"):
        assert [each.path for each in loaded.unclaimed] == [path.name]
        return
    (entry,) = loaded.inventory.entries()
    documents = [each for each in yaml.safe_load_all(path.read_text()) if each]
    assert entry.source == "kubernetes-manifests"
    assert entry.complete or len(documents) > 1


def test_what_secrets_hold_is_nowhere(tmp_path: Path) -> None:
    inventory = sample(tmp_path, "hunger-check__deployment.yaml")
    secrets = every(inventory, KubernetesSecret)
    assert {(each.name, each.category) for each in secrets} == {("vaultapikey", "Opaque"), ("webhookapikey", "Opaque")}
    assert not any("ZjZjYzM" in str(each.__reduce__()) or "azhz" in str(each.__reduce__()) for each in secrets)


MANIFEST_SAMPLES = sorted(path.name for path in SAMPLES.glob("*.yaml") if not path.name.endswith("Chart.yaml"))


@pytest.mark.parametrize("name", MANIFEST_SAMPLES)
def test_every_document_of_a_manifest_is_read(name: str, tmp_path: Path) -> None:
    """As it lies there, and its documents one a line: the same resources."""
    text = (SAMPLES / name).read_text()
    whole = load(tmp_path / "whole", {"manifests.yaml": text}, "kubernetes-manifests/prod")
    apart = sample(tmp_path / "apart", name)
    kinds = manifests.operations["manifests"].kinds
    assert [[each.id for each in whole.members(kind)] for kind in kinds] == [
        [each.id for each in apart.members(kind)] for kind in kinds
    ]
    assert [gap_codes(whole, kind) for kind in kinds] == [gap_codes(apart, kind) for kind in kinds]


def test_empty_documents_are_left_out_and_a_broken_one_is_a_gap(tmp_path: Path) -> None:
    both = "---\n# first\n---\n" + "---\n".join(yaml.safe_dump(pod(name)) for name in ("web", "db")) + "---\n"
    inventory = load(tmp_path / "both", {"manifests.yaml": both}, "kubernetes-manifests/prod")
    assert len(every(inventory, Pod)) == 2
    assert gap_codes(inventory, Pod) == set()
    for number, more in enumerate(("a: 1\na: 2\n", "- x\n", "x: [\n", "no: kind\n")):
        broken = load(tmp_path / str(number), {"manifests.yaml": f"{both}{more}"}, "kubernetes-manifests/prod")
        assert gap_codes(broken, Pod) == {"unreadable"}
    nothing = load(tmp_path / "nothing", {"manifests.yaml": "---\n# none\n"}, "kubernetes-manifests/prod")
    assert gap_codes(nothing, Pod) == {"unreadable"}
