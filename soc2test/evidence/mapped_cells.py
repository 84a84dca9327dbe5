"""What a cell of a mapped table means: its date as ISO 8601, its word as one of the key's; or why nobody can say."""

import re

from soc2test.evidence.placeholders import is_placeholder
from soc2test.evidence.table_map import TableMap, folded
from soc2test.evidence.written_dates import DateFormat

__all__ = ["Unmapped", "cell_meaning"]

_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?", re.ASCII | re.DOTALL)
"""what a date cell of a spreadsheet is read as, and one day whoever wrote it; its form is the register's to check"""
_SHOWN = 12


class Unmapped(ValueError):
    """A cell that does not say what soc2.yaml lets it say; the text never holds its content."""


def cell_meaning(key: str, text: str, map: TableMap) -> str:
    """The text that the register's own table would hold there. Raises `Unmapped`.

    An empty cell stays one, and a placeholder too: both say nothing, and what that means is the register's.
    """
    if text and key in map.words:
        return _word(key, text, map)
    if text and map.format is not None and (key in map.days or key in map.moments):
        return _date(key, text, map, map.format)
    return text


def _word(key: str, text: str, map: TableMap) -> str:
    meaning = map.words[key].get(folded(text))  # before placeholders: an x may be a yes
    if meaning is None and is_placeholder(text):
        return text
    if meaning is None:
        words = map.shown_words[key]
        more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
        known = ", ".join(f'"{word}"' for word in words[:_SHOWN])
        raise Unmapped(
            f"holds a word of which nobody said what it means: known are {known}{more}; write it under "
            f"{map.where}.values.{key} in soc2.yaml with what it means"
        )
    return meaning


def _date(key: str, text: str, map: TableMap, format: DateFormat) -> str:
    try:
        meaning = format.iso(text, map.zone if key in map.days else None)
    except ValueError:
        raise Unmapped(f'is no day of the calendar, read as "{format.text}"') from None
    if meaning is not None:
        return meaning
    if _ISO.fullmatch(text) or is_placeholder(text):
        return text
    raise Unmapped(
        f'is no date written as "{format.text}" ({format.example}), which {map.where}.dates in soc2.yaml says: '
        "write it so, or as 2026-11-20"
    )
