"""HiBob's own kind: what it knows of an employee by the number that it gave."""

from soc2test import Resource, Spell

__all__ = ["HibobEmployee"]


class HibobEmployee(Resource, frozen=True, gc=False, kw_only=True):
    """An employee by HiBob's own id, with the times of work that ended: a person is known by the address elsewhere."""

    email: str
    earlier: tuple[Spell, ...]
    """times of work that were over when the table of lifecycle statuses was read, the oldest first"""
