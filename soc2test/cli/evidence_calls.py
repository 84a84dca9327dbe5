"""What the collecting script asks for: calls by scope, each scope with the tools and the login that it needs."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, NamedTuple

from soc2test.cli.asked_operations import BY_HAND
from soc2test.cli.here import Here
from soc2test.collecting.calls import Call, Identity, Stage, Tool
from soc2test.evidence.record import RECORD, Evidence
from soc2test.finding.file_names import by_path
from soc2test.finding.places import folder_of
from soc2test.finding.suggested import filled
from soc2test.finding.unexported import Unexported
from soc2test.sources.collecting import Collecting, Several, WhoAmI
from soc2test.sources.export import Claim
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["Asked", "plan"]

_OFTEN = 3
"""How often a call is asked in a day that answers, and whose answer is of no use."""
_IDS = "@IDS@"
"""stands for ids while the other parts of a template are filled in"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of earlier rounds: the evidence by id, and how often each file was asked for in the last day."""

    evidence: Mapping[str, Evidence]
    counts: Mapping[str, int] = field(default_factory=dict)


class _Wanted(NamedTuple):
    claim: Claim
    file: str
    command: str


def plan(
    found: Mapping[str, Any], failed: Iterable[Unexported], here: Here, asked: Asked
) -> tuple[list[Stage], list[tuple[str, str]]]:
    """The calls that can be made now, by scope; and what can't be, or was answered, as text and file.

    `found` is what `soc2test evidence` tells; `failed` are calls about single resources that can't be relied on.
    """
    scopes: dict[tuple[str, str], list[_Wanted]] = {}
    later: dict[str, str] = {}
    for source, file, command in _missing(found, failed):
        if (why := _not_now(file, command, here.plugins.sources[source], asked)) is not None:
            later[file] = why
            continue
        claim = _claim(file, here.plugins.sources[source])
        if claim is not None and command is not None:
            outer = claim.subject.get(next(iter(here.plugins.sources[source].scope), ""), "")
            wanted = scopes.setdefault((source, outer), [])
            if all(each.file != file for each in wanted):
                wanted.append(_Wanted(claim, file, command))
    stages = [_stage(here, source, outer, wanted, asked) for (source, outer), wanted in scopes.items()]
    return stages, [(text, file) for file, text in later.items()]


def _missing(found: Mapping[str, Any], failed: Iterable[Unexported]) -> Iterable[tuple[str, str, str | None]]:
    """Source, file and command, lists first."""
    for each in (*found["missing"], *found["missing_for_resources"]):
        if each["file"] is not None:
            yield each["source"], each["file"], each["command"]
    for call in failed:
        yield call.source, call.file, call.line


def _not_now(file: str, command: str | None, source: Source, asked: Asked) -> str | None:
    """Why a call is not made, None where it is."""
    if command is None:
        return "kept by hand"
    if "<" in file:
        return "after the lists that name it, or once soc2.yaml declares its scope"
    claim = _claim(file, source)
    if claim is None:
        return "its name is not read back"
    template = source.operations[claim.operation].command
    if BY_HAND.search(template):
        return f"to be completed by hand, {command}"
    if any(_unfilled(name, command, claim) for _, name, _, _ in Formatter().parse(template) if name):
        return f"not all that its command needs is known, {command}"
    return _answered(file, asked)


def _unfilled(name: str, command: str, claim: Claim) -> bool:
    return name not in claim.subject and re.search(rf"(?<![\w$]){name.upper()}(?!\w)", command) is not None


def _answered(file: str, asked: Asked) -> str | None:
    before = _earlier(file, asked)
    if before is None:
        return None
    code = before.gap[0] if before.gap else ""
    if before.claimed_by == "record" and before.code is not None and code != "stale":
        return f"answered with {_word(before.code)}; take the file away to ask again"
    if asked.counts.get(_below_exports(file), 0) >= _OFTEN and code != "stale":
        return f"asked {_OFTEN} times, and its answer is of no use ({code}); take the file away to ask again"
    return None


def _earlier(file: str, asked: Asked) -> Evidence | None:
    """What lies in its place, or the first of its pages."""
    name = _below_exports(file)
    return asked.evidence.get(name) or asked.evidence.get(f"{name.removesuffix('.json')}.page1.json")


def _below_exports(file: str) -> str:
    return file.removeprefix("exports/")


def _claim(file: str, source: Source) -> Claim | None:
    return by_path(_below_exports(file), source)


def _word(code: str) -> str:
    return "".join(char if char.isalnum() or char in " ._-" else "?" for char in code)[:80]


def _stage(here: Here, name: str, outer: str, wanted: list[_Wanted], asked: Asked) -> Stage:
    source = here.plugins.sources[name]
    collecting = source.collecting
    profile = _profile(here, source, outer)
    at = _at(here, source, wanted[0].claim)
    whoami = _identity(source, at, profile)
    calls = tuple(_call(source, each, profile, asked) for each in wanted if whoami is None or each.file != whoami.file)
    texts = [call.command for call in calls] + ([whoami.command] if whoami else [])
    return Stage(
        source=name,
        name=" ".join(filter(None, (name, next(iter(source.scope), ""), outer))),
        tools=tuple(_tools(collecting, texts)),
        variables={key: text for key, text in collecting.variables.items() if any(f"${key}" in each for each in texts)},
        environment={key: text.format_map(at) for key, text in collecting.environment.items()},
        whoami=whoami,
        calls=calls,
    )


