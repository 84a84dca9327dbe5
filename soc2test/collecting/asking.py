"""One call is made: page after page, and again where what it met passes by itself."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, get_args

from soc2test.collecting.answers import Answer
from soc2test.collecting.calls import Call
from soc2test.collecting.following import WrongPage, next_url
from soc2test.collecting.http_calls import Request, Web, request_of
from soc2test.collecting.processes import Runner
from soc2test.collecting.read_only import changes_something
from soc2test.collecting.trying import Pace, is_throttled, passes
from soc2test.collecting.words import NeedsShell, Unset, pipeline
from soc2test.sources.collecting import Follow, Several

__all__ = ["Asker"]

_TRIES: Final = 5
_OK: Final = 200
_ENDED = (130, 137, 143, -2, -9, -15)
"""exit statuses of a program that was interrupted"""
Program = tuple[str, ...]


class _Said(NamedTuple):
    """What one request met: the vendor's words where it failed, and what its head said."""

    ok: bool
    text: str = ""
    status: int = 0
    link: str = ""
    wait: str = ""
    remaining: str = ""
    interrupted: bool = False
    missing: str = ""
    broke: bool = False
    """the connection did, so that nobody knows what would have been said"""

    @property
    def passes(self) -> bool:
        """What was met passes by itself."""
        return self.broke or passes(self.text, self.status, self.remaining)


