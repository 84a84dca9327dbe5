"""What is left on purpose, each with its reason."""

from collections.abc import Mapping

from soc2test.proving.words.judging import ANY_OTHER, NOBODYS, TAKEN

__all__ = ["DECIDES_NOTHING", "HANDED_ON", "LEFT"]

_SIGN_ON = "listPolicies OKTA_SIGN_ON"
_CONDITIONS = "[]._embedded.rules[].conditions"
_UNREADABLE = "the rule says `readable=False`: whoever weighs it takes it for one that may or may not be met"
_WIDEST = (
    "somebody who may bypass a ruleset is named whatever the mode; a mode that is not known is taken for the widest"
)
_ISSUER = (
    "whom it names as issuer is told by its protocol, whatever the type: the type stands for two issuers that are known"
)
_ISSUERLESS = (
    "AMAZON", "APPLE", "DISCORD", "FACEBOOK", "GITHUB", "GITLAB", "IDV_CLEAR", "IDV_INCODE", "IDV_PERSONA",
    "IDV_STANDARD", "LINKEDIN", "LOGINGOV", "LOGINGOV_SANDBOX", "OIDC", "OKTA_INTEGRATION", "PAYPAL", "PAYPAL_SANDBOX",
    "SALESFORCE", "SAML2", "SPOTIFY", "X509", "XERO", "YAHOO", "YAHOOJP",
)  # fmt: skip
_USERS_LEFT = ("ACTIVE", "LOCKED_OUT", "PASSWORD_EXPIRED", "PROVISIONED", "RECOVERY", "STAGED", "SUSPENDED")

