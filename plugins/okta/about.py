"""Which subject an answer of Okta is of: the links of what it lists, and the id of a user."""

from collections.abc import Iterator
from typing import Any

from soc2test import About

__all__ = ["APP", "GROUP", "POLICY", "USER", "USER_ITSELF"]

_API = r"https://[^/]+/api/v1/"


def _links(body: Any) -> Iterator[Any]:
    """The addresses in the links of the body, or of each object of a list."""
    for each in body if isinstance(body, list) else [body]:
        links = each.get("_links") if isinstance(each, dict) else None
        for link in links.values() if isinstance(links, dict) else ():
            for one in link if isinstance(link, list) else [link]:
                yield one.get("href") if isinstance(one, dict) else None


def _of(collection: str, id: str) -> About:
    """By an id, or by the address of what has it or lies below it; Okta's ids differ in the case of letters."""
    return About(of=_links, form=rf"(?:{_API}{collection}/)?({id})(?:[/?#].*)?", exact=True)


USER = _of("users", r"00u\w+")
GROUP = _of("groups", r"00g\w+")
APP = _of("apps", r"0oa\w+")
POLICY = _of("policies", r"00p\w+|rst\w+")
USER_ITSELF = (
    About(at=("id",), form=r"(00u\w+)", exact=True),
    About(at=("profile.login",), form=r"([^@/]+@[^@/]+)"),
)
"""A user may be asked for by the login too; its links are those of the id."""
