"""Who approved a pull request, and whether that counts: only approvals of people who may write to the repository do.

"About pull request reviews" in GitHub's guide: whoever can read a repository can approve, a required review needs
write access. `author_association` says what somebody is to the repository when it is exported, and nothing of what he
may do there: a member may have no access to it, and a collaborator may only read. The list of collaborators says it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import (
    Approval,
    Facts,
    Item,
    LaterReview,
    Population,
    Subject,
    UnknownFact,
    facts,
    items_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.github.about import NUMBER, REPO
from soc2test_plugins.github.agents import is_agent
from soc2test_plugins.github.kinds import GithubRepository, PullRequest, Review
from soc2test_plugins.github.pulls import PULL, pull_id
from soc2test_plugins.github.shapes import ACCOUNT_TYPES, login
from soc2test_plugins.github.source import github

_DECISIVE = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
_OTHER = ("COMMENTED", "PENDING")
_BELONGS = {
    **dict.fromkeys(("OWNER", "MEMBER", "COLLABORATOR"), True),
    **dict.fromkeys(("CONTRIBUTOR", "FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER", "MANNEQUIN", "NONE"), False),
}
_INVITED = ("OWNER", "COLLABORATOR")
_DELETED = "who approved it has no account any more, so whether it was another person than its author is not told"
_LOST = "an approver has no access to the private repository any more: whether he could write then is not told"
_UNLISTED = (
    "an approver belongs to the repository by his review, and the list of those with access does not name him: export "
    "both together"
)
_AGAINST = (
    "an approver is in the list of those with access, and the review says that he belongs to neither organisation nor "
    "repository: export the reviews as somebody who sees the organisation's members"
)


@github.reads(
    "pulls list-reviews",
    kind=PullRequest,
    subject=("repo", "number"),
    about={"repo": REPO, "number": NUMBER},
    command=PULL + 'reviews?per_page=100"',
)
def reviews(body: Any, at: Subject) -> Facts:
    """The submitted reviews of a pull request; a pending one is its author's draft, and decides nothing."""
    return facts(pull_id(at, at["number"]), reviews=or_unknown(lambda: tuple(_reviews(items_of(body)))))


@github.derives(PullRequest, "approvers")
def approvers(pull: PullRequest) -> tuple[str, ...]:
    """People whose last decisive review before the merge approves the last commit; a comment decides nothing.

    A merged pull request can still be approved: that let nothing in. A dismissal takes the place of the review that it
    dismisses, with the time of that review, so one after the merge counts. Who was deleted since may have been anybody.
    """
    approving = _approving(pull.head_sha, pull.merged_at, pull.reviews)
    named = {review.user for review in approving if review.user is not None}
    if approving and not named:
        raise UnknownFact("approvers", _DELETED)
    return tuple(sorted(named))


@github.derives(PullRequest, "approvals")
def approvals(pull: PullRequest) -> tuple[Approval, ...]:
    """When each approver's decisive review was submitted."""
    approving = _approving(pull.head_sha, pull.merged_at, pull.reviews)
    return tuple(Approval(login=review.user, at=review.at) for review in approving if review.user is not None)


@github.derives(PullRequest, "later_reviews")
def later_reviews(pull: PullRequest) -> tuple[LaterReview, ...]:
    """People's decisive reviews after the merge. Who was deleted since is nobody of whom a later look can be told."""
    return tuple(
        LaterReview(login=review.user, at=review.at, approves=_approves(review, pull.head_sha))
        for review in _later(pull)
        if review.user is not None
    )


@github.derives(PullRequest, "entitled_later", joins=GithubRepository)
def entitled_later(pull: PullRequest, repositories: Population[GithubRepository]) -> tuple[str, ...]:
    """Of the people who approve after the merge those who may write, as `entitled_approvers` of those before it."""
    last = {review.user: review for review in _later(pull) if _approves(review, pull.head_sha)}
    return _entitled("entitled_later", pull, [*last.values()], repositories)


@github.derives(PullRequest, "entitled_approvers", joins=GithubRepository)
def entitled_approvers(pull: PullRequest, repositories: Population[GithubRepository]) -> tuple[str, ...]:
    """The approvers who may write; unknown where nobody is known to, who wrote none of it, and somebody might."""
    approving = _approving(pull.head_sha, pull.merged_at, pull.reviews)
    return _entitled("entitled_approvers", pull, approving, repositories)


