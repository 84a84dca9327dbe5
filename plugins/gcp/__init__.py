"""Google Cloud: what Cloud Asset Inventory exports of a project, folder or organisation."""

from soc2test_plugins.gcp.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
