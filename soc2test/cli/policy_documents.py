"""Rights as a document that can be attached as it is: policies of AWS IAM, a ClusterRole of Kubernetes."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from soc2test.sources.rights import Form

__all__ = ["WRITERS", "aws_policies", "cluster_role"]

_LARGEST = 6144
"""Characters of a managed policy, of which IAM counts no white space
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)."""
_NAME = "soc2test-collect"


def aws_policies(actions: Iterable[str]) -> list[str]:
    """Policies that allow these actions, each action in one of them; as few as fit into IAM's limit."""
    parts: list[list[str]] = []
    for action in sorted(set(actions)):
        if parts and _size([*parts[-1], action]) <= _LARGEST:
            parts[-1].append(action)
        else:
            parts.append([action])
    return [json.dumps(_policy(part), indent=2) for part in parts]


def _policy(actions: Sequence[str]) -> dict[str, Any]:
    # collecting asks for all there is, so that no resource can be named
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _size(actions: Sequence[str]) -> int:
    return len(re.sub(r"\s", "", json.dumps(_policy(actions))))


def cluster_role(rights: Iterable[str]) -> list[str]:
    """One ClusterRole with a rule for each API group and verb, of rights such as `list deployments.apps`."""
    rules: dict[tuple[str, str], set[str]] = {}
    for right in rights:
        verb, _, target = right.partition(" ")
        resource, _, group = target.partition(".")
        rules.setdefault((group, verb), set()).add(resource)
    lines = ["apiVersion: rbac.authorization.k8s.io/v1", "kind: ClusterRole", "metadata:", f"  name: {_NAME}", "rules:"]
    for (group, verb), resources in sorted(rules.items()):
        lines.append(f'  - apiGroups: ["{group}"]')
        lines.append(f"    resources: [{', '.join(sorted(resources))}]")
        lines.append(f"    verbs: [{verb}]")
    return ["\n".join(lines)]


WRITERS: Mapping[Form, Callable[[Iterable[str]], list[str]]] = {
    "aws_policy": aws_policies,
    "kubernetes_role": cluster_role,
}
"""form of the rights -> the documents that give them; a list is given by hand."""
