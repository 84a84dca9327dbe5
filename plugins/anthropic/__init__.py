"""Anthropic: users and keys of an organization of the Claude API."""

from soc2test_plugins.anthropic.hooks import soc2_sources

__all__ = ["soc2_sources"]
