"""What the fixtures of a control give, where nothing can be said over it: unknown, nothing, or gone once read."""

from collections.abc import Iterator, Sized

from soc2test.populations.population import Population
from soc2test.pytest_plugin.items import ControlItem
from soc2test.pytest_plugin.outcome import empty_result
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["doubt_of"]


def doubt_of(item: ControlItem) -> ControlResult | None:
    """The result of a control that can't be evaluated for what its fixtures give; None where it can."""
    control = item.control
    if item.unknown is not None:
        text = f"a fixture that it takes read something unknown: {item.unknown}"
        return empty_result(control, Verdict.NOT_EVALUATED, item.unknown.code, text)
    for name in control.built:
        value = item.funcargs[name]
        if isinstance(value, Iterator):
            text = f"the fixture {name} gives an iterator, which is empty once it was gone over: return a list"
            return empty_result(control, Verdict.ERROR, "fixtures", text)
        if isinstance(value, Sized) and not isinstance(value, Population) and not len(value):
            text = f"the fixture {name} gives nothing of {', '.join(control.through)}: over nothing a test says nothing"
            return empty_result(control, Verdict.NOT_EVALUATED, "empty", text)
    return None
