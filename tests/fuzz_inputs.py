"""Whole files of each sort, and how they are damaged."""

import gzip
import json
from typing import Any

import zstandard
from fuzz_checks import CANARY
from hypothesis import strategies as st

__all__ = ["JSON", "PIECES", "SEEDS", "damaged"]

_ROWS: list[dict[str, Any]] = [
    {"id": CANARY, "mfa": False, "n": 9007199254740993, "at": "2026-11-20T08:00:00Z"},
    {"id": 'b\u2028"\\\n\U0001f600', "mfa": None, "n": -0.5, "tags": [{"k": "v"}, []]},
    {"id": "c", "policy": '{"Statement":[{"Effect":"Allow"}]}', "n": 1e300, "deep": {"a": {"b": [[[1]]]}}},
]
_RECORD: dict[str, Any] = {
    "soc2test": "evidence/1", "source": "aws", "operation": "iam list-users", "status": "ok", "complete": True,
    "subject": {"account": "012345678901"}, "collected_at": "2026-11-20T08:00:00Z", "body": {"Users": [CANARY]},
}  # fmt: skip
_FAILED = {**_RECORD, "status": "error", "error": {"code": "AccessDenied", "message": CANARY, "http": 403}}
_YAML = f"""# {CANARY}
register: people
as_of: 2026-11-20
entries:
- {{id: {CANARY}, n: 012, f: 1.5, e: 1e3, on: no, at: 22:22, none: ~, "q": "x\\ty"}}
- id: >-
    folded
    text
  list: [1, -2, +3, .5, 0x1F, 1_000, '', null, True]
"""
_MANIFEST = f"""collected_at: 2026-11-20T08:00:00Z
collector: {{tool: aws-cli, identity: {CANARY}}}
files:
  aws/iam.list-users.json: {{records: 12, sha256: "{"a" * 64}", collected_at: 2026-11-19}}
  ./b.json: {{command: x, note: y}}
"""
_PROGRAMME = f"""system: {CANARY}
categories: [security, availability]
exports: exports
sources:
  aws: {{accounts: ["012345678901"], regions: [eu-west-1], max_age: 7d}}
  registers:
limits:
  IAM-10: {{days: {{value: 90, clause: "Policy 3, section 1", approved_by: a@x.example}}, exempt_sources: [github]}}
not_applicable:
  PHY-01: {{reason: no office, owner: a@x.example, approver: b@x.example}}
  PHY-02: {{no_population: true, reason: no office at all, owner: a@x.example, approver: b@x.example, since: 2026-01-02, review_by: 2027-01-01}}
not_relevant:
  P1.1: {{reason: no office at all, owner: a@x.example, approver: b@x.example, since: 2026-01-02, review_by: 2027-01-01}}
reading: {{document_mib: 512, ratio: 200, files: 1000, yaml_depth: 100}}
"""


def _lines(rows: list[Any], **style: Any) -> bytes:
    return "".join(json.dumps(row, **style) + "\n" for row in rows).encode()


_COMPACT: dict[str, Any] = {"separators": (",", ":"), "ensure_ascii": False}
_ARRAY = json.dumps(_ROWS, **_COMPACT).encode()
_CSV = f'id,name,mfa\n{CANARY},"a ""b"" \n c",true\n2,,no\n'
SEEDS: dict[str, list[bytes]] = {
    "json": [_ARRAY, json.dumps(_ROWS, indent=2).encode(), json.dumps({"Users": _ROWS, "NextToken": None}).encode(),
             _ARRAY + b"\n" + _ARRAY, b"[[1],[2]]", json.dumps(_ROWS).encode("utf-16"), b"\xef\xbb\xbf[1.50,1E400]"],
    "ndjson": [_lines(_ROWS), _lines(_ROWS, **_COMPACT), _lines([_RECORD, _FAILED]), b'1\n\n "a"\r\n[]\n'],
    "yaml": [_YAML.encode(), _MANIFEST.encode(), b"a: &x [1]\nb: *x\n", b"? a\n: - b\n  - |\n    c\n", b"--- 1\n...\n"],
    "csv": [_CSV.encode(), _CSV.replace(",", ";").replace("\n", "\r\n").encode(), _CSV.encode("utf-16"), b"a\n1\n"],
    "record": [json.dumps(_RECORD).encode(), json.dumps(_FAILED).encode()],
    "manifest": [_MANIFEST.encode()],
    "programme": [_PROGRAMME.encode()],
    "gz": [gzip.compress(_ARRAY, mtime=0), gzip.compress(b"[1]", mtime=0) + gzip.compress(b"[2]", mtime=0)],
    "zst": [zstandard.compress(_ARRAY), zstandard.compress(b"[1]") + zstandard.compress(b"[2]"),
            b"\x50\x2a\x4d\x18\x02\x00\x00\x00ab" + zstandard.compress(b"[]")],
}  # fmt: skip
PIECES = [
    b'"a":1,"a":2', b'{"mfa":false,"mfa":true}', b"NaN", b"-Infinity", b"1e400", b"1e10000", b"1" * 4301,
    b"[" * 202, b'{"a":' * 202, b"[" * 102, b'"\\ud800"', b"\\u0000", b"\xed\xa0\x80", b"\xff", b"\xc0\xaf", b"\0",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\r", b"\n", b"\r\n", b"\xe2\x80\xa8", b"\x85", b'"', b"\\", b",", b";",
    b"]", b"}", b"[", b"{", b":", b" ", b"\t", b"-0", b"0x1F", b"1_0", b"---\n", b"...\n", b"- ", b"? ", b"&a ", b"*a",
    b"<<: ", b"!!python/object:a.B ", b"!!int ", b"! ", b"%YAML 9.9\n---\n", b"%TAG ! a:\n", b"|\n", b">-\n", b"'",
    b"~", b"''", b'"\\UFFFFFFFF"', b'"\\x"', b"#", b"=1+1", b"true", b"null", b"9" * 30, b".inf", b"1e5",
    b"./", b"../", b"0001-01-01", b"2026-02-30T25:61:00Z", b"/Date(99999999999999999999)/", b"a" * 131_073,
]  # fmt: skip
"""What breaks parsers, to be put in anywhere."""


@st.composite
def damaged(draw: st.DrawFn, sort: str) -> bytes:
    """A whole file of a sort after one to four damages, or any bytes."""
    seeds = SEEDS[sort]
    data = draw(st.sampled_from(seeds) | st.binary(max_size=40))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 12)))
        data = draw(_damage(data, at, to, draw(st.sampled_from(seeds))))
    return data


def _damage(data: bytes, at: int, to: int, other: bytes) -> st.SearchStrategy[bytes]:
    pieces = st.sampled_from(PIECES) | st.binary(min_size=1, max_size=3)
    bits = st.integers(0, 7).map(lambda bit: data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
    return st.one_of(
        pieces.map(lambda piece: data[:at] + piece + data[at:]),
        pieces.map(lambda piece: data[:at] + piece + data[to:]),
        bits if at < len(data) else st.just(data + data),
        st.sampled_from([data[:at], data[at:], data[:at] + data[to:], data[:to] + data[at:], data + b"\n" + other]),
        st.integers(0, len(other)).map(lambda cut: data[:at] + other[cut:]),
    )


_TEXT = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from([*"~yn", "no", "1", "012", "1e3", "", "<<"])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(_TEXT, each, max_size=3),
    max_leaves=10,
)
"""Any value that JSON can hold."""
