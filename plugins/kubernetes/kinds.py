"""Kubernetes' kinds, and those of the neutral ones that a cluster tells.

Ids are "cluster/Kind/namespace/name", and "cluster/manifests/Kind/..." for what a manifest is going to make: what runs
and what is planned are resources of their own, though the same controls run on both.
"""

from soc2test import Credential, Endpoint, Identity, NetworkRule, Resource, Workload

__all__ = [
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Ingress",
    "Job",
    "KubernetesBinding",
    "KubernetesIdentity",
    "KubernetesNamespace",
    "KubernetesNetworkPolicy",
    "KubernetesRole",
    "KubernetesSecret",
    "KubernetesServiceAccount",
    "KubernetesWorkload",
    "LoadBalancerPort",
    "Pod",
    "ReplicaSet",
    "ServiceAccountToken",
    "StatefulSet",
]


class KubernetesWorkload(Workload, frozen=True, gc=False, kw_only=True):
    """What runs containers. One that another workload made and controls is left out: its maker tells the same.

    What admission controllers put into pods (sidecars, for one) is told by pods alone, and is left out with them.
    """

    namespace: str
    """id of the `KubernetesNamespace`"""
    images_tagged: bool
    """every image is named by its digest, or by a tag other than `latest`"""
    service_account: str
    """id of the `KubernetesServiceAccount`"""
    token_mounted: bool
    """its containers find a token for Kubernetes' API"""


class Pod(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A pod that no known workload controls, or that got an ephemeral container since its maker made it."""


class Deployment(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A deployment."""


class ReplicaSet(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A replica set that no deployment controls."""


class StatefulSet(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A stateful set."""


class DaemonSet(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A daemon set."""


class Job(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A job that no cron job controls."""


class CronJob(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A cron job."""


class KubernetesNamespace(Resource, frozen=True, gc=False, kw_only=True):
    """A namespace."""

    name: str
    pod_security: str | None
    """the Pod Security Standard that is enforced: "privileged", "baseline", "restricted"; None: none is set"""
    guarded: bool
    """a network policy is in force in it, whatever it allows"""
    denies_by_default: bool
    """a network policy keeps all traffic from every pod in it, unless another one allows it"""


class KubernetesNetworkPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A network policy."""

    namespace: str
    """id of the `KubernetesNamespace`"""
    denies_all: bool
    """it is for every pod and for inbound traffic, and allows none"""


class KubernetesRole(Resource, frozen=True, gc=False, kw_only=True):
    """A cluster role."""

    name: str
    everything: bool
    """a rule of it allows every verb on every resource of every API group"""


class KubernetesBinding(Resource, frozen=True, gc=False, kw_only=True):
    """A cluster role binding."""

    role: str
    """id of the `KubernetesRole`"""
    subjects: tuple[str, ...]
    """ids of the identities that it gives the role to"""
    everything: bool
    """as its role"""


class KubernetesIdentity(Identity, frozen=True, gc=False, kw_only=True):
    """A user, group or service account that a cluster role binding gives rights over the whole cluster.

    Kubernetes has no accounts of people: whoever its identity provider lets in under a bound name has the name's rights
    at once, so a bound name is `active`. Whether a user is a person, and signs in with a second factor, is told there.
    What Kubernetes binds for its own parts in each cluster is left out.
    """

    category: str
    """"User", "Group", "ServiceAccount\""""


class KubernetesServiceAccount(Resource, frozen=True, gc=False, kw_only=True):
    """A service account, whether or not it has rights of its own."""

    name: str
    namespace: str
    """id of the `KubernetesNamespace`"""
    owner: str | None
    """by the label or annotation "owner\""""
    mounts_token: bool
    """pods get its token, unless they say otherwise"""


class KubernetesSecret(Resource, frozen=True, gc=False, kw_only=True):
    """A secret: its name and type, never what it holds."""

    name: str
    namespace: str
    """id of the `KubernetesNamespace`"""
    category: str
    """"Opaque", "kubernetes.io/tls" ..."""


class ServiceAccountToken(Credential, frozen=True, gc=False, kw_only=True):
    """A token of a service account that lies in a secret and never expires."""


class LoadBalancerPort(NetworkRule, frozen=True, gc=False, kw_only=True):
    """One port that a service of type LoadBalancer opens.

    Services of type NodePort are left out: what reaches a node's ports is for the firewall of its cloud to tell.
    """


class Ingress(Endpoint, frozen=True, gc=False, kw_only=True):
    """An ingress. Which versions of TLS it speaks is its controller's setting, which the object does not tell."""
