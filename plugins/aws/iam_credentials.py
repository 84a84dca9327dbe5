"""IAM: what users hold beside passwords and access keys. The credential report shows none of it.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html
"""

from soc2test import Facts, Item, Population, Subject, facts, id_text, known, translated
from soc2test_plugins.aws.kinds import IamUser, IssuedCredential, ServiceCredential, SigningCertificate, SshPublicKey
from soc2test_plugins.aws.names import certificate_id, user_id
from soc2test_plugins.aws.source import aws

_SERVES = {"Active": True, "Inactive": False, "Expired": False}


@aws.reads(
    "iam list-service-specific-credentials", kind=ServiceCredential, items="ServiceSpecificCredentials", lists=True,
    per=IamUser, subject="user", scope=("account",), about={"user": "ServiceSpecificCredentials[].UserName"},
    command="aws iam list-service-specific-credentials --user-name {user}",
)  # fmt: skip
def service_credential(item: Item, at: Subject) -> Facts:
    """One for a single service; only API keys with an end have one, the others go on for ever."""
    holder = user_id(at, id_text(item["UserName"]))
    return facts(
        f"{holder}/service-credential/{id_text(item['ServiceSpecificCredentialId'])}",
        identity=holder,
        category="service_credential",
        root=False,
        active=translated(item["Status"], _SERVES),
        created_at=item.time("CreateDate"),
        expires_at=item.time("ExpirationDate") if "ExpirationDate" in item else None,
        service=item["ServiceName"],
    )


@aws.reads(
    "iam list-ssh-public-keys", kind=SshPublicKey, items="SSHPublicKeys", lists=True, per=IamUser, subject="user",
    about={"user": "SSHPublicKeys[].UserName"},
    scope=("account",), command="aws iam list-ssh-public-keys --user-name {user}",
)  # fmt: skip
def ssh_key(item: Item, at: Subject) -> Facts:
    """An SSH key opens the company's repositories in CodeCommit."""
    holder = user_id(at, id_text(item["UserName"]))
    return facts(
        f"{holder}/ssh-key/{id_text(item['SSHPublicKeyId'])}",
        identity=holder,
        category="ssh_key",
        root=False,
        active=translated(item["Status"], _SERVES),
        created_at=item.time("UploadDate"),
        expires_at=None,
    )


@aws.reads(
    "iam list-signing-certificates", kind=SigningCertificate, items="Certificates", lists=True, per=IamUser,
    subject="user", scope=("account",), about={"user": "Certificates[].UserName"},
    command="aws iam list-signing-certificates --user-name {user}",
)  # fmt: skip
def signing_certificate(item: Item, at: Subject) -> Facts:
    """A certificate of a user, where no credential report shows them."""
    holder = user_id(at, id_text(item["UserName"]))
    created = item.time("UploadDate")
    return facts(
        certificate_id(holder, known(created)),
        identity=holder,
        category="certificate",
        root=False,
        active=translated(item["Status"], _SERVES),
        created_at=created,
    )


@aws.derives(IamUser, "active", joins=IssuedCredential)
def active(user: IamUser, issued: Population[IssuedCredential]) -> bool:
    """A user without password, keys and certificates acts by what was issued to it beside them, if anything."""
    if user.way_in:
        return True
    return any(credential.active for credential in issued.all("identity", user.id))
