"""One more call of a control on its first deviating resource, with pytest's own introspection of asserts.

Evaluation runs plain asserts (introspection costs 85 % at 3 % deviations, and its text depends on the hash seed);
for the console and for --pdb, the policy file is compiled once more with pytest's rewriting, and the control
runs again.
"""

import ast
import inspect
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from soc2test.controls.control import Control
from soc2test.controls.deviation import collecting
from soc2test.controls.marked import control_in
from soc2test.controls.packs import PolicyFile
from soc2test.regular import read_regular
from soc2test.resources.resource import Resource

__all__ = ["replay"]


def replay(
    control: Control, file: PolicyFile, config: pytest.Config, values: dict[str, Any], first: Resource | None
) -> None:
    """Run the control on `first` (None for one over populations); its own AssertionError is what comes out."""
    __tracebackhide__ = True  # people want to see their control, and pytest reads each frame's whole file to show it
    function = _rewritten(control, file, config) or control.function
    if control.parameter is not None:
        if first is not None:
            function(**{control.parameter: first}, **values)
        return
    token = collecting.set([])
    try:
        function(**values)
    finally:
        collecting.reset(token)


def _rewritten(control: Control, file: PolicyFile, config: pytest.Config) -> Any:
    """The control's function with rewritten asserts, None where this pytest can't rewrite."""
    namespace = _executed(read_regular(file.path), file.path, file.module.__name__, config)
    again = control_in(namespace.get(control.function.__name__))
    return again.function if again else None


@lru_cache(maxsize=64)
def _executed(source: bytes, path: Path, name: str, config: pytest.Config) -> dict[str, Any]:
    """What the policy file defines, with rewritten asserts; nothing where this pytest can't rewrite."""
    try:
        from _pytest.assertion.rewrite import rewrite_asserts  # noqa: PLC0415  # there is no public way
    except ImportError:
        return {}
    tree = ast.parse(source)
    rewrite_asserts(tree, source, str(path), config)
    namespace: dict[str, Any] = {"__name__": name, "__file__": str(path)}
    exec(compile(tree, str(path), "exec", dont_inherit=True), namespace)  # noqa: S102
    inspect.modulesbyfile.setdefault(str(path), name)  # else every traceback resolves the paths of all modules
    return namespace
