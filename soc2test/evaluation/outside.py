"""Whether an exception comes from a control's own code, or from outside: a time limit that interrupts it."""

import signal
from collections.abc import Callable, Iterator
from types import CodeType, TracebackType

__all__ = ["by_signal", "directly_in", "of_control"]

_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU")
    if hasattr(signal, name)
]


def by_signal(error: BaseException) -> bool:
    """True where a signal handler raised: it breaks into whatever code runs, which is not what it speaks of.

    pytest-timeout does so (`pytest.fail` in its handler of SIGALRM). Handlers are known while they are installed.
    """
    trace = error.__traceback__
    if trace is None or trace.tb_next is None or trace.tb_next.tb_next is None:
        return False  # the common case: an assert in the body itself
    handlers = {getattr(signal.getsignal(number), "__code__", None) for number in _SIGNALS} - {None}
    return bool(handlers) and any(code in handlers for code in _codes(trace))


def directly_in(error: BaseException, function: Callable[..., object]) -> bool:
    """True where the body of `function`, which was called where the error is caught, raised it: an assert in it.

    It passed through nothing else, so that no signal handler raised it; of almost all deviations this is told at once.
    """
    trace = error.__traceback__
    raised = trace.tb_next if trace is not None else None
    own = getattr(function, "__code__", None)
    return raised is not None and raised.tb_next is None and raised.tb_frame.f_code is own


def of_control(error: BaseException, function: Callable[..., object]) -> bool:
    """True where an exception passed through the control's own function; where that can't be told, too."""
    own = getattr(function, "__code__", None)
    trace = error.__traceback__
    while trace is not None:  # plainly in a loop: it runs for each deviation
        if trace.tb_frame.f_code is own:
            return True
        trace = trace.tb_next
    return own is None


def _codes(trace: TracebackType | None) -> Iterator[CodeType]:
    while trace is not None:
        yield trace.tb_frame.f_code
        trace = trace.tb_next
