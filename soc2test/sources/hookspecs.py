"""The five hooks by which plugins enter. A plugin is a module (or object) with any of them, marked `@hookimpl`."""

from collections.abc import Iterable

import pluggy

from soc2test.resources.resource import Resource
from soc2test.run import Writer
from soc2test.sources.export import Claim, Export
from soc2test.sources.source import Source
from soc2test.verdicts import ControlResult

__all__ = ["PROJECT", "hookimpl", "hookspec"]

PROJECT = "soc2test"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def soc2_kinds() -> Iterable[type[Resource]]:  # type: ignore[empty-body]
    """Kinds that no source of this plugin tells, for controls of other plugins. Called once, while it loads."""


@hookspec
def soc2_sources() -> Iterable[Source]:  # type: ignore[empty-body]
    """The sources of this plugin. Called once, while it loads."""


@hookspec
def soc2_claim(export: Export) -> Claim | None:
    """What a file is that doesn't lie where exports are kept by convention; None: not ours.

    Called once for each such file. Two plugins that claim one file are an error.
    """


@hookspec
def soc2_writers() -> Iterable[Writer]:  # type: ignore[empty-body]
    """Further report writers. Called once, before the first control.

    Each renders a run that has started, which replaces the artifact of an earlier run, and the whole one.
    """


@hookspec
def soc2_result(result: ControlResult) -> None:
    """Called with each control's result, once, as soon as it is known. What it raises is reported as an error."""
