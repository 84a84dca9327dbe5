"""SentinelOne: the devices that its agents run on."""

from soc2test_plugins.sentinelone.hooks import soc2_sources

__all__ = ["soc2_sources"]
