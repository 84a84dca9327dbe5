"""`Context`: what a plugin may know of a run beside the export that it reads."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """What holds for one export: `as_of`, the moment that the run evaluates; `collected_at`, when the export is of.

    `collected_at` is None where nothing dates the export: it then stands for `as_of`. `zone` is the company's time
    zone (`time_zone` in soc2.yaml, else UTC), in which people write dates without a time.
    """

    as_of: datetime
    collected_at: datetime | None = None
    zone: tzinfo = UTC

    @property
    def moment(self) -> datetime:
        """The moment that the export tells of: what it says has happened lies before it."""
        return self.collected_at or self.as_of
