"""What changed from the last run that is known to this one, as reports tell it."""

import msgspec

__all__ = ["ChangedVerdict", "Since"]


class ChangedVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A test whose verdict is another one; None where the other run did not have it."""

    control: str
    before: str | None
    after: str | None
    worse: bool


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """The run held against the one before it. It names ids alone: texts of another run were hidden by its own rules."""

    record: int
    """of the evidence store, that keeps the run before"""
    as_of: str
    """the moment that it is for"""
    complete: bool
    """whether that run was"""
    verdicts: tuple[ChangedVerdict, ...]
    """by id"""
    new: tuple[str, ...]
    """ids of this run's findings that deviate and did not before, worst severity first"""
    still: int
    """deviations of both"""
    closed: int
    not_told: int
    """deviations of before of which this run does not tell: that they are gone closes nothing"""
    other_limit: int
    exempt: int = 0
    """deviations that are gone where a limit of their control has another value"""
