"""A company of N accounts, each with acme's AWS exports: as many files as a real one has, and the same verdicts.

What names an account, and what AWS gives once (keys, instances, volumes, the names of buckets), is each account's own:
exports of one account in another's folder are refused.
"""

import base64
import json
import re
from collections.abc import Iterable
from pathlib import Path

__all__ = ["AS_OF", "account", "write"]

ACME = Path(__file__).resolve().parents[1] / "fixtures" / "acme"
AS_OF = "2026-11-20T12:00:00Z"
_OWN = "012345678901"
_EXPORTS = ACME / "exports" / "aws" / _OWN
_REGIONS = ("eu-west-1", "us-east-1")
_GIVEN_ONCE = re.compile(
    r"\b(?:(?:AKIA|AIDA|AROA)[A-Z0-9]{12,}|(?:i|vol|sg|vpc|subnet|snap|eni|fl|r)-[0-9a-f]{17}|[0-9a-f]{32})\b"
)
"""Keys, what EC2 names, and detectors, which are 32 hexadecimal digits."""


def account(number: int) -> str:
    """The id of one of the accounts, from 0."""
    return f"{210_000_000_000 + number}"


def write(root: Path, accounts: int, *, declared: int | None = None, only: str = "") -> int:
    """Write the programme; gives how many export files it has.

    soc2.yaml names the first `declared` accounts (all where nothing is said). With `only` each account has but the
    exports of that name.
    """
    ids = [account(number) for number in range(accounts)]
    root.mkdir(parents=True, exist_ok=True)
    scope = f"{{accounts: {json.dumps(ids[:declared])}, regions: {json.dumps(_REGIONS)}}}"
    (root / "soc2.yaml").write_text(f"system: Many\nsources:\n  aws: {scope}\n")
    (root / "pytest.ini").write_text(f"[pytest]\naddopts = --soc2-as-of={AS_OF}\n")
    (root / "exports").mkdir(exist_ok=True)
    (root / "exports" / "manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    originals = [(str(path.relative_to(_EXPORTS)), path.read_text("utf-8")) for path in _files()]
    buckets = _buckets(text for _, text in originals)
    written = [(name, text) for name, text in originals if not only or Path(name).name == only]
    for number, id in enumerate(ids):
        for name, text in written:
            path = root / "exports" / "aws" / id / _renamed(name, number, buckets)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_of_account(text, number, buckets), "utf-8")
    return accounts * len(written)


def _files() -> Iterable[Path]:
    return sorted(path for path in _EXPORTS.rglob("*") if path.is_file())


def _buckets(texts: Iterable[str]) -> re.Pattern[str]:
    listed = [json.loads(text) for text in texts if '"Buckets"' in text]
    names = sorted({bucket["Name"] for body in listed for bucket in body.get("Buckets", ())}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _renamed(text: str, number: int, buckets: re.Pattern[str]) -> str:
    own = _GIVEN_ONCE.sub(
        lambda found: f"{found[0][:-11]}{number:05}{found[0][-6:]}", text.replace(_OWN, account(number))
    )
    return buckets.sub(lambda found: f"{found[0]}-{number:05}", own)


def _of_account(text: str, number: int, buckets: re.Pattern[str]) -> str:
    """The credential report is base64, as the CLI prints it."""
    if '"ReportFormat"' in text:
        body = json.loads(text)
        report = base64.b64decode(body["Content"]).decode("utf-8")
        body["Content"] = base64.b64encode(_renamed(report, number, buckets).encode()).decode("ascii")
        return json.dumps(body, indent=4)
    return _renamed(text, number, buckets)
