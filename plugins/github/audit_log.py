"""The audit log of an organisation: who came in and who was taken out, and which repositories are gone."""

from soc2test import (
    AccountEvent,
    Facts,
    Item,
    Named,
    Resource,
    Skip,
    Subject,
    UnknownFact,
    facts,
    id_text,
    known,
    named,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.github.kinds import GithubCommit, GithubRepository, PullRequest
from soc2test_plugins.github.source import github, uid

_ENABLED = ("org.add_member", "org.add_outside_collaborator", "org.restore_member")
_DISABLED = ("org.remove_member", "org.remove_outside_collaborator")
_ACTIONS = {**dict.fromkeys(_ENABLED, "enabled"), **dict.fromkeys(_DISABLED, "disabled")}
"""Who is taken out was in until then. All other actions change rights, settings or things, and no account ends by them:
`org.block_user` keeps away who is no member, `team.remove_member` takes one of perhaps many rights."""
_GONE = ("repo.destroy", "repo.transfer_outgoing")
"""What was merged there before can't be listed any more."""
_KEPT = ("repo.archived", "repo.unarchived")

_LOG = 'gh api --paginate --slurp "orgs/{org}/audit-log?phrase=action:org&per_page=100"'


@github.reads("orgs get-audit-log", kind=AccountEvent, items="", lists=True, command=_LOG)
def event(item: Item, at: Subject) -> Facts | Named | Skip:
    """An entry of the log, as the API gives it or the console exports it (JSON, or a line each).

    GitHub keeps 180 days and gives three months unless asked for more (`created:>=2026-06-01` in the phrase). Its API
    has it for organisations of Enterprise Cloud; owners of any other can export it in the settings.

    A repository that was archived must be in the list of repositories still. One that was deleted or moved away, and
    not restored, leaves the changes of its time untold.
    """
    action = text(item["action"])
    if action in (*_GONE, *_KEPT):
        return _repository(item, at, (PullRequest, GithubCommit) if action in _GONE else ())
    if action not in _ACTIONS:
        return skip("it switches no account on or off")
    login = text(item["user"])
    return facts(
        uid(at, "audit-log", _id(item, action, login)),
        account=login,
        identity=None,  # a member or an outside collaborator, which the log need not know
        action=_ACTIONS[action],
        happened_at=_moment(item),
        actor=or_unknown(lambda: _actor(item)),
        complete_after=True,  # the newest stand first: what a cut log lacks is older
    )


def _repository(item: Item, at: Subject, kinds: tuple[type[Resource], ...]) -> Named | Skip:
    """By its name then: one that moved in from elsewhere goes by the owner whom it had there."""
    owner, _, name = text(item["repo"]).rpartition("/")
    if owner and owner.casefold() != at["org"].casefold():
        return skip("it is about a repository of another owner")
    return named(uid(at, name), GithubRepository, *kinds)


def _moment(item: Item) -> object:
    key = "@timestamp" if "@timestamp" in item else "created_at"
    moment = known(item.time(key))
    if moment is None:
        raise UnknownFact("happened_at", "the entry of the audit log has no time")
    return moment


def _id(item: Item, action: str, login: str) -> str:
    """Exports of the console may leave the id out."""
    if "_document_id" in item:
        return id_text(item["_document_id"])
    return f"{id_text(item.first('@timestamp', 'created_at'))}/{action}/{login}"


def _actor(item: Item) -> str | None:
    """GitHub's own jobs have none."""
    told = item.or_else("actor", None)
    return None if told is None else text(told)
