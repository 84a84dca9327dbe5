"""The one place that loads fsspec and opens an object store, with timeouts and few retries."""

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from soc2test.remote.listing import Store
from soc2test.remote.urls import AZURE, RemoteError, Url

__all__ = ["open_store"]

_CONNECT, _READ = 10, 30
"""seconds until a connection stands, and between two pieces of an answer"""
_TRIES = 3
_CONNECTIONS = 32

_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "s3": {
        "config_kwargs": {
            "connect_timeout": _CONNECT,
            "read_timeout": _READ,
            "retries": {"total_max_attempts": 1},  # s3fs tries again itself
            "max_pool_connections": _CONNECTIONS,
        }
    },
    "gs": {"requests_timeout": _READ},
    **{scheme: {"connection_timeout": _CONNECT, "read_timeout": _READ} for scheme in AZURE},
}
_LIBRARIES = ("fsspec", "s3fs", "gcsfs", "adlfs", "aiobotocore", "botocore", "azure", "google", "asyncio")
_INSTALL = "install what reads object stores: pip install 'soc2test[remote]'"


def _keep_quiet() -> None:
    """What the libraries log on the way is told in our own words; gcsfs 2026.10 logs a traceback for each attempt."""
    for name in _LIBRARIES:
        # by the level, which loggers below inherit: pytest 9.2 also listens where nothing is propagated
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def open_store(url: Url) -> tuple[Store, str]:
    """The filesystem and the path in it. Raises `RemoteError` without the extra; and what the filesystem raises.

    Credentials are the vendors' own: variables, profiles and roles, as s3fs, gcsfs and adlfs find them.
    """
    _keep_quiet()
    try:
        core = import_module("fsspec.core")
        store, path = core.url_to_fs(
            url.text, skip_instance_cache=True, use_listings_cache=False, **_OPTIONS[url.scheme]
        )
    except ImportError:
        raise RemoteError(f"{url.text}: {_INSTALL}") from None
    if hasattr(store, "retries"):
        store.retries = _TRIES
    return store, str(path).rstrip("/")
