"""OpenLineage: which jobs read and wrote which data, as the jobs' own systems report it."""

from soc2test_plugins.openlineage.hooks import soc2_sources

__all__ = ["soc2_sources"]
