"""Fixtures of these tests."""

from object_store import offered
from s3_server import _s3, s3

__all__ = ["_s3", "offered", "s3"]
