"""`.collected`: how often each file was asked for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from soc2test.evidence.journal import NAME, counts

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY, A_DAY_AGO, LONG_AGO = "2026-11-20T11:00:00Z", "2026-11-19T12:00:00Z", "2026-11-19T11:59:59Z"


def asked(exports: Path, *lines: tuple[str, str, str]) -> dict[str, int]:
    written = ("\t".join((time, how, "-", "ann", file, "list them")) for time, how, file in lines)
    (exports / NAME).write_text("\n".join(written) + "\n")
    return counts(exports, NOW)


@pytest.mark.parametrize(
    ("lines", "counted"),
    [
        ([(TODAY, "ok", "a.json")], {"a.json": 1}),
        ([(TODAY, "ok", "a.json"), (TODAY, "failed", "a.json")], {"a.json": 2}),
        ([(TODAY, "gone", "a.json"), (TODAY, "sealed", "a.json")], {}),
        ([(TODAY, "ok", f"a.page{page}.json") for page in (1, 2, 3)], {"a.json": 1}),  # one call, however many pages
        ([(TODAY, "ok", "a.page2.json")], {}),  # its first page was asked for before
        ([(A_DAY_AGO, "ok", "a.json")], {"a.json": 1}),
        ([(LONG_AGO, "ok", "a.json")], {}),
    ],
)
def test_each_call_is_counted_once_a_time(
    lines: list[tuple[str, str, str]], counted: dict[str, int], tmp_path: Path
) -> None:
    assert asked(tmp_path, *lines) == counted


def test_nothing_is_counted_where_nothing_was_collected(tmp_path: Path) -> None:
    assert counts(tmp_path, NOW) == {}
