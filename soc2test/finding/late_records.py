"""Evidence records that don't look like it at first: whoever sorts keys puts the mark behind the body."""

from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.content import data_suffix, read
from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import RECORD, is_record

__all__ = ["are_records", "holds_records"]

_JSON = (".json", ".ndjson", ".jsonl")


def are_records(body: Any) -> bool:
    """True for a parsed body that is a record or begins with one: as a vendor's output it would tell nonsense."""
    return is_record(body[0] if isinstance(body, list) and body else body)


def holds_records(found: Found, limits: ReadLimits) -> bool:
    """True where the mark of records stands anywhere in a file; for those that nobody reads otherwise."""
    if found.refused or data_suffix(found.name) not in _JSON:
        return False
    try:
        return RECORD.encode() in read(found, limits).data
    except EvidenceError:
        return False
