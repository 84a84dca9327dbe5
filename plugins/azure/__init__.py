"""Azure: the resources of a subscription, as the CLI prints them or Azure Resource Manager answers."""

from soc2test_plugins.azure.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
