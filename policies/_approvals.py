"""Whose approval of a change is another person's."""

from collections.abc import Iterable

from soc2test import Change

__all__ = ["UNATTENDED", "approved_by", "authors", "plain"]

UNATTENDED = (
    "allcontributors[bot]", "dependabot-preview[bot]", "dependabot[bot]", "depfu[bot]", "greenkeeper[bot]",
    "imgbot[bot]", "pre-commit-ci[bot]", "pyup-bot", "renovate[bot]", "snyk-bot",
)  # fmt: skip
"""Programs that propose changes on their own, by what they are set to watch for: nobody has them write one."""


def authors(change: Change, approvers: set[str], unattended: Iterable[str]) -> set[str]:
    """Who wrote it or had it written, as far as that can decide: what is left unasked can't be unknown.

    Without an approver but its author it deviates, whoever else wrote it.
    """
    author = plain([change.author])
    wrote = set(author)
    if approvers - wrote:
        wrote |= plain(change.commit_authors)
    if approvers - wrote and not author & plain(unattended):
        wrote |= plain(change.requesters)
    return wrote


def approved_by(change: Change) -> str:
    """What its approval lacks where nobody else gave one."""
    if not change.approvers:
        return "merged without an approval of its final commit"
    return f"approved only by {', '.join(sorted(change.approvers))}, who wrote some of it or had it written"


def plain(logins: Iterable[str]) -> set[str]:
    """Logins as they compare: without case."""
    return {login.casefold() for login in logins}
