"""When a system gave an account, and to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from soc2test import AccessDecision, AccessReview, AccountEvent, Identity, Population, UnknownFact, normal_email
from soc2test_policies._joins import told
from soc2test_policies._removals import of_identity
from soc2test_policies._reviews import systems_of

__all__ = ["Traces", "made_since"]


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What tells that an account was there, where its list does not say since when."""

    events: Population[AccountEvent]
    reviews: Population[AccessReview]
    decisions: Population[AccessDecision]


def made_since(identity: Identity, traces: Traces, since: datetime) -> datetime | None:
    """When an account was made, by its list or else by its audit log; None where that was before `since`.

    Where neither tells, an access review that ended before and left it on shows that it was there. Raises
    `UnknownFact` where nothing does: that a log is silent tells nothing, since most keep some months alone.
    """
    try:
        made = identity.created_at
    except UnknownFact as unknown:
        let_in = [event.happened_at for event in of_identity(identity, traces.events) if event.action == "enabled"]
        if let_in:
            made = max(let_in)
        elif any(done <= since for done in _decided(identity, traces)):
            return None
        else:
            text = (
                f"no list or log tells when {identity.source} account {identity.name} was made, and no access review "
                f"before {since:%Y-%m-%d} left it on: export an audit log that tells of it"
            )
            raise UnknownFact("created_at", text, code=unknown.code) from None
    return made if made >= since else None


def _decided(identity: Identity, traces: Traces) -> Iterator[datetime]:
    """When access reviews that left the account on were completed."""
    for name in {identity.name, identity.id}:
        for decision in (*traces.decisions.all("account", name).hits, *traces.decisions.alike("account", name)):
            if normal_email(decision.account) != normal_email(name) or decision.decision not in ("keep", "change"):
                continue
            for review in traces.reviews.all("id", decision.review).hits:
                done = told(lambda review=review: review.completed_at, otherwise=None)  # type: ignore[misc]
                if done is not None and review.system in systems_of(identity):
                    yield done
