"""Okta: users and their factors and roles, password and sign-on policies, applications of an org."""

from soc2test_plugins.okta.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
