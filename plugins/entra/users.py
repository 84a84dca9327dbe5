"""Users and their authentication methods."""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    item_of,
    known,
    listed,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.entra.about import OF_USER
from soc2test_plugins.entra.kinds import EntraUser
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid

_STRONG = (
    "microsoftAuthenticator", "passwordlessMicrosoftAuthenticator", "fido2", "hardwareOath", "phone",
    "platformCredential", "softwareOath", "windowsHelloForBusiness", "x509Certificate",
)  # fmt: skip
_OFF = "Entra does not tell since when an account is disabled: its audit log does (Disable account)"
_WEAK = ("email", "password", "temporaryAccessPass", "qrCodePin")
_USED = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")
_SELECT = "id,userPrincipalName,displayName,mail,accountEnabled,userType,createdDateTime,signInActivity"


def _with_activity(body: Any) -> Any:
    """Where sign-in activity was asked for, Graph leaves it out for those who never signed in."""
    body = as_graph(body)
    users = body.get("value") if isinstance(body, dict) else None
    if isinstance(users, list) and any(isinstance(each, dict) and "signInActivity" in each for each in users):
        return {
            **body,
            "value": [{"signInActivity": None, **each} if isinstance(each, dict) else each for each in users],
        }
    return body


@entra.reads(
    "users", kind=EntraUser, items="value", total=COUNT, lists=True, never_empty=True, prepare=_with_activity,
    command=GRAPH + f'users?\\$select={_SELECT}&\\$top=500"',
)  # fmt: skip
def user(item: Item, at: Subject) -> Facts:
    """A user. Graph's default answer leaves out whether the account is enabled: it must be asked for."""
    id = id_text(item["id"])
    active = item["accountEnabled"]
    return facts(
        uid(at, "users", id),
        directory_id=id,
        name=item["userPrincipalName"],
        email=or_unknown(lambda: _email(item)),
        human=True,
        guest=translated(item["userType"], {"Member": False, "Guest": True}),
        root=False,
        active=active,
        created_at=item.time("createdDateTime"),
        last_used_at=or_unknown(lambda: _last_used(item)),
        owner=None,
        disabled_at=None if active is True else Unknown(_OFF),
    )


def _email(item: Item) -> Any:
    """The mailbox; who has none is known by the sign-in name, but for a guest."""
    if known(item["mail"]) is not None and text(item["mail"]):
        return item["mail"]
    name = text(item["userPrincipalName"])
    return None if "#EXT#" in name else name


def _last_used(item: Item) -> Any:
    activity = known(item["signInActivity"])
    if activity is None:
        return None
    times = [item_of(activity).time(key) for key in _USED if key in activity]
    if not times:
        raise UnknownFact("last_used_at", "the sign-in activity holds no time")
    return max((each for each in times if each is not None), default=None)


@entra.reads(
    "reports authenticationMethods userRegistrationDetails",
    kind=EntraUser,
    items="value",
    total=COUNT,
    prepare=as_graph,
    command=GRAPH + 'reports/authenticationMethods/userRegistrationDetails"',
)
def registration(item: Item, at: Subject) -> Facts:
    """Whether a user registered a strong method, and whether the tenant's policy allows it."""
    return facts(
        uid(at, "users", id_text(item["id"])),
        mfa_enrolled=item["isMfaCapable"],
        mfa_registered=item["isMfaRegistered"],
    )


@entra.reads(
    "users authentication methods",
    kind=EntraUser,
    subject="directory_id",
    about={"directory_id": OF_USER},
    prepare=as_graph,
    command=GRAPH + 'users/{directory_id}/authentication/methods"',
)
def methods(body: Item, at: Subject) -> Facts:
    """The methods of one user, by the types that Graph names."""
    found = or_unknown(lambda: tuple(sorted({_method(each) for each in listed(body["value"])})))
    password = or_unknown(lambda: _password(known(found)))
    return facts(uid(at, "users", at["directory_id"]), methods=found, password=password)


def _method(item: Item) -> str:
    """#microsoft.graph.fido2AuthenticationMethod is fido2."""
    return text(item["@odata.type"]).rpartition(".")[2].removesuffix("AuthenticationMethod")


def _password(methods: tuple[str, ...]) -> bool:
    if "password" not in methods and not {*methods} <= {*_STRONG, *_WEAK}:
        raise UnknownFact("password", "a registered method is of a type that this plugin does not know")
    return "password" in methods


@entra.derives(EntraUser, "mfa_enrolled")
def strong(user: EntraUser) -> bool:
    """A strong method is registered; used where no report says whether policy allows it too."""
    if any(each in _STRONG for each in user.methods):
        return True
    if not set(user.methods) <= set(_WEAK):
        raise UnknownFact("methods", "a registered method is of a type that this plugin does not know")
    return False
