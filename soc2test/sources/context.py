"""`Context`: what a plugin may know of a run beside the export that it reads."""

from datetime import UTC, datetime, tzinfo

import msgspec

from soc2test.evidence.times import local_day, parse_time

__all__ = ["Context"]


class Context(msgspec.Struct, frozen=True):
    """What holds for one export: `as_of`, the moment that the run evaluates; `collected_at`, when the export is of.

    `collected_at` is None where nothing dates the export: it then stands for `as_of`. `zone` is the company's time zone
    (`time_zone` in soc2.yaml, else UTC), in which people write dates without a time. `rows` are the numbers of a
    table's rows (CSV, .xlsx) as a spreadsheet counts them, the header's being 1; empty for any other file. `file` is
    the export as reports name it, `sheet` the name of the sheet that was read of an .xlsx file. An arrange function
    gets the `rows` of those entries alone that were not refused, and in `numbers` where these stood, from 0; empty
    where none was.
    """

    as_of: datetime
    collected_at: datetime | None = None
    zone: tzinfo = UTC
    rows: tuple[int, ...] = ()
    file: str = ""
    numbers: tuple[int, ...] = ()
    sheet: str = ""

    @property
    def moment(self) -> datetime:
        """The moment that the export tells of: what it says has happened lies before it."""
        return self.collected_at or self.as_of

    def time(self, text: str, *, end: bool = False) -> datetime:
        """The moment that a date written by people means: a day without a time begins in the company's zone.

        With `end` a day means its last second: somebody whose work ended on a day worked on it. Raises `ValueError`
        where `text` is no day and no time, or says never.
        """
        moment = local_day(text, self.zone, end=end) or parse_time(text)
        if moment is None:
            raise ValueError("never is no moment")
        return moment
