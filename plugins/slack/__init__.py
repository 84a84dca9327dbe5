"""Slack: the members of a workspace."""

from soc2test_plugins.slack.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
