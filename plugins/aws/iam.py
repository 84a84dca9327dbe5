"""IAM: users, their second factors, passwords, tags and access keys."""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Skip,
    Subject,
    UnknownFact,
    facts,
    id_text,
    item_of,
    items_of,
    known,
    listed,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.aws.kinds import AccessKey, IamRoot, IamUser
from soc2test_plugins.aws.names import key_id, root_id, user_id
from soc2test_plugins.aws.source import aws
from soc2test_plugins.aws.tags import tag, tags_of

__all__ = ["contact"]

ACCOUNT = ("account",)


@aws.reads("iam list-users", kind=IamUser, items="Users", lists=True, scope=ACCOUNT, command="aws iam list-users")
def user(item: Item, at: Subject) -> Facts:
    """A user; what it may do and how it signs in is told elsewhere."""
    name = id_text(item["UserName"])
    return facts(user_id(at, name), name=name, root=False, created_at=item.time("CreateDate"))


@aws.reads(
    "iam get-user", kind=IamUser, subject="user", scope=ACCOUNT, command="aws iam get-user --user-name {user}",
    about={"user": "User.UserName"},
    tells=["name", "root", "created_at", "email", "owner"],
)  # fmt: skip
def one_user(body: Item, at: Subject) -> Facts:
    """A user by itself, with its tags; IAM leaves these out where there is none, older exports do always."""
    item = known(body["User"])
    tagged = contact(at["user"], tags_of(item["Tags"])) if "Tags" in item else {}
    return facts(
        user_id(at, at["user"]), name=item["UserName"], root=False, created_at=item.time("CreateDate"), **tagged
    )


@aws.reads(
    "iam get-login-profile", kind=IamUser, subject="user", scope=ACCOUNT, about={"user": "LoginProfile.UserName"},
    absent=["NoSuchEntity", "NoSuchEntityException"], command="aws iam get-login-profile --user-name {user}",
)  # fmt: skip
def login_profile(body: Item | None, at: Subject) -> Facts:
    """A console password, or none; the error is the usual answer for programs' users."""
    if body is not None:
        text(item_of(body["LoginProfile"])["UserName"])  # an answer of another shape tells of no password
    return facts(user_id(at, at["user"]), password=body is not None, human=body is not None)


@aws.reads(
    "iam list-user-tags", kind=IamUser, items=None, subject="user", scope=ACCOUNT,
    command="aws iam list-user-tags --user-name {user}", tells=["email", "owner"],
)  # fmt: skip
def user_tags(body: Item, at: Subject) -> Facts:
    """Whose account it is."""
    return facts(user_id(at, at["user"]), IamUser, **contact(at["user"], tags_of(listed(body["Tags"]))))


@aws.reads(
    "iam list-mfa-devices", kind=IamUser, subject="user", scope=ACCOUNT, about={"user": "MFADevices[].UserName"},
    command="aws iam list-mfa-devices --user-name {user}",
)  # fmt: skip
def mfa_devices(body: Item, at: Subject) -> Facts:
    """The user's devices, enabled ones only."""
    return facts(
        user_id(at, at["user"]),
        mfa=bool([id_text(each["SerialNumber"]) for each in items_of(body["MFADevices"])]),
    )


@aws.reads(
    "iam list-virtual-mfa-devices", kind=(IamUser, IamRoot), items="VirtualMFADevices", scope=ACCOUNT,
    command="aws iam list-virtual-mfa-devices",
)  # fmt: skip
def virtual_mfa_device(item: Item, at: Subject) -> Facts | Skip:
    """A device that somebody uses. Who is not named may use a hardware key: that is no fact about him."""
    if "User" not in item or "EnableDate" not in item:
        return skip("a device that nobody uses")
    holder = text(item["User"]["Arn"])
    if holder.endswith(":root"):
        return facts(root_id(at), IamRoot, mfa=True)
    return facts(user_id(at, holder.rpartition("/")[2]), IamUser, mfa=True)


@aws.reads(
    "iam list-access-keys", kind=AccessKey, items="AccessKeyMetadata", lists=True, per=IamUser, subject="user",
    about={"user": "AccessKeyMetadata[].UserName"},
    scope=ACCOUNT, command="aws iam list-access-keys --user-name {user}",
)  # fmt: skip
def access_key(item: Item, at: Subject) -> Facts:
    """A key; when it was used last stands in the credential report."""
    holder = user_id(at, id_text(item["UserName"]))
    created = item.time("CreateDate")
    return facts(
        key_id(holder, known(created)),
        identity=holder,
        category="access_key",
        root=False,
        active=item.then("Status", _active),
        created_at=created,
        key=item["AccessKeyId"],
    )


def _active(status: str) -> bool:
    """IAM tells of an expired key since 2025; it signs nothing any more."""
    if status not in ("Active", "Inactive", "Expired"):
        raise UnknownFact("active", "the access key's status is neither Active nor Inactive nor Expired")
    return status == "Active"


def contact(name: str, tags: dict[str, Any]) -> dict[str, Any]:
    """E-mail address and owner: by tag, or a user name that is an address."""
    email = or_unknown(lambda: tag(tags, "email", "e-mail", "mail") or (name if "@" in name else None))
    return {"email": email, "owner": or_unknown(lambda: tag(tags, "owner") or known(email))}


@aws.derives(IamUser, "disabled_at")
def disabled_at(user: IamUser) -> None:
    """None while there is a way in; IAM keeps no time of the day when the last one was closed."""
    if not user.active:
        raise UnknownFact("disabled_at", "IAM does not tell when a user's last password or key was switched off")
