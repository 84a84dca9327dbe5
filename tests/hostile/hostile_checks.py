"""Does the project do with a case what the case expects? The answer is a sentence on how it differs, or ""."""

import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from hostile_corpus import Case
from hostile_inert import broken, console_faults, structure
from hostile_run import FACTS, MEMORY, SECONDS, Outcome, operation_of, run_folder, suffix_of
from hostile_source import canonical

__all__ = ["differs", "secrets"]

_PLACE = re.compile(r"\b(line|byte|character|record|document) \d+|\[\d+\]|body")
_PLACED = re.compile(r"line|byte|row|record|key path|position")
_OWN = {
    "collected_at",
    "resources",
    "entries",
    "hostile",
    "streamed",
    "wrapped",
    "string",
    "object",
    "expected",
    "NextToken",
    "policy",
}
"""Words of a case's content that are the reader's own words too."""
_PACKED = (".gz", ".zip", ".tar")
"""Names of members are no content: what is wrong with one is said by its name."""
_LITERAL: dict[str, list[Any]] = {
    "C02": [{"id": "a", "mfa": "false"}],
    "C03": [{"id": "a"}],
    "D08": [{"id": "a", "country": "NO", "state": "off", "answer": "yes"}],
    "D09": [{"account": "012345670000", "port": "22:22", "n": "1_000", "ver": 1.1}],
    "D10": [{"id": "a", "created": "2026-01-01", "seen": "2026-01-01T00:00:00Z", "bad": "2026-02-30"}],
    "E11": [{"id": "a", "name": "x\ny"}, {"id": "b", "name": "z"}],
    "E12": [{"account": "000123456789", "mfa": "TRUE"}, {"account": "1E5", "mfa": "1"}],
    "E14": [{"id": "a", "mfa": "true"}, {"id": "b", "mfa": "false"}],
}


def differs(case: Case, outcome: Outcome, root: Path) -> str:
    """How the outcome differs from what the case expects; "" where it agrees."""
    # the tool allows either: "clear 'encoding' message, or detect and decode"; the byte order mark decides
    expect = "exact" if case.id == "C03" else case.expect
    check = {
        "reject": _refused, "flag": _refused, "refuse": _refused, "limit": _limited, "exact": _exact,
        "escape": _escaped, "redact": _redacted,
    }[expect]  # fmt: skip
    return _everywhere(outcome) or check(case, outcome, root)


def _everywhere(outcome: Outcome) -> str:
    """What holds for every case."""
    if outcome.seconds > SECONDS:
        return f"took {outcome.seconds:.1f} s"
    if outcome.grown > MEMORY:
        return f"took {outcome.grown >> 20} MiB"
    if outcome.verdict("HOSTILE-HEALTHY") != "pass":
        return "lost what stands beside it"
    return broken(outcome.artifacts)


def _refused(case: Case, outcome: Outcome, root: Path) -> str:
    passed = [each.id for each in outcome.run.controls if each.verdict.value in ("pass", "no_occurrences", "accepted")]
    asked = [f"HOSTILE-{name}" for name in FACTS.get(case.id, ("ROWS", "STREAMED"))]
    if wrong := [id for id in passed if id in asked]:
        return f"{wrong[0]} passes"
    return _named(case, outcome) or _quoted(case, outcome, root)


def _named(case: Case, outcome: Outcome) -> str:
    """The file, and the place where the case has one. An empty list and a fact's type have no line to name."""
    words = outcome.words()
    file = f"hostile/{operation_of(case)}{suffix_of(case)}" if suffix_of(case) else Path(case.path).name
    if case.id not in ("I01", "E10") and file not in words:
        return "the error does not name the file"
    placed = case.expect == "reject" and _PLACED.search(case.where) and case.id not in FACTS
    about = "\n".join(line for line in words.split("\n") if file in line)
    if placed and _content(case, outcome) and not _PLACE.search(about.replace(file, "")):
        return f"the error names no place (expected: {case.where})"
    return ""


def _content(case: Case, outcome: Outcome) -> bool:
    """False where nothing was written (A01) or the value as a whole is of another shape (A27, A29)."""
    return case.id not in ("A01", "A02", "A27", "A29")


