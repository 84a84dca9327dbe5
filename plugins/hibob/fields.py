"""Where an answer holds the value of a field, which HiBob asks for by its id ("work.startDate").

"Response field keys: slash notation (e.g. /root/id). The same employee may also include nested category objects (e.g.
work.siteId alongside /work/siteId)"; a field that was asked for and may not be read is left out, "200 OK, no warning"
(apidocs.hibob.com/reference/post_people-search). Fields of `root` are nested in nothing
(apidocs.hibob.com/docs/how-to-work-with-lists-public-api, the answer with humanReadable=APPEND).
"""

from typing import Any

__all__ = ["ABSENT", "FIELDS", "TITLE", "value_of"]

FIELDS = (
    "root.id", "root.companyId", "root.email", "root.firstName", "root.surname", "work.title", "work.startDate",
    "work.reportsTo", "internal.lifecycleStatus", "internal.terminationDate",
)  # fmt: skip
TITLE = "humanReadable.work.title"
"""The title of the job in words; by itself a field of a list has the id of its item there."""
ABSENT = object()
"""What stands for a field that the answer leaves out."""

_ROOT = "root"


def value_of(employee: Any, field: str) -> Any:
    """The value as JSON holds it, `ABSENT` where it was not asked for or may not be read."""
    if not isinstance(employee, dict):
        return ABSENT
    flat = employee.get(f"/{field.replace('.', '/')}", ABSENT)
    if flat is not ABSENT:
        return flat.get("value", ABSENT) if isinstance(flat, dict) else ABSENT
    *categories, name = [step for step in field.split(".") if step != _ROOT]
    place: Any = employee
    for category in categories:
        place = place.get(category) if isinstance(place, dict) else None
    return place.get(name, ABSENT) if isinstance(place, dict) else ABSENT
