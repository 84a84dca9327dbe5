"""Who may do what in the whole cluster: cluster roles, their bindings, service accounts; and secrets, by name."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Identity,
    Item,
    Population,
    Said,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    known,
    missed,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.kubernetes.kinds import (
    KubernetesBinding,
    KubernetesGroup,
    KubernetesIdentity,
    KubernetesOwnRole,
    KubernetesRole,
    KubernetesRules,
    KubernetesSecret,
    KubernetesServiceAccount,
    ServiceAccountToken,
)
from soc2test_plugins.kubernetes.rights import BUILT_IN, administrates, rights_of
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
from soc2test_plugins.kubernetes.subjects import EVERYBODY, identity, of_kubernetes, own_subjects, subject_id

_TOKEN = "kubernetes.io/service-account-token"  # noqa: S105  # a type of secret, not one
_AWS_LOGINS, _MASTERS = ("kube-system", "aws-auth"), "system:masters"
"""Where EKS keeps which roles and users of AWS are in which groups, and the group that may do everything, which no
binding has to name (https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html)."""


@reader("/ConfigMap")
def settings(item: Item, place: Place) -> Iterator[Said]:
    """Settings of programs; in one of them EKS says who of AWS administers the cluster."""
    own = (namespace(item), name(item)) == _AWS_LOGINS
    if own and any(_MASTERS in text(value) for _, value in section(item, "data").items()):
        yield missed(f"aws-auth puts roles or users of AWS into {_MASTERS}: no export tells who that is", Identity)
    else:
        yield skip("settings, which no control tests")


@reader("rbac.authorization.k8s.io/ClusterRole")
def role(item: Item, place: Place) -> Iterator[Facts]:
    """A cluster role. One of Kubernetes' own that somebody gave more is told apart, since its bindings are left out."""
    rights = or_unknown(lambda: rights_of(listed_at(item, "rules")))
    gathers = or_unknown(lambda: _gathers(item))
    yield facts(
        place.of(item, namespaced=False),
        KubernetesRole,
        name=name(item),
        gathers=gathers,
        **({} if place.manifest and gathers != () else {"rights": rights}),
    )
    yield facts(
        place.id("rules", name(item)),
        KubernetesRules,
        rights=Unknown(_GATHERED, what="rights") if place.manifest and gathers != () else rights,
        labels=or_unknown(lambda: tuple(f"{key}={text(value)}" for key, value in _labels(item))),
    )
    yield from _changed(name(item), rights, place)


_GATHERED = "the cluster gathers the rules of this role; its manifest does not tell them"


def _labels(item: Item) -> list[tuple[str, Any]]:
    return list(section(known(item["metadata"]), "labels").items())


def _gathers(item: Item) -> tuple[str, ...]:
    """By which labels it takes in the rules of others, each selector as "key=value,key=value"."""
    if item.or_else("aggregationRule", None) is None:
        return ()
    selectors = listed_at(known(item["aggregationRule"]), "clusterRoleSelectors")
    if any(listed_at(each, "matchExpressions") for each in selectors):
        raise UnknownFact("gathers", "it gathers rules by expressions over labels, which are not weighed")
    labels = [section(each, "matchLabels").items() for each in selectors]
    return tuple(",".join(sorted(f"{key}={text(value)}" for key, value in each)) for each in labels) or ("",)


def _changed(role: str, rights: Any, place: Place) -> Iterator[Facts]:
    """Where somebody gave one of Kubernetes' own roles all rights, or one that whole groups have a right to get more.

    Kubernetes' own controllers have some of those rights.
    """
    holders = sorted(own_subjects(role))
    if role == "cluster-admin" or not holders:
        return
    group = any(holder.startswith("Group/") for holder in holders) and role != "system:node"
    risky = known(rights) if group else [right for right in known(rights) if right.startswith("everything:")]
    if administrates(risky):
        everybody = any(holder.removeprefix("Group/") in EVERYBODY for holder in holders)
        yield facts(
            place.id("ClusterRole", role),
            KubernetesOwnRole,
            name=role,
            root=False,
            active=True,
            admin=True,
            anybody=everybody,
            outsiders=tuple(holder.partition("/")[2] for holder in holders),
        )


