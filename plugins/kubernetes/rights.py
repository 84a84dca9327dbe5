"""What a role's rules come to: rights over everything, and rights by which somebody can give them to himself.

The second are those that Kubernetes names as its risks of escalation
(https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks), where they hold in the
whole cluster: to bind, escalate and impersonate, to make tokens of service accounts, to make pods, which may run as any
of them, to run commands in pods, to call kubelets, to change what is admitted, to sign certificates, to write and read
the tokens in secrets. What ends in all rights in some clusters only is unknown: objects of which a controller makes
pods, volumes of a node's disk, webhooks that read what is written, the map by which EKS takes people in. Who can read
everything and change nothing is no administrator here, though he reads secrets.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from soc2test import Item, UnknownFact, text
from soc2test_plugins.kubernetes.shapes import listed_at

__all__ = ["BUILT_IN", "administrates", "rights_of"]

_RBAC = "rbac.authorization.k8s.io"
_WRITE = ("create", "update", "patch")
_READ = ("get", "list", "watch")
_CHANGE = (*_WRITE, "delete")
_ALL = frozenset(f"everything:{verb}" for verb in (*_READ, *_CHANGE))


class _Way(msgspec.Struct, frozen=True):
    """A right by which more can be had: any of the verbs on any of the resources of the group."""

    name: str
    group: str
    resources: tuple[str, ...]
    verbs: tuple[str, ...]


_WAYS = (
    _Way("escalate", _RBAC, ("clusterroles", "roles"), ("escalate",)),
    _Way("bind", _RBAC, ("clusterroles", "roles"), ("bind",)),
    _Way("impersonate", "", ("users", "groups", "serviceaccounts"), ("impersonate",)),
    _Way("token", "", ("serviceaccounts/token",), ("create",)),
    _Way("pods", "", ("pods", "replicationcontrollers"), _WRITE),
    _Way("pods", "apps", ("deployments", "daemonsets", "statefulsets", "replicasets"), _WRITE),
    _Way("pods", "batch", ("jobs", "cronjobs"), _WRITE),
    _Way("pods", "extensions", ("deployments", "daemonsets", "replicasets"), _WRITE),
    _Way("pods", "apps.openshift.io", ("deploymentconfigs",), _WRITE),
    _Way("makers", "argoproj.io", ("workflows", "cronworkflows", "rollouts"), _WRITE),
    _Way("makers", "argoproj.io", ("applications", "applicationsets"), _WRITE),
    _Way("makers", "kustomize.toolkit.fluxcd.io", ("kustomizations",), _WRITE),
    _Way("makers", "helm.toolkit.fluxcd.io", ("helmreleases",), _WRITE),
    _Way("makers", "tekton.dev", ("taskruns", "pipelineruns"), _WRITE),
    _Way("makers", "serving.knative.dev", ("services", "configurations"), _WRITE),
    _Way("makers", "build.openshift.io", ("builds", "buildconfigs"), _WRITE),
    _Way("volumes", "", ("persistentvolumes",), ("create",)),
    _Way("config maps", "", ("configmaps",), _WRITE),
    _Way("exec", "", ("pods/exec", "pods/attach"), ("create", "get")),
    _Way("exec", "", ("pods/ephemeralcontainers",), ("update", "patch")),
    _Way("kubelet", "", ("nodes/proxy",), ("get", *_CHANGE)),
    _Way("webhooks", "admissionregistration.k8s.io", ("mutatingwebhookconfigurations",), _WRITE),
    _Way("webhooks", "admissionregistration.k8s.io", ("mutatingadmissionpolicies",), _WRITE),
    _Way("reading webhooks", "admissionregistration.k8s.io", ("validatingwebhookconfigurations",), _WRITE),
    _Way("secrets:write", "", ("secrets",), ("create",)),
    _Way("secrets:read", "", ("secrets",), _READ),
    _Way("csr:create", "certificates.k8s.io", ("certificatesigningrequests",), ("create",)),
    _Way("csr:approve", "certificates.k8s.io", ("certificatesigningrequests/approval",), ("update", "patch")),
    _Way("csr:sign", "certificates.k8s.io", ("signers",), ("approve",)),
)
_ENOUGH = (
    *({name} for name in ("escalate", "bind", "impersonate", "token", "pods", "exec", "kubelet", "webhooks")),
    {"everything:*"},
    _ALL,
    {"secrets:write", "secrets:read"},
    {"csr:create", "csr:approve", "csr:sign"},
)
_PAIRED = ("secrets:read",)
"""What counts also where it comes by a right to read everything: it is not enough by itself."""
_UNSURE: Mapping[str, str] = {
    "makers": "a rule lets it write objects of which a controller makes pods, which may run as any service account",
    "volumes": "a rule lets it make volumes, which may be the disk of a node to whoever has a pod",
    "config maps": "a rule lets it write all config maps, of which EKS has one that says who administrates",
    "aws-auth": "a rule lets it write the config map aws-auth, by which EKS takes whom it names for an administrator",
    "reading webhooks": "a rule lets it have a webhook read what anybody writes, tokens too",
}
"""What all rights can be had by in some clusters, whatever else the rule says."""
_BY_NAME: Mapping[str, Callable[[set[str]], bool | None]] = {
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
    "webhooks": lambda names: True,  # what it is asked about can be changed with it
    "csr:sign": lambda names: bool({"kubernetes.io/kube-apiserver-client", "kubernetes.io/*"} & names),
}
"""What a right is where it is for objects of these names alone: True, False, or None where that depends on them."""

BUILT_IN: Mapping[str, tuple[str, ...]] = {
    "cluster-admin": ("everything:*",),
    "admin": ("exec", "impersonate", "pods", "secrets:read", "secrets:write", "token"),
    "edit": ("exec", "impersonate", "pods", "secrets:read", "secrets:write", "token"),
    "view": (),
}
"""Rights of the roles that Kubernetes makes for people in each cluster, where no export holds them."""


def _any_of(names: set[str], enough: tuple[str, ...], harmless: tuple[str, ...] = ()) -> bool | None:
    if names & set(enough):
        return True
    return False if names <= set(harmless) else None


def rights_of(rules: list[Item]) -> tuple[str, ...]:
    """The rights of a role that matter, by name; one with "?" behind depends on what its rule names."""
    return tuple(sorted({right for rule in rules for right in _of_rule(rule)}))


def _of_rule(rule: Item) -> Iterator[str]:
    groups, resources, verbs, names = (
        {text(each) for each in listed_at(rule, key)} for key in ("apiGroups", "resources", "verbs", "resourceNames")
    )
    if "*" in groups and "*" in resources and not names:
        yield from (f"everything:{verb}" for verb in verbs)
    for way in _WAYS:
        able = _by_name(way, verbs) if names else verbs
        if not groups & {"*", way.group} or not _reaches(way, resources, able):
            continue
        word = _BY_NAME[way.name](names) if names and way.name in _BY_NAME else not names
        if word is not False:
            name = "aws-auth" if way.name == "config maps" and names else way.name
            yield name if word and name not in _UNSURE else f"{name}?"


def _by_name(way: _Way, verbs: set[str]) -> set[str]:
    """What a rule for certain names gives: what is made has no name yet when it is asked for, but a part of it has."""
    whole = not any("/" in resource for resource in way.resources)
    every = set(way.verbs) if "*" in verbs else verbs
    return every - {"create"} if whole else every


def _reaches(way: _Way, resources: set[str], verbs: set[str]) -> bool:
    """Whether the rule gives one of the way's verbs on one of its resources."""
    wanted = {verb for verb in way.verbs if "*" in verbs or verb in verbs}
    if not wanted:
        return False
    if any(resource in resources or f"*/{resource.partition('/')[2]}" in resources for resource in way.resources):
        return True
    # by all resources at once: to read them all is not counted
    return "*" in resources and (way.name in _PAIRED or bool(wanted - set(_READ)))


def administrates(rights: Iterable[str]) -> bool:
    """Whether rights, joined, are or give rights over everything. Raises `UnknownFact` where it depends."""
    joined = set(rights)
    if any(enough <= joined for enough in _ENOUGH):
        return True
    unsure = sorted(right.rstrip("?") for right in joined if right.endswith("?"))
    if unsure:
        named = f"a rule lets it {unsure[0]} for objects of some names alone; what these are allowed is not followed"
        raise UnknownFact("admin", _UNSURE.get(unsure[0], named))
    return False
