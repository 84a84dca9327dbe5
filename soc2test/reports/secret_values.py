"""Secrets that their own shape gives away, wherever they stand: tokens, private keys, passwords in URLs.

Ids of access keys (`AKIA...`) are no secrets: findings on their age must name them. Nothing is guessed by randomness,
which would hide ids and digests.
"""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

__all__ = ["Shape", "found_in", "redact", "spans"]


class Shape(NamedTuple):
    """What a secret looks like. `signs`: one of them stands in every one, so that a text without is passed over."""

    kind: str
    signs: tuple[str, ...]
    pattern: str
    """its group `secret`, if it has one, is what is hidden"""
    lead: int = 0
    """at most so many bytes of what the pattern matches stand before a sign"""


_WORD = "[A-Za-z0-9_-]"
_BODY = r"(?:[A-Za-z0-9+/=:,.\s]|-(?!----)|\\{1,4}[nr]|\\{1,4}u000[aAdD]|&\#1[03];|\(\d{1,9} characters)"
_KEYS = r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
SHAPES = (
    Shape("private key", ("PRIVATE KEY",), f"-----BEGIN {_KEYS}(?:{_BODY}{{0,20000}}?-----END {_KEYS}"
          r"|(?:[A-Za-z0-9+/=]|\\{1,4}[nr]|\\{1,4}u000[aAdD]|\s(?=[A-Za-z0-9+/]{16}))*)", lead=51),
    Shape("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_(?:(?!gh[pousr]_)[A-Za-z0-9]){36,255}"),
    Shape("GitHub token", ("github_pat_",), r"github_pat_[A-Za-z0-9_]{22,255}"),
    Shape("GitLab token", ("glpat-", "gldt-", "glrt-"), rf"gl(?:pat|dt|rt)-{_WORD}{{20,}}"),
    Shape("Slack token", ("xox", "xapp-"), r"(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}"),
    Shape("Slack webhook", ("hooks.slack.com",), r"hooks\.slack\.com/(?:services|workflows)/(?P<secret>[\w/-]{20,})"),
    Shape("Stripe key", ("k_live_", "k_test_", "whsec_"),
          r"(?:[rs]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}", lead=1),
    Shape("Google key", ("AIza",), rf"AIza{_WORD}{{35}}"),
    Shape("Google secret", ("GOCSPX-", "ya29."), rf"(?:GOCSPX-|ya29\.){_WORD}{{20,}}"),
    Shape("JWT", ("eyJ",), rf"eyJ{_WORD}{{8,}}\.{_WORD}{{4,}}(?:\.{_WORD}*){{0,3}}"),
    Shape("Okta token", ("SSWS",), rf"SSWS\s{{1,4}}(?P<secret>{_WORD}{{20,}})"),
    Shape("npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    Shape("npm token", ("_authToken=",), r"_authToken=(?P<secret>[\w./+=-]{8,})"),
    Shape("PyPI token", ("pypi-",), rf"pypi-AgE{_WORD}{{30,}}"),
    Shape("Azure key", ("AccountKey=", "SharedAccessKey="),
          r"(?:AccountKey|SharedAccessKey)=(?P<secret>[A-Za-z0-9+/]{40,}={0,2})"),
    Shape("Azure secret", ("8Q~",), r"[A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{31,34}", lead=3),
    Shape("SAS signature", ("sig=",), r"[?&;](?:amp;)?sig=(?P<secret>[A-Za-z0-9%+/]{30,}={0,2})",
          lead=5),
    Shape("AWS secret key", ("ecret", "ECRET"),
          r"(?i:aws_?secret(?:_?access)?(?:_?key)?|secret_?access_?key)[^A-Za-z0-9]{1,12}"
          r"(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])", lead=5),
    Shape("password in a URL", ("://",), r"""://[^\s:@/?\#"'<>\\|`]{0,100}:(?P<secret>[^\s:@/"'<>\\|`\[\]]{1,200})@"""),
    Shape("SendGrid key", ("SG.",), rf"SG\.{_WORD}{{16,32}}\.{_WORD}{{16,64}}"),
    Shape("API key", ("sk-",), rf"(?<![A-Za-z0-9_-])sk-{_WORD}{{20,}}"),
    Shape("Vault token", ("hvs.", "hvb."), rf"hv[sb]\.{_WORD}{{24,}}"),
    Shape("DigitalOcean token", ("_v1_",), r"do[opr]_v1_[a-f0-9]{64}", lead=3),
    Shape("age key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[A-Z0-9]{40,}"),
)  # fmt: skip

_BY_SIGN = [(sign.encode(), shape) for shape in SHAPES for sign in shape.signs]
_signs = BytesAhoCorasick([sign for sign, _ in _BY_SIGN])


def _hinted(data: bytes) -> dict[Shape, list[int]]:
    """The shapes whose signs stand in the data, and where, found in one pass over it."""
    seen: dict[Shape, list[int]] = {}
    for index, start, _ in _signs.find_matches_as_indexes(data, overlapping=True):
        seen.setdefault(_BY_SIGN[index][1], []).append(start)
    return {shape: seen[shape] for shape in SHAPES if shape in seen} if seen else {}


@cache
def _of_text(shape: Shape) -> re.Pattern[str]:
    """Compiled when a sign was seen: to compile all takes a tenth of a second, and most runs meet none."""
    return re.compile(shape.pattern, re.ASCII)


@cache
def _of_bytes(shape: Shape) -> re.Pattern[bytes]:
    return re.compile(shape.pattern.encode())


def redact(text: str) -> str:
    """The text with `[redacted GitHub token]` and the like in the place of each secret."""
    for shape in _hinted(text.encode("utf-8", "surrogatepass")):
        text = _of_text(shape).sub(partial(_without, shape.kind), text)
    return text


def _without(kind: str, match: re.Match[str]) -> str:
    start, end = (at - match.start() for at in _span(match))
    return f"{match[0][:start]}[redacted {kind}]{match[0][end:]}"


def _span(match: "re.Match[str] | re.Match[bytes]") -> tuple[int, int]:
    return match.span("secret") if "secret" in match.re.groupindex else match.span()


def spans(data: bytes) -> list[tuple[int, int, str]]:
    """Where secrets stand in bytes, and of which kind; sorted, none within another."""
    found: list[tuple[int, int, str]] = []
    for shape, signs in _hinted(data).items():
        found += [(*_span(match), shape.kind) for match in _at_signs(shape, signs, data)]
    apart: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]), apart[-1][2])
        else:
            apart.append((start, end, kind))
    return apart


def _at_signs(shape: Shape, signs: list[int], data: bytes) -> "Iterator[re.Match[bytes]]":
    """As `finditer`, but looked for at the signs alone: an artifact of a megabyte holds a few."""
    matched, upto = _of_bytes(shape).match, 0
    for sign in signs:
        for start in range(max(upto, sign - shape.lead), sign + 1):
            if match := matched(data, start):
                upto = match.end()
                yield match
                break


def found_in(data: bytes) -> list[str]:
    """The kinds of secrets in it."""
    return sorted({kind for _, _, kind in spans(data)})
