"""Enrollments of KnowBe4: each is one person's in one piece of content of a campaign.

https://developer.knowbe4.com/rest/reporting, Training Enrollments, with the answer that KnowBe4 shows there (in
JupiterOne/graph-knowbe4 at 979242ac8132, `src/test-data/training-enrollments.json`; the schema in
slacker775/knowbe4-kmsat-api at 392589c93083, `config/jane/open-api.yaml`). An archived user's stay in the list, unless
`exclude_archived_users` is asked for; those of who was taken out of a campaign go (support.knowbe4.com, 204726068).
"""

from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Skip,
    Subject,
    TrainingRecord,
    Unknown,
    UnknownFact,
    dig,
    facts,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.knowbe4.source import API, knowbe4, uid

_DONE = {
    "Passed": True,
    "Completed": True,  # "their status [...] will be changed to Completed" (support.knowbe4.com, 204726068)
    "Not Started": False,
    "In Progress": False,
    "Past Due": False,  # of who did not complete it on time (support.knowbe4.com, 360019203233)
}
"""`status`. That of whoever passed says that they went through it, and no more: an admin "can Pass one or more users"
by hand (support.knowbe4.com, 204726068)."""
_POLICY = "Uploaded Policy"
_NO_SCORE = (
    "an enrollment of KnowBe4 tells no score: ask for result `attended`, or keep certificates in registers/training"
)


@knowbe4.reads(
    "training enrollments",
    kind=TrainingRecord,
    items="",
    lists=True,
    command=API + 'training/enrollments?per_page=500"',
)
def enrollment(item: Item, at: Subject) -> Facts | Skip:
    """What one person was to do, and when they had. Its course is the piece of content, not the campaign.

    A campaign has several: who did one of them has not done it all.
    """
    id = uid(at, "enrollments", item["enrollment_id"])
    if item.or_else("content_type", None) == _POLICY:
        return skip("a policy to be read is no training", id)
    return facts(
        id,
        person_email=or_unknown(lambda: text(dig(item, "user", "email"))),
        course=or_unknown(lambda: text(item["module_name"])),
        completed_at=or_unknown(lambda: _completed_at(item)),
        first_completed_at=None,  # who does it again is enrolled again, and listed once more
        score=Unknown(_NO_SCORE, what="score"),
        pass_mark=Unknown(_NO_SCORE, what="pass_mark"),
        certificate=Unknown(_NO_SCORE, what="certificate"),
    )


def _completed_at(item: Item) -> Any:
    done, moment = meaning(item["status"], _DONE), item.time("completion_date")
    if not done:
        if moment is None:
            return None
        raise UnknownFact(
            "status", f"the status is {item['status']}, and a date says that it was done", code="conflict"
        )
    return (
        moment
        if isinstance(moment, datetime)
        else Unknown("it was done, and does not say when", what="completion_date")
    )
