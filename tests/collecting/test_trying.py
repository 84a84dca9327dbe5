"""What passes by itself is asked again; a no is not."""

from threading import Event
from time import monotonic

import pytest

from soc2test.collecting.trying import Pace, is_throttled, passes


@pytest.mark.parametrize(
    ("text", "status", "remaining"),
    [
        ("An error occurred (ThrottlingException) when calling the X operation (reached max retries: 2)", 0, ""),
        ("An error occurred (RequestLimitExceeded) when calling the X operation", 0, ""),
        ("gh: API rate limit exceeded for user ID 1. (HTTP 403)", 0, ""),
        ("gh: You have exceeded a secondary rate limit. (HTTP 429)", 0, ""),
        ("{}", 429, ""), ("{}", 403, "0"), ("ERROR: (TooManyRequests) slow down", 0, ""),
    ],
)  # fmt: skip
def test_a_vendor_that_was_asked_too_often_is_asked_later(text: str, status: int, remaining: str) -> None:
    assert is_throttled(text, status, remaining)
    assert passes(text, status, remaining)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("gh: Server Error (HTTP 502)", 0), ("Could not connect to the endpoint URL", 0), ("timed out", 0),
        ("An error occurred (ServiceUnavailable) when calling the X operation", 0), ("", 503), ("", 500),
        ("Unable to connect to the server: dial tcp 10.0.0.1:443: i/o timeout", 0), ("ReadTimeout: ", 0),
        ("ConnectError: [Errno 111] Connection refused", 0),
    ],
)  # fmt: skip
def test_an_outage_passes(text: str, status: int) -> None:
    assert passes(text, status)
    assert not is_throttled(text, status)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("An error occurred (AccessDenied) when calling the X operation", 0), ("gh: Not Found (HTTP 404)", 0),
        ("gh: Must have admin rights (HTTP 403)", 0), ('{"errorCode": "E0000006"}', 403), ("", 404), ("", 401),
        ("An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation", 0), ("usage: aws", 0),
    ],
)  # fmt: skip
def test_a_no_stays_a_no(text: str, status: int) -> None:
    assert not passes(text, status, "57")


class Waits(Event):
    """Notes for how long somebody would wait."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0)
        return False


def test_whoever_is_told_to_slow_down_makes_all_wait() -> None:
    waits = Waits()
    pace = Pace(0.0, waits)
    pace.back_off(1, "7", throttled=True)
    pace.wait()
    assert len(waits.seconds) == 2
    assert all(6 < seconds <= 7 for seconds in waits.seconds)
    Pace(0.0, waits).wait()
    assert len(waits.seconds) == 2


def test_no_vendor_makes_us_wait_for_hours() -> None:
    waits = Waits()
    Pace(1.0, waits).back_off(1, "86400", throttled=False)
    Pace(1.0, waits).back_off(3, "Wed, 21 Oct 2026 07:28:00 GMT", throttled=False)
    assert waits.seconds[0] == 120
    assert 2 <= waits.seconds[1] <= 6


def test_who_is_told_to_stop_waits_for_nobody() -> None:
    stopped = Event()
    stopped.set()
    began = monotonic()
    Pace(60.0, stopped).back_off(5, "100", throttled=True)
    assert monotonic() - began < 5
