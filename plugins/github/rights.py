"""The permission of a fine-grained token that each call of GitHub's REST API needs.

From "Permissions required for fine-grained personal access tokens", which names endpoint by endpoint one permission
and whether reading is enough. It names some endpoints under two permissions, and says of those that they "require more
than one permission" or "work with any one permission from a set", not which: both stand here, each for reading.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

_OWNER = 'GitHub says "Only owners can use this filter": the token is one of an owner of the organization'

RIGHTS = Rights(
    called="permissions of a fine-grained personal access token",
    give=(
        "in a fine-grained personal access token whose resource owner is the organization, for all of its repositories"
    ),
    url="https://docs.github.com/en/enterprise-cloud@latest/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens",
    of={
        "dependabot list-alerts-for-repo": ("Repository Dependabot alerts: read",),
        "dependabot list-alerts-for-org": ("Repository Dependabot alerts: read",),
        "code-scanning list-alerts-for-repo": ("Repository Code scanning alerts: read",),
        "code-scanning list-alerts-for-org": ("Repository Code scanning alerts: read",),
        "secret-scanning list-alerts-for-repo": ("Repository Secret scanning alerts: read",),
        "secret-scanning list-alerts-for-org": ("Repository Secret scanning alerts: read",),
        "code-scanning list-recent-analyses": ("Repository Code scanning alerts: read",),
        "pulls list": ("Repository Pull requests: read",),
        "pulls get": ("Repository Pull requests: read", "Repository Contents: read"),
        "pulls list-reviews": ("Repository Pull requests: read",),
        "pulls list-commits": ("Repository Pull requests: read",),
        "orgs get-audit-log": ("Organization Administration: read",),
        "checks list-for-ref": ("Repository Checks: read",),
        "repos get-combined-status-for-ref": ("Repository Commit statuses: read",),
        "repos list-collaborators": ("Repository Metadata: read",),
        "repos list-commits": ("Repository Contents: read",),
        "repos list-pull-requests-associated-with-commit": ("Repository Pull requests: read",),
        "copilot list-copilot-seats": (
            "Organization GitHub Copilot Business: read",
            "Organization Administration: read",
        ),
        "repos get-all-environments": ("Repository Actions: read",),
        "orgs list-app-installations": ("Organization Administration: read",),
        "issues list-events": ("Repository Issues: read", "Repository Pull requests: read"),
        "orgs list-members": ("Organization Members: read",),
        "orgs list-members admin": ("Organization Members: read",),
        "orgs list-members 2fa_disabled": ("Organization Members: read",),
        "orgs list-outside-collaborators": ("Organization Members: read",),
        "orgs list-outside-collaborators 2fa_disabled": ("Organization Members: read",),
        "repos get-branch-protection": ("Repository Administration: read",),
        "repos get-branch-rules": ("Repository Metadata: read",),
        "repos get-repo-ruleset": ("Repository Metadata: read",),
        "repos get": ("Repository Metadata: read",),
        "repos list-for-org": ("Repository Metadata: read",),
    },
    wider={
        "orgs list-members 2fa_disabled": _OWNER,
        "orgs list-outside-collaborators 2fa_disabled": _OWNER,
        "repos get-org-ruleset": (
            "GitHub documents Organization Administration: write for GET /orgs/{org}/rulesets, and no permission that "
            "only reads"
        ),
    },
    unknown={
        "orgs get": "GitHub's table of permissions names none for GET /orgs/{org}",
        "graphql repository": "GitHub's table of permissions is of the REST API alone",
        "graphql externalIdentities": "GitHub's table of permissions is of the REST API alone",
    },
)
