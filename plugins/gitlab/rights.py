"""The scope of the access token that each call of GitLab's API needs.

`read_api` "Grants read access to the API, including all groups and projects"
(https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes); no narrower one reads them.
What a token is answered is what its user may see: docs.gitlab.com/api/users says that administrators are told more.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="scopes of an access token",
    give="in an access token of an owner of the group; what its user may not see is not answered either",
    url="https://docs.gitlab.com/user/profile/personal_access_tokens/",
    of={
        "groups get": ("read_api",),
        "projects merge_requests": ("read_api",),
        "merge_requests approvals": ("read_api",),
        "merge_requests versions": ("read_api",),
        "merge_requests commits": ("read_api",),
        "repository commits": ("read_api",),
        "repository commits merge_requests": ("read_api",),
        "projects members all": ("read_api",),
        "groups members all": ("read_api",),
        "merge_requests get": ("read_api",),
        "groups projects": ("read_api",),
        "projects protected_branches": ("read_api",),
        "projects approval_rules": ("read_api",),
        "projects approvals": ("read_api",),
        "groups saml_users": ("read_api",),
        "users": ("read_api",),
    },
    wider={
        "users": ("an instance tells who is an administrator and who has a second factor to its administrators alone"),
    },
)
