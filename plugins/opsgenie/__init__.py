"""Opsgenie: the alerts that somebody was called for."""

from soc2test_plugins.opsgenie.hooks import soc2_sources

__all__ = ["soc2_sources"]
