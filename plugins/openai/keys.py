"""Keys of projects, and keys by which the organization is administrated.

https://platform.openai.com/docs/api-reference/project-api-keys and .../admin-api-keys
"""

from soc2test import DERIVE, Facts, Item, Population, Subject, UnknownFact, facts, item_of, or_unknown, text
from soc2test_plugins.openai.kinds import OpenaiAdminKey, OpenaiKey, OpenaiProject
from soc2test_plugins.openai.source import API, openai, uid

_HOLDERS = {"user": "users", "service_account": "service-accounts"}


@openai.reads(
    "list-project-api-keys",
    kind=OpenaiKey,
    items="data",
    lists=True,
    per=OpenaiProject,
    subject="project",
    command=API + 'projects/{project}/api_keys?limit=100"',
)
def project_key(item: Item, at: Subject) -> Facts:
    """A key of a project, which has no end; deleted ones are not listed."""
    return facts(
        uid(at, "keys", item["id"]),
        identity=or_unknown(lambda: _of_owner(item_of(item["owner"]), at)),
        category="token",
        root=False,
        active=DERIVE,
        project=uid(at, "projects", at["project"]),
        created_at=item.time("created_at"),
        expires_at=item.time("expires_at") if "expires_at" in item else None,
        last_used_at=item.time("last_used_at"),
    )


@openai.reads(
    "admin-api-keys-list",
    kind=OpenaiAdminKey,
    items="data",
    lists=True,
    command=API + 'admin_api_keys?limit=100"',
)
def admin_key(item: Item, at: Subject) -> Facts:
    """A key by which the organization is administrated; it may have an end."""
    return facts(
        uid(at, "admin-keys", item["id"]),
        identity=or_unknown(lambda: _holder(item_of(item["owner"]), at)),
        category="token",
        root=False,
        active=True,
        created_at=item.time("created_at"),
        expires_at=item.time("expires_at"),
        last_used_at=item.time("last_used_at"),
    )


@openai.derives(OpenaiKey, "active", joins=OpenaiProject)
def active(key: OpenaiKey, projects: Population[OpenaiProject]) -> bool:
    """A key serves as long as its project is not archived."""
    project = projects.one("id", key.project)
    if project is None:
        raise UnknownFact("active", "the list of projects does not name its project")
    return project.active


def _of_owner(owner: Item, at: Subject) -> str:
    """Of a project's key the holder stands below its own type."""
    kind = text(owner["type"])
    if kind not in _HOLDERS:
        raise UnknownFact("identity", "the owner is neither a user nor a service account")
    return uid(at, _HOLDERS[kind], item_of(owner[kind])["id"])


def _holder(owner: Item, at: Subject) -> str:
    kind = text(owner["type"])
    if kind not in _HOLDERS:
        raise UnknownFact("identity", "the owner is neither a user nor a service account")
    return uid(at, _HOLDERS[kind], owner["id"])
