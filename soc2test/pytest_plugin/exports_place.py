"""Where the exports of a run lie: a local folder, or a URL that is mirrored once, in the process that writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from soc2test.errors import ProgrammeError
from soc2test.evidence.files import Found
from soc2test.programme.programme import Config
from soc2test.progress.line import Line
from soc2test.progress.stderr import Stderr
from soc2test.pytest_plugin.early import shows_only
from soc2test.pytest_plugin.sudden_end import LAST_WORDS
from soc2test.remote.urls import RemoteError, Url, is_url, parse_url

if TYPE_CHECKING:
    from soc2test.remote.mirroring import Mirror

__all__ = ["ExportsPlace", "handed_place", "place_of"]


class ExportsPlace(msgspec.Struct, frozen=True, kw_only=True):
    """What is read as the exports folder."""

    folder: Path
    url: str = ""
    """where it is a copy, what it is a copy of"""
    lost: tuple[Found, ...] = ()
    """files that could not be copied as they are"""


def place_of(config: pytest.Config, programme: Config, told: Mapping[str, Any] | None) -> ExportsPlace:
    """The exports that option, controller or soc2.yaml name; `told` is what the controller told a worker.

    Raises `pytest.UsageError`, `ProgrammeError` where they are not there.
    """
    if told is not None:
        lost = tuple(Found(place, "", 0, refused=reason, lost=True) for place, reason in told["lost"])
        return ExportsPlace(folder=Path(told["folder"]), url=told["url"], lost=lost)
    given = config.getoption("soc2_exports")
    folder = config.invocation_params.dir / given if given else programme.root / programme.exports
    text = given or programme.exports_url
    if is_url(text):
        return _copied(config, programme, text, folder if given else None)
    if given and not folder.is_dir():
        raise pytest.UsageError(f"--soc2-exports: there is no folder {given}")
    if not given and ("exports",) in programme.lines and not folder.is_dir():
        raise programme.error(("exports",), f"there is no folder {programme.exports} beside this file")
    return ExportsPlace(folder=folder)


def handed_place(place: ExportsPlace) -> dict[str, Any] | None:
    """The same for a worker of this machine, which reads the controller's copy; None where nothing was copied."""
    if not place.url:
        return None
    lost = [[found.place, found.refused] for found in place.lost]
    return {"folder": str(place.folder), "url": place.url, "lost": lost}


def _copied(config: pytest.Config, programme: Config, text: str, local: Path | None) -> ExportsPlace:
    """A copy of what lies at a URL, for as long as the run takes; `local` is the folder that it may be meant for."""
    try:
        url = parse_url(text, local)
        if shows_only(config.option):  # nothing is read
            return ExportsPlace(folder=programme.root / "exports", url=url.text)
        copy = _mirrored(url, programme, quiet=config.option.verbose < 0)
    except RemoteError as error:
        raise _refused(programme, str(error), given=local is not None) from None
    _take_away_at_the_end(config, copy)
    return ExportsPlace(folder=copy.root, url=url.text, lost=copy.lost)


def _mirrored(url: Url, programme: Config, *, quiet: bool) -> "Mirror":
    """The copy, shown while it is made: pytest has no terminal yet, and captures nothing."""
    from soc2test.remote.mirroring import mirror  # noqa: PLC0415  # runs over a local folder don't pay for it

    if quiet:
        return mirror(url, programme.reading)
    line = Line(Stderr())
    try:
        return mirror(url, programme.reading, line)
    finally:
        line.end()


def _refused(programme: Config, text: str, *, given: bool) -> pytest.UsageError | ProgrammeError:
    return pytest.UsageError(f"--soc2-exports: {text}") if given else programme.error(("exports",), text)


def _take_away_at_the_end(config: pytest.Config, copy: "Mirror") -> None:
    """However the run ends: pytest's configuration ends with it, or a time limit ends the process."""

    def last(_: str) -> None:
        copy.remove()

    def end() -> None:
        if last in LAST_WORDS:
            LAST_WORDS.remove(last)
        copy.remove()

    LAST_WORDS.append(last)
    config.add_cleanup(end)
