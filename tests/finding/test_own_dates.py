"""The date that an export states of itself, beside what a manifest or a record says of it."""

from pathlib import Path

import pytest
from exporting import HERE, User, codes, load, user

from soc2test.evidence.record import RECORD

USERS = f"{HERE}/users.list.json"
ANN = {"Users": [user("ann")]}


def manifest(day: str) -> str:
    return f"files: {{{USERS}: {{collected_at: {day}}}}}\n"


def record(collected_at: str, taken: str) -> dict[str, object]:
    subject = {"account": "012345678901", "region": "eu-west-1"}
    return {
        "soc2test": RECORD, "source": "cloud", "operation": "users list", "subject": subject, "status": "ok",
        "collected_at": collected_at, "body": ANN | {"taken": taken},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("own", "said", "counts"),
    [("2026-11-18", "2026-11-19", "2026-11-18"), ("2026-11-19", "2026-11-18", "2026-11-18")],
)
def test_of_two_dates_of_one_export_the_older_counts(tmp_path: Path, own: str, said: str, counts: str) -> None:
    raw = load(tmp_path / "raw", {USERS: ANN | {"taken": own}, "manifest.yaml": manifest(said)})
    recorded = load(tmp_path / "record", {"cloud/users.json": record(said, own)})
    for loaded in (raw, recorded):
        assert [str(entry.collected_at)[:10] for entry in loaded.inventory.entries()] == [counts]


def test_a_report_that_was_fetched_today_and_made_long_ago_is_stale(tmp_path: Path) -> None:
    raw = load(tmp_path / "raw", {USERS: ANN | {"taken": "2026-08-01"}, "manifest.yaml": manifest("2026-11-19")})
    recorded = load(tmp_path / "record", {"cloud/users.json": record("2026-11-19", "2026-08-01")})
    assert codes(raw.inventory, User) == codes(recorded.inventory, User) == ["stale"]


@pytest.mark.parametrize(("own", "said"), [("2027-11-18", "2026-11-19"), ("2026-11-19", "2027-11-18")])
def test_a_date_that_lies_ahead_is_refused_whoever_says_it(tmp_path: Path, own: str, said: str) -> None:
    loaded = load(tmp_path, {USERS: ANN | {"taken": own}, "manifest.yaml": manifest(said)})
    assert codes(loaded.inventory, User) == ["future"]


def test_a_record_that_holds_a_date_that_is_none_is_unreadable(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"cloud/users.json": record("2026-11-19", "canary")})
    assert codes(loaded.inventory, User) == ["unreadable"]
