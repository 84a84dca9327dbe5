"""The audit log of an organisation: who came in and who was taken out, and which repositories are gone."""

from collections.abc import Iterator

from soc2test import (
    AccessGrant,
    AccountEvent,
    Facts,
    Item,
    Named,
    Resource,
    Said,
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
_GIVES_A_RIGHT = ("org.add_member", "org.update_member")
_MEMBER = "read"
_GONE = ("repo.destroy", "repo.transfer_outgoing")
"""What was merged there before can't be listed any more."""
_KEPT = ("repo.archived", "repo.unarchived")

_LOG = 'gh api --paginate --slurp "orgs/{org}/audit-log?phrase=action:org&per_page=100"'


@github.reads(
    "orgs get-audit-log",
    kind=(AccountEvent, AccessGrant),
    items="",
    lists=True,
    tells=(
        "account",
        "identity",
        "action",
        "happened_at",
        "actor",
        "complete_after",
        "right",
        "given_at",
    ),
    command=_LOG,
)
def event(item: Item, at: Subject) -> Iterator[Said]:
    """An entry of the log, as the API gives it or the console exports it (JSON, or a line each).

    GitHub keeps 180 days and gives three months unless asked for more (`created:>=2026-06-01` in the phrase). Its API
    has it for organisations of Enterprise Cloud; owners of any other can export it in the settings.

    A repository that was archived must be in the list of repositories still. One that was deleted or moved away, and
    not restored, leaves the changes of its time untold.
    """
    action = text(item["action"])
    if action in (*_GONE, *_KEPT):
        yield _repository(item, at, (PullRequest, GithubCommit) if action in _GONE else ())
        return
    if action in _ACTIONS:
        yield _account(item, at, action)
    if _gives_a_right(item, action):
        yield _right(item, at, action)
    elif action not in _ACTIONS:
        yield skip("it switches no account on or off, and makes nobody an owner")


def _gives_a_right(item: Item, action: str) -> bool:
    """An owner of the organisation is called admin there, and an ordinary member read; who comes in may be told none.

    What can't be read may be a right.
    """
    if action not in _GIVES_A_RIGHT or (action == "org.add_member" and "permission" not in item):
        return False
    try:
        return text(item["permission"]) != _MEMBER
    except UnknownFact:
        return True


def _right(item: Item, at: Subject, action: str) -> Facts:
    login = text(item["user"])
    return facts(
        uid(at, "audit-log", _id(item, action, login), "right"),
        AccessGrant,
        identity=None,
        account=login,
        right=or_unknown(lambda: text(item["permission"])),
        given_at=or_unknown(lambda: _moment(item)),
    )


def _account(item: Item, at: Subject, action: str) -> Facts:
    login = text(item["user"])
    return facts(
        uid(at, "audit-log", _id(item, action, login)),
        AccountEvent,
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
