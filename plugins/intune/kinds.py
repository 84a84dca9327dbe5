"""Intune's kind: whether a device keeps the company's rules."""

from soc2test import Resource

__all__ = ["IntuneCompliance"]


class IntuneCompliance(Resource, frozen=True, gc=False, kw_only=True):
    """What Intune says of a device and the tenant's policies of compliance: what they ask for is the company's choice.

    It is no fact of a `Device`, so that what several lists say of one device by its serial number comes together.
    """

    device: str
    """id of the device: its serial number, where it has one"""
    rules_kept: bool
    """it keeps them now; a device in its grace period does not"""
