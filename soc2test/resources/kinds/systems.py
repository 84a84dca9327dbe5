"""Systems: what a company runs, and which assets make each up."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["System"]


class System(Resource, frozen=True, gc=False, kw_only=True):
    """A system of the company's inventory: what it runs for customers or for itself."""

    name: str
    owner_email: str | None
    environment: str
    """"production", "staging", "development", "internal\""""
    criticality: str
    """"critical", "high", "medium", "low\""""
    assets: tuple[str, ...]
    """names or ids of the stores, hosts, repositories and workloads that it is made of, as their system writes them; a
    name that ends in * is of all that begin so"""
    reviewed_at: datetime | None
    """when its entry was gone through last; None: never"""
    life_cycle: str | None
    """id of the `PolicyDocument` that says how it is developed, or acquired, and taken out of use; None: none does"""
    requirements_document: str | None
    """file of its security requirements; None: there is none"""
    requirements_by: str | None
    """e-mail of who approved these; None: nobody did"""
    requirements_at: datetime | None
