"""Which project and merge request an answer of GitLab is of: "acme/web!7" in `references.full`, and `iid`."""

from collections.abc import Iterator
from typing import Any

from soc2test import About

__all__ = ["NUMBER", "PROJECT"]


def _references(body: Any) -> Iterator[Any]:
    for value in body if isinstance(body, list) else [body]:
        references = value.get("references") if isinstance(value, dict) else None
        yield references.get("full") if isinstance(references, dict) else None


PROJECT = About(of=_references, form=r"([^!]+)(?:!\d+)?")
NUMBER = About(at=("iid",))
