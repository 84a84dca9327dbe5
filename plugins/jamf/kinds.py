"""Jamf's kind of phones and tablets."""

from soc2test import Device

__all__ = ["JamfMobileDevice"]


class JamfMobileDevice(Device, frozen=True, gc=False, kw_only=True):
    """A phone or tablet. Jamf lists computers elsewhere, and neither list holds what the other does: two kinds."""
