"""Whether something unknown was met while the message of a failed assert was put together.

By then the assert has failed: the deviation is proven, and what only words it can't make it unknown.
"""

import dis
import types
from functools import lru_cache
from types import TracebackType

__all__ = ["while_wording"]


def while_wording(error: BaseException, code: types.CodeType) -> bool:
    """True where `error` came out of the message of an assert in `code`, or in another function of its file."""
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame.f_code
        if frame.co_filename == code.co_filename and any(trace.tb_lasti in part for part in _messages(frame)):
            return True
        trace = trace.tb_next
    return False


@lru_cache(maxsize=1024)
def _messages(code: types.CodeType) -> tuple[range, ...]:
    """The instructions between a failed assert and its raising: those that make its message."""
    parts: list[range] = []
    failed: int | None = None
    for instruction in dis.get_instructions(code):
        if _fails(instruction):
            failed = instruction.offset
        elif failed is not None and instruction.opname == "RAISE_VARARGS":
            parts.append(range(failed, instruction.offset))
            failed = None
    return tuple(parts)


def _fails(instruction: dis.Instruction) -> bool:
    """Only `assert` makes its error so; since Python 3.14 as one of several constants."""
    constant = instruction.opname == "LOAD_COMMON_CONSTANT" and instruction.argval in (AssertionError, "AssertionError")
    return constant or instruction.opname == "LOAD_ASSERTION_ERROR"
