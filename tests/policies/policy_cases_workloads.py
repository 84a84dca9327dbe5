"""Cases of CC6: what runs in containers."""

from policy_case import Case, bad, made

from soc2test import Workload
from soc2test_policies.cc6.workloads import test_workloads_are_hardened as hardened
from soc2test_policies.cc6.workloads import test_workloads_hold_no_rights_over_their_host as no_rights
from soc2test_policies.cc6.workloads import test_workloads_run_known_images as known_images

APART = made(
    Workload,
    "prod/web",
    privileged=False,
    host_namespaces=False,
    host_paths=(),
    capabilities=("CHOWN",),
    beyond_baseline=(),
)
HARD = made(Workload, "prod/web", non_root_enforced=True, escalation_allowed=False, read_only_root=True)
PINNED = made(Workload, "prod/web", images=("registry.example/web@sha256:00",), images_pinned=True)

CASES = [
    Case(
        no_rights,
        [APART],
        [
            bad(APART.but(privileged=True), says="all rights of its host's root"),
            bad(APART.but(host_namespaces=True), says="shares processes, IPC or network"),
            bad(APART.but(host_paths=("/", "/etc")), says="mounts /, /etc of its host"),
            bad(APART.but(beyond_baseline=("unmasks /proc (Unmasked)",)), says="unmasks /proc (Unmasked)"),
            bad(APART.but(capabilities=("CHOWN", "NET_ADMIN")), says="adds NET_ADMIN to the rights"),
            bad(APART.but(capabilities=("ALL",)), says="adds ALL to the rights"),
        ],
    ),
    Case(
        hardened,
        [HARD],
        [
            bad(HARD.but(non_root_enforced=False), says="running as root"),
            bad(HARD.but(escalation_allowed=True), says="may gain rights"),
            bad(HARD.but(read_only_root=False), says="change their own files"),
        ],
    ),
    Case(known_images, [PINNED], [bad(PINNED.but(images_pinned=False), says="behind which it can be exchanged")]),
]
