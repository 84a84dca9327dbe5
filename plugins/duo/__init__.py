"""Duo: the users of an account, and who of them is let in without a second factor."""

from soc2test_plugins.duo.hooks import soc2_sources

__all__ = ["soc2_sources"]
