"""Microsoft Intune: the devices that a tenant manages."""

from soc2test_plugins.intune.hooks import soc2_sources

__all__ = ["soc2_sources"]
