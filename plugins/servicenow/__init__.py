"""ServiceNow: incidents and change requests, and how many of them an instance counts."""

from soc2test_plugins.servicenow.hooks import soc2_sources

__all__ = ["soc2_sources"]
