"""`soc2test evidence --format sh`: the commands for what is missing, as a shell script to read and then run."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Any

__all__ = ["as_script"]

_HEAD = """\
#!/bin/sh
# Read-only commands for what `soc2test evidence` found missing. Read them, sign in to the vendors' tools, run them.
# Where a command fails, its error text is kept: "no such policy" is an answer, and "access denied" is a reason.
# Lists come first: run this, then print it again for the calls about what they name, until nothing is missing.
umask 077
save() { # FILE COMMAND
    mkdir -p "$(dirname "$1")"
    if ! sh -c "$2" >"$1.part" 2>"$1.err" && [ ! -s "$1.part" ]; then
        mv "$1.err" "$1.part"
    fi
    rm -f "$1.err"
    mv "$1.part" "$1"
}
"""


def as_script(found: dict[str, Any], exports: Path) -> str:
    """The script; `exports` is the folder to write to. What can't be called yet, or is kept by hand, is a comment."""
    calls = {each["file"]: each["command"] for each in (*found["missing"], *found["missing_for_resources"])}
    parts = [_HEAD, *_date(found, exports)]
    for file, command in calls.items():
        if file is None:
            continue
        place = f"{exports}/{file.removeprefix('exports/')}"
        if command is None:
            parts.append(f"# kept by hand: {_comment(place)}\n")
        elif "<" in file:
            parts.append(f"# after the lists that name it, or once soc2.yaml declares its scope: {_comment(place)}\n")
        else:
            parts.append(f"save {quote(place)} {quote(command)}\n")
    return "".join(parts)


def _date(found: dict[str, Any], exports: Path) -> Iterator[str]:
    """A manifest dates all that does not say itself when it was taken: not to be made where that would be a lie."""
    manifest = exports / "manifest.yaml"
    if manifest.exists():
        yield f"# {_comment(str(manifest))} is there: name in it when this ran, for what does not say so itself\n"
    elif all(each["collected_at"] for each in found["evidence"]):
        text = """printf 'collected_at: %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"""
        yield f"mkdir -p {quote(str(exports))}\n{text}{quote(str(manifest))}\n"


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
