"""Slack: the members of a workspace."""

from soc2test_plugins.slack.hooks import soc2_sources

__all__ = ["soc2_sources"]
