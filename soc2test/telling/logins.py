"""Answers to "who am I": the login with which a scope's exports were made, held against the scope."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test.evidence.record import Evidence
from soc2test.evidence.redacted import Redacted
from soc2test.sources.collecting import WhoAmI

__all__ = ["wrong_login"]

_DEPTH = 4


def wrong_login(whoami: WhoAmI | None, evidence: Evidence) -> str | None:
    """Why an answer proves that the exports of its scope were made with another login; None where it does not.

    A folder of a name that the vendor does not give can't be held against the answer.
    """
    if whoami is None or evidence.operation != whoami.operation:
        return None
    for level, form in whoami.known.items():
        if re.fullmatch(form, evidence.subject.get(level, ""), re.ASCII) is None:
            return None
    try:
        wanted = {key: template.format_map(evidence.subject) for key, template in whoami.says.items()}
    except KeyError:
        return None
    said = {key: list(_under(key, evidence.body, _DEPTH)) for key in wanted}
    if any(value.casefold() == wanted[key].casefold() for key, values in said.items() for value in values):
        return None
    if not all(said.values()):
        return None  # a tenant is named by its id or by a domain: without the one, the other proves nothing
    names = ", ".join(sorted({value for values in said.values() for value in values})[:3])
    return f"{evidence.id} says that the login was another one's ({names}), not that of {', '.join(wanted.values())}"


def _under(key: str, value: Any, depth: int) -> Iterator[str]:
    """Every text under a key, in objects within objects. A secret in its place names nobody."""
    if isinstance(value, Mapping):
        text = value.get(key)
        if isinstance(text, str) and not isinstance(text, Redacted):
            yield text
        if depth:
            for inner in value.values():
                yield from _under(key, inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _under(key, inner, depth)
