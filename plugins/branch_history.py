"""The shape of a branch's history: which commits are on the branch's own line, and which came with a merge."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

__all__ = ["Node", "carriers", "moments", "outside"]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A listed commit: its parents, the first of which is what the branch held before, and when it was made."""

    sha: str
    parents: tuple[str, ...]
    at: datetime


def carriers(nodes: Sequence[Node]) -> Mapping[str, str]:
    """By which commit of the branch's own line each commit came to it; `nodes` begin with the branch's newest.

    The own line follows first parents. What a merge brought is all that its other parents lead to and that was not
    there before; so the oldest merges are asked first.
    """
    by_sha = {node.sha: node for node in nodes}
    line = list(_line(nodes, by_sha))
    brought = {sha: sha for sha in line}
    for merge in reversed(line):
        waiting = list(by_sha[merge].parents[1:])
        while waiting:
            sha = waiting.pop()
            if sha in by_sha and sha not in brought:
                brought[sha] = merge
                waiting.extend(by_sha[sha].parents)
    return {node.sha: brought.get(node.sha, node.sha) for node in nodes}


def moments(nodes: Sequence[Node]) -> Mapping[str, datetime]:
    """When each was made, and no earlier than the commits before it."""
    by_sha = {node.sha: node for node in nodes}
    known: dict[str, datetime] = {}
    for node in _oldest_first(nodes, by_sha):
        before = [known[parent] for parent in node.parents if parent in known]
        known[node.sha] = max([node.at, *before])
    return known


def outside(nodes: Sequence[Node], known: Mapping[str, datetime]) -> Mapping[str, datetime]:
    """The parents that the list does not hold, with the moment of the newest commit that follows each."""
    listed = {node.sha for node in nodes}
    latest: dict[str, datetime] = {}
    for node in nodes:
        for parent in node.parents:
            if parent not in listed:
                latest[parent] = max(latest.get(parent, known[node.sha]), known[node.sha])
    return latest


def _line(nodes: Sequence[Node], by_sha: Mapping[str, Node]) -> Iterable[str]:
    node: Node | None = nodes[0]
    seen: set[str] = set()
    while node is not None and node.sha not in seen:
        seen.add(node.sha)
        yield node.sha
        node = by_sha.get(node.parents[0]) if node.parents else None


def _oldest_first(nodes: Sequence[Node], by_sha: Mapping[str, Node]) -> Iterable[Node]:
    """Each commit after its parents. Without recursion, since histories are long; a circle, which no true history
    has, ends where it is met again."""
    state: dict[str, bool] = {}  # False: entered, True: given
    for start in reversed(nodes):
        stack = [start]
        while stack:
            node = stack[-1]
            if node.sha not in state:
                state[node.sha] = False
                stack.extend(by_sha[each] for each in node.parents if each in by_sha and each not in state)
                continue
            stack.pop()
            if not state[node.sha]:
                state[node.sha] = True
                yield node
