"""Records as plain values for JSON."""

from datetime import datetime
from typing import Any

import msgspec

from soc2test.reports.view import utc

__all__ = ["plain"]


def plain(record: msgspec.Struct) -> dict[str, Any]:
    """The record's fields in their order; its times with Z."""
    fields: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    return {key: utc(value) if isinstance(value, datetime) else value for key, value in fields.items()}
