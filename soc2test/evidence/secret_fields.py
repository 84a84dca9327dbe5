"""Values that stand under the names which vendors give to secrets: replaced before a plugin sees them.

Names are compared whole, without regard to case, "_", "-" and ".": `PasswordLastUsed` and `SecretArn` are no secrets.
Empty values, null, true and false stay what they are: they say whether a secret is there.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from soc2test.evidence.redacted import REDACTED
from soc2test.resources.unknown import Unknown

__all__ = ["holds_secrets", "is_secret_name", "without_secrets"]

_NAMES = frozenset(
    """
    password passwd passphrase pwd secret clientsecret appsecret apisecret sharedsecret secretkey secretvalue
    secretstring secretbinary secrettext secrethash secretaccesskey awssecret awssecretkey awssecretaccesskey
    sessiontoken awssessiontoken accesstoken refreshtoken idtoken authtoken bearertoken apitoken bottoken oauthtoken
    token xauthtoken personalaccesstoken ghpat pat registrationtoken jointoken sastoken sasurl
    apikey xapikey apikeyvalue accesskeysecret hmacsecret hmackey signingsecret signingkey webhooksecret webhookurl
    slacktoken jwt ssws authorization cookie setcookie basicauth
    privatekey privatekeypem privatekeydata sshprivatekey keymaterial pem pkcs12 pfx clientkeydata keydata
    plaintext ciphertextblob userdata userdatabase64 userdatareplace customdata startupscript
    masteruserpassword masterpassword adminpassword administratorpassword administratorloginpassword rootpassword
    dbpassword databasepassword userpassword loginpassword temporarypassword initialpassword newpassword oldpassword
    masterauthtoken sqladminpassword passwordhash passwordsalt hashedpassword
    totpsecret mfaseed base32stringseed qrcodepng seed recoverycode recoverycodes backupcodes pin
    connectionstring connectionstrings primaryconnectionstring secondaryconnectionstring databaseurl dsn
    primaryaccesskey secondaryaccesskey primarymasterkey secondarymasterkey primaryreadonlymasterkey
    secondaryreadonlymasterkey primarysharedkey secondarysharedkey storageaccountkey storageaccesskey accountkey
    sharedkey sharedaccesskey presharedkey tunnelpresharedkey psk encryptionkeybase64 rawkey rsaencryptedkey
    serviceaccountkey credentialsjson googlecredentials kubeconfig kubeconfigraw dockerconfigjson npmauthtoken
    """.split()  # noqa: SIM905  # a list of so many would hide the rest of the file
)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*\Z", re.ASCII)  # only of these the end counts: BOT_TOKEN, not MaxToken
_VARIABLE_END = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|PAT|CREDENTIALS|DSN|DATABASE_URL"
    r"|API_?KEY|(?:PRIVATE|ACCESS|SECRET|SIGNING|ENCRYPTION|AUTH|SHARED|ACCOUNT|MASTER|HMAC)_?KEY)(?:_\d+)?\Z",
    re.ASCII,
)
_SEPARATORS = str.maketrans("", "", "_-. ")
_WORTH = ("value", "hash", "salt", "plaintext", "content")
_MASKS = (("sensitive_values", "values"), ("after_sensitive", "after"), ("before_sensitive", "before"))


@lru_cache(maxsize=8192)
def is_secret_name(name: str) -> bool:
    """True for a key under which vendors' exports hold a secret, and for a variable that is named like one."""
    if name.translate(_SEPARATORS).lower() in _NAMES:
        return True
    return bool(_VARIABLE.match(name)) and bool(_VARIABLE_END.search(name))


def without_secrets(value: Any) -> Any:
    """The value with `REDACTED` in the place of every secret; the very same object where it holds none."""
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, list):
        return _list(value, without_secrets)
    return value


def holds_secrets(value: Any) -> bool:
    """True where something would be redacted."""
    return without_secrets(value) is not value


