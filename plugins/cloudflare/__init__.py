"""Cloudflare: the members of an account."""

from soc2test_plugins.cloudflare.hooks import soc2_sources

__all__ = ["soc2_sources"]
