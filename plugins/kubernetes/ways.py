"""Rights by which somebody can have more, and what some of them are where a rule names the objects.

Those that Kubernetes names as its risks of escalation
(https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks), where they hold in the
whole cluster: to bind, escalate and impersonate, to make tokens of service accounts, to make pods, which may run as any
of them, to run commands in pods, to call kubelets, to change what is admitted, to sign certificates, to write and read
the tokens in secrets. What ends in all rights in some clusters only is unknown: objects of which a controller makes
pods, volumes of a node's disk, webhooks that read what is written or convert what is stored, API servers that answer in
the place of Kubernetes' own, the map by which EKS takes people in.
"""

from collections.abc import Callable, Mapping

import msgspec

__all__ = ["BY_NAME", "ENOUGH", "GRANTING", "PAIRED", "RBAC", "READ", "UNSURE", "WAYS", "Way"]

RBAC = "rbac.authorization.k8s.io"
_WRITE = ("create", "update", "patch")
READ = ("get", "list", "watch")
_CHANGE = (*_WRITE, "delete")
_ALL = frozenset(f"everything:{verb}" for verb in (*READ, *_CHANGE))


class Way(msgspec.Struct, frozen=True):
    """A right by which more can be had: any of the verbs on any of the resources of the group."""

    name: str
    group: str
    resources: tuple[str, ...]
    verbs: tuple[str, ...]


WAYS = (
    Way("escalate", RBAC, ("clusterroles", "roles"), ("escalate",)),
    Way("bind", RBAC, ("clusterroles", "roles"), ("bind",)),
    Way("impersonate", "", ("users", "groups", "serviceaccounts"), ("impersonate",)),
    Way("token", "", ("serviceaccounts/token",), ("create",)),
    Way("pods", "", ("pods", "replicationcontrollers"), _WRITE),
    Way("pods", "apps", ("deployments", "daemonsets", "statefulsets", "replicasets"), _WRITE),
    Way("pods", "batch", ("jobs", "cronjobs"), _WRITE),
    Way("pods", "extensions", ("deployments", "daemonsets", "replicasets"), _WRITE),
    Way("pods", "apps.openshift.io", ("deploymentconfigs",), _WRITE),
    Way("makers", "argoproj.io", ("workflows", "cronworkflows", "rollouts"), _WRITE),
    Way("makers", "argoproj.io", ("applications", "applicationsets"), _WRITE),
    Way("makers", "kustomize.toolkit.fluxcd.io", ("kustomizations",), _WRITE),
    Way("makers", "helm.toolkit.fluxcd.io", ("helmreleases",), _WRITE),
    Way("makers", "tekton.dev", ("taskruns", "pipelineruns"), _WRITE),
    Way("makers", "serving.knative.dev", ("services", "configurations"), _WRITE),
    Way("makers", "build.openshift.io", ("builds", "buildconfigs"), _WRITE),
    Way("volumes", "", ("persistentvolumes",), ("create",)),
    Way("config maps", "", ("configmaps",), _WRITE),
    Way("exec", "", ("pods/exec", "pods/attach"), ("create", "get")),
    Way("exec", "", ("pods/ephemeralcontainers",), ("update", "patch")),
    Way("kubelet", "", ("nodes/proxy",), ("get", *_CHANGE)),
    Way("webhooks", "admissionregistration.k8s.io", ("mutatingwebhookconfigurations",), _WRITE),
    Way("webhooks", "admissionregistration.k8s.io", ("mutatingadmissionpolicies",), _WRITE),
    Way("reading webhooks", "admissionregistration.k8s.io", ("validatingwebhookconfigurations",), _WRITE),
    Way("api servers", "apiregistration.k8s.io", ("apiservices",), _WRITE),
    Way("converters", "apiextensions.k8s.io", ("customresourcedefinitions",), ("update", "patch")),
    Way("secrets:write", "", ("secrets",), ("create",)),
    Way("secrets:read", "", ("secrets",), READ),
    Way("csr:create", "certificates.k8s.io", ("certificatesigningrequests",), ("create",)),
    Way("csr:approve", "certificates.k8s.io", ("certificatesigningrequests/approval",), ("update", "patch")),
    Way("csr:sign", "certificates.k8s.io", ("signers",), ("approve",)),
)
GRANTING = Way("grants", RBAC, ("clusterroles", "roles", "clusterrolebindings", "rolebindings"), _WRITE)
"""To write roles and bindings gives nothing that one has not, unless it is done as somebody else, who has more."""
ENOUGH = (
    {"escalate"}, {"bind"}, {"grants"}, {"impersonate"}, {"token"}, {"pods"}, {"exec"}, {"kubelet"}, {"webhooks"},
    {"everything:*"},
    _ALL,
    {"secrets:write", "secrets:read"},
    {"csr:create", "csr:approve", "csr:sign"},
)  # fmt: skip
_MAKERS = tuple(f".{way.group}" for way in WAYS if way.name == "makers")
"""How the types of objects are called of which a controller makes pods."""
PAIRED = ("secrets:read",)
"""What counts also where it comes by a right to read everything: it is not enough by itself."""
UNSURE: Mapping[str, str] = {
    "makers": "a rule lets it write objects of which a controller makes pods, which may run as any service account",
    "volumes": "a rule lets it make volumes, which may be the disk of a node to whoever has a pod",
    "config maps": "a rule lets it write all config maps, of which EKS has one that says who administrates",
    "aws-auth": "a rule lets it write the config map aws-auth, by which EKS takes whom it names for an administrator",
    "reading webhooks": "a rule lets it have a webhook read what anybody writes, tokens too",
    "api servers": "a rule lets it register an API server, which is sent what others ask of the types that it takes",
    "converters": "a rule lets it have a webhook convert objects of types, of which controllers may make anything",
}
"""What all rights can be had by in some clusters, whatever else the rule says."""
BY_NAME: Mapping[str, Callable[[set[str]], bool | None]] = {
    "escalate": lambda names: True,  # one role is enough, if it is bound to him
    "bind": lambda names: _any_of(names, ("cluster-admin", "admin", "edit"), harmless=("view",)),
    "impersonate": lambda names: _any_of(names, ("system:masters",)),
    "token": lambda names: _any_of(names, ()),
    "pods": lambda names: None,  # whose accounts these pods may run as is not followed
    "exec": lambda names: None,
    "kubelet": lambda names: None,
    "makers": lambda names: None,
    "config maps": lambda names: None if "aws-auth" in names else False,
    "reading webhooks": lambda names: None,
    "api servers": lambda names: None,
    "converters": lambda names: None if any(name.endswith(_MAKERS) for name in names) else False,
    "grants": lambda names: True,  # one role is enough, if it is bound to him
    "webhooks": lambda names: True,  # what it is asked about can be changed with it
    "csr:sign": lambda names: bool({"kubernetes.io/kube-apiserver-client", "kubernetes.io/*"} & names),
}
"""What a right is where it is for objects of these names alone: True, False, or None where that depends on them."""


def _any_of(names: set[str], enough: tuple[str, ...], harmless: tuple[str, ...] = ()) -> bool | None:
    if names & set(enough):
        return True
    return False if names <= set(harmless) else None
