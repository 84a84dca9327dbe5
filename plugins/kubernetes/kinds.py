"""Kubernetes' kinds, and those of the neutral ones that a cluster tells.

Ids are "cluster/Kind/namespace/name", and "cluster/manifests/Kind/..." for what a manifest is going to make: what runs
and what is planned are resources of their own, though the same controls run on both.
"""

from soc2test import (
    Credential,
    Endpoint,
    Group,
    Identity,
    JobRun,
    NetworkRule,
    Resource,
    Role,
    ScheduledJob,
    Workload,
)

__all__ = [
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Ingress",
    "Job",
    "KubernetesBinding",
    "KubernetesClaim",
    "KubernetesGroup",
    "KubernetesIdentity",
    "KubernetesNamespace",
    "KubernetesNetworkPolicy",
    "KubernetesOwnRole",
    "KubernetesRole",
    "KubernetesRules",
    "KubernetesRun",
    "KubernetesSchedule",
    "KubernetesSecret",
    "KubernetesServiceAccount",
    "KubernetesVolume",
    "KubernetesWorkload",
    "LoadBalancerPort",
    "MadePod",
    "Pod",
    "PodTemplate",
    "ReplicaSet",
    "ReplicationController",
    "ServiceAccountToken",
    "StatefulSet",
]


class KubernetesWorkload(Workload, frozen=True, gc=False, kw_only=True):
    """What runs containers. One that another workload made and controls is left out: its rights count with its maker's.

    Of a cluster they are those of the specification and of the pods that run by it: what admission controllers put
    into pods (sidecars, paths of the host), and what an earlier specification left running, stands in pods alone.
    """

    namespace: str
    """id of the `KubernetesNamespace`"""
    images_tagged: bool
    """every image is named by its digest, or by a tag other than `latest`"""
    service_account: str
    """id of the `KubernetesServiceAccount`"""
    token_mounted: bool
    """its containers find a token for Kubernetes' API"""
    own_privileged: bool
    """this and what follows, as its specification has it"""
    own_escalation: bool
    own_capabilities: tuple[str, ...]
    own_non_root: bool
    own_read_only: bool
    own_namespaces: bool
    own_beyond: tuple[str, ...]
    own_images: tuple[str, ...]
    own_paths: tuple[str, ...]
    """paths of its host that its specification itself names"""
    run_paths: tuple[str, ...]
    """those, and what its pods name beside them"""
    claims: tuple[str, ...]
    """ids of the `KubernetesClaim`s whose volumes it mounts; of a stateful set those of its first pod"""


class Pod(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A pod that no known workload controls, or that got an ephemeral container since its maker made it."""


class MadePod(Resource, frozen=True, gc=False, kw_only=True):
    """A pod that runs, and that a known workload made and controls."""

    maker: str
    """id of the `KubernetesWorkload`"""
    own_privileged: bool
    own_escalation: bool
    own_capabilities: tuple[str, ...]
    own_non_root: bool
    own_read_only: bool
    own_namespaces: bool
    own_beyond: tuple[str, ...]
    own_images: tuple[str, ...]
    own_paths: tuple[str, ...]


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


class KubernetesSchedule(ScheduledJob, frozen=True, gc=False, kw_only=True):
    """When a cron job of a cluster is due, and when it last ran."""


class KubernetesRun(JobRun, frozen=True, gc=False, kw_only=True):
    """A job of a cluster, with how it ended."""


class ReplicationController(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A replication controller of a manifest. In a cluster its pods tell the same."""


class PodTemplate(KubernetesWorkload, frozen=True, gc=False, kw_only=True):
    """A template of pods in a manifest, for a controller that makes them."""


class KubernetesClaim(Resource, frozen=True, gc=False, kw_only=True):
    """A persistent volume claim."""

    volume: str | None
    """id of the `KubernetesVolume` that it is bound to, or names; None: of none yet"""
    storage_class: str
    """"" where it names none"""
    host_path: str | None
    """the path of its host that its volume is; None: another store"""


class KubernetesVolume(Resource, frozen=True, gc=False, kw_only=True):
    """A persistent volume."""

    claim: str | None
    """id of the `KubernetesClaim` that it is kept for; None: for any that fits"""
    storage_class: str
    host_path: str | None
    """the path of its host that it is, or the local disk's; None: another store"""


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
    gathers: tuple[str, ...]
    """by which labels the cluster takes the rules of other roles into it; empty: by none"""
    rights: tuple[str, ...]
    """those over everything, and those that may be used to get more, by the names of rights.py"""
    everything: bool
    """its rules, joined, are rights over everything, or let their holder give himself these"""


class KubernetesRules(Resource, frozen=True, gc=False, kw_only=True):
    """What a cluster role allows by its own rules, and the labels by which other roles gather it."""

    rights: tuple[str, ...]
    labels: tuple[str, ...]
    """each as "key=value\""""


class KubernetesOwnRole(Role, frozen=True, gc=False, kw_only=True):
    """A cluster role that Kubernetes makes and binds itself, to which somebody gave rights over everything."""


class KubernetesBinding(Resource, frozen=True, gc=False, kw_only=True):
    """A cluster role binding."""

    role: str
    """id of the `KubernetesRole`"""
    subjects: tuple[str, ...]
    """ids of the identities that it gives the role to"""
    rights: tuple[str, ...]
    """as its role"""
    everything: bool
    """as its role"""


class KubernetesIdentity(Identity, frozen=True, gc=False, kw_only=True):
    """A user or service account that a cluster role binding gives rights over the whole cluster.

    Kubernetes has no accounts of people: whoever its identity provider lets in under a bound name has the name's rights
    at once, so a bound name is `active`. Whether a user is a person, and signs in with a second factor, is told there.
    What Kubernetes binds for its own parts in each cluster is left out.
    """

    category: str
    """"User", "ServiceAccount\""""


class KubernetesGroup(Group, frozen=True, gc=False, kw_only=True):
    """A group that a cluster role binding gives rights over the whole cluster, or everybody who does not sign in.

    Who its members are, the cluster's identity provider tells.
    """

    category: str
    """"Group", "User\""""


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
    """One port that a service of type LoadBalancer opens, or one of any type at public addresses (`externalIPs`).

    Services of type NodePort are left out: what reaches a node's ports is for the firewall of its cloud to tell.
    """


class Ingress(Endpoint, frozen=True, gc=False, kw_only=True):
    """An ingress. Which versions of TLS it speaks is its controller's setting, which the object does not tell."""
