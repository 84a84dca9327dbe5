"""The source `knowbe4`: its scope, its pages, its ids."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Collecting, ScopeIdentity, Source, Subject, id_text

__all__ = ["API", "knowbe4", "more", "uid"]

API = (
    'curl --fail-with-body -sS -H "Authorization: Bearer $KNOWBE4_API_KEY" "https://$KNOWBE4_REGION.api.knowbe4.com/v1/'
)
"""How each command begins; the region is that in which the account is (developer.knowbe4.com, Base URL)."""

_FULL = 100
"""A page holds 100 unless more are asked for, 500 at most, and names no next one (developer.knowbe4.com, Pagination):
hundreds may be a full page."""


def more(body: Any) -> str | None:
    """Why a page may not be the last one; an empty one behind it shows that it was."""
    if isinstance(body, list) and body and len(body) % _FULL == 0:
        return f"exactly {len(body)} entries may be a full page, and further ones may exist"
    return None


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The number of an enrollment with that of its user: the platform gives both."""
    user = item.get("user") if isinstance(item, dict) else None
    numbers = [item.get("enrollment_id"), user.get("id")] if isinstance(user, dict) else []
    if numbers and all(isinstance(number, int) and not isinstance(number, bool) for number in numbers):
        yield " ".join(map(str, numbers))


_IN_ENROLLMENTS = "an enrollment names its user; export training enrollments"

knowbe4 = Source(
    "knowbe4",
    title="KnowBe4",
    hosted_by=["KnowBe4"],
    scope=("account",),
    identity=ScopeIdentity(once=once),
    command=API + '<path of {operation}>"',
    paging=more,
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            "KNOWBE4_API_KEY": "a token of KnowBe4's Reporting API (Account Settings, Account Integrations, API)",
            "KNOWBE4_REGION": "where the KnowBe4 account is: us, eu, ca, uk or de",
        },
        follow="page",
    ),
    unread={
        "users": _IN_ENROLLMENTS,
        "groups": "whom a campaign is for decides nothing: who works here must be trained",
    },
    url="https://developer.knowbe4.com/rest/reporting",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the account: knowbe4/acme/enrollments/1525526. Raises `UnknownFact` for a part without a name."""
    return "/".join(("knowbe4", at["account"], *map(id_text, parts)))
