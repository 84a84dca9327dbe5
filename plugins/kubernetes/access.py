"""Who may do what in the whole cluster: cluster roles, their bindings, service accounts; and secrets, by name."""

import re
from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Population, Unknown, UnknownFact, facts, id_text, known, or_unknown, text
from soc2test_plugins.kubernetes.kinds import (
    KubernetesBinding,
    KubernetesIdentity,
    KubernetesRole,
    KubernetesSecret,
    KubernetesServiceAccount,
    ServiceAccountToken,
)
from soc2test_plugins.kubernetes.shapes import (
    Place,
    flag_at,
    label,
    listed_at,
    name,
    namespace,
    reader,
    section,
    tagged,
)
from soc2test_plugins.kubernetes.source import kubernetes, manifests

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PROVIDER = "Kubernetes knows users and groups by name alone; the cluster's identity provider tells it"
_TOKEN = "kubernetes.io/service-account-token"  # noqa: S105  # a type of secret, not one


@reader("ClusterRole")
def role(item: Item, place: Place) -> Iterator[Facts]:
    """A cluster role."""
    everything = or_unknown(lambda: any(_everything(each) for each in listed_at(item, "rules")))
    if item.or_else("aggregationRule", None) is not None and place.manifest:
        everything = Unknown("the cluster gathers the rules of this role; its manifest does not tell them")
    yield facts(place.of(item, namespaced=False), KubernetesRole, name=name(item), everything=everything)


def _everything(rule: Item) -> bool:
    return all("*" in [text(each) for each in listed_at(rule, key)] for key in ("apiGroups", "resources", "verbs"))


@reader("ClusterRoleBinding")
def binding(item: Item, place: Place) -> Iterator[Facts]:
    """A binding, and those whom it gives rights."""
    subjects = listed_at(item, "subjects")
    role = text(known(item["roleRef"])["name"])
    yield facts(
        place.of(item, namespaced=False),
        KubernetesBinding,
        role=place.id("ClusterRole", role),
        subjects=tuple(_subject_id(each, place) for each in subjects),
    )
    own = or_unknown(lambda: label(item, "kubernetes.io/bootstrapping")) == "rbac-defaults"
    for each in subjects:
        if not (own and _of_kubernetes(each, role)):
            yield _identity(each, place)


def _of_kubernetes(subject: Item, role: str) -> bool:
    """Kubernetes keeps names that begin with "system:" to itself, and gives all rights to one of them alone: whoever
    copies its label to a binding of his own hides nothing (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).
    """
    if role == "cluster-admin":
        return text(subject["name"]) == "system:masters"
    return text(subject["name"]).startswith("system:") or subject.or_else("namespace", None) == "kube-system"


def _subject_id(subject: Item, place: Place) -> str:
    kind, called = text(subject["kind"]), text(subject["name"])
    if kind == "ServiceAccount":
        return place.id(kind, text(subject.or_else("namespace", None) or "default"), called)
    return place.id(kind, called)


def _identity(subject: Item, place: Place) -> Facts:
    kind, called = text(subject["kind"]), text(subject["name"])
    return facts(
        _subject_id(subject, place),
        KubernetesIdentity,
        name=called,
        category=kind,
        email=called if kind == "User" and _ADDRESS.fullmatch(called) else None,
        root=kind == "Group" and called == "system:masters",  # no role binds its members
        active=True,  # a bound name can't be switched off, only unbound
        password=False,  # Kubernetes holds none
        disabled_at=None,
        **_nature(kind, called),
    )


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


@kubernetes.derives(KubernetesBinding, "everything", joins=KubernetesRole)
@manifests.derives(KubernetesBinding, "everything", joins=KubernetesRole)
def everything(binding: KubernetesBinding, roles: Population[KubernetesRole]) -> bool:
    """As its role; Kubernetes itself makes the role cluster-admin."""
    if binding.role.endswith("/ClusterRole/cluster-admin"):
        return True
    found = roles.one("id", binding.role)
    if found is None:
        raise UnknownFact("everything", "the cluster roles in the evidence do not name its role")
    return found.everything


@kubernetes.derives(KubernetesIdentity, "admin", joins=KubernetesBinding)
@manifests.derives(KubernetesIdentity, "admin", joins=KubernetesBinding)
def admin(identity: KubernetesIdentity, bindings: Population[KubernetesBinding]) -> bool:
    """A binding gives it a role over everything."""
    unknown: UnknownFact | None = None
    for each in bindings.all("subjects", identity.id):
        try:
            if each.everything:
                return True
        except UnknownFact as error:
            unknown = error
    if unknown is not None:
        raise unknown
    return False


@reader("ServiceAccount")
def service_account(item: Item, place: Place) -> Iterator[Facts]:
    """A service account."""
    yield facts(
        place.of(item),
        KubernetesServiceAccount,
        name=name(item),
        namespace=place.id("Namespace", namespace(item)),
        owner=or_unknown(lambda: tagged(item, "owner")),
        mounts_token=or_unknown(lambda: flag_at(item, "automountServiceAccountToken", default=True)),
    )


@kubernetes.derives(KubernetesIdentity, "owner", joins=KubernetesServiceAccount)
@manifests.derives(KubernetesIdentity, "owner", joins=KubernetesServiceAccount)
def owner(identity: KubernetesIdentity, accounts: Population[KubernetesServiceAccount]) -> str | None:
    """Of a service account, as it is labelled."""
    account = accounts.one("id", identity.id)
    if account is None:
        raise UnknownFact("owner", "the service accounts in the evidence do not name it")
    return account.owner


@reader("Secret")
def secret(item: Item, place: Place) -> Iterator[Facts]:
    """A secret's name and type, and the token of a service account that it is; its data is never looked at."""
    told = item.or_else("type", None)
    category = "Opaque" if told is None else id_text(told)
    yield facts(
        place.of(item),
        KubernetesSecret,
        name=name(item),
        namespace=place.id("Namespace", namespace(item)),
        category=category,
    )
    if category == _TOKEN:
        account = text(section(known(item["metadata"]), "annotations")["kubernetes.io/service-account.name"])
        yield facts(
            place.of(item),
            ServiceAccountToken,
            identity=place.id("ServiceAccount", namespace(item), account),
            category="token",
            active=True,
            root=False,
            created_at=or_unknown(lambda: item["metadata"].time("creationTimestamp")),
            last_used_at=Unknown("a secret does not tell when its token was used", what="last_used_at"),
        )
