"""Keys of soc2.yaml that became something else: they are refused with their new form written out."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.exceptions.records import Place

__all__ = ["is_moved", "moved_limits"]

_EXEMPT, _SOURCES = "exempt", "exempt_sources"


def is_moved(control: Control, name: str) -> bool:
    """True for a limit of old that left resources out of the control's population."""
    return name in (_EXEMPT, _SOURCES) and name not in control.limits


def moved_limits(
    own: Mapping[str, Mapping[str, Any]], controls: Mapping[str, Control], place: Place
) -> Iterator[ProgrammeError]:
    """The refusals of such limits among the programme's `own`, which stand at `place`; they take nothing out."""
    for id, limits in own.items():
        for name, value in limits.items() if id in controls else ():
            if is_moved(controls[id], name):
                yield place.at(id, name).refuse(
                    "exemptions are entries of exemptions.yaml beside this file, and this takes nothing out: write "
                    f"`exemptions:` and below it `{_entry(id, name, value)}`"
                )


def _entry(id: str, name: str, value: Any) -> str:
    given = [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
    resources = [f"{text}/*" for text in given] if name == _SOURCES else given
    return (
        f"- {{id: EX-1, test: {id}, resources: {json.dumps(resources)}, reason: ..., owner: name@company, "
        "approver: other@company, since: YYYY-MM-DD, review_by: YYYY-MM-DD}"
    )
