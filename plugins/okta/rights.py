"""The OAuth 2.0 scope of each call of Okta's management API.

From the `security` of each operation in Okta's own OpenAPI description of the management API (2024.09.2,
https://github.com/okta/okta-management-openapi-spec).
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="OAuth 2.0 scopes",
    give="granted in Okta to the app whose access token is used",
    url="https://developer.okta.com/docs/api/oauth2/",
    of={
        "getOrgSettings": ("okta.orgs.read",),
        "listApplications": ("okta.apps.read",),
        "listOAuth2ClientSecrets": ("okta.apps.read",),
        "listGroups": ("okta.groups.read",),
        "listGroupUsers": ("okta.groups.read",),
        "listGroupAssignedRoles": ("okta.roles.read",),
        "listUserGroups": ("okta.users.read",),
        "listPolicies PASSWORD": ("okta.policies.read",),
        "listLogEvents SIGN_IN": ("okta.logs.read",),
        "listPolicies OKTA_SIGN_ON": ("okta.policies.read",),
        "listPolicies ACCESS_POLICY": ("okta.policies.read",),
        "listPolicyRules": ("okta.policies.read",),
        "listLogEvents": ("okta.logs.read",),
        "listApiTokens": ("okta.apiTokens.read",),
        "listUsers": ("okta.users.read",),
        "getUser": ("okta.users.read",),
        "listFactors": ("okta.users.read",),
        "listAssignedRolesForUser": ("okta.roles.read",),
        "listUserIdentityProviders": ("okta.users.read",),
    },
    unknown={
        "listDevices": "its scope was not found in Okta's documents",
        "getOrgOktaSupportSettings": "its scope was not found in Okta's documents",
    },
)
