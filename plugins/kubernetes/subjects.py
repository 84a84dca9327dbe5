"""Whom bindings give rights: users, service accounts and groups by their names."""

import re
from typing import Any

from soc2test import Facts, Item, Unknown, facts, meaning, text
from soc2test_plugins.kubernetes.kinds import KubernetesGroup, KubernetesIdentity
from soc2test_plugins.kubernetes.shapes import Place

__all__ = ["EVERYBODY", "identity", "of_kubernetes", "own_subjects", "subject_id"]

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PROVIDER = "Kubernetes knows users and groups by name alone; the cluster's identity provider tells it"
_KINDS = {"User": "User", "Group": "Group", "ServiceAccount": "ServiceAccount"}
_ACCOUNT = re.compile(r"system:serviceaccount:([^:]+):([^:]+)")
"""How Kubernetes calls a service account where it stands for a user."""
EVERYBODY = ("system:authenticated", "system:unauthenticated", "system:serviceaccounts")
_ANONYMOUS = "system:anonymous"
_CONTROLLER = "system:controller:"

_OWN = {
    "cluster-admin": {"Group/system:masters"},
    "system:basic-user": {"Group/system:authenticated", "Group/system:unauthenticated"},
    "system:discovery": {"Group/system:authenticated", "Group/system:unauthenticated"},
    "system:kube-controller-manager": {"User/system:kube-controller-manager"},
    "system:kube-dns": {"ServiceAccount/kube-system/kube-dns"},
    "system:kube-scheduler": {"User/system:kube-scheduler"},
    "system:monitoring": {"Group/system:monitoring"},
    "system:node": {"Group/system:nodes"},
    "system:node-proxier": {"User/system:kube-proxy"},
    "system:public-info-viewer": {"Group/system:authenticated", "Group/system:unauthenticated"},
    "system:service-account-issuer-discovery": {"Group/system:serviceaccounts"},
    "system:volume-scheduler": {"User/system:kube-scheduler"},
}
"""Cluster roles that Kubernetes binds itself, and whom it gives each: those of version 1.37 and of older ones
(https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings)."""


def own_subjects(role: str) -> set[str]:
    """Whom Kubernetes itself gives a role; the controllers' have one service account each, of the same name."""
    if role.startswith(_CONTROLLER):
        return {f"ServiceAccount/kube-system/{role.removeprefix(_CONTROLLER)}"}
    return _OWN.get(role, set())


def of_kubernetes(subject: Item, role: str) -> bool:
    """A label says that a binding is Kubernetes' own; whoever copies it to one of his own hides nothing."""
    return "/".join(_parts(subject)) in own_subjects(role)


def _parts(subject: Item) -> tuple[str, ...]:
    kind, called = meaning(subject["kind"], _KINDS), text(subject["name"])
    if kind == "ServiceAccount":
        return kind, text(subject.or_else("namespace", None) or "default"), called
    if kind == "User" and (account := _ACCOUNT.fullmatch(called)):
        return "ServiceAccount", account[1], account[2]
    return kind, called


def subject_id(subject: Item, place: Place) -> str:
    """The id of the identity that a binding names."""
    kind, *names = _parts(subject)
    return place.id(kind, *names)


def identity(subject: Item, place: Place) -> Facts:
    """What is told of a subject; by its name alone, since Kubernetes has no accounts of people."""
    kind, *names = _parts(subject)
    called = names[-1]
    told: dict[str, Any] = {
        "name": called,
        "category": kind,
        "email": called if kind == "User" and _ADDRESS.fullmatch(called) else None,
        "root": kind == "Group" and called == "system:masters",  # no role binds its members
        "active": True,  # a bound name can't be switched off, only unbound
        "password": False,  # Kubernetes holds none
        "disabled_at": None,
        **_nature(kind, called),
    }
    if kind == "Group" or called == _ANONYMOUS:
        return facts(place.id(kind, *names), KubernetesGroup, **told, **_members(called))
    return facts(place.id(kind, *names), KubernetesIdentity, **told)


def _members(group: str) -> dict[str, Any]:
    """Of a namespace's service accounts nobody is kept out who may make one there."""
    everybody = group in (*EVERYBODY, _ANONYMOUS) or group.startswith("system:serviceaccounts:")
    return {"anybody": everybody, "outsiders": () if everybody else (f"the members of {group}",)}


def _nature(kind: str, called: str) -> dict[str, Any]:
    if kind == "ServiceAccount":
        return {"human": False, "mfa": False}
    own = kind == "User" and called.startswith("system:")
    return {
        "human": False if own else Unknown(_PROVIDER, what="human"),
        "mfa": Unknown(_PROVIDER, what="mfa"),
        "created_at": Unknown(_PROVIDER, what="created_at"),
        "last_used_at": Unknown(_PROVIDER, what="last_used_at"),
        "owner": None,
    }
