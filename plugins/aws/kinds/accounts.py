"""Accounts, roles, keys and passwords; secrets."""

from datetime import datetime

from soc2test import Credential, Identity, PasswordPolicy, Resource, Role, Secret, Tenant

__all__ = [
    "AccessKey",
    "AccessKeyUse",
    "AccountPasswordPolicy",
    "AwsAccount",
    "AwsSecret",
    "IamRole",
    "IamRoot",
    "IamUser",
    "IssuedCredential",
    "RootAccessKey",
    "ServiceCredential",
    "SigningCertificate",
    "SshPublicKey",
]


class IamUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of IAM. Human means that it has a console password; its id leaves out the path, which some calls omit."""

    way_in: bool
    """by password, access key or signing certificate, as the credential report knows them"""


class IamRole(Role, frozen=True, gc=False, kw_only=True):
    """A role of IAM. Those of its own account who may take it on have its rights counted as theirs."""


class IamRoot(Identity, frozen=True, gc=False, kw_only=True):
    """The root of an account. It is nobody's own account: no person's e-mail address and no owner belong to it."""

    has_keys: bool


class AccessKey(Credential, frozen=True, gc=False, kw_only=True):
    """An access key of an IAM user; its id names the time of its creation, as the credential report shows no key id."""

    key: str
    """its key id, by which IAM is asked when it was used last; not told by the credential report"""


class SigningCertificate(Credential, frozen=True, gc=False, kw_only=True):
    """An X.509 certificate of a user, or of the root, that signs requests."""


class IssuedCredential(Credential, frozen=True, gc=False, kw_only=True):
    """What IAM gives out beside access keys, and shows in no credential report."""


class ServiceCredential(IssuedCredential, frozen=True, gc=False, kw_only=True):
    """A user's credential for one service: CodeCommit, Keyspaces, API keys of Bedrock and CloudWatch."""

    service: str


class SshPublicKey(IssuedCredential, frozen=True, gc=False, kw_only=True):
    """A user's SSH key for CodeCommit."""


class AccessKeyUse(Resource, frozen=True, gc=False, kw_only=True):
    """What IAM answers when asked for the last use of one access key; its id is the key's."""

    last_used_at: datetime | None


class RootAccessKey(Credential, frozen=True, gc=False, kw_only=True):
    """An access key of the root: a resource only where one exists."""


class AccountPasswordPolicy(PasswordPolicy, frozen=True, gc=False, kw_only=True):
    """The password rules of IAM users; without one of its own an account has AWS's default rules."""

    custom: bool
    """the company set it"""


class AwsSecret(Secret, frozen=True, gc=False, kw_only=True):
    """A secret in Secrets Manager that is not about to be deleted."""

    rotated_at: datetime | None
    """when Secrets Manager last rotated it by itself; None: never"""
    version_made_at: datetime
    """when the version in use was made, by whomever"""


class AwsAccount(Tenant, frozen=True, gc=False, kw_only=True):
    """An account in one region: what AWS switches per region is told per region. Id is "account/region"."""
