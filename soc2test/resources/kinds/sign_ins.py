"""Devices that people sign in with."""

from soc2test.resources.resource import Resource

__all__ = ["SeenDevice"]


class SeenDevice(Resource, frozen=True, gc=False, kw_only=True):
    """A device that an identity provider knows because somebody signs in with it; `Device` is one that a list names."""

    serial: str
    """serial number, as the device tells it"""
    computer: bool
    """it runs a system for computers, rather than one for phones and tablets"""
    active: bool
    """it can be used to sign in now"""
    accounts: tuple[str, ...]
    """ids of the `Identity` that sign in with it"""
