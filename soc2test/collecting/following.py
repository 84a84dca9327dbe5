"""Which page comes next: by what the last one says, in each of the ways that a source may declare."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from soc2test.errors import Soc2Error
from soc2test.sources.collecting import Follow

__all__ = ["WrongPage", "next_url"]

_LINK = re.compile(r"<(?P<url>[^>]*)>(?P<rest>[^<]*)")
_NEXT = re.compile(r';\s*rel="?next"?(?:\s|;|,|$)', re.IGNORECASE)


class WrongPage(Soc2Error):
    """A page does not say which one comes next in the way that its vendor documents."""


def next_url(follow: Follow, first: str, pages: Sequence[Path], link: str) -> str | None:
    """The address of the page after `pages`, None after the last one.

    By number ("page") the last one is an empty array, and what is no array is no page: whoever reads it says so.

    `first` is the address of the first page, `link` the header of the last one. Raises `WrongPage`: a page that is no
    JSON, or a server of another name, to which no token goes.
    """
    if follow == "page":
        return _numbered(first, pages)
    found = _linked(link) if follow == "link" else _named(follow, first, pages)
    if found is not None and _server(found) != _server(first):
        raise WrongPage(f"page {len(pages)} names a next one on another host")
    return found


def _server(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _linked(header: str) -> str | None:
    for link in _LINK.finditer(header):
        if _NEXT.search(link["rest"]):
            return link["url"]
    return None


def _named(follow: Follow, first: str, pages: Sequence[Path]) -> str | None:
    last = _object(pages[-1], len(pages))
    if follow == "next_page_token":
        return _with(first, "nextPageToken", last.get("nextPageToken"))
    if follow == "page_token":
        return _with(first, "pageToken", last.get("nextPageToken"))
    if follow == "cursor":
        return _with(first, "cursor", (last.get("response_metadata") or {}).get("next_cursor"))
    if follow == "next_cursor":
        return _with(first, "cursor", (last.get("pagination") or {}).get("nextCursor"))
    if follow == "next_link":
        return last.get("@odata.nextLink") or None
    if follow == "paging_next":
        return (last.get("paging") or {}).get("next") or None
    if follow == "page_of_pages":
        return _of_pages(first, last.get("result_info") or {}, len(pages))
    if follow == "offset":
        return _with(first, "offset", last["offset"] + last["limit"]) if last.get("more") else None
    if follow == "skip":
        seen = [_object(page, number) for number, page in enumerate(pages, 1)]
        count = sum(len(page.get("results") or []) for page in seen)
        whole = max(page.get("totalCount") or 0 for page in seen)
        if count < whole and not last.get("results"):
            raise WrongPage(f"page {len(pages)} is empty, and {count} of {whole} were read")
        return _with(first, "skip", count) if count < whole else None
    return None


def _of_pages(first: str, told: dict[str, Any], read: int) -> str | None:
    """The page after that many, unless they are all there are. Raises `WrongPage` where the last is another one."""
    page, all_pages = told.get("page"), told.get("total_pages")
    if not isinstance(all_pages, int) or all_pages <= read:
        return None
    if page != read:
        raise WrongPage(f"page {read} says that it is page {page}")
    return _with(first, "page", read + 1)


def _numbered(first: str, pages: Sequence[Path]) -> str | None:
    try:
        body = json.loads(pages[-1].read_bytes())
    except ValueError:
        raise WrongPage(f"page {len(pages)} is no JSON") from None
    if not isinstance(body, list) or not body:
        return None
    if len(pages) > 1 and pages[-1].read_bytes() == pages[-2].read_bytes():
        raise WrongPage(f"page {len(pages)} is the one before it once more")
    return _with(first, "page", len(pages) + 1)


def _with(first: str, parameter: str, value: Any) -> str | None:
    if value in (None, "", False):
        return None
    return f"{first}{'&' if '?' in first else '?'}{parameter}={quote(str(value), safe='')}"


def _object(page: Path, number: int) -> dict[str, Any]:
    try:
        body = json.loads(page.read_bytes())
    except ValueError:
        raise WrongPage(f"page {number} is no JSON") from None
    if not isinstance(body, dict):
        raise WrongPage(f"page {number} is no JSON object")
    return body