def _quoted(case: Case, outcome: Outcome, root: Path) -> str:
    words = set(re.findall(r"[A-Za-z0-9_]{6,}", outcome.words()))
    for path in (root / "exports" / "hostile").glob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_size < (1 << 20) and path.suffix not in _PACKED:
            held = set(re.findall(r"[A-Za-z0-9_]{6,}", path.read_bytes().decode("latin-1"))) - _OWN
            if quoted := sorted(held & words):
                return f"the error quotes the content ({len(quoted)} words)"
    return ""


def _limited(case: Case, outcome: Outcome, root: Path) -> str:
    """Time alone is a limit that whatever is read within it keeps; all other limits refuse."""
    return "" if case.where == "time" else _refused(case, outcome, root)


def _exact(case: Case, outcome: Outcome, root: Path) -> str:
    if case.id == "H09":
        told = {each.path for each in outcome.run.unclaimed}
        return "" if r"hostile/caf\xe9.json" in told else "the name is not told"
    wanted = sorted(canonical(each) for each in _expected(case, root))
    if sorted(row.body for row in outcome.rows) != wanted:
        return "the values are not those of the file"
    fast = operation_of(case) == "rows" and suffix_of(case) in (".json", ".ndjson")
    if fast and sorted(row.body for row in outcome.streamed) != wanted:
        return "the values are not those of the file on the fast path"
    return "" if outcome.verdict("HOSTILE-ROWS") == "pass" else "a whole population does not pass"


def _expected(case: Case, root: Path) -> list[Any]:
    """The records by hand, or by the standard library's parser with numbers kept."""
    if case.id in _LITERAL:
        return _LITERAL[case.id]
    raw = (root / "exports" / "hostile" / f"rows{suffix_of(case)}").read_bytes().decode("utf-8-sig")
    parts = raw.split("\n") if suffix_of(case) == ".ndjson" else [raw]
    values = [json.loads(part, parse_float=Decimal) for part in parts if part.strip()]
    return values if suffix_of(case) == ".ndjson" else list(values[0])


def _escaped(case: Case, outcome: Outcome, root: Path) -> str:
    """Compared with a run over harmless records of the same keys."""
    if case.id == "H10":
        return console_faults(outcome.console, _plain_names(root).console)
    harmless = _harmless(outcome, root)
    if len(outcome.rows) != len(harmless.rows) or outcome.verdict("HOSTILE-ROWS") != "pass":
        return f"{len(outcome.rows)} records where there are {len(harmless.rows)}"
    for name, content in outcome.artifacts.items():
        if structure(name, content) != structure(name, harmless.artifacts[name]):
            return f"the content changes the structure of {name}"
    return console_faults(outcome.console, harmless.console)


def _plain_names(root: Path) -> Outcome:
    """As many files with names of no harm."""
    count = len(list((root / "exports" / "hostile" / "names").iterdir()))
    folder = root / "harmless" / "exports" / "hostile" / "names"
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"n{number}.json").write_text("[]")
    return run_folder(folder.parent.parent, ("ROWS", "STREAMED", "NAMES", "ENCRYPTED", "HEALTHY"))


def _harmless(outcome: Outcome, root: Path) -> Outcome:
    folder = root / "harmless" / "exports"
    path = folder / "hostile" / "rows.json"
    path.parent.mkdir(parents=True)
    keys = [[key for key in json.loads(row.body) if key in ("name", "encrypted")] for row in outcome.rows]
    plain = {"name": "plain", "encrypted": False}
    rows = [{"id": f"r{number}", **{key: plain[key] for key in held}} for number, held in enumerate(keys)]
    path.write_text(json.dumps(rows))
    controls = tuple(each.id.removeprefix("HOSTILE-") for each in outcome.run.controls)
    if outcome.streamed:
        (path.parent / "streamed.json").write_text(json.dumps(rows))
    return run_folder(folder, controls)


def secrets() -> list[str]:
    """The corpus's secrets, each line of one that has several."""
    values = sys.modules["badinputs"].SECRETS.values()
    return [
        line for value in values for line in value.split("\n") if len(line) > 8 and not line.startswith("-----")
    ]  # a line that would be found by chance is none


def _redacted(case: Case, outcome: Outcome, root: Path) -> str:
    everything = b"\n".join([*outcome.artifacts.values(), outcome.console.encode()])
    for secret in secrets():
        if secret.encode() in everything:
            return "a secret stands in an artifact or on the console"
    if case.id == "J07" and b"r-1 test" not in everything:
        return "ordinary text was eaten by the redaction"
    return ""
