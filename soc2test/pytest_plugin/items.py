"""The pytest items: one for each control, one for each policy file or plugin that did not load."""

import inspect
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from soc2test.controls.control import Control
from soc2test.controls.packs import BrokenFile, PolicyFile
from soc2test.errors import Soc2Error, UnknownFact
from soc2test.evaluation.evaluate import Evaluated
from soc2test.pytest_plugin.failing import is_failure, worst
from soc2test.pytest_plugin.failure_text import shortened
from soc2test.pytest_plugin.replay import replay
from soc2test.pytest_plugin.sudden_end import no_sudden_end
from soc2test.pytest_plugin.words import headline, no_fixture, report_text
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["BrokenItem", "ControlItem", "PolicyModule"]

_FORBIDDEN_MARKS = ("skip", "skipif", "xfail", "parametrize")


class PolicyModule(pytest.Module):
    """The node of a policy file; its module is loaded already, without rewritten asserts."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        """Register the file's own fixtures; its items are made by the session."""
        list(super().collect())
        return []


class ControlBroke(Soc2Error, pytest.fail.Exception):  # type: ignore[name-defined, misc]  # it has no name of its own
    """The control raised; its result is an error.

    pytest shows of it what it says: the frames of pytest and of this plugin, which nobody sees, take a third of a short
    run's time.
    """

    def __init__(self, said: str) -> None:
        pytest.fail.Exception.__init__(self, said, pytrace=False)


class ControlItem(pytest.Function):
    """One control. Set-up evaluates it over its whole population; the call reports the verdict."""

    control: Control
    file: PolicyFile
    evaluate: Callable[["ControlItem"], Evaluated]
    values: Callable[["ControlItem"], dict[str, Any]]
    strict: bool
    result: ControlResult | None
    evaluated: Evaluated | None
    scoped_out: str | None
    """why soc2.yaml leaves it out: then it is not evaluated"""
    mistake: str | None = None
    """what to say where the control can't even begin"""
    given: set[str]
    """the populations, by the names of their fixtures, that its own fixtures got of us"""
    unknown: UnknownFact | None = None
    """what a fixture of it met that is unknown"""

    @classmethod
    def make(cls, parent: PolicyModule, control: Control, file: PolicyFile, name: str) -> "ControlItem":
        """The item of `control` below its file's node."""
        item: ControlItem = cls.from_parent(parent, name=name, callobj=_signature(control))
        item.control, item.file, item.result, item.evaluated, item.scoped_out = control, file, None, None, None
        item.given = set()
        item.extra_keyword_matches.update((control.id, *control.criteria))
        return item

    def get_closest_marker(self, name: str, default: Any = None) -> Any:
        """As pytest; but no mark makes pytest-forked run a control in a child, where its result would be lost."""
        return default if name == "forked" else super().get_closest_marker(name, default)

    def setup(self) -> None:
        """Set the fixtures up and evaluate; an error in the control is an error of the set-up."""
        with no_sudden_end():
            try:
                if self.scoped_out is None:
                    super().setup()
                    self._check_given()
            except UnknownFact as caught:  # nothing is known to be wrong: the control is not evaluated
                self.unknown = caught
            except pytest.FixtureLookupError as error:
                if error.argname in self.control.fixtures:
                    self.mistake = no_fixture(self.control, error.argname)
                raise
            self.evaluated = self.evaluate(self)
        self.result = worst(self.result, self.evaluated.result)
        if self.result.verdict is Verdict.ERROR:
            now = self.result.period is None
            if (
                now
                and self.config.getoption("usepdb")
                and (self.evaluated.broken is not None or self.control.kind is None)
            ):
                replay(self.control, self.file, self.config, self.values(self), self.evaluated.broken)
            raise ControlBroke(self.result.reason.text if self.result.reason else "the control broke")

    def _check_given(self) -> None:
        """Raise where somebody's fixture has taken the place of a kind's: what it gives is nobody's population."""
        for name in self.control.through:
            if name not in self.given:
                raise ControlBroke(
                    f"{name} was asked of another fixture than that of the kind {self.control.through[name].__name__}: "
                    "give the one that takes its place a name of its own"
                )

    def runtest(self) -> None:
        """Report the verdict in pytest's terms."""
        __tracebackhide__ = True
        result = self.result
        if result is None or self.evaluated is None:
            raise ControlBroke("the control was not evaluated")
        if result.verdict is Verdict.FAIL and result.period is None:  # over a period no one moment is the deviation's
            with suppress(UnknownFact):  # met while the message was worded: there is nothing more to show
                replay(self.control, self.file, self.config, self.values(self), self.evaluated.first)
            pytest.fail(headline(result), pytrace=False)
        if is_failure(result, self.strict):
            pytest.fail(headline(result), pytrace=False)
        if result.verdict is Verdict.ACCEPTED:
            pytest.xfail(headline(result))
            # with --runxfail pytest's function does nothing, and an accepted deviation is no pass
        if result.verdict in (Verdict.ACCEPTED, Verdict.NOT_EVALUATED, Verdict.NO_OCCURRENCES, Verdict.NOT_APPLICABLE):
            pytest.skip(headline(result))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What the console shows: the result, then the first deviation as pytest sees it."""
        if self.result is None:
            return super().repr_failure(excinfo)
        text = report_text(self.result)
        if excinfo.errisinstance((ControlBroke, pytest.fail.Exception)):
            return text
        shown = super().repr_failure(excinfo)
        if self.config.getoption("tbstyle") == "auto" and not self.config.getoption("fulltrace"):
            shown = shortened(shown)
        return f"{text}\n\nthe first one, run again:\n{shown}"

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the control stands, and its id."""
        line = self.control.function.__code__.co_firstlineno - 1
        return self.path, line, f"{self.control.id} {self.control.function.__name__}"


