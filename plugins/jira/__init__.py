"""Jira Cloud: the tickets of projects, how many each project holds, and the users of a site."""

from soc2test_plugins.jira.hooks import soc2_sources

__all__ = ["soc2_sources"]
