"""What became of one call."""

from pathlib import Path
from typing import Literal

import msgspec

__all__ = ["Answer", "How"]

How = Literal["ok", "failed", "unanswered", "not_run"]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`ok`: it was answered, in files, one a page. `failed`: the vendor said no, and `text` is what it said.

    `unanswered`: nobody said anything that counts (an outage, an interruption), also when it was asked again.
    `not_run`: it was not asked, for the reason in `text`.
    """

    how: How
    pages: tuple[Path, ...] = ()
    text: str = ""
    http: int | None = None
    """the status with which a server said no"""
    tries: int = 1
