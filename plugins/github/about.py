"""Which repository, pull request or branch an answer of GitHub is of: the addresses of what it lists."""

from collections.abc import Iterator
from typing import Any

from soc2test import About

__all__ = ["BRANCH", "NUMBER", "REPO"]

_API = r"https://[^/]+/(?:api/v3/)?repos/[^/]+/"
_KEYS = ("url", "pull_request_url", "html_url", "required_signatures", "enforce_admins")
_LISTS = ("check_runs", "environments", "statuses")


def _objects(body: Any) -> Iterator[dict[str, Any]]:
    """The body, or each object of a list, of pages of lists, and of the lists that stand in an object."""
    if isinstance(body, list):
        for each in body:
            yield from _objects(each)
    elif isinstance(body, dict):
        yield body
        for key in _LISTS:
            yield from _objects(body.get(key)) if isinstance(body.get(key), list) else ()


def _addresses(body: Any) -> Iterator[Any]:
    for each in _objects(body):
        for key in _KEYS:
            value = each.get(key)
            yield value.get("url") if isinstance(value, dict) else value
        links = each.get("_links")
        for link in links.values() if isinstance(links, dict) else ():
            yield link.get("href") if isinstance(link, dict) else None


def _repositories(body: Any) -> Iterator[Any]:
    """The repositories in addresses of the API, and those whose rules a ruleset or a rule is."""
    yield from (each for each in _addresses(body) if isinstance(each, str) and "/repos/" in each)
    for each in _objects(body):
        for kind, source in (("source_type", "source"), ("ruleset_source_type", "ruleset_source")):
            if each.get(kind) == "Repository":
                yield each.get(source)


def _numbers(body: Any) -> Iterator[Any]:
    """The number of the pull request itself, and that in addresses of what lies below it."""
    if isinstance(body, dict):
        yield body.get("number")
    yield from (each for each in _addresses(body) if isinstance(each, str) and "/pull" in each)


REPO = About(of=_repositories, form=rf"(?:{_API}|[\w.-]+/)?([^/:]+)(?:/.*)?")
NUMBER = About(of=_numbers, form=r"(?:https://[^/]+/.*?/pulls?/)?(\d+)(?:[/#?].*)?")
BRANCH = About(
    of=lambda body: (each for each in _addresses(body) if isinstance(each, str) and "/branches/" in each),
    form=rf"(?:{_API}[^/]+/branches/)?((?!https://).+?)(?:/protection(?:/.*)?)?",
    exact=True,
)
"""Names of branches may hold slashes and differ in the case of a letter."""