def _object(item: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in item.items():
        kind = type(value)
        if kind is bool or kind is Unknown or value is None or value == "":
            continue
        new = _named(value) if is_secret_name(key) else without_secrets(value) if kind in (dict, list) else value
        if new is not value:
            changed[key] = new
    result = {**item, **changed} if changed else item
    return _by_shape(result)


def _list(values: list[Any], each: Any) -> list[Any]:
    new = [each(value) for value in values]
    return new if any(one is not other for one, other in zip(new, values, strict=True)) else values


def _named(value: Any) -> Any:
    """What stands under a secret's name: an object there is a setting (a password policy), but for its own value."""
    if isinstance(value, list):
        return _list(value, _named)
    if isinstance(value, dict):
        inner = {key: _all(each) for key, each in value.items() if key.lower() in _WORTH}
        inner = {key: each for key, each in inner.items() if each is not value[key]}
        return without_secrets({**value, **inner} if inner else value)
    return _all(value)


def _all(value: Any) -> Any:
    """Every text and number in it."""
    if isinstance(value, dict):
        new = {key: _all(each) for key, each in value.items()}
        return new if any(new[key] is not value[key] for key in new) else value
    if isinstance(value, list):
        return _list(value, _all)
    told = not (value is None or isinstance(value, bool | Unknown) or value is REDACTED or value == "")
    return REDACTED if told else value


def _by_shape(item: dict[str, Any]) -> dict[str, Any]:
    """Secrets that another key of the same object marks as such."""
    if "value" in item or "Value" in item:
        item = _marked_value(item)
    if _is(item.get("kind"), "Secret"):
        item = _parts(item, ("data", "stringData", "metadata"), _kubernetes)
    for mask, name in _MASKS:
        if mask in item and name in item:
            new = _sensitive(item[name], item[mask])
            item = item if new is item[name] else {**item, name: new}
    return item


def _marked_value(item: dict[str, Any]) -> dict[str, Any]:
    """`{"name": "DB_PASSWORD", "value": ...}`, a sensitive output of Terraform, a SecureString of AWS."""
    name = item.get("name", item.get("Name"))
    variable = isinstance(name, str) and _VARIABLE.match(name) and is_secret_name(name)
    if variable or item.get("sensitive") is True or _is(item.get("Type"), "SecureString"):
        return _parts(item, ("value", "Value"), lambda _, value: _all(value))
    return item


def _is(value: Any, word: str) -> bool:
    """What was replaced may not be compared."""
    return type(value) is str and value == word


def _parts(item: dict[str, Any], names: tuple[str, ...], change: Any) -> dict[str, Any]:
    new = {name: change(name, item[name]) for name in names if name in item}
    return {**item, **new} if any(new[name] is not item[name] for name in new) else item


_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def _kubernetes(name: str, value: Any) -> Any:
    """A Secret's data, and the copy of it that kubectl keeps among the annotations."""
    if name != "metadata":
        return _all(value)
    notes = value.get("annotations") if isinstance(value, dict) else None
    if not isinstance(notes, dict) or _LAST_APPLIED not in notes or notes[_LAST_APPLIED] is REDACTED:
        return value
    return {**value, "annotations": {**notes, _LAST_APPLIED: REDACTED}}


def _sensitive(value: Any, mask: Any) -> Any:
    """Terraform's mask: true for a sensitive value, else objects and lists of the value's own shape."""
    if mask is True:
        return _all(value)
    if isinstance(mask, Mapping) and isinstance(value, dict):
        changed = {key: _sensitive(value[key], mask[key]) for key in mask if key in value}
        changed = {key: new for key, new in changed.items() if new is not value[key]}
        return {**value, **changed} if changed else value
    if isinstance(mask, list) and isinstance(value, list):
        pairs = [_sensitive(each, mask[at]) if at < len(mask) else each for at, each in enumerate(value)]
        return pairs if any(new is not old for new, old in zip(pairs, value, strict=True)) else value
    return value