LEFT: Mapping[tuple[str, str, str, str, str], tuple[tuple[str, ...], str]] = {
    ("cyclonedx", "report", "vulnerabilities[].ratings[].method", ANY_OTHER, "ReportedVulnerability.severity"): (
        ("OWASP", "SSVC", "other"), "a score of another method than CVSS is not read, whichever that is",
    ),
    ("cyclonedx", "report", "vulnerabilities[].ratings[].severity", TAKEN, "ReportedVulnerability.severity"): (
        ("unknown", NOBODYS), "a rating whose word says nothing is told by the CVSS score that stands beside it",
    ),
    ("aws", "elbv2 describe-load-balancers", "LoadBalancers[].Type", ANY_OTHER, "LoadBalancer.public"): (
        ("application", "network"), "one of these without a scheme is what the vendor does not give: the key is missed",
    ),
    ("github", "repos get-org-ruleset", "bypass_actors[].bypass_mode", TAKEN, "GithubRepository.organization_rulesets"): (
        (NOBODYS,), _WIDEST,
    ),
    ("github", "repos get-repo-ruleset", "bypass_actors[].bypass_mode", TAKEN, "GithubRepository.rulesets"): (
        (NOBODYS,), _WIDEST,
    ),
    **{
        ("github", f"secret-scanning list-alerts-for-{of}", "[].validity", TAKEN, f"SecretAlert.{fact}"): (
            ("unknown",), "where nobody tried whether a secret still works, the resolution of its alert decides",
        )
        for of in ("org", "repo") for fact in ("closed_at", "state")
    },
    ("okta", "listFactors", "[].factorType", ANY_OTHER, "OktaUser.mfa_enrolled"): (
        ("email", "question"), "in a case another factor of the user is of a type that nobody documents",
    ),
    ("okta", _SIGN_ON, f"{_CONDITIONS}.identityProvider.provider", TAKEN, "OktaSessionPolicy.rules"): (
        (NOBODYS,), _UNREADABLE,
    ),
    ("okta", _SIGN_ON, f"{_CONDITIONS}.riskScore.level", TAKEN, "OktaSessionPolicy.rules"): ((NOBODYS,), _UNREADABLE),
    ("okta", "listUserIdentityProviders", "[].type", TAKEN, "OktaUser.vouchers"): ((NOBODYS,), _ISSUER),
    ("okta", "listUserIdentityProviders", "[].type", ANY_OTHER, "OktaUser.vouchers"): (_ISSUERLESS, _ISSUER),
    ("okta", "listUserIdentityProviders", "[].type", ANY_OTHER, "OktaUser.federated_realm"): (_ISSUERLESS, _ISSUER),
    ("okta", "listUsers", "[].status", ANY_OTHER, "failed"): (
        _USERS_LEFT, "a list that names no DEPROVISIONED user may be Okta's default list, which leaves them out",
    ),
}  # fmt: skip
"""Source, call, leaf, sort of finding and what it is about -> the words, and why it is right as it is."""
_SHOWN_REASON = (
    "a person's reason for a dismissal, which is shown: a control reads whether its words say more than not yet"
)
_CHECKED_LATER = "which of them give rights, the facts that follow ask by tables of their own"
DECIDES_NOTHING: Mapping[tuple[str, str, str], str] = {
    ("aws", "cloudwatch describe-alarms", "CompositeAlarms[].ActionsSuppressedBy"): (
        "whatever suppresses its actions, they don't act: the key alone decides"
    ),
    ("aws", "guardduty get-detector", "Features[].Name"): "each protection that is named counts, whatever it is called",
    ("github", "code-scanning list-alerts-for-repo", "[].dismissed_reason"): _SHOWN_REASON,
    ("github", "dependabot list-alerts-for-repo", "[].dismissed_reason"): _SHOWN_REASON,
    ("inspector", "inspector2 batch-get-account-status", "failedAccounts[].errorCode"): (
        "whatever went wrong, the question was not answered: the word is shown"
    ),
    ("inspector", "inspector2 list-coverage", "coveredResources[].scanType"): "a part of the id",
    ("okta", _SIGN_ON, f"{_CONDITIONS}.network.connection"): (
        "in the one export no zone is named, so that the two documented words ask for nothing both"
    ),
}
"""Leaves that make no difference between documented words in any export, and why."""
HANDED_ON: Mapping[tuple[str, str, str], str] = {
    ("azure", "AzureRoleAssignment", "principal_type"): "shown; who holds the role is told by members.py, by a table",
    ("azure", "AzureSqlServer", "min_tls"): "a version in Azure's spelling; no shipped control or derivation reads it",
    (
        "azure",
        "AzureStorageAccount",
        "min_tls",
    ): "a version in Azure's spelling; no shipped control or derivation reads it",
    ("cyclonedx", "ReportedVulnerability", "dismissed_reason"): _SHOWN_REASON,
    ("entra", "EntraConditionalAccessPolicy", "reach"): "one that holds a word that is not known says `readable=False`",
    ("github", "CodeScanningAlert", "dismissed_reason"): _SHOWN_REASON,
    ("github", "DependabotAlert", "dismissed_reason"): _SHOWN_REASON,
    ("github", "GithubRepository", "branch_rules"): "a rule of a type that is not known protects from nothing",
    ("github", "GithubRepository", "organization_rulesets"): "whoever is named may bypass, whatever sort of actor",
    ("github", "GithubRepository", "rulesets"): "whoever is named may bypass, whatever sort of actor",
    (
        "github",
        "PullRequest",
        "reviews",
    ): "what the reviewer is to the repository is looked up in a table in approvals.py",
    ("google_workspace", "GoogleSsoAssignment", "mode"): "what it means for a user is looked up in a table",
    (
        "okta",
        "AccessGrant",
        "right",
    ): "a request names the role that was given; one of a word that is not known needs one too",
    ("okta", "OktaApp", "client_authentication"): "whether it needs secrets is looked up in a table",
    ("okta", "OktaApp", "sign_on_mode"): "shown; what it means is told beside it, by a table",
    ("okta", "OktaGroup", "admin_roles"): _CHECKED_LATER,
    ("okta", "OktaUser", "admin_roles"): _CHECKED_LATER,
    ("okta", "OktaUser", "assigned_roles"): _CHECKED_LATER,
    ("okta", "OktaUser", "status"): "shown; what it means is told beside it, by tables",
}
"""Source, kind and fact that shows the word, and why that is no answer by itself."""
