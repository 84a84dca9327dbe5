"""Other frameworks as they stand in `matrix.json`; `controls.ndjson` holds all their requirements."""

from typing import Any

from soc2test.reports.frameworks_view import requirement_counts
from soc2test.reports.plain import plain
from soc2test.run import FrameworkRows, RequirementRow

__all__ = ["framework_records"]


def framework_records(frameworks: tuple[FrameworkRows, ...], most: int | None) -> list[dict[str, Any]]:
    """Each with its requirements; where `most` is given the first of each list, beside the total."""
    return [_record(framework, most) for framework in frameworks[:most]]


def _record(framework: FrameworkRows, most: int | None) -> dict[str, Any]:
    return {
        "name": framework.name,
        "title": framework.title,
        "all_known": framework.all_known,
        "origins": [plain(origin) for origin in framework.origins[:most]],
        "counts": requirement_counts(framework),
        "requirements": [_requirement(row, most) for row in framework.requirements[:most]],
        "requirements_total": len(framework.requirements),
    }


def _requirement(row: RequirementRow, most: int | None) -> dict[str, Any]:
    record = plain(row)
    return {**record, **{name: record[name][:most] for name in ("touches", "tests", "related")}}
