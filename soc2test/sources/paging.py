"""Paging rules: does a body hold all there is, or was a page left unfollowed?

A rule gets the body of the last page and says why it is not the last one, or None.
"""

from collections.abc import Callable
from typing import Any

from soc2test.evidence.redacted import Redacted

__all__ = ["Paging", "by_full_page", "by_token", "of_arrays", "path_values", "unpaged"]

Paging = Callable[[Any], str | None]

_COMMON = (
    "NextToken", "nextToken", "next_token", "NextMarker", "NextContinuationToken", "nextPageToken", "NextPageToken",
    "next_page_token", "nextCursor", "next_cursor", "response_metadata.next_cursor", "@odata.nextLink",
    "odata.nextLink", "nextLink", "links.next", "_links.next", "paging.next", "pagination.next",
)  # fmt: skip
_TRUNCATED = (
    "IsTruncated", "isTruncated", "Truncated", "has_more", "hasMore", "more", "has_next_page", "hasNextPage",
    "pageInfo.hasNextPage", "page_info.has_next_page",
)  # fmt: skip
_LAST = ("isLast", "isLastPage")
_UNANSWERED = (
    "failedAccounts", "FailedAccounts", "unprocessedAccounts", "UnprocessedAccounts", "UnprocessedFindings",
    "UnprocessedItems", "UnprocessedKeys", "unprocessedItems", "UnprocessedResources", "unprocessedResourceKeys",
    "UnprocessedResourceIdentifiers", "UnprocessedAutomationRules", "UnprocessedSecurityControls", "UnprocessedIds",
    "UnprocessedStandardsControlAssociations", "UnprocessedStandards", "UnprocessedConfigurationPolicyAssociations",
)  # fmt: skip
"""Lists of what a call for several things at once did not answer, beside what it did (AWS: BatchGet...). Names that
could be those of what is listed (`failures`, `Errors`) are none of them: an operation declares its own (`next=`)."""


def by_token(*keys: str) -> Paging:
    """A page follows where one of `keys` (default: the vendors' usual ones) holds a token, or a flag says so.

    What a call did not answer is as good as a further page: a list of it stands beside what it answered.
    """

    first_steps = frozenset(
        step
        for key in (*keys, *_COMMON, *_TRUNCATED, *_LAST, *_UNANSWERED)
        for step in (key, key.split(".")[0].removesuffix("[]"))
    )

    def more(body: Any) -> str | None:
        if not isinstance(body, dict):
            return None
        if first_steps.isdisjoint(body) and "data" not in body:
            return None  # the common case: nothing in it is about pages
        for key in (*keys, *_COMMON):
            for value in path_values(body, key):
                if value not in (None, "", False):
                    return f"{key} names a further page"
        for key, flag in (*((key, True) for key in _TRUNCATED), *((key, False) for key in _LAST)):
            values = path_values(body, key)
            if any(isinstance(value, Redacted) for value in values):  # a look at its content raises
                return f"{key} can't be read, so further pages may exist"
            # what was XML once has its flags as text
            if any(value is flag or value == str(flag).lower() for value in values):
                return f"{key} is {str(flag).lower()}"
        for key in _UNANSWERED:
            if isinstance(value := body.get(key), dict | list) and value:
                return f"{key} names what was not answered"
        if "data" in body and body.get("errors"):  # GraphQL answers with what it could find
            return "errors stand beside the data, so some of it was not answered"
        return None

    return more


def unpaged(body: Any) -> str | None:
    """For a call that its vendor documents to give all there is in one answer, or a command that fetches every page
    itself. The vendors' usual tokens and flags of a further page count all the same."""
    return _usual(body)


_usual = by_token()


def of_arrays(rule: Paging) -> Paging:
    """`rule` for a body that is a bare array; of an object, which may be a single thing, only the usual tokens."""

    def more(body: Any) -> str | None:
        return rule(body) if isinstance(body, list) else unpaged(body)

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
