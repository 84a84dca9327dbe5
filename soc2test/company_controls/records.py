"""An entry of controls.yaml: a control as the company describes it."""

from datetime import date

import msgspec

from soc2test.exceptions.records import Place

__all__ = ["CompanyControl"]


class CompanyControl(msgspec.Struct, frozen=True, kw_only=True):
    """What the company does so that criteria are met, in its own words, and the tests that look at it."""

    id: str
    wording: str
    owner: str
    """e-mail address of who answers for it"""
    performer: str | None
    """e-mail address of who carries it out; None where a system does"""
    frequency: str
    type: str
    """preventive or detective"""
    execution: str
    """automated or manual"""
    since: date
    until: date | None
    """the last day on which it is in force"""
    system: str | None
    """the part of the company's systems that it is about, in its own words"""
    risks: tuple[str, ...]
    """ids of the risks that it answers, as the register of risks has them"""
    criteria: tuple[str, ...]
    tests: tuple[str, ...]
    """ids of the tests that look at it; none where no test does"""
    place: Place

    def in_force(self, day: date) -> bool:
        """True where it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)
