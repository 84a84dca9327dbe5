"""Entra ID: what Microsoft Graph tells of a tenant's users, roles, applications and conditional access."""

from soc2test_plugins.entra.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
