"""Which answers pass by themselves, and how long to wait for that."""

import random
import re
from threading import Event, Lock
from time import monotonic
from typing import Final

__all__ = ["Pace", "is_throttled", "passes"]

_THROTTLED = re.compile(
    r"Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|Rate exceeded|rate limit|BandwidthLimitExceeded"
    r"|RequestThrottled|LimitExceededException|HTTP 429|\(429\)|\b429 Too Many",
    re.IGNORECASE,
)
_PASSES = re.compile(
    r"ServiceUnavailable|Service Unavailable|InternalError|InternalFailure|InternalServerError|HTTP 50[0234]"
    r"|\(50[0234]\)|timed out|timeout|Could not connect|Connection (?:was )?(?:reset|refused|aborted|closed)"
    r"|temporarily unavailable|EOF occurred|unexpected EOF|TLS handshake|no such host|i/o timeout"
    r"|Temporary failure in name resolution",
    re.IGNORECASE,
)
_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_TOO_MANY: Final = 429
_FORBIDDEN: Final = 403
_LONGEST = 120.0
"""seconds that are waited at most before a call is made again"""


def is_throttled(text: str, status: int = 0, remaining: str = "") -> bool:
    """True where a vendor says that it was asked too often. GitHub says so with a 403 and nothing remaining."""
    if status == _TOO_MANY or (status == _FORBIDDEN and remaining == "0"):
        return True
    return _THROTTLED.search(text) is not None


def passes(text: str, status: int = 0, remaining: str = "") -> bool:
    """True for what passes by itself: too many calls, an outage, a connection that broke off."""
    return is_throttled(text, status, remaining) or status in _STATUSES or _PASSES.search(text) is not None


class Pace:
    """How fast one vendor is asked: whoever is told to slow down makes all calls wait."""

    def __init__(self, pause: float, stopped: Event) -> None:
        """Where `stopped` is set nobody waits any more."""
        self._pause, self._stopped = pause, stopped
        self._lock, self._not_before = Lock(), 0.0

    def wait(self) -> None:
        """Sleep until the vendor may be asked."""
        with self._lock:
            left = self._not_before - monotonic()
        if left > 0:
            self._stopped.wait(left)

    def back_off(self, tries: int, wait: str, *, throttled: bool) -> None:
        """Sleep before a call is made again; `wait` is what the vendor said of it, in seconds."""
        seconds = float(wait) if wait.isdecimal() else self._pause * 2 ** (tries - 1) * (0.5 + random.random())  # noqa: S311
        seconds = min(seconds, _LONGEST)
        if not throttled:
            self._stopped.wait(seconds)
            return
        with self._lock:
            self._not_before = max(self._not_before, monotonic() + seconds)
        self.wait()
