"""Labels of pull requests: who set each, and when, by GitHub's own events of the pull request.

To GitHub a pull request is an issue too: its events are those of the issue of its number (`GET
/repos/{owner}/{repo}/issues/{issue_number}/events`). An event of the name "labeled" holds `actor`, `created_at` and
`label.name`. The list of pull requests says which labels one bears now, and nothing of who set them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import ChangeLabel, Facts, Item, Subject, UnknownFact, facts, items_of, meaning, or_unknown, text
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.agents import is_agent
from soc2test_plugins.github.kinds import PullRequest
from soc2test_plugins.github.pulls import pull_id
from soc2test_plugins.github.shapes import ACCOUNT_TYPES, login
from soc2test_plugins.github.source import github

_SET = "labeled"


@github.reads(
    "issues list-events",
    kind=PullRequest,
    subject=("repo", "number"),
    about={"repo": REPO},
    command='gh api --paginate --slurp "repos/{org}/{repository}/issues/{number}/events?per_page=100"',
)
def label_events(body: Any, at: Subject) -> Facts:
    """Each setting of a label; whether it was taken away again shows in the labels of the pull request itself."""
    return facts(pull_id(at, at["number"]), label_events=or_unknown(lambda: tuple(_settings(items_of(body)))))


@github.derives(PullRequest, "labelled")
def labelled(pull: PullRequest) -> tuple[ChangeLabel, ...]:
    """The last setting of each label that it bears; a pull request without labels needs no list of events."""
    if not pull.labels:
        return ()
    last = {event.name: event for event in sorted(pull.label_events, key=lambda event: event.at)}
    missing = [name for name in pull.labels if name not in last]
    if missing:
        reason = "the pull request bears a label that its events do not show to be set: export both together"
        raise UnknownFact("labelled", reason, code="conflict")
    return tuple(last[name] for name in pull.labels)


def _settings(events: Iterable[Item]) -> Iterable[ChangeLabel]:
    for event in events:
        if event["event"] == _SET:
            actor = event["actor"]
            who = login(actor)
            yield ChangeLabel(
                name=text(event["label"]["name"]),
                by=who,
                human=who is not None and meaning(actor["type"], ACCOUNT_TYPES) and not is_agent(who),
                at=_moment(event),
            )


def _moment(event: Item) -> datetime:
    moment = event.time("created_at")
    if isinstance(moment, datetime):
        return moment
    raise UnknownFact("labelled", "an event does not say when a label was set")
