"""`LintFinding`: what a rule found, and where."""

import msgspec

__all__ = ["LintFinding"]


class LintFinding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What is wrong in one place. Findings sort by their place."""

    file: str
    """as people of the programme know it: "policies/people.py", of an installed pack by its import name"""
    line: int
    """1-based; 1 where the file as a whole is meant"""
    rule: str
    subject: str
    """what it is about: the id of a control or criterion, a kind, a fact ("Device.name"), a limit ("IAM-07.days")"""
    text: str
    """what is wrong, and the way out"""

    @property
    def place(self) -> str:
        """ "policies/people.py:7" """
        return f"{self.file}:{self.line}"
