"""Secrets known by their shape are hidden, wherever they stand; ids and digests are not."""

import json
import re

import pytest
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.stripe import StripeDetector
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.reports.last_scan import scanned
from soc2test.reports.secret_shapes import SHAPES, Shape
from soc2test.reports.secret_values import found_in, redact, spans

from .tokens import TOKENS, tokens

DETECTORS = (
    GitHubTokenDetector, GitLabTokenDetector, JwtTokenDetector, NpmDetector, OpenAIDetector, PypiTokenDetector,
    SendGridDetector, SlackDetector, StripeDetector,
)  # fmt: skip
READABLE = [
    "AKIAIOSFODNN7EXAMPLE", "e100fbce008c04ec40637af0af91fb2f05aeedc23f856a2d3c0b1580625d755e",
    "arn:aws:secretsmanager:eu-west-1:012345678901:secret:db-AbCdEf", "task-abcdefghijklmnopqrstuvwxyz0123",
    "https://example.invalid/a:b/c@d", "00u1f7k2mLeoLeft", "sha256:" + "a" * 64, "npm_config_cache",
    "SecretAccessKey is older than 90 days", "the password: 12 characters are enough", "BYPASS=rule12345", "<password>",
    "curl -u $USER:$PASSWORD https://a.example", "curl -u ops:{password} x", "curl -s https://a.example:8443/v1",
    "curl -sSf https://a.example/user:name", "DISK5d41402abc4b2a76b9719d911017c592", "key-" + "0a" * 32,
    "mexico-5d41402abc4b2a76b9719d911017c592", "disk-5d41402abc4b2a76b9719d911017c592", "0a" * 20 + "-us-east-1",
    "secret_access_key e100fbce008c04ec40637af0af91fb2f05aeedc23f856a2d3c0b",
]  # fmt: skip


@pytest.mark.parametrize("kind", TOKENS)
def test_each_shape(kind: str) -> None:
    text, secret = TOKENS[kind]
    assert secret not in redact(f"before {text} after")
    assert redact(f"before {text} after").startswith("before ")
    assert redact(f"before {text} after").endswith(" after")


def test_tokens_without_a_space_between() -> None:
    assert "A1b2" not in redact(TOKENS["GitHub token"][0] * 3)


def test_every_shape_has_a_case() -> None:
    assert {kind.partition(",")[0] for kind in TOKENS} == {shape.kind for shape in SHAPES}


_WITHIN_WORDS = {
    "NuGet key": "its beginning occurs in digests of lower-case letters",
    "AWS AppSync key": "the name of a second lambda ends so",
    "API key": "names of disks and tasks end so",
    "ClickHouse key": "its beginning is hexadecimal, as digests are",
    "Square token, of access": "its beginning occurs in base64",
    "AWS secret key": "what is longer and has no capital is a digest",
}
"""what can't be told from a word or a digest where it is glued to letters on both sides, and why"""
_GLUED = [(before, behind) for before in ("prod-", "prod_", "a/", ".") for behind in ("-x", "_x", ".x", "")]


@pytest.mark.parametrize("kind", TOKENS)
def test_each_shape_at_any_boundary(kind: str) -> None:
    """A Kubernetes name is such a text: `prod-key-...-x`."""
    text, secret = TOKENS[kind]
    for before, behind in _GLUED:
        if kind != "Square token, of access" or before != "a/":  # `/` is a sign of base64
            assert secret not in redact(f"{before}{text}{behind}"), (before, behind)


@pytest.mark.parametrize("kind", sorted({*TOKENS} - {*_WITHIN_WORDS}))
def test_each_shape_within_a_word(kind: str) -> None:
    text, secret = TOKENS[kind]
    assert secret not in redact(f"x{text}x")


_CURLS = ["curl -sSu 'ops:pa55word' https://a.example", "curl --user ops:pa55word x", "curl https://a.example -uops:pa55word",
          "curl -x http://p:1 --proxy-user ops:pa55word x", 'curl -H "X: y" -u "ops:pa55word" https://a.example']  # fmt: skip


@pytest.mark.parametrize("command", _CURLS)
def test_a_password_that_curl_is_given(command: str) -> None:
    assert "pa55word" not in redact(command)


@pytest.mark.parametrize("text", READABLE)
def test_ids_and_digests_stay(text: str) -> None:
    assert redact(text) == text


@settings(deadline=None, max_examples=30)
@given(tokens())
def test_an_access_key_id_is_no_secret_and_all_else_that_a_kept_detector_knows_is(token: str) -> None:
    """detect-secrets as a second opinion: what its patterns find in a token, they do not find after us."""
    left = redact(f"x = '{token}'")
    assert not [each for each in DETECTORS for _ in each().analyze_string(left)]
    assert [*AWSKeyDetector().analyze_string("AKIAIOSFODNN7EXAMPLE")]  # it calls the id one: we differ on purpose


@settings(deadline=None, max_examples=30)
@given(tokens(), st.text(max_size=30), st.integers(1, 7))
def test_nothing_is_left_in_json_cut_anywhere(token: str, around: str, size: int) -> None:
    data = json.dumps({"a": f"{around} {token} {around}"}).encode()
    found: set[str] = set()
    clean = b"".join(scanned([data[at : at + size] for at in range(0, len(data), size)], found))
    assert token.encode() not in clean
    assert found
    assert found_in(clean) == []
    json.loads(clean)


@settings(max_examples=3, deadline=None)
@given(st.integers(-60, 60), tokens())
def test_a_secret_over_the_end_of_a_block(shift: int, token: str) -> None:
    for edge in ((1 << 20), (1 << 20) - (1 << 16)):
        data = b"a " * ((edge + shift) // 2) + token.encode() + b" b" * (1 << 20)
        found: set[str] = set()
        size = 1 << 16  # so that a block ends at 1 << 20 exactly
        clean = b"".join(scanned([data[at : at + size] for at in range(0, len(data), size)], found))
        assert token.encode() not in clean
        assert token.encode()[-12:] not in clean
        assert found_in(clean) == []


PIECES = [
    *(sign for shape in SHAPES for sign in shape.signs),
    *(text for text, _ in TOKENS.values()),
    "-----BEGIN " + "A" * 40 + "PRIVATE KEY-----", "-----", "AWS_SECRET=" + "a" * 40, "aws_", "S", "&amp;sig=" + "a" * 43, ":p@", " ",
]  # fmt: skip


@settings(max_examples=examples(500))
@given(st.lists(st.one_of(st.sampled_from(PIECES), tokens(), st.text("aB3_-=/", max_size=30)), max_size=12))
def test_looking_at_the_signs_alone_finds_all_that_is_there(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    hidden = {at for start, end, _ in spans(data) for at in range(start, end)}
    assert hidden == {at for shape in SHAPES for start, end in everywhere(shape, data) for at in range(start, end)}


def everywhere(shape: Shape, data: bytes) -> list[tuple[int, int]]:
    pattern = re.compile(shape.pattern.encode())
    return [match.span("secret" if "secret" in pattern.groupindex else 0) for match in pattern.finditer(data)]