@reader("rbac.authorization.k8s.io/ClusterRoleBinding")
def binding(item: Item, place: Place) -> Iterator[Said]:
    """A binding, and those whom it gives rights."""
    subjects = listed_at(item, "subjects")
    role = text(known(item["roleRef"])["name"])
    yield facts(
        place.of(item, namespaced=False),
        KubernetesBinding,
        role=place.id("ClusterRole", role),
        subjects=tuple(subject_id(each, place) for each in subjects),
    )
    own = or_unknown(lambda: label(item, "kubernetes.io/bootstrapping")) == "rbac-defaults"
    for subject in subjects:
        if own and of_kubernetes(subject, role):
            yield skip("what Kubernetes binds for its own parts in each cluster")
        else:
            yield identity(subject, place)


@reader("rbac.authorization.k8s.io/RoleBinding")
def narrow_binding(item: Item, place: Place) -> Iterator[Said]:
    """Rights within one namespace make nobody an administrator of the cluster; but in kube-system they may."""
    if namespace(item) == "kube-system" and listed_at(item, "subjects"):
        yield missed("who has rights within kube-system, by which more can be had, is not read", Identity)
    else:
        yield skip("gives rights within one namespace")


@reader("rbac.authorization.k8s.io/Role")
def narrow_role(item: Item, place: Place) -> Iterator[Said]:
    """Rights within one namespace."""
    yield skip("rights within one namespace")


@manifests.derives(KubernetesRole, "rights", joins=KubernetesRules)
def gathered(role: KubernetesRole, rules: Population[KubernetesRules]) -> tuple[str, ...]:
    """Of a role that gathers those of others: what it gathers from the manifests, if that is enough to decide."""
    if not role.gathers:
        raise UnknownFact("rights", "its rules have not the shape that Kubernetes documents")
    selectors = [set(selector.split(",")) - {""} for selector in role.gathers]
    chosen = [each for each in rules if any(selector <= set(each.labels) for selector in selectors)]
    rights: set[str] = set()
    for each in chosen:
        rights |= set(_told(each))
    if not administrates(right for right in rights if not right.endswith("?")):
        raise UnknownFact("rights", _GATHERED)
    return tuple(sorted(rights))


def _told(rules: KubernetesRules) -> tuple[str, ...]:
    try:
        return rules.rights
    except UnknownFact:  # it gathers in turn
        return ()


@kubernetes.derives(KubernetesRole, "everything")
@manifests.derives(KubernetesRole, "everything")
def gives_everything(role: KubernetesRole) -> bool:
    """Its rules, joined, are or give rights over everything."""
    return administrates(role.rights)


@kubernetes.derives(KubernetesBinding, "rights", joins=KubernetesRole)
@manifests.derives(KubernetesBinding, "rights", joins=KubernetesRole)
def bound_rights(binding: KubernetesBinding, roles: Population[KubernetesRole]) -> tuple[str, ...]:
    """As its role; Kubernetes itself makes some of them in each cluster."""
    called = binding.role.rpartition("/ClusterRole/")[2]
    if called == "cluster-admin":  # Kubernetes gives it back what somebody takes away
        return BUILT_IN[called]
    try:
        bound = roles.one("id", binding.role)
    except UnknownFact:
        if called in BUILT_IN:
            return BUILT_IN[called]
        raise
    if bound is not None:
        return bound.rights
    if called in BUILT_IN:
        return BUILT_IN[called]
    raise UnknownFact("rights", "the cluster roles in the evidence do not name its role")


@kubernetes.derives(KubernetesBinding, "everything")
@manifests.derives(KubernetesBinding, "everything")
def everything(binding: KubernetesBinding) -> bool:
    """As its role."""
    return administrates(binding.rights)


def admin(identity: KubernetesIdentity | KubernetesGroup, bindings: Population[KubernetesBinding]) -> bool:
    """The rights of all its bindings, joined, are or give rights over everything."""
    unknown: UnknownFact | None = None
    rights: set[str] = set()
    for each in bindings.all("subjects", identity.id):
        try:
            rights |= set(each.rights)
        except UnknownFact as error:
            unknown = error
    if identity.category == "ServiceAccount":  # drivers of disks make volumes, controllers keep state in config maps
        rights -= {"volumes?", "config maps?"}
    certain = {right for right in rights if not right.endswith("?")}
    if administrates(certain):
        return True
    if unknown is not None:
        raise unknown
    return administrates(rights)


for _source in (kubernetes, manifests):
    for _kind in (KubernetesIdentity, KubernetesGroup):
        _source.derives(_kind, "admin", joins=KubernetesBinding)(admin)


@reader("/ServiceAccount")
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


@reader("/Secret")
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
