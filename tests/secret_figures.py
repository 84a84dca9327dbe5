"""A programme in which every kind of secret is said on every channel in one form, and what of them can be read there."""

import json
from collections.abc import Iterator
from string import ascii_letters, digits

from ahocorasick_rs import AhoCorasick
from channels import COMMAND, Channels, run
from programmes import Programme
from reports.forms import FORMS, readings
from reports.tokens import TOKENS

__all__ = ["ENCODINGS", "FORMATS", "KINDS", "leaks", "said"]

KINDS = {
    kind: case for kind, case in TOKENS.items() if kind != "private key, cut"
}  # four letters of that one stand everywhere
ENCODINGS = ("plain", "percent", "JSON", "base64")
FORMATS = ("table", "json", "sh")
_WINDOW = 10
_POLICY = '''
import logging

@control("X-1", criteria=["CC6.1"], nature="state", severity="high")
def test_each(thing: Thing, record_property):
    """Things are good."""
    print(thing.id)
    logging.getLogger("x").error("logged %s", thing.id)
    record_property("a", thing.id)
    assert thing.good, f"{thing.id} is bad"

@control("X-2", criteria=["CC6.2"], nature="state", severity="high")
def test_owned(thing: Thing):
    """Things have an owner."""
    assert thing.owner, f"{thing.id} has none"

@control("X-3", criteria=["CC6.3"], nature="state", severity="high")
def test_compared(thing: Thing):
    """Things are not named."""
    assert thing.id + "y" == thing.id + "z"
'''


def said(programme: Programme, form: str) -> dict[str, str]:
    """Channel -> what left on it."""
    written = [FORMS[form](text) for text, _ in KINDS.values()]
    programme.things(*({"id": f"a thing: {text}", "good": False} for text in written))
    programme.write("exports/other.json", json.dumps({"of": written}))
    programme.policy(_POLICY)
    channels = run(
        programme, "-m", "pytest", "-p", "no:hypothesispytest", "--soc2", "policies", "--junitxml=out.xml", "--log-file=out.log", "-rA",
        "--soc2-as-of=2026-11-20T12:00:00Z", env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(programme.path / "out.md")},
    )  # fmt: skip
    found = dict(_of(channels, ""))
    for shape in FORMATS:
        found |= _of(
            run(programme, *COMMAND, "evidence", "--as-of", "2026-11-20T12:00:00Z", "--format", shape),
            f"evidence, {shape}, ",
        )
    return found


def _of(channels: Channels, before: str) -> Iterator[tuple[str, str]]:
    for name, text in channels.items():
        if not name.startswith(("plugins/", "policies/", "exports/")) and "__pycache__" not in name:
            yield f"{before}{name}", text


def leaks(channels: dict[str, str]) -> list[str]:
    """Kind and channel of each secret of which a part can be read, however often it is decoded."""
    parts = [(kind, part) for kind, (_, secret) in KINDS.items() for part in _parts(secret)]
    looked_for = AhoCorasick([part for _, part in parts])
    found: dict[tuple[str, str], str] = {}
    for channel, text in channels.items():
        for reading in readings(text, 2):
            for index, start, _ in looked_for.find_matches_as_indexes(reading):
                found.setdefault((parts[index][0], channel), reading[max(0, start - 40) : start + 20])
    return [f"{kind} on {channel}: {around!r}" for (kind, channel), around in found.items()]


def _parts(secret: str) -> Iterator[str]:
    """What is told of a secret alone: of a row of the same letters nobody can say whose it is."""
    for at in range(max(1, len(secret) - _WINDOW + 1)):
        part = secret[at : at + _WINDOW]
        if len(set(part)) > 1 and set(part) & set(ascii_letters + digits):
            yield part
