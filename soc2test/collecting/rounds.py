"""One round of calls: each scope proves who asks first, then its calls are made beside each other."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count
from pathlib import Path
from threading import Event, Semaphore
from typing import Any, Literal

import msgspec

from soc2test.collecting.answers import Answer
from soc2test.collecting.asking import Asker
from soc2test.collecting.calls import Call, Stage, Tool
from soc2test.collecting.http_calls import Web
from soc2test.collecting.keeping import Keeper, who_of
from soc2test.collecting.processes import Runner
from soc2test.collecting.trying import Pace
from soc2test.sources.source import Source

__all__ = ["Collector", "Ended", "Outcome", "StoppedScope", "folder_of"]

_LOOKS = 30
"""How often it is looked whether a report has been made."""
_NOT_SIGNED_IN = frozenset({
    "401", "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidClientTokenId", "RequestExpired",
    "SignatureDoesNotMatch", "UnrecognizedClientException",
})  # fmt: skip
"""A login that expired, or is none: AWS's codes, and HTTP's status."""
_WATCHED = 0.2
"""seconds after which the main thread looks whether it was interrupted"""
Ended = Literal["answered", "documented", "denied", "refused", "unanswered", "not_run"]


class StoppedScope(msgspec.Struct, frozen=True, kw_only=True):
    """A scope of which nothing was asked, and why."""

    folder: str
    """below which its exports lie"""
    name: str
    reason: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one call.

    `answered`: with what was asked for. `documented`: with a no that says what is there (no policy, no such setting).
    `denied`: who asks may not see it. `refused`: with another no of the vendor's. `unanswered`: with nothing that
    counts. `not_run`: it was not made.
    """

    call: Call
    ended: Ended
    code: str = ""
    text: str = ""
    tries: int = 1


