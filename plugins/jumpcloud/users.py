"""Users of the directory.

https://docs.jumpcloud.com/api/1.0/index.html, Systemusers (the OpenAPI of TheJumpCloud/jcapi-powershell at
33e359ebfd3f, SystemUserReturn). It describes no field in words; their meaning is from JumpCloud's help.
"""

from soc2test import Facts, Item, Subject, Unknown, UnknownFact, dig, facts, flag, meaning, or_unknown
from soc2test_plugins.jumpcloud.kinds import JumpcloudUser
from soc2test_plugins.jumpcloud.source import API, jumpcloud, uid

_STATES = {"ACTIVATED": True, "STAGED": False, "SUSPENDED": False}
"""Whether somebody gets in: "If a user has a User State of anything other than Active, they won't be able to access any
of their JumpCloud resources, regardless of their password status" (help, Password Statuses)."""

_ENROLLED = {
    "ENROLLED": True,
    **dict.fromkeys(
        ("DISABLED", "ENROLLMENT_EXPIRED", "IN_ENROLLMENT", "NOT_ENROLLED", "PENDING_ACTIVATION", "PRE_ENROLLMENT"),
        False,
    ),
}
"""`mfaEnrollmentStatus` of the OpenAPI: whether a factor is set up; until it is, nothing asks for it."""


@jumpcloud.reads(
    "systemusers",
    kind=JumpcloudUser,
    items="results",
    lists=True,
    never_empty=True,
    total="totalCount",
    command=API + 'systemusers?limit=100"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user in whichever state.

    One that is locked, or whose password ran out or was never set, gets in again by a new password, and counts as
    active. `sudo` is a right on the user's devices and makes no administrator of the directory, `mfa.exclusion` is the
    time that is left to enrol, and `externally_managed` is deprecated.
    """
    active = or_unknown(lambda: _active(item))
    return facts(
        uid(at, "users", item["_id"]),
        name=item["username"],
        email=item["email"],
        human=True,
        root=False,
        active=active,
        state=item["state"],
        mfa_enrolled=or_unknown(lambda: _enrolled(item)),
        created_at=item.time("created"),
        disabled_at=None if active is True else Unknown("JumpCloud does not list since when a user is switched off"),
        owner=None,
    )


def _active(item: Item) -> bool:
    """By the state; `suspended` says the same of one of the states, also where the state is left out."""
    suspended = flag(item.or_else("suspended", False))
    if suspended and "state" not in item:
        return False
    active = meaning(item["state"], _STATES)
    if suspended and active:
        raise UnknownFact("suspended", "the state of the user says active, and `suspended` says otherwise")
    return active


def _enrolled(item: Item) -> bool:
    """Some factor is set up: one of several (`mfaEnrollment`), or the codes of an app (`totp_enabled`).

    Without the word on all of them, no app says nothing: JumpCloud Protect, WebAuthn and Duo are factors too.
    """
    if flag(item.or_else("totp_enabled", False)):
        return True
    return meaning(dig(item, "mfaEnrollment", "overallStatus"), _ENROLLED)
