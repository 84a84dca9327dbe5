"""The OAuth scope of each call, from `scopes` of the method in Google's own discovery documents (admin directory_v1,
admin reports_v1, cloudidentity v1): the one of them that ends in `.readonly`.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="OAuth scopes",
    give="to the access token, by the consent of who signs in or by delegation to a service account",
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
            "Google has one scope for it, admin.directory.user.security, which manages and does not only read: give it "
            "only where what third-party apps may do is to be tested"
        ),
    },
)
