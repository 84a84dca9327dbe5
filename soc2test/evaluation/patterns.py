"""Ids and patterns of ids, as the files of exceptions name resources."""

import re
from collections.abc import Iterable

__all__ = ["of_ids"]


def of_ids(pattern: str) -> re.Pattern[str]:
    """An id with * for any letters and ? for one; brackets stand for themselves, since logins of bots hold them."""
    parts: Iterable[str] = re.split(r"([*?])", pattern)
    return re.compile("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts), re.DOTALL)