def _later(pull: PullRequest) -> list[Review]:
    """Decisive reviews by people after the merge, oldest first; none of what was not merged."""
    merged_at = pull.merged_at
    if merged_at is None:
        return []
    later = [review for review in pull.reviews if review.state in _DECISIVE and review.at > merged_at and review.human]
    return sorted(later, key=lambda review: review.at)


def _entitled(
    fact: str, pull: PullRequest, approving: list[Review], repositories: Population[GithubRepository]
) -> tuple[str, ...]:
    if not approving:
        return ()
    repository = _repository_of(fact, pull, repositories)
    entitled, unknown = set[str](), None
    for review in approving:
        try:
            if review.user is not None and _may_write(review, repository):
                entitled.add(review.user)
        except UnknownFact as error:
            unknown = unknown or error
    if unknown is not None and not (_plain(entitled) - _plain(_writers(pull))):
        raise unknown
    return tuple(sorted(entitled))


def _approving(head_sha: str, merged_at: datetime | None, reviews: tuple[Review, ...]) -> list[Review]:
    last: dict[str | None, Review] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        if review.state in _DECISIVE and (merged_at is None or review.at <= merged_at):
            last[review.user] = review
    return [review for review in last.values() if _approves(review, head_sha)]


def _approves(review: Review, head_sha: str) -> bool:
    return review.human and review.state == "APPROVED" and review.commit == head_sha


def _repository_of(fact: str, pull: PullRequest, repositories: Population[GithubRepository]) -> GithubRepository:
    repository = repositories.one("id", pull.id.partition("/pulls/")[0])
    if repository is None:
        raise UnknownFact(fact, "the repositories in the evidence do not name its own")
    return repository


def _may_write(review: Review, repository: GithubRepository) -> bool:
    """Raises `UnknownFact` where the evidence does not tell it, or contradicts itself."""
    belongs = None if review.association is None else meaning(review.association, _BELONGS)
    if belongs is False:
        return _stranger_writes(review, repository)
    try:
        access = _access(review, repository)
    except UnknownFact:
        if review.association == "MEMBER" and _members_write(repository):
            return True
        raise
    if access is not None:
        return access
    if review.association in _INVITED:
        raise UnknownFact("entitled_approvers", _UNLISTED, code="conflict")
    if repository.public:  # everybody reads it, and can review
        return False
    raise UnknownFact("entitled_approvers", _LOST)


def _members_write(repository: GithubRepository) -> bool:
    """Of interest where no list tells of each; where it is unknown too, it is the list that is asked for."""
    try:
        return repository.members_write
    except UnknownFact:
        return False


def _stranger_writes(review: Review, repository: GithubRepository) -> bool:
    """False for somebody who belongs to neither organisation nor repository, where he needed no access to review.

    Who reviewed in a private repository had access then, and has left since.
    """
    try:
        access = _access(review, repository)
    except UnknownFact:
        access = None
    if access:
        raise UnknownFact("entitled_approvers", _AGAINST, code="conflict")
    if access is None and not repository.public:
        raise UnknownFact("entitled_approvers", _LOST)
    return False


def _access(review: Review, repository: GithubRepository) -> bool | None:
    """Whether the list of those with access says that the reviewer writes; None where it does not name him."""
    listed = [person.writes for person in repository.collaborators if _plain([person.login]) == _plain([review.user])]
    return any(listed) if listed else None


def _writers(pull: PullRequest) -> Iterable[str]:
    return (pull.author, *pull.commit_authors, *pull.requesters)


def _plain(logins: Iterable[str | None]) -> set[str]:
    return {who.casefold() for who in logins if who is not None}


def _reviews(items: Iterable[Item]) -> Iterable[Review]:
    for item in items:
        user = login(item["user"])
        if item["state"] != "PENDING":
            commit = item["commit_id"]
            yield Review(
                user=user,
                human=user is None or (meaning(item["user"]["type"], ACCOUNT_TYPES) and not is_agent(user)),
                state=_decision(item),
                commit=None if commit is None else text(commit),
                at=_submitted(item),
                association=_association(item),
            )


def _association(item: Item) -> str | None:
    return text(item["author_association"]) if "author_association" in item else None


def _decision(item: Item) -> str:
    state = text(item["state"])
    if state not in (*_DECISIVE, *_OTHER):
        raise UnknownFact("state", "a review is in a state that this plugin does not know")
    return state


def _submitted(item: Item) -> datetime:
    moment = item.time("submitted_at")
    if isinstance(moment, datetime):
        return moment
    raise UnknownFact("submitted_at", "a review does not say when it was submitted")
