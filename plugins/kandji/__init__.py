"""Kandji, which is now called Iru: the devices of a tenant, and which Macs have FileVault on."""

from soc2test_plugins.kandji.hooks import soc2_sources

__all__ = ["soc2_sources"]
