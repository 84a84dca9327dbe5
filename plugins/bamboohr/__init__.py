"""BambooHR: who works for a company, and who left."""

from soc2test_plugins.bamboohr.hooks import soc2_sources

__all__ = ["soc2_sources"]
