"""Values under secrets' names are replaced before anybody sees them; what only sounds alike stays."""

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.errors import UnknownFact
from soc2test.evidence.content import Content
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import bodies, shown_subject
from soc2test.evidence.redacted import REDACTED, Redacted, shown
from soc2test.evidence.secret_fields import without_secrets
from soc2test.evidence.secret_names import is_secret_name

SECRET = "CANARY-5f0c9d"  # noqa: S105  # made up
NAMES = [
    "SecretAccessKey", "SessionToken", "password", "passwd", "client_secret", "clientSecret", "client-secret",
    "private_key", "privateKey", "sharedSecret", "api_key", "apiKey", "accessToken", "refresh_token", "Plaintext",
    "UserData", "user_data", "DB_PASSWORD", "SLACK_BOT_TOKEN", "administratorLoginPassword", "MasterUserPassword",
    "smtpPassword", "bindPassword", "wifi_password", "keystorePassword", "temp_clone_token", "runnersToken", "X-Vault-Token",
    "X-Amz-Security-Token", "proxy-authorization", "consumerSecret", "mfa_secret", "licenseKey", "Ocp-Apim-Subscription-Key",
    "gatewayApiKey", "k8svaultapikey", "deployKey", "integrationKey", "routing_key", "routingKey", "smtp_pass", "dbPass", "creds",
    "slackWebhook", "teams_webhook", "incomingWebhookUrl", "SECRET_KEY_BASE", "STRIPE_KEY", "REDIS_URL", "MONGO_URI",
    "APP_CREDS", "JWT_SALT", "sentry_dsn", "jdbcConnectionString", "totpKey", "otpauth_uri", "backupCodes", "scratch_codes",
    "passcode", "ldapBindPassword", "tlsKey", "privKey", "session_cookie", "secretData", "encryptedPassword", "client_token",
    "webhook_secret", "signing-secret", "hmacKey", "authKey", "contrasena", "mnemonic", "pfx", "userToken", "isolationToken",
]  # fmt: skip
READABLE = [
    "PasswordLastUsed", "password_enabled", "SecretArn", "PasswordPolicy", "NextToken", "nextPageToken", "tokenCount",
    "MaxTokensAllowed", "AccessKeyId", "KeyId", "secret_scanning", "PasswordReusePrevention", "keys", "secrets",
    "HttpTokens", "http_tokens", "input_tokens", "max_token", "maxToken", "pageToken", "continuation_token", "SyncToken", "StartingToken",
    "requirePassword", "requiresPassword", "HasPassword", "HAS_PASSWORD", "changePassword", "mustResetPassword", "usePasscode",
    "passwordField", "password_status", "token_id", "token_name", "tokenLifetimeInMinutes", "secret_type", "secretName",
    "imagePullSecret", "tlsSecret", "automountServiceAccountToken", "mounts_token", "kmsKey", "KMSMasterKeyID", "EncryptionKeyArn",
    "primary_key", "PRIMARY_KEY", "PARTITION_KEY", "S3_KEY", "PUBLIC_KEY", "KMS_KEY", "public_key", "key_name", "nodeKey", "sshKey",
    "author", "authorized", "credentialId", "credential_name", "credentials", "certificate", "COMPASS", "bypass", "BYPASS",
    "connection", "connectionName", "webhooks", "session_id", "signature", "pinned", "spin", "compass", "accessKey", "access_key",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_is_replaced(name: str) -> None:
    assert SECRET not in repr(without_secrets({"a": [{name: SECRET}], "b": 1}))


@pytest.mark.parametrize("name", READABLE)
def test_what_only_sounds_alike_stays(name: str) -> None:
    body = {"a": [{name: SECRET}]}
    assert without_secrets(body) is body


@given(st.sampled_from(NAMES), st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["_", "-", ""]))
def test_case_and_separators_do_not_count(name: str, case: Any, separator: str) -> None:
    assert is_secret_name(case(name).replace("_", separator)) or name.isupper()


@pytest.mark.parametrize("value", [None, "", True, False, [], {}])
def test_presence_is_kept(value: Any) -> None:
    assert without_secrets({"password": value}) == {"password": value}


def test_settings_below_such_a_name_stay_readable() -> None:
    policy = {"settings": {"password": {"complexity": {"minLength": 12}, "lockout": {"maxAttempts": 5}}}}
    assert without_secrets(policy) is policy
    assert without_secrets({"password": {"value": SECRET, "set": 1}})["password"] == {"value": REDACTED, "set": 1}


