"""The OAuth scope of each call, from `scopes` of the method in Google's own discovery documents (admin directory_v1,
admin reports_v1, cloudidentity v1): the one of them that ends in `.readonly`.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="OAuth scopes",
    give=("granted to the account or service account whose access token is used, by domain-wide delegation or consent"),
    url="https://developers.google.com/identity/protocols/oauth2/scopes",
    of={
        "customers get": ("https://www.googleapis.com/auth/admin.directory.customer.readonly",),
        "activities list admin": ("https://www.googleapis.com/auth/admin.reports.audit.readonly",),
        "policies list": ("https://www.googleapis.com/auth/cloud-identity.policies.readonly",),
        "orgunits list": ("https://www.googleapis.com/auth/admin.directory.orgunit.readonly",),
        "inboundSsoAssignments list": ("https://www.googleapis.com/auth/cloud-identity.inboundsso.readonly",),
        "inboundSamlSsoProfiles list": ("https://www.googleapis.com/auth/cloud-identity.inboundsso.readonly",),
        "users list": ("https://www.googleapis.com/auth/admin.directory.user.readonly",),
    },
    wider={
        "tokens list": (
            "Google has one scope for it alone, admin.directory.user.security, which can also take users' "
            "tokens away: give it only if what third-party apps may do is to be tested"
        ),
    },
)
