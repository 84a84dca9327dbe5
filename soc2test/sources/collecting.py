"""`Collecting`: what the collecting script must know of a source's tools before it asks them anything.

`soc2test evidence --format sh` prints the script; nothing here is used when exports are read.
"""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from soc2test.errors import PluginError
from soc2test.sources.rights import Rights

__all__ = ["Collecting", "Follow", "Several", "WhoAmI"]

Follow = Literal[
    "", "link", "page_token", "next_page_token", "next_link", "paging_next", "cursor", "next_cursor", "skip", "offset",
    "page", "page_of_pages",
]  # fmt: skip
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class WhoAmI(msgspec.Struct, frozen=True, kw_only=True):
    """The call that tells whom a tool is signed in as, asked before all others of a scope.

    operation  names the file that keeps the answer, as an operation of the source ("sts get-caller-identity")
    command    a template of scope parts; it prints JSON
    says       key of the answer -> what must stand there, a template; of several one is enough
    who        the key whose value names who asked, for the manifest ("Arn")
    known      scope level -> pattern of the values that the vendor knows: a folder of another name (`prod` for an
               account) can't be held against the answer, which must then only be there
    """

    operation: str
    command: str
    says: Mapping[str, str]
    who: str = ""
    known: Mapping[str, str] = msgspec.field(default_factory=dict)


class Several(msgspec.Struct, frozen=True, kw_only=True):
    """Calls that together are one answer, where the command of an operation is one for a shell.

    ids       a template of scope parts; the call prints ids between blanks
    one       a template in which {ids} stands for some of them
    at_once   how many ids one call takes
    together  what makes one answer of what all calls printed ("jq -s .")
    """

    ids: str
    one: str
    together: str
    at_once: int = 1


class Collecting(msgspec.Struct, frozen=True, kw_only=True):
    """How the commands of a source are run by the script.

    tools        command that prints a version -> the lowest one that will do ({"gh --version": "2.48.0"}); its first
                 word is the tool. A tool is asked for where a command names it
    variables    environment variable that commands use -> what it holds, for people
    environment  variables that are set for the tools, templates ({"AWS_DEFAULT_OUTPUT": "json"})
    profile      the option that names a profile of soc2.yaml ("--profile {profile}"); "" where there are none
    whoami       the call that tells whom the tool is signed in as
    follow       how further pages are named, where the command does not follow them itself: by a "link" header, by a
                 "page_token" (`nextPageToken`, asked for as `pageToken`; "next_page_token": by its own name), by a
                 "next_link" (`@odata.nextLink`) or "paging_next" (`paging.next`), by a "cursor"
                 (`response_metadata.next_cursor`; "next_cursor": `pagination.nextCursor`), by how many were read
                 ("skip", until `results` are `totalCount`), by where a page ends ("offset", `offset` and `limit` of a
                 page that says `more`) or by their number ("page", until one is an empty array; "page_of_pages", until
                 `page` of `result_info` is its `total_pages`)
    follows      the option with which a command follows all pages itself ("--paginate")
    at_once      how many calls `soc2test collect` makes beside each other, by what the vendor allows
    rights       what who collects must be allowed to do, operation by operation

    Raises `PluginError` where the declaration can't be.
    """

    tools: Mapping[str, str] = msgspec.field(default_factory=dict)
    variables: Mapping[str, str] = msgspec.field(default_factory=dict)
    environment: Mapping[str, str] = msgspec.field(default_factory=dict)
    profile: str = ""
    whoami: WhoAmI | None = None
    follow: Follow = ""
    follows: str = ""
    at_once: int = 4
    rights: Rights | None = None

    def __post_init__(self) -> None:
        for version in self.tools.values():
            if re.fullmatch(r"\d+(\.\d+)*", version, re.ASCII) is None:
                raise PluginError("", f"Collecting(tools=...): {version!r} is no version, such as 2.48.0")
        for name in (*self.variables, *self.environment):
            if _NAME.fullmatch(name) is None:
                raise PluginError("", f"Collecting: {name!r} is no name of an environment variable")
        if self.profile and "{profile}" not in self.profile:
            raise PluginError("", 'Collecting(profile=...) is a template: "--profile {profile}"')
