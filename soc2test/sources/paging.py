"""Paging rules: does a body hold all there is, or was a page left unfollowed?

A rule gets the body of the last page and says why it is not the last one, or None.
"""

from collections.abc import Callable
from typing import Any

__all__ = ["Paging", "by_full_page", "by_token", "path_values"]

Paging = Callable[[Any], str | None]

_COMMON = ("NextToken", "nextToken", "NextMarker", "next_cursor", "nextPageToken", "@odata.nextLink", "nextLink")
_TRUNCATED = ("IsTruncated", "Truncated", "has_more", "isTruncated")


def by_token(*keys: str) -> Paging:
    """A page follows where one of `keys` (default: the vendors' usual ones) holds a token, or a flag says so."""

    def more(body: Any) -> str | None:
        if not isinstance(body, dict):
            return None
        for key in (*keys, *_COMMON):
            for value in path_values(body, key):
                if value not in (None, "", False):
                    return f"{key} names a further page"
        for key in _TRUNCATED:
            if body.get(key) is True:
                return f"{key} is true"
        return None

    return more


def by_full_page(*sizes: int) -> Paging:
    """For bare arrays paged by a Link header that an export does not hold: exactly one full page may be cut."""
    token = by_token()

    def more(body: Any) -> str | None:
        if isinstance(body, list) and len(body) in sizes:
            return f"exactly {len(body)} items are one full page, further ones may exist"
        return token(body)

    return more


def path_values(body: Any, path: str) -> list[Any]:
    """The values at a key path: "a.b" goes down objects, "a[]" goes over a list; [] where it leads nowhere."""
    if isinstance(body, dict) and path in body:  # keys may hold dots: "@odata.nextLink"
        return [body[path]]
    values = [body]
    for step in path.split("."):
        key, over = (step[:-2], True) if step.endswith("[]") else (step, False)
        if key:
            values = [value[key] for value in values if isinstance(value, dict) and key in value]
        if over:
            values = [each for value in values if isinstance(value, list) for each in value]
    return values
