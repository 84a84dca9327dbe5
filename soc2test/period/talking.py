"""Moments and days as the texts of a period write them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from soc2test.reports.period_view import NAMED_IN_SENTENCES
from soc2test.verdicts import Stretch

__all__ = ["days_text", "minute_text", "moment_text", "stretches_text"]


def moment_text(moment: datetime) -> str:
    """A moment for machines: ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def minute_text(text: str) -> str:
    """One for people."""
    return f"{text[:10]} {text[11:16]} UTC"


def days_text(count: int) -> str:
    """ "1 day", "2 days"."""
    return f"{count} day{'s' * (count != 1)}"


def stretches_text(given: Iterable[Stretch]) -> str:
    """The first of them, with how many more there are."""
    all_of = list(given)
    named = [
        each.first if each.first == each.last else f"{each.first} to {each.last}"
        for each in all_of[:NAMED_IN_SENTENCES]
    ]
    more = f" and {len(all_of) - NAMED_IN_SENTENCES} more stretches" if len(all_of) > NAMED_IN_SENTENCES else ""
    return ", ".join(named) + more
