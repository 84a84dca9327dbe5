"""JumpCloud: users and systems of an organization."""

from soc2test_plugins.jumpcloud.hooks import soc2_claim, soc2_sources

__all__ = ["soc2_claim", "soc2_sources"]
