"""JumpCloud: users and systems of an organization."""

from soc2test_plugins.jumpcloud.hooks import soc2_sources

__all__ = ["soc2_sources"]
