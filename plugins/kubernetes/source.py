"""The sources `kubernetes` and `kubernetes-manifests`: their bodies, errors and pages."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from soc2test import Collecting, ErrorInfo, Source, WhoAmI, by_token
from soc2test_plugins.kubernetes.collecting_rights import RIGHTS
from soc2test_plugins.kubernetes.identity import IDENTITY

__all__ = ["as_items", "as_list_items", "error_info", "kubernetes", "manifests", "whole"]

_STDERR = re.compile(r"^(?:E\d{4} .*\n)*(?:Error from server|error: .{0,200}) \((\w+)\)", re.MULTILINE)
_TOKEN = by_token("metadata.continue")
_ALONE = "soc2test-alone"
_ALWAYS = {"Service": ("default", "kubernetes"), "ServiceAccount": ("kube-system", "default")}
"""Namespace and name of what Kubernetes itself makes in each cluster, and makes anew where it is deleted."""


def error_info(body: Any) -> ErrorInfo | None:
    """The API's `Status` of a failed call, or kubectl's line on stderr."""
    if isinstance(body, str):
        match = _STDERR.search(body)
        return ErrorInfo(match[1]) if match else None
    if not isinstance(body, dict) or body.get("kind") != "Status" or body.get("status") != "Failure":
        return None
    code = body.get("code")
    return ErrorInfo(str(body.get("reason") or code or "Failure"), code if isinstance(code, int) else None)


def more(body: Any) -> str | None:
    """A token of the API that kubectl would have followed; or one object where a list belongs."""
    reason = left(body)
    if reason is None and isinstance(body, dict) and _ALONE in body:
        return f"holds one {body[_ALONE]} alone, not the list of all"
    return reason


def left(body: Any) -> str | None:
    """A list says that it is a part."""
    metadata = body.get("metadata") if isinstance(body, dict) else None
    remaining = metadata.get("remainingItemCount") if isinstance(metadata, dict) else None
    if remaining is not None and remaining != 0:
        return "says that further ones remain (metadata.remainingItemCount)"
    return _TOKEN(body)


def whole(kind: str) -> Callable[[Any], str | None]:
    """The paging rule for a list of `kind`. `kubectl get` without --all-namespaces prints the same shape: where a list
    lacks what every cluster has, it is of one namespace, or filtered. Of other kinds a list does not tell. Pages that
    kubectl did not join are to be joined, as the last one alone is looked at."""

    def rule(body: Any) -> str | None:
        reason = more(body)
        if reason is not None or kind not in _ALWAYS or not isinstance(body, dict):
            return reason
        space, called = _ALWAYS[kind]
        found = any(_is(each, space, called) for each in body.get("items") or ())
        return None if found else f"lacks {space}/{called}, which every cluster has: it is not of all namespaces"

    return rule


def _is(item: Any, space: str, called: str) -> bool:
    metadata = item.get("metadata") if isinstance(item, Mapping) else None
    return isinstance(metadata, Mapping) and (metadata.get("namespace"), metadata.get("name")) == (space, called)


COLLECTING = Collecting(
    tools={"kubectl version --client": "1.20", "jq --version": "1.5"},
    whoami=WhoAmI(  # of the context alone: a kubeconfig may hold secrets, also of tools that kubectl does not know
        operation="config view",
        command="kubectl config view --minify --context {cluster} --output 'jsonpath={{.contexts[0]}}'",
        says={"name": "{cluster}"},
    ),
    rights=RIGHTS,
)

kubernetes = Source(
    "kubernetes",
    title="Kubernetes",
    scope=("cluster",),
    identity=IDENTITY,
    command="kubectl {operation} --all-namespaces --context {cluster} --output json",
    paging=more,
    error=error_info,
    denied=("Forbidden", "Unauthorized", "401", "403"),
    collecting=COLLECTING,
    url="https://kubernetes.io/docs/reference/kubernetes-api/",
)

manifests = Source(
    "kubernetes-manifests",
    title="Kubernetes manifests",
    scope=("cluster",),
    identity=IDENTITY,
    command="kubectl kustomize overlays/{cluster}",
    paging=left,
    url="https://kubernetes.io/docs/concepts/overview/working-with-objects/",
)


def as_items(body: Any) -> dict[str, Any]:
    """One shape for a List, one object, and several of them (NDJSON, an array, the documents of one file)."""
    if isinstance(body, list):
        return _joined([each for each in body if each is not None])  # a document without content is nothing
    kind = body.get("kind") if isinstance(body, Mapping) else None
    if not isinstance(kind, str):
        raise ValueError("is no Kubernetes object: it has no kind")
    if not kind.endswith("List"):
        return {"items": [body], _ALONE: kind}
    if not isinstance(body.get("items"), list):
        raise ValueError(f"is a {kind} without items")
    return {**body, "items": [item for each in body["items"] for item in _flat(_kinded(each, body))]}


def as_list_items(body: Any) -> dict[str, Any]:
    """The same for a list as `kubectl get` prints it: `[]` is no such list, and no proof that there is nothing."""
    if body == []:
        raise ValueError("is an empty array, where kubectl prints a List")
    return as_items(body)


def _joined(bodies: list[Any]) -> dict[str, Any]:
    pages = [as_items(each) for each in bodies]
    last = pages[-1].get("metadata") if pages and _ALONE not in pages[-1] else None
    return {"items": [item for page in pages for item in page["items"]], "metadata": last or {}}


def _flat(item: Any) -> list[Any]:
    """A list within a list, as kubectl takes it too; what can't be one is left for the reader to refuse."""
    kind = item.get("kind") if isinstance(item, Mapping) else None
    if not isinstance(kind, str) or not kind.endswith("List") or not isinstance(item.get("items"), list):
        return [item]
    if (reason := left(item)) is not None:
        raise ValueError(f"holds a {kind} that {reason}")
    inner: list[Any] = as_items(item)["items"]
    return inner


def _kinded(item: Any, whole: Mapping[str, Any]) -> Any:
    """The API leaves the kind of a `PodList`'s items to the list; kubectl writes it at each."""
    kind = str(whole["kind"]).removesuffix("List")
    if not isinstance(item, Mapping) or not kind or "kind" in item:
        return item
    return {"apiVersion": whole.get("apiVersion"), "kind": kind, **item}