class Asker:
    """Makes calls of one vendor for one scope."""

    def __init__(self, runner: Runner, web: Web, pace: Pace, variables: Mapping[str, str]) -> None:
        self._runner, self._web, self._pace, self._variables = runner, web, pace, variables

    def ask(self, call: Call, work: Path) -> Answer:
        """Make a call; its pages lie in the folder `work`, which is there and empty."""
        if call.several is not None:
            return self._ask_several(call.several, work)
        follow, command = _followed(call.command)
        return self.run(command, work, follow=follow)

    def run(self, command: str, work: Path, *, follow: Follow = "", name: str = "page") -> Answer:
        """Make one command's call. Nothing raises but `OSError` of the disk."""
        try:
            programs = pipeline(command, self._variables)
        except (NeedsShell, Unset) as error:
            return Answer(how="not_run", text=str(error))
        return self._run(programs, work, follow=follow, name=name)

    def _run(self, programs: Sequence[Program], work: Path, *, follow: Follow = "", name: str) -> Answer:
        for program in programs:
            if (why := changes_something(program)) is not None:
                return Answer(how="not_run", text=why)
        if follow or programs[0][0] == "curl":
            return self._pages(programs[0], programs[1:], work, follow, name)
        page = work / f"{name}.1"
        said, tries = self._insist(lambda: self._process(programs, page))
        return _answer(said, tries, (page,))

    def _ask_several(self, several: Several, work: Path) -> Answer:
        """The ids first, then what they name, some at a time; together they are one answer."""
        listed = self.run(several.ids, work, name="ids")
        if listed.how != "ok":
            return listed
        ids = listed.pages[0].read_text("utf-8").split()
        try:
            (one,) = pipeline(several.one.replace("{ids}", _IDS), self._variables)
        except (NeedsShell, Unset, ValueError) as error:
            return Answer(how="not_run", text=str(error))
        whole = work / "together"
        with whole.open("wb") as together:
            for start in range(0, len(ids), several.at_once):
                some = ids[start : start + several.at_once]
                answer = self._run([_about(one, some)], work, name="one")
                if answer.how != "ok":
                    return answer
                together.write(answer.pages[0].read_bytes())
        programs = pipeline(several.together, {})
        page = work / "page.1"
        return _answer(self._process(programs, page, whole), 1, (page,))

    def _pages(self, first: Program, then: Sequence[Program], work: Path, follow: Follow, name: str) -> Answer:
        """All pages of a call. Part of a list is none: where one fails, that is the answer."""
        request = request_of(first) if first[0] == "curl" else None
        start = request.url if request is not None else first[-1]
        url: str | None = start
        pages: list[Path] = []
        seen: set[str] = set()
        tries = 1
        while url is not None:
            if url in seen:
                return Answer(how="unanswered", text=f"page {len(pages)} names one that was read before", tries=tries)
            seen.add(url)
            page = work / f"{name}.{len(pages) + 1}"
            fetch = self._fetch(request, first, url, page)
            said, tries = self._insist(fetch)
            if not said.ok:
                return _answer(said, tries, ())
            pages.append(page)
            try:
                url = next_url(follow, start, pages, said.link) if follow else None
            except (WrongPage, KeyError, TypeError) as error:
                return Answer(how="unanswered", text=f"its pages can't be followed: {error}", tries=tries)
        if follow == "link" or then:
            return self._joined(pages, then, work, name)
        return Answer(how="ok", pages=tuple(pages), tries=tries)

    def _fetch(self, request: Request | None, first: Program, url: str, page: Path) -> Callable[[], _Said]:
        if request is not None:
            return lambda: self._get(request.at(url), page)
        return lambda: self._process([(*first[:-1], url)], page)

    def _joined(self, pages: Sequence[Path], then: Sequence[Program], work: Path, name: str) -> Answer:
        """Pages that are arrays, one behind the other in one file, and what programs make of it."""
        whole = work / f"{name}.whole"
        with whole.open("wb") as together:
            for page in pages:
                together.write(page.read_bytes())
                page.unlink()
        if not then:
            return Answer(how="ok", pages=(whole,))
        made = work / f"{name}.made"
        return _answer(self._process(then, made, whole), 1, (made,))

    def _insist(self, fetch: Callable[[], _Said]) -> tuple[_Said, int]:
        """Ask, and ask again where what was met passes by itself."""
        for tries in range(1, _TRIES + 1):
            self._pace.wait()
            said = fetch()
            if said.ok or said.interrupted or said.missing or tries == _TRIES or self._runner.stopped:
                break
            if not said.passes:
                break
            throttled = is_throttled(said.text, said.status, said.remaining)
            self._pace.back_off(tries, said.wait, throttled=throttled)
        return said, tries

    def _process(self, programs: Sequence[Program], page: Path, given: Path | None = None) -> _Said:
        ended = self._runner.run(programs, page, given)
        if ended.status == 0:
            return _Said(ok=True)
        if ended.missing:
            return _Said(ok=False, text=ended.text, missing=ended.missing)
        interrupted = self._runner.stopped or (ended.status in _ENDED and not ended.timed_out)
        text = ended.text.strip()
        if not text:
            printed = page.read_bytes()[:_SHOWN].decode("utf-8", "replace").strip()
            text = f"exit status {ended.status}, and no word on stderr; it had printed: {printed}"
        return _Said(ok=False, text="timed out" if ended.timed_out else text, interrupted=interrupted)

    def _get(self, request: Request, page: Path) -> _Said:
        replied = self._web.get(request, page)
        if replied.status == _OK:
            return _Said(ok=True, link=replied.link)
        body = page.read_bytes()[:_SHOWN].decode("utf-8", "replace").strip() if replied.status else ""
        return _Said(
            ok=False,
            text=body or replied.text or f"HTTP {replied.status}",
            status=replied.status,
            wait=replied.wait,
            remaining=replied.remaining,
            broke=replied.broke,
        )


_IDS = "@IDS@"
"""stands for ids in the words of a call"""
_SHOWN = 4000
"""bytes of what was printed or answered that are kept as the words of a failure"""


def _followed(command: str) -> tuple[Follow, str]:
    """How further pages of a command are named, and the command itself."""
    for follow in get_args(Follow):
        if follow and command.startswith(f"follow_{follow} "):
            return follow, command.removeprefix(f"follow_{follow} ")
    return "", command


def _answer(said: _Said, tries: int, pages: tuple[Path, ...]) -> Answer:
    if said.ok:
        return Answer(how="ok", pages=pages, tries=tries)
    if said.missing:
        return Answer(how="not_run", text=said.text, tries=tries)
    if said.interrupted:
        return Answer(how="unanswered", text="the call was interrupted", tries=tries)
    text = f"{said.text} (asked {tries} times)" if said.passes else said.text
    return Answer(how="unanswered" if said.passes else "failed", text=text, http=said.status or None, tries=tries)


def _about(one: Program, ids: Sequence[str]) -> Program:
    """The words of a call about these ids: each is a word of its own where nothing else stands in it."""
    words: list[str] = []
    for word in one:
        words += ids if word == _IDS else [word.replace(_IDS, " ".join(ids))]
    return tuple(words)
