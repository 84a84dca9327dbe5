"""`is_secret_name`: the names under which vendors' exports, settings and environments hold secrets, as data.

Written for this project after what vendors call their secrets, and after two kept lists: the names in the rules of
gitleaks 8 (https://github.com/gitleaks/gitleaks, MIT License, Copyright (c) 2019 Zachary Rice) and those of the keyword
detector of detect-secrets 1.5 (https://github.com/Yelp/detect-secrets, Apache License 2.0).
"""

import re
from functools import lru_cache

__all__ = ["is_secret_name", "is_variable"]

_NAMES = frozenset(
    """
    password passwd passphrase passcode pwd contrasena secret clientsecret appsecret apisecret sharedsecret secretkey
    secretvalue secretstring secretbinary secrettext secrethash secretdata secretaccesskey awssecret awssecretkey
    awssecretaccesskey sessiontoken awssessiontoken accesstoken refreshtoken idtoken authtoken bearertoken apitoken
    bottoken oauthtoken token xauthtoken personalaccesstoken ghpat pat registrationtoken jointoken sastoken sasurl
    accesstokens refreshtokens authtokens apitokens passwords creds
    apikey xapikey apikeyvalue accesskeysecret hmacsecret hmackey signingsecret signingkey webhooksecret webhookurl
    slacktoken jwt ssws authorization proxyauthorization cookie setcookie sessioncookie basicauth
    privatekey privatekeypem privatekeydata sshprivatekey keymaterial pem keypem pkcs12 pfx p12 clientkeydata keydata
    tlskey sslkey privkey sessionkey secretkeybase masterkey
    plaintext ciphertextblob userdata userdatabase64 userdatareplace customdata startupscript
    masteruserpassword masterpassword adminpassword administratorpassword administratorloginpassword rootpassword
    dbpassword databasepassword userpassword loginpassword temporarypassword initialpassword newpassword oldpassword
    masterauthtoken sqladminpassword passwordhash passwordsalt hashedpassword encryptedpassword pwdhash tokenhash
    totpsecret totpkey otpkey otpauthurl otpauthuri totpuri provisioninguri mfaseed base32stringseed qrcodepng seed
    recoverycode recoverycodes recoverykey backupcode backupcodes scratchcodes bypasscodes securityanswer recoveryanswer
    pin mnemonic
    connectionstring connectionstrings primaryconnectionstring secondaryconnectionstring databaseurl mongouri mongodburi
    mongourl redisurl amqpurl dsn
    primaryaccesskey secondaryaccesskey primarymasterkey secondarymasterkey primaryreadonlymasterkey
    secondaryreadonlymasterkey primarysharedkey secondarysharedkey storageaccountkey storageaccesskey accountkey
    sharedkey sharedaccesskey presharedkey tunnelpresharedkey psk wepkey encryptionkeybase64 rawkey rsaencryptedkey
    serviceaccountkey credentialsjson googlecredentials kubeconfig kubeconfigraw dockerconfigjson npmauthtoken
    """.split()  # noqa: SIM905  # a list of so many would hide the rest of the file
)
"""Whole names, in small letters and without separators."""

_END = re.compile(
    r"(?:password|passwd|passphrase|passcode|pwd|secret|token|apikey|connectionstring|dsn|webhookurl"
    r"|(?:slack|teams|discord|zapier|incoming)webhook"
    r"|(?:private|secret|signing|shared|auth|client|license|subscription|deploy|service|account|admin|storage|hmac"
    r"|consumer|webhook|database|db|integration|ingestion|ingest|routing|write)key"
    r"|(?:db|database|user|admin|root|smtp|ftp|mail|mysql|redis|key|ssh|proxy|ldap|bind|login|pg|postgres|mongo|cert)pass)\Z"
)
"""How other names of secrets end, whoever's they are: `smtpPassword`, `temp_clone_token`, `GatewayApiKey`"""

_HARMLESS = re.compile(
    r"(?:(?:next|page|paging|pagination|continuation|continue|skip|sync|delta|start|starting|resume|cursor|marker|list"
    r"|previous|prev|more|last|max|min|input|output|count)token|(?:pull|existing|tls|certificate)secret)\Z"
)
"""Tokens of pages, counts of tokens, and names of the objects of Kubernetes that hold secrets"""

_SETTINGS = (
    "has", "is", "no", "not", "use", "uses", "using", "with", "without", "need", "needs", "require", "requires",
    "required", "enable", "enabled", "allow", "allows", "disallow", "disable", "disabled", "block", "blocks", "deny",
    "change", "changes", "reset", "force", "forces", "show", "hide", "min", "max", "minimum", "maximum", "manage",
    "manages", "prompt", "verify", "confirm", "expire", "expired", "must", "can", "mount", "mounts", "automount",
    "next",
)  # fmt: skip
_IN_WORDS = "|".join((*_SETTINGS, *map(str.title, _SETTINGS)))
_IN_CAPITALS = "|".join(map(str.upper, _SETTINGS))
_SETTING = re.compile(rf"(?:{_IN_WORDS})(?=[A-Z_. -])|(?:{_IN_CAPITALS})(?=[_. -])")
"""How names of settings begin, which say yes or no, or how many: `requirePassword`, `HAS_PASSWORD`"""

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*\Z", re.ASCII)
_VARIABLE_END = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PASSCODE|PASS|PWD|SECRETS?|TOKEN|PAT|CREDENTIALS?|CREDS|DSN|JWT|SALT|COOKIE"
    r"|CONNECTION_STRING|WEBHOOK(?:_URL)?|(?:DATABASE|DB|MONGO|MONGODB|REDIS|AMQP|RABBITMQ|BROKER)_UR[IL]|KEY_BASE"
    r"|API_?KEY|(?:PRIVATE|ACCESS|SECRET|SIGNING|ENCRYPTION|AUTH|SHARED|ACCOUNT|MASTER|HMAC)_?KEY"
    r"|(?<!PRIMARY_)(?<!FOREIGN_)(?<!PARTITION_)(?<!SORT_)(?<!PUBLIC_)(?<!KMS_)(?<!S3_)(?<!CACHE_)(?<!OBJECT_)KEY)"
    r"(?:_\d+)?\Z",
    re.ASCII,
)
_SEPARATORS = str.maketrans("", "", "_-. /:")


@lru_cache(maxsize=8192)
def is_secret_name(name: str) -> bool:
    """True for a key under which vendors' exports hold a secret, and for a variable that is named like one.

    Case and `_`, `-`, `.`, `/`, `:` and spaces do not count.
    """
    plain = name.translate(_SEPARATORS).lower()
    if plain in _NAMES:
        return True
    named_so = _END.search(plain) is not None or (is_variable(name) and _VARIABLE_END.search(name) is not None)
    return named_so and _HARMLESS.search(plain) is None and _SETTING.match(name) is None


def is_variable(name: str) -> bool:
    """True for the name of a variable of an environment, in capitals."""
    return _VARIABLE.match(name) is not None
