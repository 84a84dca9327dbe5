"""Subservice organisations as they stand in `matrix.json`; `controls.ndjson` holds them whole."""

from typing import Any

from soc2test.reports.plain import plain
from soc2test.run_subservice import Subservice

__all__ = ["subservice_record"]

_LISTS = ("services", "regions", "assumes", "reports", "letters", "user_entity_controls", "notes")


def subservice_record(told: Subservice | None, most: int | None) -> dict[str, Any] | None:
    """The organisations by id, and our own user-entity controls; where `most` is given the first of each list."""
    if told is None:
        return None
    return {
        "organisations": [_shorter(plain(row), most) for row in told.organisations[:most]],
        "organisations_total": len(told.organisations),
        "user_entity_controls": [plain(row) for row in told.user_entity_controls[:most]],
        "user_entity_controls_total": len(told.user_entity_controls),
        "unlisted": list(told.unlisted[:most]),
    }


def _shorter(record: dict[str, Any], most: int | None) -> dict[str, Any]:
    """An organisation with the first of its lists."""
    return {**record, **{name: record[name][:most] for name in _LISTS if record[name] is not None}}
