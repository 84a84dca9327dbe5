"""What a pack's files refuse, by file and line: invented criteria, definitions that can't work, bodies that can't fail.

A definition that is refused takes its whole file with it. So the text of such a file is searched for every criterion
that does not exist, since the refusal names the first alone.
"""

import ast
import re
import traceback
from collections.abc import Iterator, Sequence

from soc2test.code_reading.walking import walk
from soc2test.controls.marked import is_mark
from soc2test.controls.packs import BrokenFile, Pack
from soc2test.criteria import CRITERIA
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import LookedAt
from soc2test.nearest import near

__all__ = ["does_not_load", "invented_criteria"]

_REFUSED_CRITERION = "there is no criterion"
_MAPPINGS = ("criteria", "supports")


def invented_criteria(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Ids of criteria that do not exist, each in its own line."""
    for pack in looked_at.packs:
        for broken in pack.broken:
            yield from _invented_in(pack, broken)


def _invented_in(pack: Pack, broken: BrokenFile) -> Iterator[LintFinding]:
    for subject, node in _criteria_named(pack.contents.get(broken.name, b"")):
        if node.value not in CRITERIA:
            guess = near(str(node.value), CRITERIA) or "; `soc2test criteria` lists all"
            text = f"{_REFUSED_CRITERION} {node.value!r}{guess}"
            yield _in_file(pack, broken, node.lineno, "criterion", subject, text)


def _criteria_named(source: bytes) -> Iterator[tuple[str, ast.Constant]]:
    """The ids that calls of `control` and of pytest's mark soc2 name as criteria, each with the control's id."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for call in walk(tree):
        if isinstance(call, ast.Call) and is_mark(call):
            ids = [each.value for each in call.keywords if each.arg == "id"]
            yield from _named_in(call, ids[0] if ids else None, call.args)
        elif isinstance(call, ast.Call) and _is_control(call.func):
            yield from _named_in(call, call.args[0] if call.args else None, [])


def _named_in(
    call: ast.Call, id: ast.expr | None, positional: Sequence[ast.expr]
) -> Iterator[tuple[str, ast.Constant]]:
    subject = str(id.value) if isinstance(id, ast.Constant) else ""
    yield from ((subject, given) for given in positional if isinstance(given, ast.Constant))
    for keyword in call.keywords:
        if keyword.arg in _MAPPINGS:
            yield from ((subject, node) for node in _ids_in(keyword.value))


def _is_control(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id == "control") or (
        isinstance(function, ast.Attribute) and function.attr == "control"
    )


def _ids_in(value: ast.expr) -> Iterator[ast.Constant]:
    """The texts of a list, and the keys of a mapping."""
    elements: list[ast.expr | None] = []
    if isinstance(value, ast.List | ast.Tuple):
        elements = [*value.elts]
    elif isinstance(value, ast.Dict):
        elements = value.keys
    yield from (each for each in elements if isinstance(each, ast.Constant))


def does_not_load(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Files that are refused for something else, and controls whose bodies can't do their work."""
    for pack in looked_at.packs:
        for broken in pack.broken:
            text = str(broken.error) or type(broken.error).__name__
            if _REFUSED_CRITERION not in text or not any(True for _ in _invented_in(pack, broken)):
                yield _in_file(pack, broken, _line_of(broken), "loads", broken.name, f"does not load: {text}")
    refused = {id: text for pack in looked_at.packs for file in pack.files for id, text in file.refused.items()}
    for placed in looked_at.controls:
        if placed.control.id in refused:
            yield placed.finding("loads", refused[placed.control.id])


def _line_of(broken: BrokenFile) -> int:
    """The last line of the file itself that the error went through, else the one that its text names."""
    error, own = broken.error, str(broken.path)
    if isinstance(error, SyntaxError) and error.filename == own and error.lineno:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own]
    named = re.search(r"\bline (\d+)", str(error))
    return next((line for line in reversed(lines) if line), int(named[1]) if named else 1)


def _in_file(pack: Pack, broken: BrokenFile, line: int, rule: str, subject: str, text: str) -> LintFinding:
    return LintFinding(file=f"{pack.label}/{broken.name}", line=line, rule=rule, subject=subject, text=text)
