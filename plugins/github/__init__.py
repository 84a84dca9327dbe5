"""GitHub: members, repositories and their protection, pull requests and security alerts of an organisation."""

from soc2test_plugins.github.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
