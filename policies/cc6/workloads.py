"""What runs in containers, and what it may do to the host below it."""

from typing import Any

from soc2test import Workload, control
from soc2test_policies._images import from_registry

_HARMLESS = (
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
)  # fmt: skip
"""What Kubernetes' baseline of Pod Security Standards lets a container add."""


@control(
    "WRK-01",
    criteria=["CC6.8", "CC7.1"],
    nature="state",
    supports={
        "CC6.1": "a container that is broken into does not open its host",
        "CC6.3": "what runs has no more rights than it needs",
    },
    severity="high",
    operates="continuously",
    limits={"capabilities": _HARMLESS},
    looser={"capabilities": "more"},
)
def test_workloads_hold_no_rights_over_their_host(workload: Workload, limits: Any) -> None:
    """No workload has the rights of its host's root or dangerous ones among them, shares its namespaces or its paths.

    What counts is the baseline of Kubernetes' Pod Security Standards whole, ports of the host and profiles that are
    switched off too, and paths of the host that come by persistent volumes.
    `capabilities` names those of root's rights that a container may add. What the platform itself needs so
    ("prod/DaemonSet/kube-system/*") is exempt by entries of exemptions.yaml.

    CC6.8: software that was slipped in can't take over the host, having none of its rights.
    CC7.1: the baseline is a standard of hardening, and each workload that departs from it is named.
    """
    assert not workload.privileged, "has all rights of its host's root"
    assert not workload.host_namespaces, "shares processes, IPC or network with its host"
    added = [each for each in workload.capabilities if each not in limits.capabilities]
    assert not added, f"adds {', '.join(added)} to the rights of its containers"
    assert not workload.beyond_baseline, ", ".join(workload.beyond_baseline)
    assert not workload.host_paths, f"mounts {', '.join(workload.host_paths)} of its host"


@control(
    "WRK-02",
    criteria=["CC6.8"],
    nature="state",
    supports={"CC7.1": "a hardening standard for what runs is met"},
    severity="medium",
    operates="continuously",
)
def test_workloads_are_hardened(workload: Workload) -> None:
    """Every workload is kept from running as root, from gaining rights and from changing its own files.

    CC6.8: malicious code in a container can't become root, gain rights or rewrite what runs.
    """
    assert workload.non_root_enforced, "nothing keeps its containers from running as root"
    assert not workload.escalation_allowed, "its processes may gain rights that their parents have not"
    assert workload.read_only_root, "its containers can change their own files"


@control(
    "WRK-03",
    criteria=["CC6.8"],
    nature="state",
    supports={"CC8.1": "what runs is what was tested and approved"},
    severity="medium",
    operates="continuously",
    limits={"registries": ()},
    looser={"registries": "fewer"},
)
def test_workloads_run_known_images(workload: Workload, limits: Any) -> None:
    """Every image of every workload is named by its digest and, where registries are named, comes from one of them.

    `registries` are beginnings of images' names ("registry.acme.example", "ghcr.io/acme"), none: any. Names that leave
    the registry out are completed as runtimes do: "nginx" is "docker.io/library/nginx".

    CC6.8: what runs is the very software that was chosen: no other can be put in under the same name.
    """
    known = limits.registries
    strange = [image for image in workload.images if known and not any(from_registry(image, each) for each in known)]
    assert not strange, f"{', '.join(strange)} is from no registry of the company"
    assert workload.images_pinned, "a tag names an image, behind which it can be exchanged"
