"""What is asked: calls by scope, each scope with the tools and the login that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from soc2test.sources.collecting import Several

__all__ = ["Call", "Identity", "Stage", "Tool"]


class Tool(NamedTuple):
    """A tool, its lowest version, and the command that prints which one it is."""

    name: str
    lowest: str
    command: str


class Identity(NamedTuple):
    """The call that tells whom the tool is signed in as: what its answer must hold, and the key of who asks."""

    file: str
    command: str
    pattern: str
    who: str


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call. `again` is there where it failed before: its code, and two pieces of JSON for the record of that."""

    source: str
    operation: str
    subject: Mapping[str, str]
    file: str
    command: str
    before: tuple[str, str] | None
    again: tuple[str, str, str] | None
    several: Several | None = None
    """what is asked in its place where the command is one for a shell"""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The calls of one scope, and what must be as it should before any of them is made."""

    source: str
    name: str
    tools: tuple[Tool, ...]
    variables: Mapping[str, str]
    environment: Mapping[str, str]
    whoami: Identity | None
    calls: tuple[Call, ...]
