"""What `soc2test collect` says: its plan, each round, and what became of all of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from soc2test.cli.denied_texts import needed, policies
from soc2test.collecting.calls import Stage
from soc2test.collecting.rounds import Ended, Outcome, StoppedScope
from soc2test.sources.source import Source

__all__ = ["round_line", "summary", "told_plan"]

_SHOWN = 300
"""signs of what a vendor or a tool said that are shown"""
_TITLES: Mapping[Ended, str] = {
    "denied": "Denied: who asks may not see it. Tests that need it are not evaluated.",
    "refused": "Refused, with another no of the vendor's. Tests that need it are not evaluated.",
    "unanswered": "Not answered. `soc2test collect` asks again.",
    "not_run": "Not asked.",
}


def told_plan(stages: Sequence[Stage], later: Sequence[tuple[str, str]]) -> str:
    """The calls that can be named now, by scope, as they would be made."""
    lines: list[str] = []
    for stage in stages:
        lines.append(f"{stage.name}")
        lines += [f"  needs {tool.name} {tool.lowest}" for tool in stage.tools if tool.name != "curl"]
        lines += [f"  needs the variable {name}: {text}" for name, text in stage.variables.items()]
        if stage.whoami is not None:
            lines.append(f"  first {stage.whoami.command}")
        for call in stage.calls:
            lines.append(f"  {call.command if call.several is None else call.several.ids}")
            if call.several is not None:
                lines.append(f"  {call.several.one}")
    count = sum(len(stage.calls) for stage in stages)
    lines.append(f"{count} calls now; what their answers name is asked for afterwards")
    lines += [f"left: {file}: {text}" for text, file in later]
    return "\n".join(lines)


def round_line(number: int, outcomes: Sequence[Outcome], stopped: Sequence[StoppedScope]) -> str:
    """One line about a round."""
    ended = Counter(outcome.ended for outcome in outcomes)
    said = [f"{ended['answered'] + ended['documented']} of {len(outcomes)} calls answered"]
    said += [f"{ended[how]} {how.replace('_', ' ')}" for how in _TITLES if ended[how]]
    said += [f"{scope.name} not asked: {scope.reason[:_SHOWN]}" for scope in stopped]
    return f"round {number}: {', '.join(said)}"


def summary(
    outcomes: Iterable[Outcome],
    stopped: Iterable[StoppedScope],
    later: Sequence[tuple[str, str]],
    back: Sequence[str],
    refused: Sequence[tuple[str, str]],
    useless: Sequence[tuple[str, str]],
    sources: Mapping[str, Source],
) -> str:
    """What became of all calls, what is wrong first, and one line with the counts last."""
    made = sorted(outcomes, key=lambda outcome: outcome.call.file)
    scopes = sorted(stopped, key=lambda scope: scope.name)
    lines: list[str] = []
    if scopes:
        lines.append("Scopes that were not asked:")
        lines += [f"  {scope.name}: {scope.reason[:_SHOWN]}" for scope in scopes]
    for how, title in _TITLES.items():
        some = [outcome for outcome in made if outcome.ended == how]
        if some:
            lines.append(title)
            lines += [_line(outcome, sources) for outcome in some]
        if how == "denied":
            lines += policies([outcome.call for outcome in some], sources)
    if later:
        lines.append("Left for people:")
        lines += [f"  {file}: {text}" for text, file in later]
    if useless:
        lines.append("Answered with something that no run relies on:")
        lines += [f"  {file}: {text[:_SHOWN]}" for file, text in useless]
    if refused:
        lines.append("Not sealed:")
        lines += [f"  {file}: {text}" for file, text in refused]
    if back:
        lines.append(f"{len(back)} files of before stay, of calls that were not answered now")
    ended = Counter(outcome.ended for outcome in made)
    kinds: tuple[Ended, ...] = ("answered", "documented", *_TITLES)
    counts = [f"{ended[how]} {how.replace('_', ' ')}" for how in kinds if ended[how]]
    lines.append(f"{len(made)} calls: {', '.join(counts) or 'nothing was left to ask'}")
    return "\n".join(lines)


def _line(outcome: Outcome, sources: Mapping[str, Source]) -> str:
    said = " ".join(outcome.text.split())[:_SHOWN]
    code = f"{outcome.code}: " if outcome.code and not said.startswith(outcome.code) else ""
    needs = needed(outcome.call, sources) if outcome.ended == "denied" else ""
    return f"  {outcome.call.file}: {code}{said}{needs}"
