"""How people are held to their duties: evaluations of their work, and what followed where they broke a rule."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["ConductBreach", "Evaluation"]


class Evaluation(Resource, frozen=True, gc=False, kw_only=True):
    """A talk in which one person's work was judged by another."""

    person_email: str
    evaluator_email: str
    held_at: datetime
    topics: tuple[str, ...]
    """short names of what was looked at: "security", "goals\""""
    signed_at: datetime | None
    """when the person whose work it was signed the record; None: not at all"""
    document: str | None
    """file of the record; None: there is none"""


class ConductBreach(Resource, frozen=True, gc=False, kw_only=True):
    """A report that somebody broke the code of conduct or another policy, and what followed."""

    person_email: str | None
    """whom it is about; None: it names nobody"""
    found_at: datetime
    """when the company came to know of it"""
    decided_at: datetime | None
    decided_by: str | None
    """e-mail of who decided what follows; None: nobody"""
    outcome: str | None
    """"unfounded", "talk", "training", "warning", "dismissal", "other"; None: undecided"""
    document: str | None
    """file of the decision; None: there is none"""
