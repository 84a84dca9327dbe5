"""What Kubernetes' baseline of Pod Security Standards forbids beyond privileges, namespaces, paths and capabilities.

As version 1.37 of the standard has it (https://kubernetes.io/docs/concepts/security/pod-security-standards/): of each
rule, what breaks it in words.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from soc2test import Item, Unknown, UnknownFact, known, meaning, number, or_unknown, text
from soc2test_plugins.kubernetes.shapes import flag_at, listed_at, section

__all__ = ["beyond"]

_PROFILES = {"RuntimeDefault": False, "Localhost": False, "Unconfined": True}
_PROC = {"Default": False, "Unmasked": True}
_SELINUX = ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
_APPARMOR = "container.apparmor.security.beta.kubernetes.io/"
_SYSCTLS = frozenset({
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
})  # fmt: skip
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")
_CALLS = ("httpGet", "tcpSocket")


def beyond(metadata: Item, pod: Item, containers: list[Item]) -> tuple[str, ...] | Unknown:
    """What the pod asks for, each rule once; unknown where nothing breaks the standard for certain and one rule can't
    be told."""
    contexts = or_unknown(lambda: [section(each, "securityContext") for each in (pod, *containers)])
    rules: tuple[tuple[Callable[[], Iterable[str]], str], ...] = (
        (lambda: _ports(containers), "opens ports of its host"),
        (lambda: _profiles(known(contexts), "seccompProfile"), "switches seccomp off"),
        (lambda: _profiles(known(contexts), "appArmorProfile"), "switches AppArmor off"),
        (lambda: _annotated(metadata), "switches AppArmor off"),
        (lambda: _labels(known(contexts)), "sets SELinux labels of its own"),
        (lambda: _proc(pod, known(contexts)[1:]), "unmasks /proc"),
        (lambda: _sysctls(pod), "sets sysctls that are not safe"),
        (lambda: _hosts(containers), "has its host call other hosts by probes or hooks"),
        (lambda: _set(known(contexts)[1:], "ulimits"), "sets limits of its own on what its processes use"),
        (lambda: _repositories(pod), "has its host fetch a repository"),
    )  # fmt: skip
    answers = [(or_unknown(lambda ask=ask: sorted(set(ask()))), words) for ask, words in rules]  # type: ignore[misc]
    broken = [f"{words} ({', '.join(names)})" for names, words in answers if not isinstance(names, Unknown) and names]
    unsure = [names for names, _ in answers if isinstance(names, Unknown)]
    return unsure[0] if unsure and not broken else tuple(dict.fromkeys(broken))


def _ports(containers: list[Item]) -> Iterator[str]:
    for container in containers:
        for port in listed_at(container, "ports"):
            if (opened := number(port.or_else("hostPort", None) or 0)) != 0:
                yield str(opened)


def _profiles(contexts: list[Item], key: str) -> Iterator[str]:
    for context in contexts:
        profile = section(context, key)
        if (word := profile.or_else("type", None)) is not None and meaning(word, _PROFILES):
            yield text(word)


def _annotated(metadata: Item) -> Iterator[str]:
    """By annotation until version 1.30, by container."""
    for key, value in section(metadata, "annotations").items():
        if key.startswith(_APPARMOR):
            profile = text(value)
            if profile == "unconfined":
                yield profile
            elif profile not in ("", "runtime/default") and not profile.startswith("localhost/"):
                raise UnknownFact("annotations", "an annotation names no profile of AppArmor that Kubernetes knows")


def _labels(contexts: list[Item]) -> Iterator[str]:
    for context in contexts:
        options = section(context, "seLinuxOptions")
        given = {key: text(options.or_else(key, None) or "") for key in ("type", "user", "role")}
        if given["type"] not in _SELINUX:
            yield given["type"]
        yield from (given[key] for key in ("user", "role") if given[key])


def _proc(pod: Item, contexts: list[Item]) -> Iterator[str]:
    """Where the pod has users of its own (`hostUsers: false`), an unmasked /proc shows nothing of its host's."""
    apart = not flag_at(pod, "hostUsers", default=True)
    for context in contexts:
        word = context.or_else("procMount", None)
        if word is not None and meaning(word, _PROC) and not apart:
            yield text(word)


def _sysctls(pod: Item) -> Iterator[str]:
    for sysctl in listed_at(section(pod, "securityContext"), "sysctls"):
        # the kernel takes both separators
        if (name := text(sysctl["name"]).replace("/", ".")) not in _SYSCTLS:
            yield name


def _hosts(containers: list[Item]) -> Iterator[str]:
    for container in containers:
        handlers = [section(container, key) for key in _PROBES]
        handlers += [section(section(container, "lifecycle"), key) for key in _HOOKS]
        for handler in handlers:
            for call in _CALLS:
                if host := text(section(handler, call).or_else("host", None) or ""):
                    yield host


def _set(contexts: list[Item], key: str) -> Iterator[str]:
    yield from (key for context in contexts if _given(context, key))


def _repositories(pod: Item) -> Iterator[str]:
    """The standard leaves them out; until Kubernetes switched them off (1.33) one could run commands on its host."""
    yield from (text(volume["name"]) for volume in listed_at(pod, "volumes") if _given(volume, "gitRepo"))


def _given(item: Item, key: str) -> Any:
    return item.or_else(key, None) is not None
