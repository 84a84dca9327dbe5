"""What a URL of exports may be: a known scheme, a bucket and a prefix, and never a secret."""

import re
from pathlib import Path

import msgspec

from soc2test.errors import Soc2Error
from soc2test.nearest import near

__all__ = ["SCHEMES", "RemoteError", "Url", "is_url", "parse_url"]

AZURE = ("az", "abfs", "abfss")
SCHEMES = ("s3", "gs", *AZURE)
"""schemes of object stores, as fsspec's filesystems name them"""

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_ARN = "arn:"
"""an access point of S3 stands in the place of a bucket, and has colons"""


class RemoteError(Soc2Error):
    """Exports at a URL can't be had; says what to do. Never quotes what a URL or a service holds of secrets."""


class Url(msgspec.Struct, frozen=True, kw_only=True):
    """Where exports lie: `text` is how people are told."""

    scheme: str
    bucket: str
    """bucket or container; of Azure perhaps with its account: container@account.dfs.core.windows.net"""
    prefix: str

    @property
    def text(self) -> str:
        """The URL, without a slash at its end."""
        return f"{self.scheme}://{self.bucket}" + (f"/{self.prefix}" if self.prefix else "")

    @property
    def name(self) -> str:
        """The name of the folder that it stands for."""
        return self.prefix.rpartition("/")[2] or self.bucket.partition("@")[0]


def is_url(text: str) -> bool:
    """True for what has the form of a URL; a local folder of such a name is given as ./NAME."""
    return _URL.fullmatch(text) is not None


def parse_url(text: str, local: Path | None = None) -> Url:
    """The parts of a URL of exports; `local` is the folder that it names where it is none.

    Raises `RemoteError`, which repeats nothing that may be a secret.
    """
    matched = _URL.fullmatch(text)
    if matched is None:
        raise RemoteError("is no URL")
    scheme, rest = matched[1].lower(), matched[2]
    if scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise RemoteError(f"{scheme}:// is no object store that is known{near(scheme, SCHEMES)}; known are {known}")
    bucket, _, prefix = rest.partition("/")
    _refuse_secrets(scheme, bucket, rest)
    url = Url(scheme=scheme, bucket=bucket, prefix=prefix.removesuffix("/"))
    if not bucket:
        raise RemoteError(f"{scheme}:// names no bucket: write {scheme}://BUCKET/PREFIX")
    if url.prefix and any(part in ("", ".", "..") for part in url.prefix.split("/")):
        raise RemoteError(f"the prefix of a {scheme}:// URL has an empty part, . or ..: write {scheme}://BUCKET/PREFIX")
    if not text.isprintable():
        raise RemoteError(f"the {scheme}:// URL holds a character that can't be printed")
    if local is not None and local.is_dir():
        raise RemoteError(f"{url.text} is a local folder too: write ./ before it where that is meant")
    return url


def _refuse_secrets(scheme: str, bucket: str, rest: str) -> None:
    """Raises `RemoteError` for credentials, queries (signatures and tokens stand there) and chained URLs."""
    environment = "credentials come from the environment, as the vendor's own tools read them"
    user, at, _ = bucket.rpartition("@")
    coloned = ":" in bucket and not bucket.startswith(_ARN)
    if coloned or (at and (scheme not in AZURE or ":" in user)):
        raise RemoteError(f"the {scheme}:// URL holds credentials or a port: take them out; {environment}")
    if "?" in rest or "#" in rest:
        raise RemoteError(
            f"the {scheme}:// URL has a query (? or #), where signatures stand: take it out; {environment}"
        )
    if "::" in rest and not bucket.startswith(_ARN):
        raise RemoteError(f"the {scheme}:// URL is a chain of several (::): give the one of the exports")
