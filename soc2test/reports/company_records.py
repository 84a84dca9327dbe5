"""The company's own controls as they stand in `matrix.json`; `controls.ndjson` holds them whole."""

from typing import Any

from soc2test.reports.company_view import COMPANY_STATUSES
from soc2test.reports.plain import plain
from soc2test.run import CompanyControls

__all__ = ["company_record"]


def company_record(described: CompanyControls | None, most: int | None) -> dict[str, Any] | None:
    """The controls by id, and what none of them names; where `most` is given the first of each list, worst first."""
    if described is None:
        return None
    order = list(COMPANY_STATUSES)
    worst = sorted(described.controls, key=lambda row: (order.index(row.status), row.id))
    kept = sorted(worst[:most], key=lambda row: row.id)
    return {
        "controls": [_shorter(plain(row), most) for row in kept],
        "controls_total": len(described.controls),
        "counts": {status: sum(row.status == status for row in described.controls) for status in order},
        "tests_without": list(described.tests_without[:most]),
        "tests_without_total": len(described.tests_without),
        "criteria_without": list(described.criteria_without),
    }


def _shorter(record: dict[str, Any], most: int | None) -> dict[str, Any]:
    """A control with the first of its tests, risks and notes."""
    return {**record, **{name: record[name][:most] for name in ("tests", "risks", "notes")}}