class Collector:
    """Makes calls and keeps their answers, round after round.

    `environment` is that of this process: tools get it as it is, and calls by HTTP the variables that they name.
    """

    def __init__(
        self,
        keeper: Keeper,
        sources: Mapping[str, Source],
        work: Path,
        environment: Mapping[str, str],
        *,
        jobs: int,
        pause: float,
        watch: Callable[[str, int, int | None], None],
    ) -> None:
        self._keeper, self._sources, self._work = keeper, sources, work
        self._environment, self._jobs, self._pause, self._watch = environment, jobs, pause, watch
        self._web = Web()
        self._stopped = Event()
        self._runners: list[Runner] = []
        self._paces: dict[str, Pace] = {}
        self._gates: dict[str, Semaphore] = {}
        self._who: dict[str, str | StoppedScope] = {}
        self._versions: dict[Tool, str] = {}
        self._folders = count()

    def round(self, stages: Iterable[Stage]) -> tuple[list[Outcome], list[StoppedScope]]:
        """All calls of these scopes. Raises `OSError` where an answer can't be written, `KeyboardInterrupt`."""
        stopped: list[StoppedScope] = []
        asked: list[tuple[Stage, Asker, str, Call]] = []
        for stage in stages:
            who = self._admitted(stage)
            if isinstance(who, StoppedScope):
                stopped.append(who)
                continue
            asker = self._asker(stage)
            asked += [(stage, asker, who, call) for call in stage.calls]
        return self._make(asked), stopped

    def stop(self) -> None:
        """End what runs, and what waits to be run again."""
        self._stopped.set()
        for runner in self._runners:
            runner.stop()

    def close(self) -> None:
        """The same, and let go of what is open."""
        self.stop()
        self._web.close()

    def _make(self, asked: list[tuple[Stage, Asker, str, Call]]) -> list[Outcome]:
        pool = ThreadPoolExecutor(self._jobs, thread_name_prefix="collect")
        futures = [pool.submit(self._one, *each) for each in asked]
        try:
            left: set[Future[Outcome]] = set(futures)
            while left:
                done, left = wait(left, timeout=_WATCHED, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()  # a disk that is full stops all
                self._watch("collecting", len(futures) - len(left), len(futures))
        except BaseException:
            self.stop()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        pool.shutdown()
        return [future.result() for future in futures]

    def _one(self, stage: Stage, asker: Asker, who: str, call: Call) -> Outcome:
        with self._gates[stage.source]:
            if call.before is not None:
                self._prepare(asker, *call.before)
            work = self._folder()
            try:
                return self._kept(call, asker.ask(call, work), who)
            finally:
                shutil.rmtree(work, ignore_errors=True)

    def _kept(self, call: Call, answer: Answer, who: str) -> Outcome:
        if answer.how == "ok":
            self._keeper.keep(call.file, call.command, answer, who)
            return Outcome(call=call, ended="answered", tries=answer.tries)
        if answer.how in ("not_run", "unanswered"):
            ended: Ended = "not_run" if answer.how == "not_run" else "unanswered"
            return Outcome(call=call, ended=ended, text=answer.text, tries=answer.tries)
        source = self._sources[call.source]
        info = source.failure(_body(answer.text))
        if info is None:  # words of the tool, which say nothing of what is there
            return Outcome(call=call, ended="unanswered", text=answer.text, tries=answer.tries)
        codes = {info.code, str(info.http or answer.http)}
        if codes & _NOT_SIGNED_IN:  # an expired login says nothing of what it may see
            return Outcome(call=call, ended="unanswered", code=info.code, text=answer.text, tries=answer.tries)
        self._keeper.refused(call, info, answer, who)
        ended = _kind(codes, source, source.operations[call.operation].absent)
        return Outcome(call=call, ended=ended, code=info.code, text=answer.text, tries=answer.tries)

    def _prepare(self, asker: Asker, command: str, word: str) -> None:
        """Have a report made, which takes a while. Where that fails, the call for it says so."""
        for _ in range(_LOOKS):
            work = self._folder()
            try:
                answer = asker.run(command, work)
                if answer.how != "ok" or word in answer.pages[0].read_text("utf-8", "replace"):
                    return
            finally:
                shutil.rmtree(work, ignore_errors=True)
            if self._stopped.wait(self._pause):
                return

    def _admitted(self, stage: Stage) -> "str | StoppedScope":
        """Who asks in a scope, looked up once; or why nothing is asked there."""
        if stage.name not in self._who:
            reason = self._unready(stage)
            self._who[stage.name] = self._signed_in(stage) if reason is None else _stopped(stage, reason)
        return self._who[stage.name]

    def _unready(self, stage: Stage) -> str | None:
        unset = [name for name in stage.variables if not self._environment.get(name)]
        if unset:
            told = ", ".join(f"{name} ({stage.variables[name]})" for name in unset)
            return f"set {told}"
        for tool in stage.tools:
            if (wrong := self._wrong_tool(stage, tool)) is not None:
                return wrong
        return None

    def _wrong_tool(self, stage: Stage, tool: Tool) -> str | None:
        if tool.name == "curl" or (tool.name == "jq" and not _uses(stage, "jq")):
            return None  # calls by HTTP are ours, and pages are followed without it
        if tool not in self._versions:
            self._versions[tool] = self._version(stage, tool)
        return self._versions[tool] or None

    def _version(self, stage: Stage, tool: Tool) -> str:
        """What is wrong with a tool; "" where nothing is."""
        if shutil.which(tool.name, path=self._environment.get("PATH")) is None:
            return f"{tool.name} is not installed ({tool.lowest} or newer is needed)"
        work = self._folder()
        try:
            runner = self._runner(stage)
            ended = runner.run([tuple(tool.command.split())], work / "version")
            text = (work / "version").read_text("utf-8", "replace") if ended.status == 0 else ""
        finally:
            shutil.rmtree(work, ignore_errors=True)
        found = re.search(r"\d+\.\d+(?:\.\d+)*", text)
        if found is None:
            return ""
        have, lowest = _numbers(found[0]), _numbers(tool.lowest)
        if have[: len(lowest)] >= lowest:
            return ""
        return f"{tool.name} {tool.lowest} or newer is needed, this is {found[0]}"

    def _signed_in(self, stage: Stage) -> "str | StoppedScope":
        """Whom the tool is signed in as. The answer is evidence; a wrong one stops the scope."""
        if stage.whoami is None:
            return ""
        work = self._folder()
        try:
            answer = self._asker(stage).run(stage.whoami.command, work)
            if answer.how != "ok":
                reason = f"`{stage.whoami.command}` failed: {answer.text[:300]}"
                return _stopped(stage, reason)
            text = answer.pages[0].read_text("utf-8", "replace")
            if re.search(stage.whoami.pattern.replace("[[:space:]]", r"\s"), text, re.IGNORECASE) is None:
                said = " ".join(text.split())[:300]
                reason = f"signed in elsewhere: `{stage.whoami.command}` says {said}"
                return _stopped(stage, reason)
            body = _body(text)
            who = who_of(body, stage.whoami.who) if isinstance(body, dict) and stage.whoami.who else ""
            self._keeper.keep(stage.whoami.file, stage.whoami.command, answer, who)
            return who
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _asker(self, stage: Stage) -> Asker:
        pace = self._paces.setdefault(stage.source, Pace(self._pause, self._stopped))
        at_once = self._sources[stage.source].collecting.at_once
        self._gates.setdefault(stage.source, Semaphore(at_once))
        variables = {name: self._environment[name] for name in stage.variables}
        return Asker(self._runner(stage), self._web, pace, variables)

    def _runner(self, stage: Stage) -> Runner:
        runner = Runner({**self._environment, **stage.environment})
        self._runners.append(runner)
        return runner

    def _folder(self) -> Path:
        folder = self._work / str(next(self._folders))
        folder.mkdir(parents=True)
        return folder


def _stopped(stage: Stage, reason: str) -> StoppedScope:
    return StoppedScope(folder=folder_of(stage.calls[0].file), name=stage.name, reason=reason)


def folder_of(file: str) -> str:
    """The folder of the outermost scope that a call's file lies in ("aws/012345678901")."""
    return "/".join(file.removeprefix("exports/").split("/")[:2])


def _kind(codes: set[str], source: Source, absent: tuple[str, ...]) -> Ended:
    if codes & set(absent):
        return "documented"
    return "denied" if codes & source.denied else "refused"


def _body(text: str) -> Any:
    """What a failure is told by: the object that a server sent, else the text as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _uses(stage: Stage, tool: str) -> bool:
    commands = [call.command for call in stage.calls]
    commands += [call.several.together for call in stage.calls if call.several is not None]
    return any(re.search(rf"(?<![\w./-]){tool} ", command) for command in commands)
