"""Exports that lie in an object store: they are mirrored into a private folder before anything is read."""

from soc2test.remote.mirroring import Mirror, mirror
from soc2test.remote.urls import RemoteError, Url, is_url, parse_url

__all__ = ["Mirror", "RemoteError", "Url", "is_url", "mirror", "parse_url"]
