"""Users, projects and service accounts.

https://platform.openai.com/docs/api-reference/users and .../projects, .../project-service-accounts
"""

from soc2test import Facts, Item, Subject, Unknown, facts, translated
from soc2test_plugins.openai.kinds import OpenaiProject, OpenaiServiceAccount, OpenaiUser
from soc2test_plugins.openai.source import API, openai, uid

_BY_ROLES = Unknown("roles that an organization makes itself may allow more: no export of them is read", what="role")
_ADMINISTRATES = {"owner": True, "reader": _BY_ROLES}
_STATUSES = {"active": True, "archived": False}


@openai.reads(
    "list-users",
    kind=OpenaiUser,
    items="data",
    lists=True,
    never_empty=True,  # somebody owns the organization
    command=API + 'users?limit=100"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user; who was removed is not listed."""
    return facts(
        uid(at, "users", item["id"]),
        name=item["email"],
        email=item["email"],
        human=True,
        root=False,
        active=True,
        admin=translated(item["role"], _ADMINISTRATES),
        created_at=item.time("added_at"),
        disabled_at=None,
        owner=None,
    )


@openai.reads(
    "list-projects",
    kind=OpenaiProject,
    items="data",
    lists=True,
    never_empty=True,  # the default project can't be deleted
    command=API + 'projects?limit=100"',
)
def project(item: Item, at: Subject) -> Facts:
    """A project; archived ones are listed only where they are asked for."""
    return facts(uid(at, "projects", item["id"]), name=item["id"], active=translated(item["status"], _STATUSES))


@openai.reads(
    "list-project-service-accounts",
    kind=OpenaiServiceAccount,
    items="data",
    lists=True,
    per=OpenaiProject,
    subject="project",
    command=API + 'projects/{project}/service_accounts?limit=100"',
)
def service_account(item: Item, at: Subject) -> Facts:
    """A service account; its name need not be its alone, so that it goes by its id."""
    return facts(
        uid(at, "service-accounts", item["id"]),
        name=item["id"],
        email=None,
        human=False,
        root=False,
        active=True,
        password=False,
        created_at=item.time("created_at"),
        disabled_at=None,
        owner=None,
    )
