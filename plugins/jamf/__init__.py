"""Jamf Pro: the computers and mobile devices of a server."""

from soc2test_plugins.jamf.hooks import soc2_sources

__all__ = ["soc2_sources"]