def _tools(collecting: Collecting, commands: list[str]) -> Iterable[Tool]:
    for command, lowest in collecting.tools.items():
        name = command.split()[0]
        by_pages = name == "jq" and collecting.follow not in ("", "link")
        if by_pages or any(re.search(rf"(?<![\w./-]){re.escape(name)} ", each) for each in commands):
            yield Tool(name, lowest, command)


def _profile(here: Here, source: Source, outer: str) -> str:
    """The option that names the profile of the outermost scope level, "" without one."""
    if here.config is None or not source.scope or not source.collecting.profile:
        return ""
    options = here.config.options.get(source.name, {}).get(f"{source.scope[0]}s", {}).get(outer, {})
    return filled(source.collecting.profile, {"profile": options["profile"]}) if "profile" in options else ""


def _with(profile: str, command: str, tools: Mapping[str, str]) -> str:
    """A command with the option that names a profile; of several in one, each that is the source's own tool."""
    tool = next(iter(tools), "").partition(" ")[0]
    if not profile:
        return command
    if not re.search(r"[|;&]", re.sub(r"'[^']*'", "", command)):
        return f"{command} {profile}"
    parts = re.split(r"('[^']*')", command)  # what is quoted may be a name
    return "".join(
        part if part.startswith("'") else re.sub(rf"(?<![\w./-]){tool} ", lambda _: f"{tool} {profile} ", part)
        for part in parts
    )


def _at(here: Here, source: Source, claim: Claim) -> dict[str, str]:
    """The outermost scope level of a call; of the others the first that is declared, so that rounds agree on it."""
    declared = here.declared.get(source.name, {})
    inner = {level: declared[level][0] for level in source.scope[1:] if declared.get(level)}
    return {**{level: claim.subject.get(level, "") for level in source.scope}, **inner}


def _identity(source: Source, at: Mapping[str, str], profile: str) -> Identity | None:
    whoami = source.collecting.whoami
    if whoami is None:
        return None
    file = f"{folder_of(source, at)}/{whoami.operation.replace(' ', '.')}.json"
    command = _with(profile, filled(whoami.command, at), source.collecting.tools)
    return Identity(file, command, _pattern(whoami, at), whoami.who)


def _pattern(whoami: WhoAmI, known: Mapping[str, str]) -> str:
    """What `grep -Ei` finds in the right answer."""
    strange = any(re.fullmatch(form, known.get(level, ""), re.ASCII) is None for level, form in whoami.known.items())
    said = []
    for key, template in whoami.says.items():
        text = template.format_map(known)
        spelt = {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
        values = ['[^"]+'] if strange else [_literal(value) for value in sorted(spelt)]
        said += [f'"{_literal(key)}"[[:space:]]*:[[:space:]]*"{value}"' for value in values]
    return "|".join(said)


def _literal(text: str) -> str:
    return re.sub(r"([][\\.^$*+?(){}|])", r"\\\1", text)


def _call(source: Source, wanted: _Wanted, profile: str, asked: Asked) -> Call:
    operation = source.operations[wanted.claim.operation]
    collecting = source.collecting
    command = _with(profile, wanted.command, collecting.tools)
    tools = {each.split()[0] for each in collecting.tools}
    if collecting.follow and command.split()[0] in tools:
        command = f"follow_{collecting.follow} {command}"
    before = operation.before
    if before is not None:
        before = (_with(profile, filled(before[0], wanted.claim.subject), collecting.tools), before[1])
    several = operation.several
    return Call(
        source=source.name,
        operation=operation.name,
        subject=wanted.claim.subject,
        file=wanted.file,
        command=command,
        before=before,
        again=_again(operation, wanted, asked),
        several=None if several is None else _several(several, wanted.claim.subject, profile, collecting.tools),
    )


def _several(several: Several, known: Mapping[str, str], profile: str, tools: Mapping[str, str]) -> Several:
    """The same with what is known filled in; the ids are known once they were listed."""
    one = filled(several.one.replace("{ids}", _IDS), known).replace(_IDS, "{ids}")
    return Several(
        ids=_with(profile, filled(several.ids, known), tools),
        one=_with(profile, one, tools),
        together=several.together,
        at_once=several.at_once,
    )


def _again(operation: Operation, wanted: _Wanted, asked: Asked) -> tuple[str, str, str] | None:
    """For a call that failed before: what says that it failed for the same reason, and its record in JSON."""
    before = _earlier(wanted.file, asked)
    if before is None or before.gap is None or before.claimed_by == "record":
        return None
    call = {
        "soc2test": RECORD,
        "source": operation.source,
        "operation": operation.name,
        "subject": dict(wanted.claim.subject),
        "collected_at": "",
    }
    error: dict[str, Any] = {"code": before.code or "failed"}
    if before.http is not None:
        error["http"] = before.http
    return before.code or "", json.dumps(call)[1:-3], json.dumps(error)[1:-1]
