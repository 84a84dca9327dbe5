"""The corpus of hostile inputs: `shared/tools/badinputs.py`, beside the checkout; imported by its path."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

__all__ = ["TOOL", "Case", "cases"]

TOOL = Path(__file__).resolve().parents[3] / "shared" / "tools" / "badinputs.py"


class Case(Protocol):
    """One hostile input; `expect` is one of the words in the tool's docstring."""

    id: str
    path: str
    expect: str
    where: str
    why: str
    big: bool
    make: Callable[[Path, int], None]


def cases() -> list[Case]:
    """All small cases; none where the tool is not there."""
    if not TOOL.is_file():
        return []
    name = "badinputs"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TOOL)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # its dataclass looks itself up there
        spec.loader.exec_module(module)
    return [case for case in cast("list[Case]", sys.modules[name].CASES) if not case.big]
