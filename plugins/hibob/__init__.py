"""HiBob: who works for a company, and who left."""

from soc2test_plugins.hibob.hooks import soc2_sources

__all__ = ["soc2_sources"]
