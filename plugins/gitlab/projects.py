"""Projects of the group and of the groups below it.

docs.gitlab.com/api/groups, List projects (gitlab-org/gitlab, doc/api/groups.md), the entity `Project` in its lib/api,
and `GET_GITLAB_PROJECTS_RESPONSE` of cartography.
"""

from soc2test import Facts, Item, Missed, Skip, Subject, Unknown, facts, missed, or_unknown, skip, text, translated
from soc2test_plugins.gitlab.identity import PROJECTS
from soc2test_plugins.gitlab.kinds import GitlabProject
from soc2test_plugins.gitlab.shapes import switch
from soc2test_plugins.gitlab.source import API, gitlab, project_id

_VISIBLE = {"public": True, "internal": False, "private": False}
"""Internal projects are seen by whoever has an account of the host."""
_SECRETS = Unknown(
    "secret push protection (Ultimate) is not on, and whether pipelines look for secrets is not read",
    what="secret_push_protection_enabled",
)
_DEPENDENCIES = Unknown("GitLab looks for weak dependencies in pipelines, which are not read")


@gitlab.reads(
    PROJECTS,
    kind=GitlabProject,
    items="",
    lists=True,
    command=API + 'groups/{group}/projects?include_subgroups=true&with_shared=false&per_page=100"',
)
def project(item: Item, at: Subject) -> Facts | Skip | Missed:
    """A project. An empty one holds nothing that could be changed, and has no default branch."""
    path = text(item["path_with_namespace"])
    if path.partition("/")[0].casefold() != at["group"].casefold():
        return missed("a project of another group: export the list with with_shared=false", GitlabProject)
    if item.or_else("empty_repo", False) is True:
        return skip("its repository is empty", project_id(at, path))
    return facts(
        project_id(at, path),
        name=path,
        public=translated(item["visibility"], _VISIBLE),
        archived=item["archived"],
        default_branch=item["default_branch"],
        pipelines_must_succeed=or_unknown(lambda: switch(item["only_allow_merge_if_pipeline_succeeds"])),
        skipped_pipelines_pass=or_unknown(lambda: switch(item["allow_merge_on_skipped_pipeline"])),
        secret_scanning=or_unknown(lambda: switch(item["secret_push_protection_enabled"])) is True or _SECRETS,
        dependency_alerts=_DEPENDENCIES,
    )
