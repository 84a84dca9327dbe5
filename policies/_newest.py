"""The newest rows of several: those that bear one moment all count, since nobody knows which of them was last."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

__all__ = ["newest"]

R = TypeVar("R")


def newest(rows: Iterable[R], moment: Callable[[R], datetime | None]) -> list[R]:
    """All rows of the latest moment; none where no row has a moment. The order of rows decides nothing."""
    dated = [(at, row) for row in rows if (at := moment(row)) is not None]
    last = max((at for at, _ in dated), default=None)
    return [row for at, row in dated if at == last]