class BrokenItem(pytest.Item):
    """A policy file or plugin that did not load: an error, and no other item less."""

    error: BaseException | str

    @classmethod
    def make(cls, parent: pytest.Collector, name: str, error: BaseException | str) -> "BrokenItem":
        """The item of something broken."""
        item: BrokenItem = cls.from_parent(parent, name=name)
        item.error = error
        return item

    def setup(self) -> None:
        """Raise: an error rather than a failure."""
        raise ControlBroke(describe(self.error))

    def runtest(self) -> None:
        """Never reached: the set-up raises."""
        raise ControlBroke(describe(self.error))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The reason, without a traceback through this plugin."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """What did not load."""
        return self.path, None, self.name


def describe(error: BaseException | str) -> str:
    """What went wrong with a file, with its line where Python knows one."""
    if isinstance(error, str):
        return error
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__} in line {error.lineno}: {error.msg}"
    trace, line = error.__traceback__, None
    while trace is not None:
        line, trace = trace.tb_lineno, trace.tb_next
    place = f" (line {line})" if line and not isinstance(error, Soc2Error) else ""
    return f"{type(error).__name__}: {error}{place}"


def broken_text(broken: BrokenFile) -> str:
    """One line for the list of problems."""
    return f"policy file {broken.name} did not load: {describe(broken.error)}"


def forbidden_marks(control: Control) -> list[str]:
    """Marks by which pytest would hide a verdict."""
    marks = getattr(control.function, "pytestmark", [])
    return sorted({mark.name for mark in marks} & set(_FORBIDDEN_MARKS))


def _signature(control: Control) -> Callable[..., None]:
    """A function with the control's fixtures as its parameters, for pytest to resolve."""

    def call(**_: Any) -> None:
        return None

    parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in control.fixtures]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__name__ = control.function.__name__
    call.__doc__ = control.function.__doc__
    call.pytestmark = list(getattr(control.function, "pytestmark", []))  # type: ignore[attr-defined]
    return call