SHAPES: dict[str, Any] = {
    "kubernetes": {"kind": "Secret", "metadata": {"name": "db"}, "data": {"user": SECRET}},
    "kubernetes, applied": {"kind": "Secret", "metadata": {"annotations": {
        "kubectl.kubernetes.io/last-applied-configuration": json.dumps({"data": {"a": SECRET}})}}},
    "terraform after": {"change": {"after": {"x": {"y": [SECRET]}, "z": 1}, "after_sensitive": {"x": {"y": [True]}}}},
    "terraform, a list's mask over a text": {"change": {"after": {"x": SECRET}, "after_sensitive": {"x": [False, True]}}},
    "terraform, a list's mask over an object": {
        "change": {"after": {"x": {"a": SECRET}}, "after_sensitive": {"x": [{"b": True}]}}
    },
    "terraform, an object's mask over a list": {"change": {"after": {"x": [SECRET]}, "after_sensitive": {"x": {"a": True}}}},
    "terraform values": {"values": {"x": SECRET}, "sensitive_values": {"x": True}},
    "terraform output": {"outputs": {"dsn": {"sensitive": True, "value": SECRET}}},
    "task, in small letters": {"environment": [{"name": "gateway-api-key", "value": SECRET}]},
    "stack": {"Parameters": [{"ParameterKey": "DBPassword", "ParameterValue": SECRET}]},
    "environment of Beanstalk": {"OptionSettings": [{"OptionName": "SMTP_PASS", "Value": SECRET}]},
    "docker": {"auths": {"ghcr.io": {"auth": SECRET}}},
    "task": {"environment": [{"name": "DB_PASSWORD", "value": SECRET}]},
    "function": {"Environment": {"Variables": {"API_KEY": SECRET}}},
    "parameter": {"Name": "/prod/db", "Type": "SecureString", "Value": SECRET},
    "attribute": {"UserData": {"Value": SECRET}},
    "list": {"password": [SECRET, 123456]},
}  # fmt: skip


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_what_another_key_marks_as_secret(body: Any) -> None:
    assert SECRET not in json.dumps(without_secrets(body))


def test_a_mask_of_another_shape_that_marks_nothing_hides_nothing() -> None:
    body = {"change": {"after": {"x": "eu", "y": ["a", "b"]}, "after_sensitive": {"x": [False], "y": {"z": [{}]}}}}
    assert without_secrets(body) is body


def test_a_mask_of_a_key_that_is_not_there_hides_nothing() -> None:
    body = {"change": {"after": {"x": {"a": 1}}, "after_sensitive": {"x": {"b": True}}}}
    assert without_secrets(body) is body


def test_a_mask_that_is_shorter_than_its_list_hides_what_it_marks() -> None:
    body = {"change": {"after": {"x": [SECRET, "b"]}, "after_sensitive": {"x": [True]}}}
    assert without_secrets(body)["change"]["after"]["x"] == [REDACTED, "b"]


def test_names_in_a_secret_stay() -> None:
    assert without_secrets(SHAPES["kubernetes"])["metadata"] == {"name": "db"}
    assert list(without_secrets(SHAPES["kubernetes"])["data"]) == ["user"]


FILES = {
    "a.json": '{"password": "%s"}', "a.ndjson": '{"password": "%s"}\n', "a.yaml": "password: %s\n",
    "a.csv": "id,password\nx,%s\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_in_every_format(name: str) -> None:
    body = bodies(Content((FILES[name] % SECRET).encode(), ""), name, name, ReadLimits())
    assert SECRET not in repr(body)
    assert "[redacted]" in repr(body)


def test_presence_may_be_asked_for_and_nothing_else() -> None:
    assert REDACTED
    assert REDACTED is not None
    assert REDACTED != ""
    assert REDACTED not in ("", None)
    assert type(str(REDACTED)) is Redacted
    assert type(pickle.loads(pickle.dumps(REDACTED))) is Redacted  # noqa: S301
    looks: list[Any] = [
        lambda: "TOKEN" in REDACTED, lambda: REDACTED == "x", lambda: REDACTED != "x", lambda: REDACTED.lower(),
        lambda: REDACTED.startswith("x"), lambda: len(REDACTED), lambda: REDACTED < "x", lambda: list(REDACTED),
        lambda: REDACTED[0], lambda: REDACTED.split(), lambda: REDACTED + "x", lambda: REDACTED in ("x",),
    ]  # fmt: skip
    for look in looks:
        with pytest.raises(UnknownFact):
            look()


def test_a_subject_keeps_the_ids_that_its_operation_names_and_no_secret() -> None:
    subject = {"token": "an-id", "password": SECRET, "user": "ann"}
    assert shown_subject(subject, {"token"}) == {"token": "an-id", "password": shown(REDACTED), "user": "ann"}
