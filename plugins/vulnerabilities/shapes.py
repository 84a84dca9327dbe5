"""What the readers of reports share: sources, ids, and shapes that hand unknown values on."""

import re
from collections.abc import Sequence
from typing import Any

from soc2test import (
    Facts,
    Item,
    Missed,
    Source,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    item_of,
    items_of,
    known,
    text,
)
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability, ScannedAsset

__all__ = [
    "TARGET",
    "TELLS",
    "items_at",
    "moment",
    "named_as",
    "reported",
    "scanned",
    "text_at",
]

TARGET = ("target",)
"""Reports lie in exports/<scanner>/<target>/report.json; soc2.yaml may declare the `targets`."""

TELLS = (
    "category", "asset", "severity", "state", "first_seen_at", "closed_at", "dismissed_by", "dismissed_reason",
    "weakness", "package", "scanner", "scanning", "last_scanned_at",
)  # fmt: skip
"""The facts that each report tells of its two kinds."""

FIRST_SEEN = (
    "a {} report says what is there, not since when: stored snapshots of earlier reports, the alerts of GitHub's "
    "Dependabot, Amazon Inspector or Security Hub, or a ticket tell when it was first seen"
)


_NAME = re.compile(r"[\w.:/@+-]{1,120}", re.ASCII)
_OPEN = {"state": "open", "closed_at": None, "dismissed_by": None, "dismissed_reason": None}


def reported(source: Source, at: Subject, parts: tuple[Any, ...], **told: Any) -> Facts:
    """A weakness in a report, open unless `told` says otherwise; `parts` tell it from the others in the report."""
    return facts(
        "/".join((source.name, at["target"], *map(_part, parts))),
        ReportedVulnerability,
        first_seen_at=Unknown(FIRST_SEEN.format(source.title), what="first_seen_at"),
        **{**_OPEN, **told},
    )


def _part(value: Any) -> str:
    """A text, an empty one too: a report may name no place; or a line's number."""
    return value if isinstance(value, str) else id_text(value)


def scanned(source: Source, at: Subject, asset: Any, when: Any, *parts: str, gaps: Sequence[Missed] = ()) -> Facts:
    """The target of a report as an asset that was scanned; `parts` tell the assets of one report apart.

    `gaps` are what the scanner itself says that it did not look at: with one, whether it covers the asset is unknown.
    """
    return facts(
        "/".join((source.name, at["target"], *parts)),
        ScannedAsset,
        scanner=source.name,
        asset=asset,
        scanning=Unknown(gaps[0].text, what="scanning") if gaps else True,
        last_scanned_at=when,
    )


def named_as(name: str) -> str:
    """A name that a report gives of something, as a message shows it; what is no plain name is not repeated."""
    return name if _NAME.fullmatch(name) else "of no plain name"


def moment(item: Item, key: str) -> Any:
    """When something was closed; null there says nothing, not that it never was."""
    told = item.time(key)
    return Unknown("it is closed, but the report does not say when", what="closed_at") if told is None else told


def items_at(item: Item, key: str, absent: list[Item] | None = None) -> list[Item]:
    """The objects of the list at `key`; `absent` (or null) where the format leaves the key out for "none".

    Raises `UnknownFact` for a missing key without that meaning, and for anything but a list of objects.
    """
    value = item[key]
    if absent is not None and (isinstance(value, Unknown) or value is None):
        return absent
    try:
        return items_of(value)
    except UnknownFact:
        known(value)
        raise UnknownFact(key, f"something else stands where the list {key} belongs") from None


def text_at(value: Any, *keys: str) -> str:
    """The text below `keys`, "" where a key is absent or null. Raises `UnknownFact` where something else stands."""
    for key in keys:
        if isinstance(value, Unknown) or value is None:
            return ""
        value = item_of(value).or_else(key, None)
    return "" if isinstance(value, Unknown) or value is None else text(value)
