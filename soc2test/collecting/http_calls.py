"""Calls that are written for `curl`, made by httpx: what they send is a GET with headers, and the token is in none of
the words of a process.
"""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    import httpx

__all__ = ["Replied", "Request", "Web", "request_of"]

_SECONDS: Final = 60.0
"""for which a server may say nothing"""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """An address and the headers that go with it."""

    url: str
    headers: tuple[tuple[str, str], ...]

    def at(self, url: str) -> "Request":
        """The same of another page."""
        return Request(url=url, headers=self.headers)


class Replied(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said beside the body. `status` is 0 where it said nothing, and `text` why."""

    status: int
    text: str = ""
    link: str = ""
    wait: str = ""
    """of the header Retry-After"""
    remaining: str = ""
    """of the header X-RateLimit-Remaining, or X-Rate-Limit-Remaining"""
    broke: bool = False
    """True where the connection broke, or none was had"""


def request_of(program: Sequence[str]) -> Request:
    """What `curl` would ask for. The program was looked at before: it holds headers, an address and nothing else."""
    headers: list[tuple[str, str]] = []
    url = ""
    words = iter(program[1:])
    for word in words:
        if word in ("-H", "--header"):
            name, _, value = next(words).partition(":")
            headers.append((name.strip(), value.strip()))
        elif word in ("-u", "--user"):
            login = b64encode(next(words).encode()).decode()
            headers.append(("Authorization", f"Basic {login}"))
        elif not word.startswith("-"):
            url = word
    return Request(url=url, headers=tuple(headers))


class Web:
    """One client for all calls, which goes through the proxy of the environment as `curl` does."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._client: httpx.Client | None = None

    def get(self, request: Request, into: Path) -> Replied:
        """The body goes into the file, and is whole only where the status is 200. No redirect is followed."""
        import httpx  # noqa: PLC0415  # sources that have a tool of their own need none of it

        try:
            with self._open().stream("GET", request.url, headers=list(request.headers)) as response:
                with into.open("wb") as out:
                    for piece in response.iter_bytes():
                        out.write(piece)
                left = [response.headers.get(name) for name in ("x-ratelimit-remaining", "x-rate-limit-remaining")]
                return Replied(
                    status=response.status_code,
                    link=response.headers.get("link", ""),
                    wait=response.headers.get("retry-after", ""),
                    remaining=left[0] or left[1] or "",
                )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            broke = isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)
            return Replied(status=0, text=f"{type(error).__name__}: {error}", broke=broke)

    def close(self) -> None:
        """Let go of what is open."""
        if self._client is not None:
            self._client.close()

    def _open(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415

        if self._client is None:
            self._client = httpx.Client(timeout=self._seconds, follow_redirects=False)
        return self._client
