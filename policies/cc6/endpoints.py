"""Addresses that the outside reaches."""

from typing import Any

from soc2test import Endpoint, control


@control(
    "NET-04",
    criteria=["CC6.7"],
    nature="state",
    supports={"CC6.6": "what crosses the boundary can't be read on its way"},
    severity="high",
    where=lambda endpoint: endpoint.public,
    limits={"min_tls": "1.2"},
    looser={"min_tls": "lower"},
    words={"min_tls": ("1.0", "1.1", "1.2", "1.3")},
)
def test_public_endpoints_speak_modern_tls(endpoint: Endpoint, limits: Any) -> None:
    """Every public endpoint speaks TLS of an allowed version alone, or only redirects to one that does.

    CC6.7: old versions of TLS, or none, let others read and change what is sent over a public endpoint.
    """
    assert endpoint.tls, "answers without TLS"
    lowest = endpoint.min_tls  # None with tls: it only redirects, and its target is an endpoint of its own
    assert lowest is None or _version(lowest) >= _version(limits.min_tls), (
        f"{endpoint.tls_policy} allows {_words(lowest)}, limit {limits.min_tls}"
    )


def _words(lowest: str) -> str:
    return "SSL, the elder of TLS" if lowest == "0" else f"TLS {lowest}"


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
