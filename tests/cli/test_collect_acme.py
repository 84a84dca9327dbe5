"""`soc2test collect` over the sample company: from no exports of its clouds to all of them, and to the same verdicts."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from hashlib import md5
from pathlib import Path
from typing import Any, Self

import pytest
from click.testing import CliRunner
from vendors import ACME, AS_OF, Answers

from soc2test.cli.main import main
from soc2test.collecting.words import pipeline
from soc2test.finding.suggested import command, filled
from soc2test.sources.collecting import Several

COLLECTED = ("aws", "github", "kubernetes")
TOOL = """#!/bin/sh
case "$*" in
--version) echo 'version 99.0.0'; exit ;;
version*) echo '{"clientVersion": {"gitVersion": "v1.99.0"}}'; exit ;;
esac
answer=$ANSWERS/$(printf '%s\\n' "${0##*/}" "$@" | md5sum | cut -c 1-32)
if [ -f "$answer" ]; then cat "$answer"; else echo "nobody recorded ${answer##*/}: ${0##*/} $*" >&2; exit 9; fi
"""
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")


class AtThatMoment(datetime):
    """A clock that stands at the moment of the sample company."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 11, 20, 12, tzinfo=UTC).astimezone(tz)


WHO = {
    "aws sts get-caller-identity --output json": b'{"Account": "012345678901", "Arn": "arn:aws:iam::012345678901:user/ci"}',
    "gh api orgs/acme": b'{"login": "acme"}',
    "kubectl config view --minify --context acme-prod --output 'jsonpath={.contexts[0]}'": b'{"name": "acme-prod"}',
}
"""Who is signed in: a file of the sample company's holds no answer to these calls."""


def by_words(answers: Answers) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The words of each call that the company's exports answer, and its answer."""
    for text, body in WHO.items():
        yield pipeline(text, {})[0], body
    for each, body in answers.exports():
        operation = answers.here.plugins.sources[each.source].operations[each.operation]
        if each.source in COLLECTED and operation.several is None:
            yield pipeline(command(operation, each.subject), {})[0], body
        elif each.source in COLLECTED and operation.several is not None:
            yield from one_by_one(operation.several, each.subject, body)


def one_by_one(several: Several, subject: Mapping[str, str], raw: bytes) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The calls that together are one answer."""
    body = json.loads(raw)
    items = body if isinstance(body, list) else body["InstancePatchStates"]
    ids = [str(item["id" if "id" in item else "InstanceId"]) for item in items]
    yield pipeline(filled(several.ids, subject), {})[0], "\n".join(ids).encode()
    one = pipeline(filled(several.one.replace("{ids}", "@"), subject), {})[0]
    if several.at_once > 1:
        yield tuple(word for each in one for word in (ids if each == "@" else [each])), raw
        return
    for id, item in zip(ids, items, strict=True):
        yield tuple(word.replace("@", id) for word in one), json.dumps(item).encode()


@needs_jq
@pytest.mark.long
def test_all_that_the_sample_company_exported_is_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    company = tmp_path / "acme"
    shutil.copytree(ACME, company, ignore=shutil.ignore_patterns("soc2-report"))
    for source in COLLECTED:
        shutil.rmtree(company / "exports" / source)
    # of calls that can stand for one another another one would be asked for
    for kept in (ACME / "exports/github/acme").glob("*-for-org.json"):
        (company / "exports/github/acme").mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, company / "exports/github/acme" / kept.name)
    tools, told = tmp_path / "bin", tmp_path / "answers"
    tools.mkdir()
    told.mkdir()
    for name in ("aws", "gh", "kubectl"):
        (tools / name).write_text(TOOL)
        (tools / name).chmod(0o755)
    answers = Answers()
    for words, body in by_words(answers):
        text = "".join(f"{word}\n" for word in words)
        (told / md5(text.encode()).hexdigest()).write_bytes(body)  # noqa: S324  # a name of a file
    for module in ("soc2test.cli.collecting", "soc2test.collecting.keeping"):
        monkeypatch.setattr(f"{module}.datetime", AtThatMoment)
    monkeypatch.chdir(company)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("ANSWERS", str(told))
    arguments = [word for source in COLLECTED for word in ("--source", source)]
    # what is told of a call by a number that another answer holds is known by the file that it is kept as
    found = True
    while found:
        done = CliRunner().invoke(main, ["collect", *arguments], catch_exceptions=False)
        unanswered = re.findall(r"^  (\S+): nobody recorded ([0-9a-f]{32}):", done.stdout, re.MULTILINE)
        bodies = {key: answers.of(file) for file, key in unanswered}
        known = {key: given for key, given in bodies.items() if given is not None}
        found = bool(known)
        for key, given in known.items():
            (told / key).write_bytes(given)
    assert len(_collected(company)) > 150
    assert [name for name in _collected(company) if _differs(company, name)] == []
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--soc2", "-q", "-p", "no:cacheprovider", "--soc2-as-of", AS_OF],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, f"{done.output}\n{run.stdout[-3000:]}"


def _collected(company: Path) -> list[str]:
    """The exports that the sample company has and that were collected, by their paths."""
    exports = company / "exports"
    paths = [path for source in COLLECTED for path in sorted((exports / source).rglob("*.json"))]
    names = [path.relative_to(company).as_posix() for path in paths]
    return [name for name in names if (ACME / name).is_file()]


def _differs(company: Path, name: str) -> bool:
    return bool(_body(company / name) != _body(ACME / name))


def _body(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return path.read_bytes()
