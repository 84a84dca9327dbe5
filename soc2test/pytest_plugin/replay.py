"""One more call of a control on its first deviating resource, with pytest's own introspection of asserts.

Evaluation runs plain asserts (introspection costs 85 % at 3 % deviations, and its text depends on the hash seed);
for the console and for --pdb, the policy file is compiled once more with pytest's rewriting, and the control
runs again.
"""

import ast
from typing import Any

import pytest

from soc2test.controls.control import Control, control_of
from soc2test.controls.deviation import collecting
from soc2test.controls.packs import PolicyFile
from soc2test.resources.resource import Resource

__all__ = ["replay"]


def replay(
    control: Control, file: PolicyFile, config: pytest.Config, values: dict[str, Any], first: Resource | None
) -> None:
    """Run the control on `first` (None for one over populations); its own AssertionError is what comes out."""
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
    try:
        from _pytest.assertion.rewrite import rewrite_asserts  # noqa: PLC0415  # there is no public way
    except ImportError:
        return None
    source = file.path.read_bytes()
    tree = ast.parse(source)
    rewrite_asserts(tree, source, str(file.path), config)
    namespace = dict.fromkeys(("__name__",), file.module.__name__)
    namespace["__file__"] = str(file.path)
    exec(compile(tree, str(file.path), "exec", dont_inherit=True), namespace)  # noqa: S102
    again = control_of(namespace.get(control.function.__name__))
    return again.function if again else None
