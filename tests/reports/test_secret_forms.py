"""A secret is hidden in each form that it is written in, at any boundary, and what is no secret stays in each of them."""

import hashlib
import uuid
from base64 import b64encode

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.reports.last_scan import scanned
from soc2test.reports.secret_forms import unescaped
from soc2test.reports.secret_values import redact

from .forms import FORMS, seen
from .tokens import TOKENS, tokens

WHOLE = {kind: case for kind, case in TOKENS.items() if kind != "private key, cut"}
"""The cut key is one of four letters only: base64 of anything may hold them."""


@pytest.mark.each(5)
@pytest.mark.parametrize("kind", WHOLE)
def test_each_shape_in_each_form(kind: str) -> None:
    text, secret = WHOLE[kind]
    for form, write in FORMS.items():
        written = write(text)
        assert seen(secret, written), form  # else the test would see no leak
        for around in (f"a name {written} and more", f'{{"id": "{written}"}}', f"exports/x.{written}.json"):
            assert not seen(secret, redact(around)), (form, redact(around))


@pytest.mark.each(2)
@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=20)
@given(tokens(), st.text('αz"<&%\\/=:. \n', max_size=20))
def test_what_stands_around_it_makes_no_difference(form: str, token: str, around: str) -> None:
    written = FORMS[form](f"{around} {token} {around}")
    assert not seen(token[-16:], redact(f"see {written}"))


@pytest.mark.parametrize("before", ["prod-", "prod_", "prod.", "a/", "x", "7", "=", "~", "é"])
@pytest.mark.parametrize(
    "kind", ["GitHub token", "Stripe key", "Slack token", "Google key", "API key, behind a prefix", "JWT"]
)
def test_a_secret_glued_to_what_stands_before_it(kind: str, before: str) -> None:
    text, secret = TOKENS[kind]
    for form in ("plain", "percent", "base64"):
        assert not seen(secret, redact(FORMS[form](before + text)))


NAMES = [
    "task-0123456789abcdef0123456789abcdef", "disk-proj-notifications-service-production-eu", "risk-admin-board-of-the-company-2026",
    "customers-sk-production-database-eu-west-1", "docker-pullable://nginx:1.25@sha256:" + "a" * 64, "https://idp.acme.example:8443/users/a@b.example",
    "arn:aws:secretsmanager:eu-west-1:012345678901:secret:prod/db1-AbCdEf", "NextToken=eyJ2MSI6MX0x", "continuation_token=abc123def456",
    "password=None", "password_enabled=True", "secret=arn:aws:secretsmanager:eu-west-1:012345678901:secret:db1", "token=$GITHUB_TOKEN1",
    "--password={{ db_password_1 }}", "Basic constraints of certificates", "Authorization: required for all of it", "W/\"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
    str(uuid.UUID(int=0x3F9A1C7E5B2D4064 << 64 | 0x93F9A1C7E5B2D806)), hashlib.sha512(b"a").hexdigest(),
    "SHA256:" + b64encode(hashlib.sha256(b"a").digest()).decode(), "d41d8cd98f00b204e9800998ecf8427e-38", "AKIAIOSFODNN7EXAMPLE", "LTAI5tEXAMPLEexampleEXAMP",
    "key-0123456789abcdef0", "secret_scanning_push_protection", "us-east-1", "100%25 of it", "C:\\temp\\new", "a&amp;b", "Ωμέγα %CE%A9",
]  # fmt: skip


@pytest.mark.parametrize("form", ["plain", "percent", "JSON", "HTML", "base64"])
@pytest.mark.parametrize("name", NAMES)
def test_ids_digests_and_names_stay(name: str, form: str) -> None:
    written = FORMS[form](name)
    assert redact(written) == written


@settings(deadline=None, max_examples=examples(200))
@given(st.binary(max_size=80), st.booleans())
def test_no_digest_is_hidden(data: bytes, long: bool) -> None:
    digest = hashlib.sha512(data) if long else hashlib.sha256(data)
    for text in (digest.hexdigest(), b64encode(digest.digest()).decode()):
        assert redact(text) == text


@settings(deadline=None, max_examples=examples(200))
@given(st.text("ab%2\\u0{1&#;amp}/ \n", max_size=60))
def test_a_view_knows_where_its_bytes_are_written(text: str) -> None:
    data = text.encode()
    for view in unescaped(data):
        for at in range(len(view.data)):
            start, end = view.written_span(at, at + 1)
            assert 0 <= start < end <= len(data)
            assert end - start > 1 or view.data[at] == data[start]


@pytest.mark.parametrize("size", [1 << 16, 1 << 20])
def test_a_secret_far_behind_an_escape_and_over_the_end_of_a_block(size: int) -> None:
    data = b"%41 " + b"a " * (size // 2 - 30) + FORMS["percent"](TOKENS["password in a URL"][0]).encode() + b" b" * size
    clean = b"".join(scanned([data[at : at + (1 << 16)] for at in range(0, len(data), 1 << 16)], set()))
    assert b"CANARY" not in clean


def test_text_around_a_secret_in_base64_is_hidden_with_it_and_a_path_before_it_stays() -> None:
    said = redact("exports/team/" + FORMS["base64"]("user: svc, token: " + TOKENS["GitHub token"][0] + ", since 2026"))
    assert said.startswith("exports/team/")
    assert not seen("since 2026", said)
    assert said.endswith("[redacted GitHub token]")
